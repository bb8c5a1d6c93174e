"""Which ports of an admission are not among the authorized ones, and how to say so."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.admission import Admission
from sglint.model.intervals import IntervalSet
from sglint.model.traffic import TCP, UDP, Traffic, ports_text, protocol_name
from sglint.policies.wording import enumerate_all, opening

Authorized = tuple[tuple[int, int], ...]
"""(protocol, port) pairs."""


def unauthorized_text(admission: Admission, authorized: Authorized) -> str | None:
    """A message on the tcp and udp ports outside the authorized ones; None when there are none."""
    traffic = admission.traffic
    outside = tuple(_outside(traffic, authorized))
    if not outside:
        return None
    allowed = enumerate_all([f"{protocol_name(protocol)} {port}" for protocol, port in authorized], limit=8) or "none"
    if outside == (traffic,):
        return f"{opening(admission)} is outside the authorized ports ({allowed})"
    if traffic.is_all_protocols:
        return f"{opening(admission)} include every port outside the authorized ones ({allowed})"
    return f"{opening(admission)} includes {_ports(outside[0])}, outside the authorized ports ({allowed})"


def is_unauthorized(traffic: Traffic, authorized: Authorized) -> bool:
    """Whether it takes in a tcp or udp port outside the authorized ones."""
    return next(_outside(traffic, authorized), None) is not None


def _outside(traffic: Traffic, authorized: Authorized) -> Iterator[Traffic]:
    for protocol in (TCP, UDP):
        allowed = IntervalSet.of(*((port, port) for number, port in authorized if number == protocol))
        ports = traffic.ports(protocol) - allowed
        if ports:
            yield Traffic(protocol, ports)


def _ports(traffic: Traffic) -> str:
    assert isinstance(traffic.selector, IntervalSet)
    return ports_text(traffic.selector)

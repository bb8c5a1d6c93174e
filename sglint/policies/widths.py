"""Networks that are wider than a policy allows."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.admission import Admission
from sglint.analysis.analysis import Analysis
from sglint.analysis.services import Included, Service, ServiceSet
from sglint.model.addresses import AddressSet
from sglint.model.rules import Direction
from sglint.model.traffic import Traffic
from sglint.policies.policy import Violation
from sglint.policies.violations import of_rule
from sglint.policies.wording import services_text

_INCIDENTAL = 3
"""A rule that opens more than this many times a service's own ports is not about that service."""


def services_from_wide_networks(
    analysis: Analysis, services: ServiceSet, shortest: tuple[int, int]
) -> Iterator[Violation]:
    """A violation for each rule that opens one of the services to a network wider than the shortest prefixes.

    The world, alone or by several rules together, is left to the policies about it.
    """
    meant_by: dict[Traffic, Included] = {}
    for _group, rule in analysis.rules(Direction.INGRESS):
        if analysis.level(rule) not in (3, 4):
            continue
        too_wide = _too_wide(rule.addresses, shortest)
        if too_wide is None:
            continue
        meant = meant_by.get(rule.traffic)
        if meant is None:
            found = services.included_in(rule.traffic)
            meant = tuple((service, part) for service, part in found if _is_meant(service, part, rule.traffic))
            meant_by[rule.traffic] = meant
        if meant:
            message = f"{services_text(Admission.of(rule), meant)}, and the network is wider than {too_wide}"
            yield of_rule(rule, message, superseded_by=("SG107", "SG108", "SG110"))


def _is_meant(service: Service, part: Traffic, traffic: Traffic) -> bool:
    """Whether a rule opens a service and not just a range that its port happens to lie in.

    8080 to 8090 are ports of applications, InfluxDB's 8086 among them or not. The ports of Security Hub's list count
    in any range.
    """
    if service.is_ec2_19:
        return True
    assert isinstance(part.protocol, int)
    return traffic.ports(part.protocol).size <= _INCIDENTAL * service.ports(part.protocol).size


def _too_wide(addresses: AddressSet, shortest: tuple[int, int]) -> str | None:
    """The prefix that a run of the addresses exceeds, None when none does."""
    for family, prefix, length in ((addresses.v4, shortest[0], 32), (addresses.v6, shortest[1], 128)):
        if any(last - first >= 1 << (length - prefix) for first, last in family.intervals):
            return f"/{prefix}"
    return None

"""Protocols and the traffic that a rule speaks of.

Protocol numbers are IANA's. EC2 knows tcp, udp, icmp and icmpv6 by name; for every other number, and for -1,
ports are ignored and all of the protocol's traffic is meant (EC2 API reference, IpPermission).
"""

from __future__ import annotations

from sglint.model.intervals import IntervalSet
from sglint.model.record import frozen
from sglint.model.values import Unknown

ALL = -1
ICMP = 1
TCP = 6
UDP = 17
ICMPV6 = 58

NAMES = {ALL: "all", ICMP: "icmp", TCP: "tcp", UDP: "udp", ICMPV6: "icmpv6"}
_NUMBERS = {**{name: number for number, name in NAMES.items()}, "-1": ALL}

EVERY_PORT = IntervalSet(((0, 65535),))
"""All ports of tcp or udp; also all ICMP type and code pairs, which share the 16-bit space."""

_USABLE_PORTS = IntervalSet(((1, 65535),))


def protocol_number(text: str) -> int | None:
    """The number of a protocol as AWS takes it: a name in any case, or a number from -1 to 255. None otherwise."""
    name = text.strip().lower()
    if name in _NUMBERS:
        return _NUMBERS[name]
    if name.isascii() and name.isdigit() and int(name) <= 255:
        return int(name)
    return None


def protocol_name(number: int) -> str:
    return NAMES.get(number, str(number))


def has_ports(protocol: int) -> bool:
    """Whether the protocol's traffic is told apart by port."""
    return protocol in (TCP, UDP)


def is_icmp(protocol: int) -> bool:
    return protocol in (ICMP, ICMPV6)


def icmp_selector(type_: int | None, code: int | None) -> IntervalSet:
    """ICMP types and codes as a set of `type * 256 + code`; None stands for all of them."""
    if type_ is None:
        return EVERY_PORT
    if code is None:
        return IntervalSet(((type_ << 8, type_ << 8 | 255),))
    return IntervalSet.single(type_ << 8 | code)


@frozen
class Traffic:
    """A protocol with what it selects.

    `selector` holds ports for tcp and udp, `type * 256 + code` for ICMP, and everything for other protocols.
    Either part is Unknown when only the deployment knows it.
    """

    protocol: int | Unknown
    selector: IntervalSet | Unknown = EVERY_PORT
    """Empty for a rule that AWS refuses. All protocols always select everything."""

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        return tuple(part for part in (self.protocol, self.selector) if isinstance(part, Unknown))

    @property
    def is_all_protocols(self) -> bool:
        return self.protocol == ALL

    @property
    def is_all_ports(self) -> bool:
        """Whether it takes in all protocols, or every port of tcp or udp.

        Port 0 is reserved (RFC 6335) and never in use: 1 to 65535 is every port.
        """
        if isinstance(self.protocol, Unknown):
            return False
        if self.protocol == ALL:
            return True
        return has_ports(self.protocol) and isinstance(self.selector, IntervalSet) and not _USABLE_PORTS - self.selector

    def ports(self, protocol: int) -> IntervalSet:
        """The ports of tcp or udp (or ICMP pairs) it is certain to take in; empty where unknown or another protocol."""
        if self.protocol == ALL:
            return EVERY_PORT
        if self.protocol == protocol and isinstance(self.selector, IntervalSet):
            return self.selector
        return IntervalSet()

    def admits(self, protocol: int, port: int) -> bool:
        """Whether it is certain to take in one port of a protocol."""
        return port in self.ports(protocol)

    def __and__(self, other: Traffic) -> Traffic | None:
        """The traffic both are certain to take in, None when there is none."""
        for one, two in ((self, other), (other, self)):
            if one.protocol == ALL:
                return None if two.unknowns or not two.selector else two
        if self.unknowns or other.unknowns or self.protocol != other.protocol:
            return None
        assert isinstance(self.selector, IntervalSet) and isinstance(other.selector, IntervalSet)
        shared = self.selector & other.selector
        return Traffic(self.protocol, shared) if shared else None

    def __le__(self, other: Traffic) -> bool:
        """Whether all of it is certain to be taken in by `other`."""
        return not self.unknowns and (not self.selector or self & other == self)

    def __str__(self) -> str:
        if isinstance(self.protocol, Unknown):
            return f"unknown({self.protocol.expression})"
        name = protocol_name(self.protocol)
        if isinstance(self.selector, Unknown):
            return f"{name} unknown({self.selector.expression})"
        if has_ports(self.protocol) or not self.selector:
            return f"{name} {ports_text(self.selector)}"
        if is_icmp(self.protocol) and self.selector != EVERY_PORT:
            return f"{name} {_icmp_text(self.selector)}"
        return name


def ports_text(ports: IntervalSet) -> str:
    """Ports for people and for notation: `22,8000-8010`."""
    if ports == EVERY_PORT:
        return "0-65535"
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ports.intervals) or "none"


def _icmp_text(selector: IntervalSet) -> str:
    parts = []
    for first, last in selector.intervals:
        for type_ in range(first >> 8, (last >> 8) + 1):
            low, high = max(first, type_ << 8), min(last, type_ << 8 | 255)
            if high - low == 255:
                parts.append(str(type_))
            else:
                parts.extend(f"{type_}/{pair & 255}" for pair in range(low, high + 1))
    return ",".join(parts) or "none"

"""Sets of IPv4 and IPv6 addresses, and which of them are public.

What is public follows the IANA special-purpose address registries (RFC 6890 and updates): an address is public
when it is unicast and not listed there as anything but globally reachable. For IPv6 only 2000::/3 is allocated
for global unicast (RFC 4291, IANA IPv6 address space registry).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from sglint.model.cidrs import cidrs, parse_cidr
from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.record import frozen

_V4_ALL = IntervalSet(((0, 2**32 - 1),))
_V6_ALL = IntervalSet(((0, 2**128 - 1),))

_V4_NOT_PUBLIC = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4",
)  # fmt: skip
_V6_NOT_PUBLIC = ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
_V4_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
_V6_PRIVATE = ("fc00::/7",)


@frozen
class AddressSet:
    """IPv4 and IPv6 addresses as integers, each family apart."""

    v4: IntervalSet = NOTHING
    v6: IntervalSet = NOTHING

    @classmethod
    def of(cls, *cidrs: str) -> AddressSet:
        """The union of networks in CIDR notation; host bits are ignored, as EC2 does. ValueError if not a CIDR."""
        v4: list[tuple[int, int]] = []
        v6: list[tuple[int, int]] = []
        for cidr in cidrs:
            network = parse_cidr(cidr)
            (v4 if network.version == 4 else v6).append((network.first, network.last))
        return cls(IntervalSet.of(*v4), IntervalSet.of(*v6))

    @classmethod
    def union(cls, sets: Iterable[AddressSet]) -> AddressSet:
        """What is in any of some sets."""
        listed = tuple(sets)
        v4 = IntervalSet.of(*(interval for each in listed for interval in each.v4.intervals))
        return cls(v4, IntervalSet.of(*(interval for each in listed for interval in each.v6.intervals)))

    def __bool__(self) -> bool:
        return bool(self.v4) or bool(self.v6)

    def __or__(self, other: AddressSet) -> AddressSet:
        return AddressSet(self.v4 | other.v4, self.v6 | other.v6)

    def __and__(self, other: AddressSet) -> AddressSet:
        return AddressSet(self.v4 & other.v4, self.v6 & other.v6)

    def __sub__(self, other: AddressSet) -> AddressSet:
        return AddressSet(self.v4 - other.v4, self.v6 - other.v6)

    def __le__(self, other: AddressSet) -> bool:
        return self.v4 <= other.v4 and self.v6 <= other.v6

    def overlaps(self, other: AddressSet) -> bool:
        return self.v4.overlaps(other.v4) or self.v6.overlaps(other.v6)

    @property
    def is_world_v4(self) -> bool:
        """Whether the set holds every public IPv4 address."""
        return self.v4.size >= public().v4.size and public().v4 <= self.v4

    @property
    def is_world_v6(self) -> bool:
        """Whether the set holds every public IPv6 address."""
        return self.v6.size >= public().v6.size and public().v6 <= self.v6

    @property
    def is_world(self) -> bool:
        return self.is_world_v4 or self.is_world_v6

    @property
    def is_private(self) -> bool:
        """Whether every member is private: RFC 1918, RFC 6598 shared space or IPv6 unique local."""
        return bool(self) and self <= private()

    def cidrs(self) -> Iterator[str]:
        """The fewest networks that make up the set, IPv4 first, ascending."""
        for first, last in self.v4.intervals:
            yield from cidrs(4, first, last)
        for first, last in self.v6.intervals:
            yield from cidrs(6, first, last)

    def __str__(self) -> str:
        return ", ".join(self.cidrs()) or "nothing"


@lru_cache(maxsize=1)
def everything() -> AddressSet:
    """Every address of both families."""
    return AddressSet(_V4_ALL, _V6_ALL)


@lru_cache(maxsize=1)
def public() -> AddressSet:
    """Every globally reachable unicast address."""
    return (AddressSet(_V4_ALL) | AddressSet.of("2000::/3")) - AddressSet.of(*_V4_NOT_PUBLIC, *_V6_NOT_PUBLIC)


@lru_cache(maxsize=1)
def private() -> AddressSet:
    """Every address meant for use inside networks."""
    return AddressSet.of(*_V4_PRIVATE, *_V6_PRIVATE)

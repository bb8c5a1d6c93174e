"""What the network ACLs of subnets let across, from the internet or from subnet to subnet.

An ACL that is not known in full, or that takes too much to tell, holds nothing back; neither does one between members
of the same subnet. Answers to what came through are not looked at: an ACL that lets requests in and no answers out
keeps a connection from being made, but not what a single packet does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from sglint.analysis.acls import passages
from sglint.analysis.flows import EVERY_FLOW, PROTOCOLS, flows
from sglint.analysis.pairs import Pairs
from sglint.analysis.segments import Family
from sglint.model.acls import NetworkAcl
from sglint.model.addresses import AddressSet, everything
from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.rules import Direction
from sglint.model.subnets import Subnet
from sglint.model.traffic import ALL, EVERY_PORT


class Crossings:
    """The subnets of a unit with the ACLs around them."""

    def __init__(self, acls: Iterable[NetworkAcl], subnets: Iterable[Subnet], pairs: Pairs) -> None:
        self._pairs = pairs
        self._acls = {subnet: acl for acl in acls for subnet in acl.subnets}
        self._addresses = {subnet.address: subnet.addresses for subnet in subnets}
        self._passed: dict[tuple[str, Direction, AddressSet], IntervalSet] = {}

    def addresses(self, subnets: Sequence[str]) -> AddressSet | None:
        """The addresses of some subnets; None where not all of them are known, or there are none."""
        if not subnets or not all(subnet in self._addresses for subnet in subnets):
            return None
        return AddressSet.union(self._addresses[subnet] for subnet in subnets)

    def from_addresses(self, sources: AddressSet, targets: Sequence[str]) -> IntervalSet:
        """What of all traffic from some addresses outside the subnets may come into any of the target's."""
        found = NOTHING if targets else EVERY_FLOW
        for target in targets:
            found |= self._passing(target, Direction.INGRESS, sources)
        return found

    def between(self, sources: Sequence[str], targets: Sequence[str]) -> IntervalSet:
        """What of all traffic may go from any subnet of a source into any of a target."""
        if not set(sources).isdisjoint(targets):
            return EVERY_FLOW
        found = NOTHING
        for source in sources or ("",):
            for target in targets or ("",):
                leaving = self._passing(source, Direction.EGRESS, self._addresses.get(target, everything()))
                found |= leaving & self._passing(target, Direction.INGRESS, self._addresses.get(source, everything()))
        return found

    def _passing(self, subnet: str, direction: Direction, addresses: AddressSet) -> IntervalSet:
        acl = self._acls.get(subnet)
        if acl is None or not acl.is_defined or any(entry.unknowns or entry.when for entry in acl.entries):
            return EVERY_FLOW
        key = acl.address, direction, addresses
        if key not in self._passed:
            found = partial(_let_through, acl, direction, addresses, self._pairs)
            self._passed[key] = next(self._pairs.within(acl.location, found), EVERY_FLOW)
        return self._passed[key]


def _let_through(acl: NetworkAcl, direction: Direction, addresses: AddressSet, pairs: Pairs) -> Iterator[IntervalSet]:
    """What an ACL lets through from, or to, any of some addresses."""
    pairs.take(PROTOCOLS // 16)
    named = {entry.traffic.protocol for entry in acl.entries if isinstance(entry.traffic.protocol, int)} - {ALL}
    others = [protocol for protocol in range(PROTOCOLS) if protocol not in named]
    found = NOTHING
    for protocol, alike in (*((protocol, [protocol]) for protocol in sorted(named)), (others[-1], others)):
        selector = NOTHING
        for family in Family:
            wanted = family.of(addresses)
            for passage in passages(acl, direction, protocol, family, pairs) if wanted else ():
                if passage.addresses.overlaps(wanted):
                    selector |= passage.selector
        if selector == EVERY_PORT:
            found |= flows(alike, selector)
        elif selector:
            found |= flows([protocol], selector)
    yield found

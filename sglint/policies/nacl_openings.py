"""What a network ACL opens to the world, for the policies that judge it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sglint.analysis.acls import Passage, conditions, lets_world, passages
from sglint.analysis.pairs import Pairs
from sglint.analysis.segments import Family
from sglint.model.acls import AclEntry, NetworkAcl
from sglint.model.addresses import AddressSet, public
from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.rules import Direction
from sglint.model.values import When
from sglint.policies.wording import addresses_text


def world_passages(acl: NetworkAcl, protocol: int, pairs: Pairs) -> Iterator[tuple[When, tuple[Passage, ...]]]:
    """What an ACL lets in from the world of one protocol: by family, and by condition that lets in anything new."""
    for family in Family:
        yield from pairs.within(acl.location, partial(_of_family, acl, protocol, family, pairs))


def _of_family(
    acl: NetworkAcl, protocol: int, family: Family, pairs: Pairs
) -> Iterator[tuple[When, tuple[Passage, ...]]]:
    told: list[tuple[When, IntervalSet]] = []
    for when in conditions(acl):
        found = tuple(filter(lets_world, passages(acl, Direction.INGRESS, protocol, family, pairs, when)))
        ports = ports_of(found)
        known = NOTHING
        for other, already in told:
            if when.implies(other):
                known |= already
        if ports - known:
            told.append((when, ports))
            yield when, found


def ports_of(found: tuple[Passage, ...]) -> IntervalSet:
    """The ports of several passages together."""
    return IntervalSet.of(*(interval for each in found for interval in each.selector.intervals))


def sources_text(passage: Passage) -> str:
    """Who may pass: the addresses of the allowing entries, and which of them earlier entries hold back."""
    allowed = AddressSet.union(entry.addresses for entry in passage.entries if isinstance(entry.addresses, AddressSet))
    let_in = AddressSet(**{"v4" if passage.family is Family.V4 else "v6": passage.addresses})
    held_back = (allowed & public()) - let_in
    return addresses_text(allowed) + (f" (save {addresses_text(held_back)})" if held_back else "")


def number_text(entry: AclEntry) -> str:
    return f"entry {entry.number}" if isinstance(entry.number, int) else "an entry"

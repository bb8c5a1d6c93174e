"""What a network ACL lets through after the order of its entries, and what each entry has left to decide.

The traffic of one protocol is cut wherever a selector begins or ends; each piece goes through the entries in order, and
every entry takes what is still undecided of the addresses that it matches. What an unknown part keeps open is left to
nobody's advantage: an entry that may deny something does, one that may allow something does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sglint.analysis.pairs import Pairs
from sglint.analysis.segments import Family
from sglint.model.acls import AclEntry, NetworkAcl
from sglint.model.addresses import AddressSet, everything, public
from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.record import frozen
from sglint.model.rules import Direction
from sglint.model.traffic import ALL, EVERY_PORT, has_ports, is_icmp
from sglint.model.values import ALWAYS, Unknown, When

SHARE = 256
"""An ACL that holds back no more than one part in so many of a family's public addresses lets the world in."""


@frozen
class Passage:
    """Traffic of one protocol that an ACL is certain to let through from (or to) some addresses of one family.

    `entries` are those that allow it, first the one that allows most.
    """

    protocol: int
    family: Family
    selector: IntervalSet
    addresses: IntervalSet
    entries: tuple[AclEntry, ...]


def passages(
    acl: NetworkAcl, direction: Direction, protocol: int, family: Family, pairs: Pairs, when: When = ALWAYS
) -> tuple[Passage, ...]:
    """What an ACL is certain to let through of one protocol and family under a condition, by pieces of its selector.

    TooManyPairs where it takes too many.
    """
    entries = _in_order(entry for entry in acl.entries if entry.direction is direction)
    entries = [entry for entry in entries if when.conjoin(entry.when) is not None and _may_match(entry, protocol)]
    found: dict[tuple[IntervalSet, tuple[int, ...]], IntervalSet] = {}
    for piece in _pieces(entries, protocol):
        remaining, let_through = family.of(everything()), NOTHING
        shares: dict[int, int] = {}
        for position, entry in enumerate(entries):
            pairs.take_small(len(remaining.intervals))
            if not _takes(entry, piece, protocol, is_certain=False):
                continue
            matched = remaining & family.of(_reach(entry))
            if entry.is_allow is True:
                if (
                    not entry.unknowns
                    and _takes(entry, piece, protocol, is_certain=True)
                    and when.implies(entry.when)
                    and matched
                ):
                    let_through |= matched
                    shares[position] = matched.size
                    remaining -= matched
            else:
                remaining -= matched
        if let_through:
            key = let_through, tuple(sorted(shares, key=lambda position: (-shares[position], position)))
            found[key] = found.get(key, NOTHING) | piece
    return tuple(
        Passage(protocol, family, selector, addresses, tuple(entries[position] for position in positions))
        for (addresses, positions), selector in found.items()
    )


def lets_world(passage: Passage) -> bool:
    """Whether what an ACL lets through is the world, or all but a small part of it."""
    whole = passage.family.of(public())
    return (passage.addresses & whole).size * SHARE >= whole.size * (SHARE - 1)


def conditions(acl: NetworkAcl) -> tuple[When, ...]:
    """The conditions under which an ACL is looked at: always, and each one that some entry names."""
    return tuple(dict.fromkeys((ALWAYS, *(entry.when for entry in acl.entries))))


@frozen
class Idle:
    """An entry that decides nothing, with the earlier ones that decide all that it matches."""

    entry: AclEntry
    by: tuple[AclEntry, ...]


def idle_entries(acl: NetworkAcl, direction: Direction, pairs: Pairs) -> Iterator[Idle]:
    """The entries to which earlier ones leave nothing. Entries with an unknown part are neither.

    TooManyPairs where too many have traffic in common.
    """
    entries = _in_order(
        entry for entry in acl.entries if entry.direction is direction and not entry.unknowns and entry.traffic.selector
    )
    for position, entry in enumerate(entries):
        assert isinstance(entry.addresses, AddressSet) and isinstance(entry.traffic.protocol, int)
        pairs.take(position)
        earlier = [
            other for other in entries[:position] if other.number != entry.number and entry.when.implies(other.when)
        ]
        deciding: dict[int, AclEntry] = {}
        if entry.addresses and all(
            _decided(entry, piece, earlier, deciding, pairs)
            for piece in _pieces([*earlier, entry], entry.traffic.protocol)
            if _takes(entry, piece, entry.traffic.protocol, is_certain=True)
        ):
            yield Idle(entry, tuple(deciding[index] for index in sorted(deciding)))


def _decided(
    entry: AclEntry, piece: IntervalSet, earlier: Sequence[AclEntry], deciding: dict[int, AclEntry], pairs: Pairs
) -> bool:
    """Whether earlier entries decide all that an entry matches of a piece; notes which ones do."""
    remaining = entry.addresses
    assert isinstance(remaining, AddressSet) and isinstance(entry.traffic.protocol, int)
    for index, other in enumerate(earlier):
        assert isinstance(other.addresses, AddressSet)
        pairs.take_small(len(remaining.v4.intervals))
        if _takes(other, piece, entry.traffic.protocol, is_certain=True) and remaining.overlaps(other.addresses):
            deciding[index] = other
            remaining -= other.addresses
    return not remaining


def repeated_numbers(acl: NetworkAcl, direction: Direction) -> Iterator[tuple[AclEntry, AclEntry]]:
    """Entries with the same number that may exist together, as pairs of an earlier and a later one."""
    first: dict[int, list[AclEntry]] = {}
    for entry in acl.entries:
        if entry.direction is direction and isinstance(entry.number, int):
            others = first.setdefault(entry.number, [])
            clash = next((other for other in others if other.when.conjoin(entry.when) is not None), None)
            if clash is not None:
                yield clash, entry
            others.append(entry)


def _in_order(entries: Iterable[AclEntry]) -> list[AclEntry]:
    """By number. What has none that is known may come first where it denies, and last where it allows."""

    def order(entry: AclEntry) -> tuple[int, int]:
        if isinstance(entry.number, int):
            return 1, entry.number
        return (2 if entry.is_allow is True else 0), 0

    return sorted(entries, key=order)


def _reach(entry: AclEntry) -> AddressSet:
    """All the addresses that an entry may match."""
    if isinstance(entry.addresses, AddressSet):
        return entry.addresses
    whole = everything()
    return {4: AddressSet(v4=whole.v4), 6: AddressSet(v6=whole.v6)}.get(entry.family or 0, whole)


def _may_match(entry: AclEntry, protocol: int) -> bool:
    return isinstance(entry.traffic.protocol, Unknown) or entry.traffic.protocol in (protocol, ALL)


def _takes(entry: AclEntry, piece: IntervalSet, protocol: int, is_certain: bool) -> bool:
    """Whether an entry matches all of a piece of a protocol's traffic: for certain, or as far as is known."""
    traffic = entry.traffic
    if isinstance(traffic.protocol, Unknown):
        return not is_certain
    if traffic.protocol not in (protocol, ALL):
        return False
    if isinstance(traffic.selector, Unknown):
        return not is_certain
    return traffic.protocol == ALL or piece <= traffic.selector


def _pieces(entries: Sequence[AclEntry], protocol: int) -> Iterator[IntervalSet]:
    """The traffic of a protocol, cut wherever the selector of an entry begins or ends."""
    if not has_ports(protocol) and not is_icmp(protocol):
        yield EVERY_PORT
        return
    edges = {0, EVERY_PORT.intervals[0][1] + 1}
    for entry in entries:
        if entry.traffic.protocol == protocol and isinstance(entry.traffic.selector, IntervalSet):
            edges.update(edge for first, last in entry.traffic.selector.intervals for edge in (first, last + 1))
    for first, end in pairwise(sorted(edges)):
        yield IntervalSet(((first, end - 1),))

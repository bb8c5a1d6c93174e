"""What rules come to together, as exact sets: traffic times peers, in the cases in which they hold.

A box is all of some traffic, between the group and all of some peers, in some cases. What a group admits is a union of
boxes; what one group admits beyond another is found by taking boxes out of boxes. Peers that are no addresses
(groups, prefix lists, values that only the deployment knows) and traffic that is unknown have no parts: boxes of them
meet only boxes of the very same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from sglint.analysis.flows import certain_flows
from sglint.analysis.pairs import Pairs
from sglint.model.addresses import AddressSet
from sglint.model.cases import ANY, Among, Cases, both, complement, either
from sglint.model.intervals import IntervalSet
from sglint.model.record import frozen, replace
from sglint.model.rules import Direction, GroupRef, Network, PrefixList, Rule
from sglint.model.traffic import Traffic
from sglint.model.values import Unknown, When

_V6_START = 1 << 33
"""Where IPv6 addresses begin in a set of both families; the gap keeps the families apart."""
_WHOLE = IntervalSet(((0, 0),))
"""What stands for something without parts."""
_TRUTH = frozenset(("true", "false"))
_MAX_CASES = 200
"""How many cases are told apart when conditions are taken out of each other."""

Kind: TypeAlias = tuple[Direction, str, str]
"""A direction, what traffic without parts it is about and what peer without parts; both empty for known sets."""

Choices: TypeAlias = Mapping[str, frozenset[str]]
"""The values that undecided things may take, where all of them are known."""

NameGroup: TypeAlias = Callable[[GroupRef], str]
"""What a group that is a peer is called, so that the same group has the same name on both sides."""


@frozen
class Box:
    """All of some traffic with all of some peers. `traffic` is a set of flows."""

    kind: Kind
    traffic: IntervalSet
    peers: IntervalSet
    cases: Cases

    def overlaps(self, other: Box) -> bool:
        return (
            self.kind == other.kind
            and self.traffic.overlaps(other.traffic)
            and self.peers.overlaps(other.peers)
            and bool(both(self.cases, other.cases))
        )

    @property
    def size(self) -> int:
        return self.traffic.size * self.peers.size


def box_of(rule: Rule, name_group: NameGroup) -> Box | None:
    """All that a rule admits, None for a rule that admits nothing."""
    traffic, unknown_traffic = _traffic_of(rule.traffic)
    peers, peer = _peers_of(rule, name_group)
    cases = _possible(rule.when.cases, {})
    if not traffic or not peers or not cases:
        return None
    return Box((rule.direction, unknown_traffic, peer), traffic, peers, cases)


def _traffic_of(traffic: Traffic) -> tuple[IntervalSet, str]:
    if isinstance(traffic.protocol, Unknown) or isinstance(traffic.selector, Unknown):
        # The whole text of it: ports of one unknown protocol differ from those of another.
        return _WHOLE, f"{_expression(traffic.protocol)} {_expression(traffic.selector)}"
    return certain_flows(traffic), ""


def _expression(part: int | IntervalSet | Unknown) -> str:
    return f"unknown {part.expression} blocked by {part.blocked_by}" if isinstance(part, Unknown) else str(part)


def _peers_of(rule: Rule, name_group: NameGroup) -> tuple[IntervalSet, str]:
    peer = rule.peer
    if isinstance(peer, Unknown):
        return _WHOLE, _expression(peer)
    if isinstance(peer, GroupRef):
        return _WHOLE, f"group {name_group(peer)} of account {peer.account or ''}"
    if isinstance(peer, PrefixList) and peer.entries is None:
        return _WHOLE, f"prefix list {peer.id}"
    assert isinstance(peer, (Network, PrefixList))
    addresses = rule.addresses
    v6 = ((_V6_START + first, _V6_START + last) for first, last in addresses.v6.intervals)
    return IntervalSet((*addresses.v4.intervals, *v6)), ""


def addresses_of(peers: IntervalSet) -> AddressSet:
    """The addresses of a box whose peers are addresses."""
    v4 = tuple(interval for interval in peers.intervals if interval[0] < _V6_START)
    v6 = tuple((first - _V6_START, last - _V6_START) for first, last in peers.intervals if first >= _V6_START)
    return AddressSet(IntervalSet(v4), IntervalSet(v6))


def beyond(
    boxes: Iterable[Box], others: Iterable[Box], pairs: Pairs, choices: Choices | None = None
) -> tuple[Box, ...]:
    """What of the boxes lies in none of the others, as few boxes that share nothing. TooManyPairs for too many."""
    known = choices or {}
    remaining: list[Box] = []
    for box in boxes:
        remaining.extend(_outside([box], remaining, pairs, known))
    return simplest(_outside(remaining, others, pairs, known), known)


def _outside(boxes: Iterable[Box], others: Iterable[Box], pairs: Pairs, choices: Choices) -> list[Box]:
    remaining = list(boxes)
    for other in tuple(others):
        if not remaining:
            break
        pairs.take(len(remaining))
        remaining = [piece for box in remaining for piece in _minus(box, other, choices)]
    return remaining


def _minus(box: Box, other: Box, choices: Choices) -> Iterator[Box]:
    rest = _without(box.cases, other.cases, choices) if box.overlaps(other) else None
    if rest is None:
        yield box
        return
    other_traffic = box.traffic - other.traffic
    if other_traffic:
        yield replace(box, traffic=other_traffic)
    shared = box.traffic & other.traffic
    other_peers = box.peers - other.peers
    if other_peers:
        yield replace(box, traffic=shared, peers=other_peers)
    if rest:
        yield replace(box, traffic=shared, peers=box.peers & other.peers, cases=rest)


def _without(cases: Cases, other: Cases, choices: Choices) -> Cases | None:
    """The cases that are none of the other ones; None where that is too much to tell apart."""
    remaining = cases
    for each in other:
        remaining = _possible(both(remaining, complement((each,))), choices)
        if len(remaining) > _MAX_CASES:
            return None
    return remaining


def _possible(cases: Cases, choices: Choices) -> Cases:
    """The cases that can be, each thing with the values that it can take: one of its choices, or true or false."""
    found: Cases = ()
    for each in cases:
        decided = tuple((name, _decided(among, choices.get(name, _TRUTH))) for name, among in each)
        if not any(among.is_empty for _, among in decided):
            found = either(found, (tuple(entry for entry in decided if entry[1] != ANY),))
    return found


def _decided(among: Among, values: frozenset[str]) -> Among:
    """The values as some of all there are, if these are all; every one of them is no restriction."""
    if not among.values or not among.values <= values:
        return among
    chosen = values - among.values if among.is_excluded else among.values
    return ANY if chosen == values else Among(chosen)


def simplest(boxes: Iterable[Box], choices: Choices | None = None) -> tuple[Box, ...]:
    """The same in fewer boxes: those that differ in one part only are joined."""

    def join_cases(one: Box, other: Box) -> Box:
        return replace(one, cases=_possible(either(one.cases, other.cases), choices or {}))

    found = list(boxes)
    before = -1
    while len(found) != before:
        before = len(found)
        found = _joined(found, lambda box: (box.kind, box.peers, box.cases), _join_traffic)
        found = _joined(found, lambda box: (box.kind, box.traffic, box.cases), _join_peers)
        found = _joined(found, lambda box: (box.kind, box.traffic, box.peers), join_cases)
    return tuple(found)


def _joined(boxes: list[Box], key: Callable[[Box], object], join: Callable[[Box, Box], Box]) -> list[Box]:
    found: dict[object, Box] = {}
    for box in boxes:
        same = key(box)
        found[same] = join(found[same], box) if same in found else box
    return list(found.values())


def _join_traffic(one: Box, other: Box) -> Box:
    return replace(one, traffic=one.traffic | other.traffic)


def _join_peers(one: Box, other: Box) -> Box:
    return replace(one, peers=one.peers | other.peers)


def outline(boxes: Iterable[Box]) -> frozenset[tuple[Kind, IntervalSet, IntervalSet]]:
    """What is the same for equal sets of boxes, however they are cut: all traffic and all peers of each kind."""
    found: dict[Kind, Box] = {}
    for box in boxes:
        same = found.get(box.kind)
        found[box.kind] = box if same is None else _join_peers(_join_traffic(same, box), box)
    return frozenset((kind, box.traffic, box.peers) for kind, box in found.items())


def choices_of(boxes: Iterable[Box], choices: Choices, others: Iterable[Box], other_choices: Choices) -> Choices:
    """The choices that hold for two sides: a side that speaks of a thing must know all of its values."""
    mentioned, elsewhere = _mentioned(boxes), _mentioned(others)
    return {
        name: choices.get(name, frozenset()) | other_choices.get(name, frozenset())
        for name in choices.keys() | other_choices.keys()
        if (name in choices or name not in mentioned) and (name in other_choices or name not in elsewhere)
    }


def _mentioned(boxes: Iterable[Box]) -> set[str]:
    return {name for box in boxes for case in box.cases for name, _ in case}


def cases_text(cases: Cases, when: When) -> str:
    """The cases in words: the author's where they are those of the condition as it is written."""
    if cases == _possible(when.cases, {}):
        return str(when)
    return " or ".join(" and ".join(_choice(name, among) for name, among in each) for each in cases)


def _choice(name: str, among: Among) -> str:
    values = sorted(among.values)
    if among.is_excluded:
        return f"{name} is not {values[0]}" if len(values) == 1 else f"{name} is none of {', '.join(values)}"
    return f"{name} is {' or '.join(values)}"

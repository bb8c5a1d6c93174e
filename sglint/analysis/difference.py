"""What two sides admit, compared as sets of traffic by group: what a change opens, and what it closes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from sglint.analysis.analysis import Analysis
from sglint.analysis.flows import traffics_of
from sglint.analysis.matching import Member, each_group, match, members, named_alike
from sglint.analysis.pairs import Pairs
from sglint.analysis.reach import (
    Box,
    Choices,
    NameGroup,
    addresses_of,
    beyond,
    box_of,
    cases_text,
    choices_of,
)
from sglint.model.addresses import AddressSet
from sglint.model.location import Location
from sglint.model.record import frozen
from sglint.model.rules import Direction, Network, PrefixList, Rule, SecurityGroup
from sglint.model.traffic import Traffic
from sglint.model.values import Unknown


@frozen
class Side:
    """One of two states of the code. `roots` are the paths that were named."""

    analyses: tuple[Analysis, ...]
    roots: tuple[str, ...] = (".",)


class Effect(Enum):
    """What a change does to what a rule admits."""

    APPEARS = "appears"
    """Nothing of it was admitted before."""
    WIDENS = "widens"
    """The rule admits something that was admitted before, and this beside it."""
    DISAPPEARS = "disappears"
    """Nothing of it is admitted any longer."""
    NARROWS = "narrows"
    """The rule admitted this beside something that is still admitted."""


@frozen
class Passage:
    """Traffic that one side admits and the other does not, by the rule that admits it.

    `peers` are the addresses in question, of which the rule may hold more; None where the peer is no set of addresses.
    `traffic` is None where it is unknown. What they leave out says the rule itself.
    """

    rule: Rule
    effect: Effect
    level: int | None
    """The privilege level of the rule; None for egress and where it is unknown."""
    traffic: tuple[Traffic, ...] | None
    peers: AddressSet | None
    when: str
    """The condition under which it holds, in words; empty for always."""

    @property
    def direction(self) -> Direction:
        return self.rule.direction

    @property
    def location(self) -> Location:
        return self.rule.location


@frozen
class GroupDifference:
    """A group whose traffic differs. `old` is None for a group that was not there, `new` for one that is gone."""

    old: SecurityGroup | None
    new: SecurityGroup | None
    opened: tuple[Passage, ...]
    closed: tuple[Passage, ...]
    environment: str = ""
    analysis: Analysis | None = None
    """The unit that the group is part of now."""
    before: Analysis | None = None

    @property
    def group(self) -> SecurityGroup:
        """The group as it is, or as it was where it is gone."""
        found = self.new or self.old
        assert found is not None
        return found


_OPENING = (Effect.APPEARS, Effect.WIDENS)
_CLOSING = (Effect.DISAPPEARS, Effect.NARROWS)


def compare(old: Side, new: Side) -> tuple[GroupDifference, ...]:
    """The groups that admit other traffic than before, in the order of their places."""
    before, after = members(old.analyses, old.roots), members(new.analyses, new.roots)
    match(before, after)
    found = [each for pair in each_group(before, after) for each in _within(*pair)]
    return tuple(sorted(found, key=lambda each: (each.group.location, each.group.address, each.environment)))


def _within(old: Member | None, new: Member | None) -> Iterator[GroupDifference]:
    """The difference of two groups, if there is any. Where it takes too much to tell, that is told."""
    either = new or old
    assert either is not None
    pairs = either.analysis.pairs
    return pairs.within(either.group.location, lambda: _difference(old, new, pairs))


def _difference(old: Member | None, new: Member | None, pairs: Pairs) -> Iterator[GroupDifference]:
    before = _admitted(old, "old") if old is not None else []
    after = _admitted(new, "new") if new is not None else []
    choices = choices_of(
        [box for _, box in before],
        old.analysis.choices if old is not None else {},
        [box for _, box in after],
        new.analysis.choices if new is not None else {},
    )
    opened = tuple(_passages(new, after, before, choices, _OPENING, pairs)) if new is not None else ()
    closed = tuple(_passages(old, before, after, choices, _CLOSING, pairs)) if old is not None else ()
    if not opened and not closed:
        return
    yield GroupDifference(
        old.group if old is not None else None,
        new.group if new is not None else None,
        opened,
        closed,
        (new or old).analysis.environment,  # type: ignore[union-attr]
        new.analysis if new is not None else None,
        old.analysis if old is not None else None,
    )


def _admitted(member: Member, side: str) -> list[tuple[Rule, Box]]:
    name_group: NameGroup = named_alike(member, side)
    pairs = ((rule, box_of(rule, name_group)) for rule in member.group.rules)
    return [(rule, box) for rule, box in pairs if box is not None]


def _passages(
    member: Member,
    own: Sequence[tuple[Rule, Box]],
    others: Sequence[tuple[Rule, Box]],
    choices: Choices,
    effects: tuple[Effect, Effect],
    pairs: Pairs,
) -> Iterator[Passage]:
    """What a side admits beyond the other, each part once: by the rule that admits the most."""
    same = frozenset(box for _, box in others)
    by_kind: dict[object, list[Box]] = {}
    for box in dict.fromkeys(box for _, box in others):
        by_kind.setdefault(box.kind, []).append(box)
    told: dict[object, list[Box]] = {}
    found: list[tuple[int, Passage]] = []
    candidates = [(position, rule, box) for position, (rule, box) in enumerate(own) if box not in same]
    for position, rule, box in sorted(candidates, key=lambda each: (-each[2].size, each[0])):
        there = by_kind.get(box.kind, [])
        earlier = told.setdefault(box.kind, [])
        pairs.take(len(there))
        effect = effects[any(box.overlaps(other) for other in there)]
        for piece in beyond([box], (*there, *earlier), pairs, choices):
            earlier.append(piece)
            found.append((position, _passage(member, rule, piece, effect)))
    yield from (passage for _, passage in sorted(found, key=lambda each: each[0]))


def _passage(member: Member, rule: Rule, piece: Box, effect: Effect) -> Passage:
    has_addresses = isinstance(rule.peer, Network) or (
        isinstance(rule.peer, PrefixList) and rule.peer.entries is not None
    )
    is_known = not any(isinstance(part, Unknown) for part in (rule.traffic.protocol, rule.traffic.selector))
    return Passage(
        rule,
        effect,
        member.analysis.level(rule),
        traffics_of(piece.traffic) if is_known else None,
        addresses_of(piece.peers) if has_addresses else None,
        cases_text(piece.cases, rule.when),
    )

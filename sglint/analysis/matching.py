"""Which groups of two sides are the same group, whatever became of their addresses.

The passes go from certain to likely; docs/decisions/diff.md says why each of them is sound. What is alike to several is
not guessed, unless they are alike in all that they admit, when it makes no difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeAlias

from sglint.analysis.analysis import Analysis
from sglint.analysis.reach import Box, NameGroup, beyond, box_of, choices_of, outline
from sglint.model.paths import from_directory
from sglint.model.record import field, mutable
from sglint.model.rules import GroupRef, SecurityGroup
from sglint.model.values import Unknown

_Key: TypeAlias = "Hashable | None"
_INDEXED = re.compile(r"[./](?![^\[]*\])")


@mutable(eq=False)
class Member:
    """A group of one side, and the group of the other side that it is."""

    group: SecurityGroup
    analysis: Analysis
    path: str
    """The path of its unit, as seen from the input that was named."""
    unit: dict[str, Member] = field(repr=False)
    """The groups of its unit, by address."""
    other: Member | None = None

    def boxes(self, name_group: NameGroup) -> list[Box]:
        """What each of its rules admits, in their order."""
        found = (box_of(rule, name_group) for rule in self.group.rules)
        return [box for box in found if box is not None]


def members(analyses: Iterable[Analysis], roots: Sequence[str]) -> list[Member]:
    """The groups of one side. `roots` are the paths that were named."""
    found: list[Member] = []
    for analysis in analyses:
        unit: dict[str, Member] = {}
        path = _within(analysis.path, roots)
        for group in analysis.groups:
            unit[group.address] = Member(group, analysis, path, unit)
        found.extend(unit.values())
    return found


def _within(path: str, roots: Sequence[str]) -> str:
    """A unit's path from the named path that it lies in; several that are named are told apart by themselves."""
    path = os.path.normpath(path or os.curdir)
    if len(roots) == 1:
        relative = from_directory(path, roots[0] or os.curdir)
        return path if relative.startswith(os.pardir) else relative
    return path


def match(old: Sequence[Member], new: Sequence[Member]) -> None:
    """Joins the members of the two sides that are the same group."""
    has_progress = True
    while has_progress:
        has_progress = False
        for key, is_same in _PASSES:
            has_progress |= _pass(old, new, key, is_same)


def _pass(
    old: Iterable[Member],
    new: Iterable[Member],
    key: Callable[[Member], _Key],
    is_same: Callable[[Member, Member], bool] | None,
) -> bool:
    """Joins members with the same key: one on each side, or of several those that `is_same` tells are the same."""
    olds, news = _by_key(old, key), _by_key(new, key)
    has_progress = False
    for value, found in olds.items():
        others = news.get(value, [])
        if is_same is None and not len(found) == len(others) == 1:
            continue
        for one in found:
            other = next(
                (each for each in others if _may_be(one, each) and (is_same is None or is_same(one, each))), None
            )
            if other is not None:
                others.remove(other)
                one.other, other.other = other, one
                has_progress = True
    return has_progress


def _by_key(side: Iterable[Member], key: Callable[[Member], _Key]) -> dict[Hashable, list[Member]]:
    found: dict[Hashable, list[Member]] = {}
    for member in side:
        value = key(member) if member.other is None else None
        if value is not None:
            found.setdefault(value, []).append(member)
    return found


def _may_be(one: Member, other: Member) -> bool:
    """Whether nothing speaks against it: a group that is known only by reference is known by that alone."""
    if one.group.address == other.group.address:
        return True
    if not one.group.is_defined or not other.group.is_defined:
        return False
    names = one.group.name, other.group.name
    return not all(isinstance(name, str) for name in names) or names[0] == names[1]


# ---- what groups are known by


def _in_its_unit(member: Member) -> _Key:
    return member.analysis.environment, member.path, member.group.address


def _in_its_converted_unit(member: Member) -> _Key:
    return member.analysis.environment, os.path.splitext(member.path)[0], member.group.address


def _by_address(member: Member) -> _Key:
    return member.analysis.environment, member.group.address


def _by_address_anywhere(member: Member) -> _Key:
    return member.group.address


def _by_construct(member: Member) -> _Key:
    construct = member.group.construct
    return None if construct is None else (member.analysis.environment, construct)


def _by_name_in_its_unit(member: Member) -> _Key:
    name = member.group.name
    return (member.analysis.environment, member.path, name) if isinstance(name, str) else None


def _by_name(member: Member) -> _Key:
    name = member.group.name
    return (member.analysis.environment, name) if isinstance(name, str) else None


def _by_label_and_reach(member: Member) -> _Key:
    return member.analysis.environment, _label(member.group), outline(member.boxes(_likeness(member)))


def _by_description_and_reach(member: Member) -> _Key:
    return member.analysis.environment, _text(member.group.description), outline(member.boxes(_likeness(member)))


def _by_label_and_description(member: Member) -> _Key:
    description = _text(member.group.description)
    return (member.analysis.environment, _label(member.group), description) if description else None


def _text(value: str | Unknown | None) -> str | None:
    return value.expression if isinstance(value, Unknown) else value


def _label(group: SecurityGroup) -> str:
    """The resource's own name, as far as all dialects can write it: letters and digits, without the instance."""
    parts = [part for part in _INDEXED.split(group.construct or group.address) if part != "Resource"]
    return re.sub(r"[^a-z0-9]", "", parts[-1].partition("[")[0].lower()) if parts else ""


def _likeness(member: Member) -> NameGroup:
    """Names for peers before it is known which group is which: by what they are matched to, or are like."""

    def name(reference: GroupRef) -> str:
        peer = member.unit.get(reference.group)
        if peer is member:
            return "itself"
        if peer is None:
            return f"reference {reference.group}"
        if peer.other is not None:
            return f"match {min(id(peer), id(peer.other))}"
        return f"like {_text(peer.group.name)} {_text(peer.group.description)}"

    return name


def _reaches_the_same(one: Member, other: Member) -> bool:
    first, second = one.boxes(_likeness(one)), other.boxes(_likeness(other))
    choices = choices_of(first, one.analysis.choices, second, other.analysis.choices)
    pairs = other.analysis.pairs

    def are_same() -> Iterator[bool]:
        yield not beyond(first, second, pairs, choices) and not beyond(second, first, pairs, choices)

    return next(pairs.within(other.group.location, are_same), False)


_PASSES: tuple[tuple[Callable[[Member], _Key], Callable[[Member, Member], bool] | None], ...] = (
    (_in_its_unit, None),
    (_in_its_converted_unit, None),
    (_by_address, None),
    (_by_address_anywhere, None),
    (_by_construct, None),
    (_by_name_in_its_unit, None),
    (_by_name, None),
    (_by_label_and_reach, _reaches_the_same),
    (_by_description_and_reach, _reaches_the_same),
    (_by_label_and_description, None),
)


def named_alike(member: Member, side: str) -> NameGroup:
    """Names for peers once groups are matched: the same on both sides for the same group."""

    def name(reference: GroupRef) -> str:
        peer = member.unit.get(reference.group)
        if peer is None:
            return f"reference {reference.group}"
        if peer.other is None:
            return f"{side} {reference.group}"
        return f"match {min(id(peer), id(peer.other))}"

    return name


def each_group(old: Iterable[Member], new: Iterable[Member]) -> Iterator[tuple[Member | None, Member | None]]:
    """Every group once, as it was and as it is."""
    for member in new:
        yield member.other, member
    for member in old:
        if member.other is None:
            yield member, None

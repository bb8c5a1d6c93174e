"""How open the groups of a unit are, and how that is worse than it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from sglint.analysis.admission import Admission
from sglint.analysis.analysis import Analysis
from sglint.analysis.flows import traffics_of
from sglint.analysis.pairs import Pairs
from sglint.analysis.reach import Box, beyond, box_of, cases_text
from sglint.model.intervals import IntervalSet
from sglint.model.postures import Posture, is_over_v6, world_rule
from sglint.model.record import frozen, replace
from sglint.model.rules import Direction, Rule, SecurityGroup
from sglint.model.traffic import Traffic
from sglint.model.values import When

_LEAST = 5
"""The level that a group without ingress is measured by: nothing that it admits is narrower."""


@frozen
class Worsening:
    """How a group is more open than it was."""

    group: SecurityGroup
    before: int | None
    level: int | None
    opened: tuple[str, ...]
    """What the world may use and might not before: traffic, family and condition in words."""
    rules: tuple[Rule, ...]
    """Those that make it so: what opens to the world, else what the level comes from."""


def postures(analysis: Analysis) -> Iterator[tuple[SecurityGroup, Posture]]:
    """Each group of a unit with how open it is."""
    opened = analysis.opened(Direction.INGRESS)
    for group in analysis.groups:
        world = partial(_world, opened.get(group.address, ()), analysis.pairs)
        yield group, Posture(_level(analysis, group), tuple(analysis.pairs.within(group.location, world)))


def _level(analysis: Analysis, group: SecurityGroup) -> int | None:
    return min((level for rule in group.rules if (level := analysis.level(rule)) is not None), default=None)


def _world(admissions: Iterable[Admission], pairs: Pairs) -> Iterator[Rule]:
    """What admissions come to together, by family, condition and protocol, without what holds anyway."""
    boxes: dict[tuple[bool, When], list[Box]] = {}
    for admission in admissions:
        for rule in _whole(admission):
            box = box_of(rule, str)
            if box is not None:
                boxes.setdefault((is_over_v6(rule), rule.when), []).append(box)
    always = [box for (_, when), found in boxes.items() if not when for box in found]
    for (is_v6, when), found in sorted(boxes.items(), key=lambda entry: (entry[0][0], entry[0][1].choices)):
        left = beyond(found, always, pairs) if when else found
        traffic = IntervalSet.of(*(interval for box in left for interval in box.traffic.intervals))
        yield from (world_rule(each, is_v6, when) for each in traffics_of(traffic))


def _whole(admission: Admission) -> Iterator[Rule]:
    addresses = admission.addresses
    if addresses.is_world_v4:
        yield world_rule(admission.traffic, False, admission.when)
    if addresses.is_world_v6:
        yield world_rule(admission.traffic, True, admission.when)


def worsenings(analysis: Analysis, past: Callable[[SecurityGroup], Posture]) -> Iterator[Worsening]:
    """The groups of a unit that are more open than they were."""
    opened = analysis.opened(Direction.INGRESS)
    for group, posture in postures(analysis):
        before = past(group)
        admissions = opened.get(group.address, ())
        beyond_it = partial(_beyond, admissions, _restated(before.world, admissions), analysis)
        pieces, rules = next(analysis.pairs.within(group.location, beyond_it), ((), ()))
        is_wider = posture.level is not None and posture.level < (before.level or _LEAST)
        if not pieces and not is_wider:
            continue
        if not rules:
            rules = tuple(rule for rule in group.rules if analysis.level(rule) == posture.level)
        yield Worsening(group, before.level, posture.level, pieces, rules)


def _restated(rules: Iterable[Rule], admissions: Iterable[Admission]) -> list[Rule]:
    """The rules with their conditions as the unit states them: read from text, these are but names."""
    known = {admission.when.choices: admission.when for admission in admissions}
    return [replace(rule, when=known.get(rule.when.choices, rule.when)) for rule in rules]


def _beyond(
    admissions: Iterable[Admission], rules: Iterable[Rule], analysis: Analysis
) -> Iterator[tuple[tuple[str, ...], tuple[Rule, ...]]]:
    """What admissions open to the world beyond the rules, in words, and the rules of those that do."""
    before = [box for rule in rules if (box := box_of(rule, str)) is not None]
    told: list[Box] = []
    words: dict[tuple[str, str], set[bool]] = {}
    found: dict[int, Rule] = {}
    for admission in admissions:
        for rule in _whole(admission):
            box = box_of(rule, str)
            for piece in () if box is None else beyond([box], (*before, *told), analysis.pairs, analysis.choices):
                told.append(piece)
                found.update((id(each), each) for each in admission.rules)
                for traffic in traffics_of(piece.traffic):
                    key = _words(traffic), cases_text(piece.cases, rule.when)
                    words.setdefault(key, set()).add(is_over_v6(rule))
    yield tuple(_opening(*key, families) for key, families in words.items()), tuple(found.values())


def _words(traffic: Traffic) -> str:
    return "all traffic" if traffic.is_all_protocols else str(traffic)


def _opening(traffic: str, when: str, families: set[bool]) -> str:
    over = " over IPv6" if families == {True} else ""
    return f"{traffic} from the world{over}" + (f" when {when}" if when else "")

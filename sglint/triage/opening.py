"""Which findings arise from what a change opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from sglint.analysis.analysis import Analysis
from sglint.analysis.difference import GroupDifference, Passage
from sglint.analysis.pairs import Pairs
from sglint.analysis.reach import box_of
from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.location import Location, Problem
from sglint.model.record import frozen, replace
from sglint.model.rules import Direction, Rule, SecurityGroup
from sglint.model.traffic import Traffic
from sglint.policies.policy import Violation
from sglint.triage.finding import Finding
from sglint.triage.judge import judge, judge_by_path
from sglint.triage.terms import TermsByPath

_MANY = 16
"""From how many protocols on a rule is looked at as a whole, not protocol by protocol."""


@frozen
class Comparison:
    """Everything a report on a change needs: what differs, and what is wrong with what opened."""

    groups: tuple[GroupDifference, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Those that what opened gives rise to, accepted ones included."""
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    before: str = ""
    """What stands in front of places as they were: `main:`, empty where their paths tell."""


def arising(
    findings: Iterable[Finding],
    differences: Sequence[GroupDifference],
    analyses: Sequence[Analysis],
    terms: TermsByPath,
) -> tuple[Finding, ...]:
    """Of the findings on `analyses` under these terms, those that what opened gives rise to, as far as it is known.

    One does when it is about a rule of which something opened, and either the opened traffic breaks the policy by
    itself, or nothing that the finding is about broke the policy before.
    """
    marks = {mark for analysis in analyses for mark in _marks(analysis, differences, terms)}
    return tuple(finding for finding in findings if not finding.policy.is_open and _mark(finding) in marks)


def _mark(finding: Finding) -> tuple[str, Location, str]:
    """What findings that become one have in common."""
    return finding.policy.id, finding.location, finding.violation.message


def _marks(
    analysis: Analysis, differences: Iterable[GroupDifference], terms: TermsByPath
) -> Iterator[tuple[str, Location, str]]:
    opened = {each.group.address: each for each in differences if each.analysis is analysis and each.opened}
    if not opened:
        return
    rules = {id(passage.rule) for each in opened.values() for passage in each.opened}
    breaks = _breaks(_restricted(analysis, opened), terms)
    broken = _broken_before(opened.values(), terms)
    for judged in judge_by_path([analysis], terms):
        finding = judged.finding
        own = _rules(finding.violation)
        if not any(id(rule) in rules for rule in own):
            continue
        by_itself = any((finding.policy.id, rule.group, rule.location) in breaks for rule in own)
        before = broken.get((own[0].group, finding.policy.id), [])
        shared = analysis.pairs.within(finding.location, partial(_shared, own, before, analysis.pairs))
        if by_itself or not any(shared):
            yield _mark(finding)


def _rules(violation: Violation) -> tuple[Rule, ...]:
    return (violation.rule, *violation.others) if violation.rule is not None else ()


def _breaks(analysis: Analysis, terms: TermsByPath) -> set[tuple[str, str, Location]]:
    """Which policies the rules of a unit break."""
    return {
        (policy.id, rule.group, rule.location)
        for judged in judge_by_path([analysis], terms)
        for rule in _rules(judged.finding.violation)
        for policy in (judged.finding.policy, *judged.finding.also)
    }


def _broken_before(opened: Iterable[GroupDifference], terms: TermsByPath) -> dict[tuple[str, str], list[Rule]]:
    """By the address of a group as it is and the id of a policy: the rules by which the group broke it before."""
    units: dict[int, tuple[Analysis, dict[str, str]]] = {}
    for each in opened:
        if each.before is not None and each.old is not None:
            _, addresses = units.setdefault(id(each.before), (each.before, {}))
            addresses[each.old.address] = each.group.address
    general = terms.general
    found: dict[tuple[str, str], list[Rule]] = {}
    for unit, addresses in units.values():
        for finding in judge([unit], general.checked, general.parameters, general.severities):
            for rule in _rules(finding.violation):
                if rule.group in addresses:
                    for policy in (finding.policy, *finding.also):
                        found.setdefault((addresses[rule.group], policy.id), []).append(rule)
    return found


def _shared(own: Sequence[Rule], before: Sequence[Rule], pairs: Pairs) -> Iterator[Rule]:
    """Those of some rules that admit anything that others do."""
    pairs.take(len(before))
    boxes = [box for rule in before if (box := box_of(rule, str)) is not None]
    for rule in own:
        box = box_of(rule, str)
        pairs.take(len(boxes))
        if box is not None and any(box.overlaps(other) for other in boxes):
            yield rule


def _restricted(analysis: Analysis, opened: Mapping[str, GroupDifference]) -> Analysis:
    """The unit with the rules of the groups cut down to the traffic of which something opened, for all their peers.

    Peers stay whole, since it takes all of them to tell whether traffic is open to the world.
    """
    groups = tuple(
        _cut(group, opened[group.address].opened) if group.address in opened else group for group in analysis.groups
    )
    return Analysis(replace(analysis.estate, groups=groups), analysis.environment, pairs=analysis.pairs)


def _cut(group: SecurityGroup, opened: Iterable[Passage]) -> SecurityGroup:
    selected: dict[tuple[Direction, int], IntervalSet] = {}
    whole = set()
    for passage in opened:
        if passage.traffic is None or len(passage.traffic) > _MANY:
            whole.add(id(passage.rule))
            continue
        for traffic in passage.traffic:
            assert isinstance(traffic.protocol, int) and isinstance(traffic.selector, IntervalSet)
            key = passage.direction, traffic.protocol
            selected[key] = selected.get(key, NOTHING) | traffic.selector
    rules: list[Rule] = []
    for rule in group.rules:
        if id(rule) in whole:
            rules.append(rule)
            continue
        for (direction, protocol), selector in selected.items():
            shared = rule.traffic & Traffic(protocol, selector) if rule.direction is direction else None
            if shared is not None:
                rules.append(replace(rule, traffic=shared))
    return replace(group, rules=tuple(rules))

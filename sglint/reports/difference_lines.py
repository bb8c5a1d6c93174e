"""A difference of traffic as lines of text: each with a mark of what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TypeAlias

from sglint.analysis.difference import GroupDifference, Passage
from sglint.analysis.flows import EVERY_FLOW, traffics_of
from sglint.model.addresses import AddressSet
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Direction
from sglint.model.traffic import EVERY_PORT, Traffic
from sglint.notation import write_peer
from sglint.notation.words import word, write_traffic
from sglint.reports.terminal import visible
from sglint.triage.finding import Finding
from sglint.triage.opening import Comparison

_MANY = 128
"""From how many whole protocols on traffic is told by what is missing from it."""


class Mark(Enum):
    """What a line is about, as the character it begins with."""

    GROUP = ""
    OPENED = "+"
    CLOSED = "-"
    FINDING = "!"


Line: TypeAlias = tuple[Mark, str]


def lines(comparison: Comparison) -> Iterator[Line]:
    """The groups, what of each is opened and closed, and the findings that arise, each below what opened."""
    findings = _by_passage(comparison)
    for group in comparison.groups:
        yield Mark.GROUP, visible(heading(group))
        for passage in group.opened:
            yield Mark.OPENED, visible(f"{passage_text(passage)}  # {_remark(passage, '')}")
            for finding in findings.get(id(passage), ()):
                yield Mark.FINDING, visible(_finding_text(finding))
        for passage in group.closed:
            yield Mark.CLOSED, visible(f"{passage_text(passage)}  # {_remark(passage, comparison.before)}")


def heading(difference: GroupDifference) -> str:
    """The group, with its former address and whether it came or went."""
    old, new = difference.old, difference.new
    text = word(difference.group.address)
    if old is not None and new is not None and old.address != new.address:
        text += f" (was {word(old.address)})"
    elif old is None:
        text += " (new)"
    elif new is None:
        text += " (gone)"
    return text + (f" in {difference.environment}" if difference.environment else "")


def passage_text(passage: Passage) -> str:
    """A passage in the words of notation, with `except` where that says it in fewer."""
    side = "from" if passage.direction is Direction.INGRESS else "to"
    when = f" when {passage.when}" if passage.when else ""
    return f"{passage.direction.value} {traffic_text(passage)} {side} {peers_text(passage)}{when}"


def traffic_text(passage: Passage) -> str:
    if passage.traffic is None:
        return write_traffic(passage.rule.traffic)
    whole = sum(traffic.selector == EVERY_PORT for traffic in passage.traffic)
    if whole < _MANY:
        return " and ".join(map(str, passage.traffic))
    missing = EVERY_FLOW - _joined(passage.traffic)
    return f"all except {' and '.join(map(str, traffics_of(missing)))}"


def _joined(traffics: Iterable[Traffic]) -> IntervalSet:
    intervals = []
    for traffic in traffics:
        assert isinstance(traffic.protocol, int) and isinstance(traffic.selector, IntervalSet)
        start = traffic.protocol << 16
        intervals += [(start + first, start + last) for first, last in traffic.selector.intervals]
    return IntervalSet.of(*intervals)


def peers_text(passage: Passage) -> str:
    """The peers in question: as they are, or the rule's with those that are not in question."""
    if passage.peers is None:
        return write_peer(passage.rule.peer)
    plain = _addresses(passage.peers)
    held = passage.rule.addresses
    if passage.peers == held:
        return plain
    cut = f"{_addresses(held)} except {_addresses(held - passage.peers)}"
    return min(plain, cut, key=len)


def _addresses(addresses: AddressSet) -> str:
    return ",".join(addresses.cidrs())


def _remark(passage: Passage, before: str) -> str:
    level = "" if passage.level is None else f"level {passage.level}, "
    return f"{passage.effect.value}, {level}{before}{passage.location}"


def _by_passage(comparison: Comparison) -> dict[int, list[Finding]]:
    """The findings by the identity of the passage to tell each of them below, once."""
    opened = [passage for group in comparison.groups for passage in group.opened]
    by_rule = {id(passage.rule): passage for passage in reversed(opened)}
    by_place = {passage.location: passage for passage in reversed(opened)}
    found: dict[int, list[Finding]] = {}
    for finding in comparison.findings:
        rules = [rule for rule in (finding.violation.rule, *finding.violation.others) if rule is not None]
        # A finding that stands for several instances of a block has the rule of the first, which may be as before.
        passages = [by_rule[id(rule)] for rule in rules if id(rule) in by_rule]
        passages += [by_place[rule.location] for rule in rules if rule.location in by_place]
        for passage in passages[:1]:
            found.setdefault(id(passage), []).append(finding)
    return found


def _finding_text(finding: Finding) -> str:
    accepted = f" (accepted: {finding.acceptance.reason})" if finding.acceptance is not None else ""
    return f"{finding.severity} {finding.policy.id} {finding.policy.name}: {finding.violation.message}{accepted}"


def summary(comparison: Comparison) -> str:
    """What changed, in one or two sentences; what matters most first."""
    opened = [passage for group in comparison.groups for passage in group.opened]
    closed = sum(len(group.closed) for group in comparison.groups)
    if not opened and not closed:
        return "No group admits anything else than before."
    counts = f"{len(opened)} opened and {closed} closed in {counted(len(comparison.groups), 'group')}"
    levels = [passage.level for passage in opened if passage.level is not None]
    if levels:
        counts += f", opened up to level {min(levels)}"
    alarms = [finding for finding in comparison.findings if finding.is_alarm]
    by_severity = sorted({finding.severity for finding in alarms}, reverse=True)
    parts = (f"{sum(finding.severity == each for finding in alarms)} {each}" for each in by_severity)
    return counts + (f". {counted(len(alarms), 'finding')}: {', '.join(parts)}." if alarms else ". No findings.")


def counted(number: int, noun: str) -> str:
    """`1 group`, `2 groups`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")

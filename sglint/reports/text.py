"""The report for people: findings by file and address, each with its source line and why it is so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeAlias

from sglint.policies.policy import Severity
from sglint.reports.controls import controls
from sglint.reports.excerpt import excerpt
from sglint.reports.levels import privilege_levels
from sglint.reports.options import Options
from sglint.reports.statistics import statistics
from sglint.reports.terminal import visible
from sglint.reports.wrapping import wrapped
from sglint.triage.finding import Finding, Outcome, SourceLines

_LEVELS = {
    1: "the world, all protocols or ports",
    2: "the world, specific ports",
    3: "a network, all protocols or ports",
    4: "a network with specific ports, or a group with all ports",
    5: "a group, specific ports",
}
_MARGIN = "      "
_BOLD, _DIM, _MARK = "1", "2", "1;31"
_SEVERITIES = {
    Severity.CRITICAL: "1;31",
    Severity.HIGH: "31",
    Severity.MEDIUM: "33",
    Severity.LOW: "36",
    Severity.NOTE: "34",
}
"""Select Graphic Rendition parameters (ECMA-48, 8.3.117)."""

_Paint: TypeAlias = Callable[[str, str], str]


def render(outcome: Outcome, options: Options) -> str:
    """The report. What could not be judged and what the baseline has is counted, and listed when `verbose`; accepted
    risks and problems are counted only."""
    paint = _ansi if options.color else _plain
    shown = [finding for finding in outcome.pending if options.verbose or finding.is_alarm]
    lines: list[str] = []
    for path, findings in groupby(shown, key=lambda finding: finding.location.path):
        lines += [paint(visible(path), _BOLD), *_file(findings, outcome.lines, paint, options.width)]
    if not options.quiet:
        lines += _summary(outcome, options, paint)
    if options.statistics:
        lines += statistics(outcome)
    return "".join(f"{line}\n" for line in lines)


def _plain(text: str, _: str) -> str:
    return text


def _ansi(text: str, rendition: str) -> str:
    return f"\x1b[{rendition}m{text}\x1b[0m"


def _file(findings: Iterable[Finding], source: SourceLines, paint: _Paint, width: int | None) -> Iterator[str]:
    by_address: dict[str, list[Finding]] = {}
    for finding in findings:
        by_address.setdefault(finding.violation.address, []).append(finding)
    for address, found in by_address.items():
        if address:
            yield "  " + paint(visible(address), _BOLD)
        for finding in found:
            yield from _finding(finding, source, paint, width)
            yield ""


def _finding(finding: Finding, source: SourceLines, paint: _Paint, width: int | None) -> Iterator[str]:
    policy, place = finding.policy, finding.location
    severity = paint(str(finding.severity), _SEVERITIES[finding.severity])
    yield f"    {visible(str(place))}: {severity} {policy.id} {paint(policy.name, _BOLD)}"
    yield from wrapped(visible(finding.violation.message), _MARGIN, width)
    line = source.get((place.path, place.line))
    if line is not None:
        gutter = f"{place.line} |"
        room = None if width is None else width - len(f"{_MARGIN}{gutter} ")
        shown, marker = excerpt(line, place, room)
        yield f"{_MARGIN}{paint(gutter, _DIM)} {shown}".rstrip()
        yield f"{_MARGIN}{paint(gutter[-1].rjust(len(gutter)), _DIM)} {_marker(marker, paint)}"
    for text in _details(finding):
        yield from wrapped(text, _MARGIN, width)


def _details(finding: Finding) -> Iterator[str]:
    if finding.level is not None:
        yield f"level {finding.level}: {_LEVELS[finding.level]}"
    for step in finding.violation.related:
        yield f"because {visible(step.text)} ({visible(str(step.location))})"
    if finding.environments:
        yield f"in {', '.join(map(visible, finding.environments))}"
    if finding.construct is not None:
        yield f"construct {visible(finding.construct)}"
    if finding.is_baselined:
        yield "known: it is in the baseline"
    if finding.also:
        yield f"also {', '.join(other.id for other in finding.also)}"
    if answered := controls(finding):
        yield f"Security Hub {', '.join(answered)}"
    yield f"fix: {finding.policy.fix}"
    yield f"docs: {', '.join((f'sglint explain {finding.policy.name}', *finding.policy.references[:1]))}"


def _marker(marker: str, paint: _Paint) -> str:
    carets = marker.lstrip()
    return marker[: -len(carets)] + paint(carets, _MARK)


def _summary(outcome: Outcome, options: Options, paint: _Paint) -> Iterator[str]:
    judged = [finding for finding in outcome.findings if finding.is_alarm]
    covered = f"{_count(outcome.rules, 'rule')} of {_count(outcome.groups, 'group')} in {_count(outcome.units, 'unit')}"
    if options.seconds is not None:
        covered += f", in {options.seconds:.1f} s"
    if judged:
        counts = Counter(finding.severity for finding in judged)
        parts = ", ".join(f"{counts[severity]} {severity}" for severity in sorted(counts, reverse=True))
        yield f"{paint(_count(len(judged), 'finding'), _BOLD)}: {parts}. Checked {covered}."
    else:
        yield f"No findings. Checked {covered}."
    if outcome.levels:
        yield privilege_levels(outcome)
    accepted = len(outcome.findings) - len(outcome.pending)
    if accepted:
        yield f"{_count(accepted, 'accepted finding')}; sglint exceptions lists them."
    baselined = sum(bool(finding.is_baselined) for finding in outcome.findings)
    if baselined:
        advice = "" if options.verbose else "; --verbose lists them"
        yield f"{_count(baselined, 'finding')} in the baseline{advice}."
    if outcome.left_out:
        yield f"{_count(outcome.left_out, 'unit')} left out, which no change can affect."
    open_policies = Counter(finding.policy.name for finding in outcome.pending if finding.policy.is_open)
    if open_policies:
        parts = ", ".join(f"{number} {name}" for name, number in sorted(open_policies.items()))
        advice = "" if options.verbose else "; --verbose lists them"
        yield f"{open_policies.total()} could not be judged: {parts}{advice}."
    if outcome.problems:
        yield f"{_count(len(outcome.problems), 'problem')}: not all input could be read."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")

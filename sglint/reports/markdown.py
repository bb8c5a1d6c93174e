"""The report for a job summary or a comment: Markdown as GitHub and GitLab render it, of bounded length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sglint.model.location import Problem
from sglint.reports.escaping import markdown_code, markdown_text
from sglint.reports.levels import privilege_levels
from sglint.reports.options import Options
from sglint.reports.paths import portable
from sglint.triage.finding import Finding, Outcome

_LONGEST = 60_000
"""Characters of the report. GitHub takes comments of 65,536 and summaries of a MiB."""
_MOST_PROBLEMS = 20
_RESERVE = 2_000
"""Characters kept for saying what was left out, and for the parts that come last."""


def render(outcome: Outcome, options: Options) -> str:
    """Counts, the problems, the findings from the most severe on, and what to do, as far as there is room."""
    failed = sorted((each for each in outcome.findings if each.is_alarm), key=lambda finding: -finding.severity)
    report = _Bounded(_LONGEST - _RESERVE)
    report.add("## sglint", "", _summary(outcome, failed))
    if outcome.problems:
        rows = (_problem(problem, options.root) for problem in outcome.problems[:_MOST_PROBLEMS])
        report.add_table("### Not read", ("Place", "Problem"), rows, len(outcome.problems), "problem")
    if failed:
        rows = (_finding(finding, options.root) for finding in failed)
        columns = ("Severity", "Level", "Policy", "Place", "Resource", "Finding")
        report.add_table("### Findings", columns, rows, len(failed), "finding")
        report.add_whole("### What to do", _advice(failed))
    return "\n".join(report.lines) + "\n"


class _Bounded:
    """Lines up to a number of characters."""

    def __init__(self, room: int) -> None:
        self.lines: list[str] = []
        self._room = room

    def add(self, *lines: str) -> None:
        """These lines, whatever room there is: for what is short."""
        self.lines += lines
        self._room -= sum(len(line) + 1 for line in lines)

    def add_table(self, title: str, columns: tuple[str, ...], rows: Iterable[str], total: int, noun: str) -> None:
        """The rows that there is room for, and how many there is none for."""
        self.add("", title, "", _row(*columns), _row(*("---" for _ in columns)))
        shown = 0
        for row in rows:
            if len(row) >= self._room:
                break
            self.add(row)
            shown += 1
        if shown < total:
            self.add("", f"{_count(total - shown, f'more {noun}')} left out here.")

    def add_whole(self, title: str, lines: list[str]) -> None:
        """A part that is there as a whole or not at all."""
        if sum(len(line) + 1 for line in (title, *lines)) <= self._room:
            self.add("", title, "", *lines)


def _summary(outcome: Outcome, failed: list[Finding]) -> str:
    covered = f"{_count(outcome.rules, 'rule')} of {_count(outcome.groups, 'group')} in {_count(outcome.units, 'unit')}"
    counts = Counter(finding.severity for finding in failed)
    parts = ", ".join(f"{counts[severity]} {severity}" for severity in sorted(counts, reverse=True))
    text = f"**{_count(len(failed), 'finding')}**: {parts}." if failed else "**No findings.**"
    text += f" Checked {covered}."
    if outcome.levels:
        text += f" {privilege_levels(outcome)}"
    if accepted := sum(finding.acceptance is not None for finding in outcome.findings):
        text += f" {accepted} accepted."
    if baselined := sum(bool(finding.is_baselined) for finding in outcome.findings):
        text += f" {baselined} in the baseline."
    if unjudged := sum(finding.policy.is_open and finding.acceptance is None for finding in outcome.findings):
        text += f" {unjudged} could not be judged."
    if outcome.problems:
        text += f" {_count(len(outcome.problems), 'problem')}: not all input could be read."
    return text


def _finding(finding: Finding, root: str) -> str:
    place, violation = finding.location, finding.violation
    return _row(
        str(finding.severity),
        "" if finding.level is None else str(finding.level),
        f"{finding.policy.id} {finding.policy.name}",
        markdown_code(f"{portable(place.path, root)}:{place.line}"),
        markdown_code(violation.address),
        markdown_code(violation.message),
    )


def _problem(problem: Problem, root: str) -> str:
    return _row(
        markdown_code(f"{portable(problem.location.path, root)}:{problem.location.line}"),
        markdown_code(problem.message),
    )


def _advice(failed: list[Finding]) -> list[str]:
    policies = {finding.policy.id: finding.policy for finding in failed}
    return [f"- {each.id} {each.name}: {markdown_text(each.fix)}" for _, each in sorted(policies.items())]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")

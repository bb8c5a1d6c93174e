"""The report for spreadsheets: one row for each finding and each problem (RFC 4180, with `\\n` between the rows)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sglint.model.location import Location
from sglint.notation import write_rule
from sglint.reports.controls import controls
from sglint.reports.escaping import csv_cell
from sglint.reports.fingerprint import fingerprints
from sglint.reports.options import Options
from sglint.reports.paths import portable
from sglint.triage.finding import Finding, Outcome

COLUMNS = (
    "state",
    "severity",
    "policy",
    "name",
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "address",
    "construct",
    "level",
    "rule",
    "message",
    "fix",
    "also",
    "controls",
    "reason",
    "fingerprint",
)
"""Columns are added at the end only."""


def render(outcome: Outcome, options: Options) -> str:
    """Findings in their order, then problems. `state` is `failed`, `accepted`, `baselined`, `open` or `problem`."""
    lines = [",".join(COLUMNS)]
    for row in _rows(outcome, options.root):
        lines.append(",".join(csv_cell(row.get(name, "")) for name in COLUMNS))
    return "".join(f"{line}\n" for line in lines)


def _rows(outcome: Outcome, root: str) -> Iterator[Mapping[str, str]]:
    for finding, identity in zip(outcome.findings, fingerprints(outcome.findings, root), strict=True):
        yield {**_finding(finding), **_place(finding.location, root), "fingerprint": identity}
    for problem in outcome.problems:
        place = _place(problem.location, root)
        yield {"state": "problem", **place, "message": problem.message, "fix": problem.hint}


def _finding(finding: Finding) -> Mapping[str, str]:
    policy, violation = finding.policy, finding.violation
    return {
        "state": _state(finding),
        "severity": str(finding.severity),
        "policy": policy.id,
        "name": policy.name,
        "address": violation.address,
        "construct": finding.construct or "",
        "level": "" if finding.level is None else str(finding.level),
        "rule": "" if violation.rule is None else write_rule(violation.rule),
        "message": violation.message,
        "fix": policy.fix,
        "also": " ".join(other.id for other in finding.also),
        "controls": " ".join(controls(finding)),
        "reason": "" if finding.acceptance is None else finding.acceptance.reason,
    }


def _state(finding: Finding) -> str:
    if finding.acceptance is not None:
        return "accepted"
    if finding.is_baselined:
        return "baselined"
    return "open" if finding.policy.is_open else "failed"


def _place(place: Location, root: str) -> Mapping[str, str]:
    return {
        "path": portable(place.path, root),
        "line": str(place.line),
        "column": str(place.column),
        "end_line": str(place.end_line),
        "end_column": str(place.end_column),
    }

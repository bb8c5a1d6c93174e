"""Workflow commands, which GitHub Actions turns into annotations of the changed lines.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sglint.model.location import Location
from sglint.policies.policy import Severity
from sglint.reports.levels import leveled
from sglint.reports.options import Options
from sglint.reports.paths import portable
from sglint.reports.terminal import visible
from sglint.triage.finding import Outcome

_COMMANDS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
    Severity.NOTE: "notice",
}
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
"""What the runner takes back when it reads a command: actions/toolkit, packages/core/src/command.ts."""


def render(outcome: Outcome, options: Options) -> str:
    """One command a line: problems first, then findings from the most severe on, since GitHub shows only some.

    What is accepted, in the baseline or could not be judged is no annotation; the latter is a notice when `verbose`.
    """
    return "".join(f"{line}\n" for line in _lines(outcome, options))


def _lines(outcome: Outcome, options: Options) -> Iterator[str]:
    for problem in outcome.problems:
        text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
        yield _command("error", problem.location, "not read", text, options.root)
    for finding in sorted(outcome.findings, key=lambda finding: -finding.severity):
        if finding.is_alarm or (options.verbose and finding.policy.is_open and finding.acceptance is None):
            policy, violation = finding.policy, finding.violation
            command = "notice" if policy.is_open else _COMMANDS[finding.severity]
            text = f"{leveled(finding).rstrip('.')}. {policy.fix}" if finding.is_alarm else violation.message
            yield _command(command, violation.location, f"{policy.id} {policy.name}", text, options.root)


def _command(name: str, place: Location, title: str, text: str, root: str) -> str:
    properties = {"file": visible(portable(place.path, root)), **_region(place), "title": f"sglint: {title}"}
    written = ",".join(f"{key}={value.translate(_IN_PROPERTIES)}" for key, value in properties.items())
    return f"::{name} {written}::{visible(text).translate(_IN_MESSAGES)}"


def _region(place: Location) -> Mapping[str, str]:
    """GitHub takes columns only for a region of one line."""
    if place.line != place.end_line:
        return {"line": str(place.line), "endLine": str(place.end_line)}
    return {
        "line": str(place.line),
        "endLine": str(place.end_line),
        "col": str(place.column),
        "endColumn": str(max(place.column, place.end_column)),
    }

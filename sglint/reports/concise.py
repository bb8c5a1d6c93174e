"""One line for each finding, for editors and scripts: `path:line:col: id name: message`."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.reports.levels import leveled
from sglint.reports.options import Options
from sglint.reports.terminal import visible
from sglint.triage.finding import Finding, Outcome


def render(outcome: Outcome, options: Options) -> str:
    """The findings in their order, then the problems. What never fails a run is listed when `verbose`."""
    return "".join(f"{visible(line)}\n" for line in _lines(outcome, options.verbose))


def _lines(outcome: Outcome, verbose: bool) -> Iterator[str]:
    for finding in outcome.findings:
        if verbose or finding.is_alarm:
            yield f"{finding.location}: {finding.policy.id} {finding.policy.name}: {_said(finding)}"
    for problem in outcome.problems:
        hint = f"; {problem.hint}" if problem.hint else ""
        yield f"{problem.location}: problem: {problem.message}{hint}"


def _said(finding: Finding) -> str:
    message = leveled(finding)
    if finding.is_baselined:
        return f"{message} (in the baseline)"
    return message if finding.acceptance is None else f"{message} (accepted: {finding.acceptance.reason})"

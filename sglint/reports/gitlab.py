"""The report for GitLab's merge requests: Code Quality.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from sglint.model.location import Location
from sglint.policies.policy import Severity
from sglint.reports.fingerprint import fingerprints
from sglint.reports.levels import leveled
from sglint.reports.options import Options
from sglint.reports.paths import portable
from sglint.reports.terminal import visible
from sglint.triage.finding import Outcome

_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.NOTE: "info",
}


def render(outcome: Outcome, options: Options) -> str:
    """A list in ASCII. What is accepted or in the baseline is left out, because GitLab has no word for it."""
    return json.dumps([*_findings(outcome, options.root), *_problems(outcome, options.root)], indent=2) + "\n"


def _findings(outcome: Outcome, root: str) -> Iterator[object]:
    # Accepting one of several findings that are told apart by their number alone must not rename the others.
    identities = fingerprints(outcome.findings, root)
    for finding, identity in zip(outcome.findings, identities, strict=True):
        if finding.acceptance is None and not finding.is_baselined:
            policy = finding.policy
            severity = "info" if policy.is_open else _SEVERITIES[finding.severity]
            text = f"{policy.id} {policy.name}: {leveled(finding)}"
            yield _issue(text, policy.name, identity, severity, finding.location, root)


def _problems(outcome: Outcome, root: str) -> Iterator[object]:
    seen: Counter[tuple[str, str]] = Counter()
    for problem in outcome.problems:
        key = (portable(problem.location.path, root), problem.message)
        parts = ("problem", *key, str(seen[key]))
        seen[key] += 1
        identity = sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
        text = f"not read: {problem.message}" + (f"; {problem.hint}" if problem.hint else "")
        yield _issue(text, "problem", identity, "major", problem.location, root)


def _issue(text: str, check: str, fingerprint: str, severity: str, place: Location, root: str) -> object:
    return {
        "description": visible(text),
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {
            "path": visible(portable(place.path, root)),
            "lines": {"begin": place.line, "end": max(place.line, place.end_line)},
        },
    }

"""The report for programs. Its shape is documented in docs/reports.md and by a JSON Schema, and is versioned."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sglint import __version__
from sglint.model.acceptances import Acceptance
from sglint.model.location import Problem, Step
from sglint.notation import write_rule
from sglint.policies.policy import Policy, Severity
from sglint.reports.controls import controls
from sglint.reports.edits import rewritten
from sglint.reports.fingerprint import fingerprints
from sglint.reports.options import Options
from sglint.reports.places import place
from sglint.triage.baseline import Entry
from sglint.triage.finding import Finding, Outcome

VERSION = 1
"""Raised when a reader of the shape before would misread this one; new members do not raise it."""

_Json: TypeAlias = "None | bool | int | str | Sequence[_Json] | Mapping[str, _Json]"


def render(outcome: Outcome, options: Options) -> str:
    """The report, in ASCII, so that no encoding between here and its reader can spoil it."""
    identities = fingerprints(outcome.findings, options.root)
    document: _Json = {
        "version": VERSION,
        "tool": {"name": "sglint", "version": __version__},
        "policies": [policy.id for policy in outcome.policies],
        "summary": _summary(outcome),
        "findings": [
            _finding(finding, rewritten(finding, outcome.lines), identity)
            for finding, identity in zip(outcome.findings, identities, strict=True)
        ],
        "left": [_left(*each) for standing in outcome.standings for each in standing.absent()],
        "problems": [_problem(problem) for problem in outcome.problems],
    }
    return json.dumps(document, indent=2) + "\n"


def _summary(outcome: Outcome) -> _Json:
    counts = Counter(finding.severity for finding in outcome.findings if finding.is_alarm)
    accepted = len(outcome.findings) - len(outcome.pending)
    baselined = sum(bool(finding.is_baselined) for finding in outcome.findings)
    return {
        "units": outcome.units,
        "groups": outcome.groups,
        "rules": outcome.rules,
        "findings": counts.total(),
        "open": len(outcome.findings) - counts.total() - accepted - baselined,
        "accepted": accepted,
        "baselined": baselined,
        "left_out": outcome.left_out,
        "problems": len(outcome.problems),
        "severities": {str(severity): counts[severity] for severity in sorted(Severity, reverse=True)},
        "levels": {str(level): outcome.levels.get(level, 0) for level in range(1, 6)},
    }


def _finding(finding: Finding, replacement: str | None, fingerprint: str) -> _Json:
    violation = finding.violation
    rule = violation.rule
    return {
        "policy": _policy(finding.policy),
        "severity": str(finding.severity),
        "open": finding.policy.is_open,
        "message": violation.message,
        "fix": finding.policy.fix,
        "replacement": replacement,
        "location": place(finding.location),
        "address": violation.address,
        "construct": finding.construct,
        "environments": finding.environments,
        "accepted": None if finding.acceptance is None else _acceptance(finding.acceptance),
        "baselined": finding.is_baselined,
        "level": finding.level,
        "rule": None if rule is None else write_rule(rule),
        "when": {} if rule is None else dict(rule.when.choices),
        "also": [_policy(policy) for policy in finding.also],
        "controls": controls(finding),
        "related": [_step(step) for step in violation.related],
        "fingerprint": fingerprint,
    }


def _left(entry: Entry, path: str) -> _Json:
    """A finding of the baseline that is no more."""
    environments = [entry.environment] if entry.environment else []
    return {
        "policy": entry.policy,
        "path": path,
        "address": entry.address,
        "rule": entry.rule or None,
        "environments": environments,
    }


def _acceptance(acceptance: Acceptance) -> _Json:
    return {
        "by": acceptance.means.value,
        "reason": acceptance.reason,
        "until": None if acceptance.until is None else acceptance.until.isoformat(),
        "owner": acceptance.owner or None,
        "ticket": acceptance.ticket or None,
        "location": place(acceptance.location),
    }


def _policy(policy: Policy) -> _Json:
    return {"id": policy.id, "name": policy.name}


def _step(step: Step) -> _Json:
    return {"text": step.text, "location": place(step.location)}


def _problem(problem: Problem) -> _Json:
    return {"message": problem.message, "hint": problem.hint or None, "location": place(problem.location)}

"""Several runs as one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from sglint.triage.baseline import Standing
from sglint.triage.finding import Outcome
from sglint.triage.judge import joined


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """What runs over different inputs come to together, in the order of findings."""
    levels = {level for outcome in outcomes for level in outcome.levels}
    policies = {policy.id: policy for outcome in outcomes for policy in outcome.policies}
    return Outcome(
        findings=joined(finding for outcome in outcomes for finding in outcome.findings),
        problems=tuple(sorted({problem for outcome in outcomes for problem in outcome.problems})),
        policies=tuple(policies[id_] for id_ in sorted(policies)),
        units=sum(outcome.units for outcome in outcomes),
        groups=sum(outcome.groups for outcome in outcomes),
        rules=sum(outcome.rules for outcome in outcomes),
        lines={place: line for outcome in outcomes for place, line in outcome.lines.items()},
        acceptances=tuple(dict.fromkeys(each for outcome in outcomes for each in outcome.acceptances)),
        notes=tuple(dict.fromkeys(note for outcome in outcomes for note in outcome.notes)),
        standings=_together(standing for outcome in outcomes for standing in outcome.standings),
        left_out=sum(outcome.left_out for outcome in outcomes),
        levels={level: sum(outcome.levels.get(level, 0) for outcome in outcomes) for level in sorted(levels)},
    )


def _together(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Those to one baseline as one."""
    found: dict[str, Standing] = {}
    for standing in standings:
        path = os.path.realpath(standing.baseline.path)
        found[path] = found[path] | standing if path in found else standing
    return tuple(found.values())

"""How reports tell privilege levels."""

from __future__ import annotations

from sglint.triage.finding import Finding, Outcome


def leveled(finding: Finding) -> str:
    """The finding's message, with the level of its rule if it has one."""
    message = finding.violation.message
    return message if finding.level is None else f"{message} (level {finding.level})"


def privilege_levels(outcome: Outcome) -> str:
    """How many groups there are of each level, those with a finding or not: the worst of a group is what counts."""
    parts = [f"level {level}: {number}" for level, number in outcome.levels.items()]
    if rest := outcome.groups - sum(outcome.levels.values()):
        parts.append(f"none: {rest}")
    return f"Privilege levels of {outcome.groups} group{'' if outcome.groups == 1 else 's'}: {', '.join(parts)}."

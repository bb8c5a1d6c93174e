"""The Security Hub controls that a finding answers to."""

from __future__ import annotations

from sglint.triage.finding import Finding


def controls(finding: Finding) -> tuple[str, ...]:
    """Those of its policy and of the policies it supersedes: what fixing it resolves. In the order of their numbers."""
    found = {control for policy in (finding.policy, *finding.also) for control in policy.controls}
    return tuple(sorted(found, key=_by_number))


def _by_number(control: str) -> tuple[str, int, str]:
    service, _, number = control.partition(".")
    return service, int(number) if number.isdecimal() else 0, number

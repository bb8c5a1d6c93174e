"""What makes a finding the same finding in the next run, whatever was inserted above it."""

from __future__ import annotations

from typing import NamedTuple

from sglint.model.record import replace
from sglint.notation import write_rule
from sglint.policies.policy import Violation
from sglint.triage.finding import Finding


class Identity(NamedTuple):
    """A finding without lines, messages and descriptions: who breaks which policy by what, and in which file."""

    policy: str
    path: str
    address: str
    rule: str
    """In notation; empty where the resource itself is what breaks the policy."""


def identity(finding: Finding, path: str) -> Identity:
    """The identity of a finding in the file that `path` names."""
    violation = finding.violation
    return Identity(finding.policy.id, path, violation.address, _rule(violation))


def _rule(violation: Violation) -> str:
    """The subject without the descriptions of its rules: saying better what a rule is for makes no other finding."""
    text = violation.subject
    for rule in () if violation.rule is None else (violation.rule, *violation.others):
        if rule.description is not None:
            text = text.replace(write_rule(rule), write_rule(replace(rule, description=None)))
    return text

"""Findings: violations with their policy, severity and what they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from sglint.model.location import Location, Problem
from sglint.policies.policy import Policy, Severity, Violation


@dataclass(frozen=True, slots=True)
class Finding:
    policy: Policy
    violation: Violation
    severity: Severity
    also: tuple[Policy, ...] = ()
    """Policies that the same rule breaks too and that this finding supersedes."""
    level: int | None = None
    """The rule's privilege level, 1 (world, everything) to 5; None where no ingress rule is concerned."""
    construct: str | None = None
    """The path of the CDK construct it arises from."""

    @property
    def location(self) -> Location:
        return self.violation.location

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        """The total order of findings: path, line, column, id, then what tells equals apart."""
        place = self.location
        violation = self.violation
        return (place.path, place.line, place.column, self.policy.id, violation.address, violation.subject)


SourceLines: TypeAlias = dict[tuple[str, int], str]
"""Source text by path and line, for the lines that findings and problems point at."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a report needs: what a run found and what it covered. Findings and problems are in their order."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    policies: tuple[Policy, ...] = ()
    """The policies that were in force, by id."""
    units: int = 0
    groups: int = 0
    rules: int = 0
    lines: SourceLines = field(default_factory=dict)

"""Findings: violations with their policy, severity and what they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from sglint.model.acceptances import Acceptance
from sglint.model.location import Location, Problem
from sglint.model.record import field, frozen
from sglint.policies.policy import Policy, Severity, Violation

if TYPE_CHECKING:
    from sglint.triage.baseline import Standing


@frozen
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
    elsewhere: tuple[str, ...] = ()
    """The addresses of other resources that break the policy at the same place: instances of a module or construct."""

    environments: tuple[str, ...] = ()
    """The environments that it holds under; empty where there are none to tell apart."""
    acceptance: Acceptance | None = None
    """What accepts it. An accepted finding is told, and fails nothing."""
    unit: str = ""
    """The path of the unit that it is of."""
    is_baselined: bool | None = None
    """Whether the baseline has it, so that it fails nothing; None where it was not compared with one."""

    @property
    def location(self) -> Location:
        return self.violation.location

    @property
    def is_alarm(self) -> bool:
        """Whether it counts: neither accepted, nor known to the baseline, nor a word on what could not be judged."""
        return self.acceptance is None and not self.is_baselined and not self.policy.is_open

    @property
    def order(self) -> tuple[str, int, int, str, str, str, str]:
        """The total order of findings: path, line, column, id, then what tells equals apart."""
        place = self.location
        violation = self.violation
        return (
            place.path,
            place.line,
            place.column,
            self.policy.id,
            violation.address,
            violation.subject,
            violation.message,
        )


SourceLines: TypeAlias = dict[tuple[str, int], str]
"""Source text by path and line, for the lines that findings and problems point at."""


@frozen
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
    acceptances: tuple[Acceptance, ...] = ()
    """Every accepted risk that the input and its configuration state, and how each stands."""
    notes: tuple[str, ...] = ()
    """Advice about the input for its author; none is a fault."""
    standings: tuple[Standing, ...] = ()
    """How the run stands to each of its baselines."""
    left_out: int = 0
    """How many units were left out, because no change reaches them."""
    levels: Mapping[int, int] = field(default_factory=dict)
    """How many groups there are of each privilege level, by the worst of their rules, the worst first."""
    share: object = None
    """What a shard hands on to be joined with the others, as JSON."""

    @property
    def pending(self) -> tuple[Finding, ...]:
        """The findings that nothing accepts."""
        return tuple(finding for finding in self.findings if finding.acceptance is None)

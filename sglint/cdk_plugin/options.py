"""What an app may ask of sglint, and how its findings weigh in the CDK."""

from __future__ import annotations

from dataclasses import dataclass

from sglint.policies.policy import Severity
from sglint.triage.finding import Finding
from sglint.triage.profiles import PROFILES
from sglint.triage.selection import in_force

_NEVER = "never"
_LEVELS = {str(severity): severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class Options:
    """`fail_on` is a severity or `never`; policies are named by id or name. ValueError for what does not exist."""

    fail_on: str = "medium"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str = "default"

    def __post_init__(self) -> None:
        if self.fail_on != _NEVER and self.fail_on not in _LEVELS:
            raise ValueError(f'fail_on is one of {", ".join(_LEVELS)} and {_NEVER}, not "{self.fail_on}"')
        if self.profile not in PROFILES:
            raise ValueError(f'profile is one of {", ".join(PROFILES)}, not "{self.profile}"')
        in_force(self.select, self.ignore, self.profile)

    def weigh(self, finding: Finding) -> str:
        """`error` for what fails, else `warning`, or `info` for notes and what could not be judged."""
        if finding.policy.is_open or finding.severity is Severity.NOTE:
            return "info"
        if self.fail_on != _NEVER and finding.severity >= _LEVELS[self.fail_on]:
            return "error"
        return "warning"


def described(finding: Finding) -> str:
    """A finding in one sentence, with what names its policy."""
    return f"{finding.policy.id} {finding.policy.name}: {finding.violation.message}"

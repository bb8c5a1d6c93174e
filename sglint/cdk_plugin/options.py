"""What an app may ask of sglint, and how its findings weigh in the CDK."""

from __future__ import annotations

from sglint.config.planning import CommandLine, Planned, plan
from sglint.config.reading import find
from sglint.model.record import frozen
from sglint.policies.policy import Severity
from sglint.reading.files import Files
from sglint.settings import Settings
from sglint.triage.finding import Finding
from sglint.triage.profiles import PROFILES
from sglint.triage.selection import in_force

_NEVER = "never"
_LEVELS = {str(severity): severity for severity in Severity}


@frozen
class Options:
    """`fail_on` is a severity or `never`; policies are named by id or name. ValueError for what does not exist.

    What is not said here comes from the configuration file nearest to the working directory, unless
    `has_configuration` is false.
    """

    fail_on: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    has_configuration: bool = True

    def __post_init__(self) -> None:
        if self.fail_on not in (None, _NEVER, *_LEVELS):
            raise ValueError(f'fail_on is one of {", ".join(_LEVELS)} and {_NEVER}, not "{self.fail_on}"')
        if self.profile not in (None, *PROFILES):
            raise ValueError(f'profile is one of {", ".join(PROFILES)}, not "{self.profile}"')
        in_force(self.select, self.ignore)

    def plan(self, path: str, given: dict[str, bytes] | None = None) -> Planned:
        """The run over one input, with what is configured. ConfigurationError where that cannot be read."""
        file = find(".", Files()) if self.has_configuration else None
        line = CommandLine(file, is_isolated=file is None, profile=self.profile, fail_on=self.fail_on)
        (planned,) = plan(Settings((path,), given or {}, roots=(".",), select=self.select, ignore=self.ignore), line)
        return planned


def weigh(finding: Finding, fail_on: str) -> str:
    """`error` for what fails, else `warning`, or `info` for notes and what could not be judged."""
    if finding.policy.is_open or finding.severity is Severity.NOTE:
        return "info"
    return "error" if fail_on != _NEVER and finding.severity >= _LEVELS[fail_on] else "warning"


def described(finding: Finding) -> str:
    """A finding in one sentence, with what names its policy."""
    return f"{finding.policy.id} {finding.policy.name}: {finding.violation.message}"

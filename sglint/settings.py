"""What the caller asks of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sglint.model.addresses import AddressSet
from sglint.policies.policy import Parameters, Severity
from sglint.reading.files import Tree
from sglint.triage.terms import Terms

if TYPE_CHECKING:
    from datetime import date

    from sglint.config.environments import Environments
    from sglint.triage.changes import Override
    from sglint.triage.exceptions import Exempted


@dataclass(frozen=True, slots=True)
class Settings:
    """What the caller asks of a run. Paths exist; `given` holds standard input by name."""

    paths: tuple[str, ...]
    given: dict[str, bytes] = field(default_factory=dict)
    variables: tuple[str, ...] = ()
    """Terraform variables as NAME=VALUE."""
    variable_files: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    """CloudFormation parameters as KEY=VALUE."""
    parameter_files: tuple[str, ...] = ()
    source: str | None = None
    """The directory of the configuration that plans were made of."""
    ignore_unrelated: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str = "default"
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """By policy id."""
    policy_parameters: Parameters = field(default_factory=Parameters)
    overrides: tuple[Override, ...] = ()
    exclude: Callable[[str, bool], bool] | None = None
    """Which paths are no input."""
    respects_gitignore: bool = True
    environments: Environments | None = None
    """The variable files of Terraform modules, where they differ or are several sets."""
    networks: Mapping[str, AddressSet] = field(default_factory=dict)
    """Networks by the names that messages use."""
    exempted: tuple[Exempted, ...] = ()
    forbidden: frozenset[str] = frozenset()
    """Which ways of accepting a risk do not hold: `suppressions`, `exceptions`."""
    governed: str | None = None
    """The directory that the configuration is for; its exceptions may be for any file in it."""
    today: date | None = None
    """The day that accepted risks are judged on; None for the day it is."""
    tree: Tree | None = None
    """Where the paths are, when that is not the disk."""

    @property
    def terms(self) -> Terms:
        """What findings are judged under in general."""
        return Terms(self.select, self.ignore, self.profile, self.severities, self.policy_parameters)

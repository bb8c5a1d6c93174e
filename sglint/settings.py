"""What the caller asks of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sglint.model.addresses import AddressSet
from sglint.model.limits import Limits
from sglint.model.record import field, frozen
from sglint.policies.policy import Parameters, Severity
from sglint.reading.trees import Tree
from sglint.triage.terms import Terms

if TYPE_CHECKING:
    from datetime import date

    from sglint.affected import Since
    from sglint.config.environments import Environments
    from sglint.triage.baseline import Baseline
    from sglint.triage.changes import Override
    from sglint.triage.exceptions import Exempted


@frozen
class Shard:
    """One of several runs that judge an input together."""

    number: int
    """From 1 to the total."""
    total: int


@frozen
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
    named: tuple[str, ...] = ()
    """Files that the user names beside the input: they are read wherever they are."""
    roots: tuple[str, ...] = ()
    """Directories that the input may lead to, besides those that it stands in."""
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
    limits: Limits = field(default_factory=Limits)
    today: date | None = None
    """The day that accepted risks are judged on; None for the day it is."""
    configured: str | None = None
    """The configuration file that some of this comes from."""
    shard: Shard | None = None
    """Of which units alone there is to be judged; None for all."""
    cache: str | None = None
    """The directory in which verdicts are kept from run to run."""
    jobs: int | None = 1
    """How many processes may judge units at the same time; None for as many as there are cores to use."""
    tree: Tree | None = None
    """Where the paths are, when that is not the disk."""
    baseline: Baseline | None = None
    """The findings that are known."""
    updates_baseline: bool = False
    """Whether the baseline is to be written anew, so that it has all that is found."""
    ratchets: bool = False
    """Whether groups are held to how open the baseline says they were."""
    since: Since | None = None
    """What changes can affect, where nothing else is to be judged."""

    @property
    def terms(self) -> Terms:
        """What findings are judged under in general."""
        return Terms(self.select, self.ignore, self.profile, self.severities, self.policy_parameters)

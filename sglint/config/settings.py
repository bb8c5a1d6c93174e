"""What a configuration file says, as values."""

from __future__ import annotations

from collections.abc import Mapping

from sglint.config.places import KeyPath
from sglint.model.addresses import AddressSet
from sglint.model.limits import Limits
from sglint.model.location import Location
from sglint.model.record import field, frozen
from sglint.triage.changes import Change
from sglint.triage.exceptions import Exempted


@frozen
class Directory:
    """Settings of Terraform for the root modules in some directories."""

    paths: tuple[str, ...] = ()
    variable_files: tuple[str, ...] | None = None
    environments: Mapping[str, tuple[str, ...]] | None = None
    """The variable files of each environment."""


@frozen
class Terraform:
    general: Directory = field(default_factory=Directory)
    directories: tuple[Directory, ...] = ()


@frozen
class CloudFormation:
    parameters: Mapping[str, str] = field(default_factory=dict)
    parameter_files: tuple[str, ...] = ()


@frozen
class PathChange:
    paths: tuple[str, ...]
    change: Change


@frozen
class Given:
    """A setting as it stands in the file."""

    value: object
    location: Location


@frozen
class Configuration:
    """What one file configures. Its paths and patterns count from `directory`."""

    path: str = ""
    directory: str = "."
    change: Change = field(default_factory=Change)
    overrides: tuple[PathChange, ...] = ()
    fail_on: str | None = None
    baseline: str | None = None
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    forbid: tuple[str, ...] = ()
    networks: Mapping[str, AddressSet] = field(default_factory=dict)
    exempted: tuple[Exempted, ...] = ()
    terraform: Terraform = field(default_factory=Terraform)
    cloudformation: CloudFormation = field(default_factory=CloudFormation)
    root: str | None = None
    limits: Limits = field(default_factory=Limits)
    given: Mapping[KeyPath, Given] = field(default_factory=dict)
    """Every setting that the file gives, by its keys below sglint's own table."""

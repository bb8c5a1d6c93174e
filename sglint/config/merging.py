"""The command line over what a configuration file says."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.config.boundary import Boundary
from sglint.config.environments import Environments
from sglint.config.settings import Configuration
from sglint.model.record import replace
from sglint.patterns import Patterns
from sglint.settings import Settings
from sglint.triage.changes import Change, Override
from sglint.triage.terms import Terms


def merged(settings: Settings, configuration: Configuration, has_profile: bool = False) -> Settings:
    """What the command line says over what a file configures.

    Naming policies (`--select`) puts aside which ones the file has in force, and choosing a profile does what it
    selects (`has_profile`); `--ignore` adds to it. Files of variables and parameters stand for those of the file,
    single values are set over them. Raises ValueError where the file names what it may not.
    """
    directory = configuration.directory
    is_selected = bool(settings.select)

    def kept(change: Change) -> Change:
        if is_selected:
            return replace(change, profile=None, select=None, ignore=())
        return replace(change, profile=None, select=None) if has_profile else change

    terms = kept(configuration.change).of(Terms(profile=settings.profile))
    terms = replace(terms, select=settings.select or terms.select, ignore=(*terms.ignore, *settings.ignore))
    has_files = bool(settings.parameter_files)
    cloudformation = configuration.cloudformation
    boundary = Boundary(configuration)
    at = ("cloudformation", "parameter-files")
    beside = tuple(boundary.path(name, at) for name in cloudformation.parameter_files)
    configured = () if has_files else tuple(f"{name}={value}" for name, value in cloudformation.parameters.items())
    return replace(
        settings,
        select=terms.select,
        ignore=terms.ignore,
        profile=terms.profile,
        severities=terms.severities,
        policy_parameters=terms.parameters,
        overrides=tuple(
            Override(Patterns(directory, each.paths).match_absolute, kept(each.change))
            for each in configuration.overrides
        ),
        exclude=Patterns(directory, configuration.exclude).match if configuration.exclude else None,
        respects_gitignore=configuration.respect_gitignore,
        forbidden=settings.forbidden | frozenset(configuration.forbid),
        exempted=configuration.exempted,
        networks=configuration.networks,
        governed=directory,
        configured=configuration.path,
        parameters=(*configured, *settings.parameters),
        parameter_files=settings.parameter_files or beside,
        named=(*settings.named, configuration.path, *beside, *boundary.beside(_variable_files(configuration))),
        roots=(*settings.roots, *boundary.root()),
        limits=configuration.limits,
        environments=None if settings.variable_files else Environments(configuration),
    )


def _variable_files(configuration: Configuration) -> Iterator[str]:
    for directory in (configuration.terraform.general, *configuration.terraform.directories):
        yield from directory.variable_files or ()
        for files in (directory.environments or {}).values():
            yield from files

"""The command line over what a configuration file says."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace

from sglint.config.environments import Environments
from sglint.config.settings import Configuration
from sglint.patterns import Patterns
from sglint.settings import Settings
from sglint.triage.changes import Change, Override
from sglint.triage.terms import Terms


def merged(settings: Settings, configuration: Configuration, has_profile: bool = False) -> Settings:
    """What the command line says over what a file configures.

    Naming policies (`--select`) puts aside which ones the file has in force, and choosing a profile does what it
    selects (`has_profile`); `--ignore` adds to it. Files of variables and parameters stand for those of the file,
    single values are set over them.
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
    configured = () if has_files else tuple(f"{name}={value}" for name, value in cloudformation.parameters.items())
    return replace(
        settings,
        select=terms.select,
        ignore=terms.ignore,
        profile=terms.profile,
        severities=terms.severities,
        policy_parameters=terms.parameters,
        overrides=tuple(
            Override(Patterns(directory, each.paths).match, kept(each.change)) for each in configuration.overrides
        ),
        exclude=Patterns(directory, configuration.exclude).match if configuration.exclude else None,
        respects_gitignore=configuration.respect_gitignore,
        forbidden=settings.forbidden | frozenset(configuration.forbid),
        exempted=configuration.exempted,
        networks=configuration.networks,
        governed=directory,
        parameters=(*configured, *settings.parameters),
        parameter_files=settings.parameter_files or _beside(directory, cloudformation.parameter_files),
        environments=None if settings.variable_files else Environments(configuration),
    )


def _beside(directory: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(os.path.normpath(os.path.join(directory, name)) for name in names)

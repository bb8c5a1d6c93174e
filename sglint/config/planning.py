"""What is in force for a run: the command line over the configuration file that is nearest to each input."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sglint.config.boundary import Boundary
from sglint.config.reading import find
from sglint.config.reading import read as read_configuration
from sglint.model.record import frozen, replace
from sglint.model.usage import UsageError
from sglint.reading.files import Files, Unreadable
from sglint.settings import Settings

if TYPE_CHECKING:
    from sglint.config.settings import Configuration
    from sglint.triage.baseline import Baseline

DEFAULT_FAIL_ON = "medium"
RATCHET = "SG906"
"""The policy that says what has got worse."""


@frozen
class BaselineUse:
    """What the command line says about the baseline. `path` is None where the configuration may name one."""

    path: str | None = None
    updates: bool = False
    ratchets: bool = False


@frozen
class CommandLine:
    """What the command line says about configuration itself. None where it says nothing."""

    config: str | None = None
    """The configuration file for every input, instead of the nearest."""
    is_isolated: bool = False
    """Whether no configuration file counts."""
    profile: str | None = None
    fail_on: str | None = None
    forbid: tuple[str, ...] = ()
    baseline: BaselineUse | None = None
    """None for a command that compares with none."""


@frozen
class Planned:
    """A run over the inputs that one configuration file governs."""

    settings: Settings
    fail_on: str
    configuration: Configuration | None = None


def plan(settings: Settings, line: CommandLine) -> tuple[Planned, ...]:
    """The runs over the paths of `settings`, which hold what the command line says: one for each configuration file.

    Raises ConfigurationError, and BaselineError.
    """
    files = Files()
    by_file: dict[str | None, list[str]] = {}
    for path in settings.paths:
        start = "." if path in settings.given else path
        by_file.setdefault(_governing(start, line, files), []).append(path)
    runs = tuple(_planned(settings, line, tuple(paths), file, files) for file, paths in by_file.items())
    return runs if line.baseline is None else tuple(_with_baseline(run, line.baseline, files) for run in runs)


def _governing(path: str, line: CommandLine, files: Files) -> str | None:
    if line.is_isolated:
        return None
    return line.config if line.config is not None else find(path, files)


def _planned(settings: Settings, line: CommandLine, paths: tuple[str, ...], file: str | None, files: Files) -> Planned:
    own = replace(
        settings,
        paths=paths,
        given={name: data for name, data in settings.given.items() if name in paths},
        profile=line.profile or settings.profile,
        forbidden=frozenset(line.forbid),
    )
    if file is None:
        return Planned(own, line.fail_on or DEFAULT_FAIL_ON)
    from sglint.config.merging import merged

    configuration = read_configuration(file, files)
    return Planned(
        merged(own, configuration, has_profile=line.profile is not None),
        line.fail_on or configuration.fail_on or DEFAULT_FAIL_ON,
        configuration,
    )


def _with_baseline(run: Planned, use: BaselineUse, files: Files) -> Planned:
    path = use.path
    if path is None and run.configuration is not None and run.configuration.baseline is not None:
        path = Boundary(run.configuration).path(run.configuration.baseline, ("baseline",))
    if path is None:
        for option in ("--update-baseline",) * use.updates + ("--ratchet",) * use.ratchets:
            raise UsageError(f"{option} takes --baseline FILE, or a baseline in the configuration")
        return run
    settings = replace(
        run.settings,
        baseline=_baseline(path, use.updates, files),
        updates_baseline=use.updates,
        ratchets=use.ratchets,
        # To be a ratchet is asked for beside whichever policies are.
        select=(*run.settings.select, RATCHET) if use.ratchets and run.settings.select else run.settings.select,
    )
    return replace(run, settings=settings)


def _baseline(path: str, may_be_missing: bool, files: Files) -> Baseline:
    from sglint.triage.baseline import Baseline
    from sglint.triage.baseline_file import BaselineError, read

    if not os.path.lexists(path):
        if may_be_missing:
            return Baseline(path)
        raise BaselineError(f"{path} does not exist; --update-baseline writes it")
    try:
        return read(files.read(path).text, path)
    except Unreadable as error:
        raise BaselineError(str(error.problem)) from None

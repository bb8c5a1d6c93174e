"""What is in force for a run: the command line over the configuration file that is nearest to each input."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sglint.config.reading import find, read
from sglint.reading.files import Files
from sglint.settings import Settings

if TYPE_CHECKING:
    from sglint.config.settings import Configuration

DEFAULT_FAIL_ON = "medium"


@dataclass(frozen=True, slots=True)
class CommandLine:
    """What the command line says about configuration itself. None where it says nothing."""

    config: str | None = None
    """The configuration file for every input, instead of the nearest."""
    is_isolated: bool = False
    """Whether no configuration file counts."""
    profile: str | None = None
    fail_on: str | None = None
    forbid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A run over the inputs that one configuration file governs."""

    settings: Settings
    fail_on: str
    configuration: Configuration | None = None


def plan(settings: Settings, line: CommandLine) -> tuple[Planned, ...]:
    """The runs over the paths of `settings`, which hold what the command line says: one for each configuration file.

    Raises ConfigurationError.
    """
    files = Files()
    by_file: dict[str | None, list[str]] = {}
    for path in settings.paths:
        start = "." if path in settings.given else path
        by_file.setdefault(_governing(start, line, files), []).append(path)
    return tuple(_planned(settings, line, tuple(paths), file, files) for file, paths in by_file.items())


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

    configuration = read(file, files)
    return Planned(
        merged(own, configuration, has_profile=line.profile is not None),
        line.fail_on or configuration.fail_on or DEFAULT_FAIL_ON,
        configuration,
    )

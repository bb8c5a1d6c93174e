"""Configuration files: found upwards from the input, read and validated."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sglint.model.location import whole_file
from sglint.model.paths import from_directory
from sglint.model.record import replace
from sglint.model.usage import UsageError
from sglint.reading.files import Files, Unreadable

if TYPE_CHECKING:
    from sglint.config.kinds import Faults
    from sglint.config.places import KeyPath
    from sglint.config.settings import Configuration, Given
    from sglint.triage.exceptions import Exempted

OWN = ".sglint.toml"
SHARED = "pyproject.toml"
_TABLE = ("tool", "sglint")


class ConfigurationError(UsageError):
    """A configuration file that cannot be used. One line for each fault, with its place."""


def find(path: str, files: Files) -> str | None:
    """The nearest configuration file at or above a path: `.sglint.toml`, else a `pyproject.toml` with sglint's table.

    The search ends with the directory of the repository. The file's path is relative when it lies at or below the
    working directory. Raises ConfigurationError where it leads out of the repository.
    """
    absolute = os.path.abspath(path)
    directory = absolute if os.path.isdir(absolute) else os.path.dirname(absolute)
    while True:
        own, shared = os.path.join(directory, OWN), os.path.join(directory, SHARED)
        if os.path.isfile(own):
            if _leads_out(own):
                raise ConfigurationError(f"{shortest(own)}: leads to {os.path.realpath(own)}; name that with --config")
            return shortest(own)
        if os.path.isfile(shared) and not _leads_out(shared) and _mentions(shared, files):
            return shortest(shared)
        parent = os.path.dirname(directory)
        if parent == directory or os.path.exists(os.path.join(directory, ".git")):
            return None
        directory = parent


def _leads_out(path: str) -> bool:
    """Whether a file is a link to what lies outside of its repository."""
    if not os.path.islink(path):
        return False
    from sglint.discovery import root_of
    from sglint.reading.roots import Roots
    from sglint.reading.trees import DISK

    return not Roots((root_of(path),), DISK).hold(path)


def shortest(path: str) -> str:
    """A path as messages show it: relative where it lies at or below the working directory."""
    relative = from_directory(path, os.curdir)
    return path if relative.startswith(os.pardir) else relative


def _mentions(path: str, files: Files) -> bool:
    """Whether a `pyproject.toml` has a table for sglint. One that is not TOML may; its reading says so."""
    try:
        source = files.read(shortest(path))
    except Unreadable:
        return False
    if b"sglint" not in source.data:
        return False
    import tomllib

    try:
        return _own_table(tomllib.loads(source.text)) is not None
    except tomllib.TOMLDecodeError:
        return True


def _own_table(document: Mapping[str, object]) -> object:
    tools = document.get("tool")
    return tools.get("sglint") if isinstance(tools, dict) else None


def read(path: str, files: Files) -> Configuration:
    """What a configuration file says: `[tool.sglint]` of a `pyproject.toml`, the whole of any other file.

    Raises ConfigurationError.
    """
    import tomllib

    try:
        source = files.read(path)
        document: dict[str, object] = tomllib.loads(source.text)
    except Unreadable as error:
        raise ConfigurationError(str(error.problem)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(_syntax_error(path, source.text, str(error))) from None
    except RecursionError:
        raise ConfigurationError(f"{whole_file(path)}: nests too deeply") from None
    prefix = _TABLE if os.path.basename(path) == SHARED else ()
    return _checked(path, source.text, document, prefix)


def _syntax_error(path: str, text: str, message: str) -> str:
    """TOML's own message, with its place in front."""
    import re

    match = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", message, re.DOTALL)
    if match is None:
        return f"{whole_file(path)}: is not TOML: {message}"
    line = int(match[2] or text.count("\n") + 1)
    column = int(match[3] or len(text) - text.rfind("\n"))
    return f"{path}:{line}:{column}: is not TOML: {match[1][:1].lower()}{match[1][1:]}"


def _checked(path: str, text: str, document: dict[str, object], prefix: tuple[str, ...]) -> Configuration:
    from sglint.config.kinds import Faults
    from sglint.config.places import places
    from sglint.config.table import ROOT

    table = _own_table(document) if prefix else document
    faults = Faults(path, places(text, path), prefix)
    settings = ROOT.read(table, (), faults)
    if faults.found:
        raise ConfigurationError("\n".join(f"{place}: {message}" for place, message in sorted(faults.found)))
    assert isinstance(settings, dict)
    return _configuration(path, settings, dict(_given(table, (), faults)))


def _configuration(path: str, settings: dict[str, Any], given: Mapping[KeyPath, Given]) -> Configuration:
    from sglint.config.settings import Configuration
    from sglint.triage.changes import Change

    directory = os.path.dirname(path)
    terms = {name: settings.pop(name) for name in Change.__match_args__ if name in settings}
    located = (*settings.pop("exceptions", ()), *settings.pop("allow", ()))
    networks = settings.get("networks", {})
    exempted = tuple(replace(_within(pattern, directory, each), networks=networks) for pattern, each in located)
    return Configuration(path, directory, Change(**terms), exempted=exempted, given=given, **settings)


def _within(pattern: str, directory: str, exempted: Exempted) -> Exempted:
    """An exception for the paths that a pattern means."""
    if not pattern:
        return exempted
    from sglint.patterns import Patterns

    matches = Patterns(directory, (pattern,)).match
    return replace(exempted, scope=replace(exempted.scope, matches_path=matches))


def _given(table: object, at: KeyPath, faults: Faults) -> Iterator[tuple[KeyPath, Given]]:
    """Every setting of a table, those of the tables in it by their own keys."""
    if isinstance(table, dict):
        for name, value in table.items():
            yield from _given(value, (*at, name), faults)
    elif isinstance(table, list) and table and isinstance(table[0], dict):
        for number, value in enumerate(table):
            yield from _given(value, (*at, number), faults)
    else:
        from sglint.config.settings import Given

        yield at, Given(table, faults.place(at))

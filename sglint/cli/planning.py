"""From options to the runs that they ask for."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

from sglint.model.record import replace
from sglint.model.usage import UsageError

if TYPE_CHECKING:
    from sglint.config.planning import Planned
    from sglint.settings import Settings, Shard

STDIN = "<stdin>"
NO_INPUT: dict[str, object] = {
    "var": [],
    "var_file": [],
    "parameter": [],
    "parameters": [],
    "source": None,
    "root": [],
    "ignore_unrelated": False,
}
"""The options about input of a command that takes none."""
_FORBIDDEN = ("suppressions", "exceptions")


def planned(options: SimpleNamespace, paths: tuple[str, ...] | None = None) -> tuple[Planned, ...]:
    """The runs that the command line and the configuration come to. Raises UsageError.

    `paths` stand for those of the options, and need not exist.
    """
    from sglint.config.planning import BaselineUse, CommandLine, plan

    if options.config is not None and not os.path.isfile(options.config):
        raise UsageError(f"{options.config} is not a file")
    for way in listed(options.forbid):
        if way not in _FORBIDDEN:
            raise UsageError(f'--forbid takes {" or ".join(_FORBIDDEN)}, not "{way}"')
    line = CommandLine(
        config=options.config,
        is_isolated=options.no_config,
        profile=getattr(options, "profile", None),
        fail_on=getattr(options, "fail_on", None),
        forbid=tuple(listed(options.forbid)),
        baseline=BaselineUse(options.baseline, options.update_baseline, options.ratchet)
        if hasattr(options, "baseline")
        else None,
    )
    settings = settings_of(options)
    return plan(settings if paths is None else replace(settings, paths=paths), line)


def settings_of(options: SimpleNamespace) -> Settings:
    from sglint.settings import Settings

    paths = tuple(dict.fromkeys(STDIN if path == "-" else path for path in options.paths))
    for path in paths:
        if path != STDIN and not os.path.lexists(path):
            raise UsageError(f"{path} does not exist")
    for path in (*options.var_file, *options.parameters):
        if not os.path.isfile(path):
            raise UsageError(f"{path} is not a file")
    for path in (*options.root, *((options.source,) if options.source is not None else ())):
        if not os.path.isdir(path):
            raise UsageError(f"{path} is not a directory")
    given = {STDIN: sys.stdin.buffer.read()} if STDIN in paths else {}
    for assignment, option in (
        *((each, "--var") for each in options.var),
        *((each, "--parameter") for each in options.parameter),
    ):
        if "=" not in assignment:
            raise UsageError(f'{option} takes NAME=VALUE, not "{assignment}"')
    return Settings(
        paths=paths,
        given=given,
        variables=tuple(options.var),
        variable_files=tuple(options.var_file),
        parameters=tuple(options.parameter),
        parameter_files=tuple(options.parameters),
        named=(*options.var_file, *options.parameters),
        roots=tuple(options.root),
        source=options.source,
        ignore_unrelated=options.ignore_unrelated,
        jobs=getattr(options, "jobs", 1),
        shard=_shard(getattr(options, "shard", None)),
        cache=_cache(options) if hasattr(options, "no_cache") else None,
        select=tuple(listed(getattr(options, "select", []))),
        ignore=tuple(listed(getattr(options, "ignore", []))),
    )


def _cache(options: SimpleNamespace) -> str | None:
    """The directory of the cache: as named, as the environment says, else the platform's for the user."""
    if options.no_cache:
        return None
    named: str | None = options.cache_dir or os.environ.get("SGLINT_CACHE_DIR")
    if named:
        return os.path.abspath(named)
    from sglint.reading.kept import cache_directory

    return cache_directory()


def _shard(text: str | None) -> Shard | None:
    if text is None:
        return None
    from sglint.settings import Shard

    number, slash, total = text.partition("/")
    if not (slash and number.isdecimal() and total.isdecimal() and 1 <= int(number) <= int(total) <= 1000):
        raise UsageError(f'--shard takes N/TOTAL, such as 2/8, not "{text}"')
    return Shard(int(number), int(total))


def listed(values: list[str]) -> list[str]:
    """Options that may be repeated or hold several values with commas."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]

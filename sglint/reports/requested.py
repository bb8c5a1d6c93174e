"""Which reports a command line asks for, and where each goes."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sglint.model.record import frozen
from sglint.model.usage import UsageError
from sglint.reports.registry import FORMATS


@frozen
class Requested:
    """A format of `FORMATS`, and the file it is written to; None for standard output."""

    format: str
    file: str | None = None


def requested(formats: Sequence[str], output: str | None) -> tuple[Requested, ...]:
    """The reports that `--format NAME` or `--format NAME=FILE`, repeated, and `--output` ask for; text for none.

    Raises UsageError, with one line for the user, when they contradict each other.
    """
    found = [_parsed(text) for text in formats] or [Requested("text")]
    if output is not None:
        if len(found) > 1:
            raise UsageError("--output is for one format; write --format NAME=FILE for each of several")
        if found[0].file is not None:
            raise UsageError(f"--output and --format {formats[0]} both name a file")
        return (Requested(found[0].format, output),)
    printed = [each.format for each in found if each.file is None]
    if len(printed) > 1:
        raise UsageError(f"only one report goes to standard output, not {_listed(printed)}; write --format NAME=FILE")
    taken: dict[str, str] = {}
    for each in found:
        if each.file is not None:
            path = os.path.realpath(each.file)
            if path in taken:
                raise UsageError(f"--format {taken[path]} and --format {each.format} both write {each.file}")
            taken[path] = each.format
    return tuple(found)


def _parsed(text: str) -> Requested:
    name, equals, file = text.partition("=")
    if name not in FORMATS:
        raise UsageError(f'there is no format "{name}"; there are {_listed(list(FORMATS))}')
    if equals and not file:
        raise UsageError(f"--format {text} names no file")
    return Requested(name, file or None)


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"

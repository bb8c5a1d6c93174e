"""A run split over several machines: which units each judges, and how what they found becomes one outcome again.

A unit belongs to a shard by the hash of its path, so that a unit that is added moves no other. What a shard hands on
is what it found, not yet joined: some findings are one, and some suppressions of use, only to all of them together.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from sglint import __version__
from sglint.discovery import UnitKind
from sglint.execution.codec import Json, decode, encode
from sglint.execution.outcome import outcome
from sglint.execution.verdict import Verdict
from sglint.model.location import Problem
from sglint.model.usage import UsageError
from sglint.reading.files import Files
from sglint.settings import Settings, Shard
from sglint.triage.finding import Outcome

_MAY_NEST = (b"CloudFormation::Stack", b"Transform", b"\\")
"""What a template says that other templates may be part of."""


def is_of_shard(path: str, shard: Shard) -> bool:
    """Whether the unit at a path is one of a shard."""
    name = os.path.normpath(path or ".").replace(os.sep, "/")
    digest = blake2b(name.encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return int.from_bytes(digest) % shard.total == shard.number - 1


def of_shard(roots: Sequence[tuple[UnitKind, str]], shard: Shard, files: Files) -> tuple[tuple[UnitKind, str], ...]:
    """The units of a shard, and the templates that others may be part of: only these say which templates are."""
    return tuple(
        [
            (kind, path)
            for kind, path in roots
            if is_of_shard(path, shard) or (kind is UnitKind.TEMPLATE and _may_nest(path, files))
        ]
    )


def _may_nest(path: str, files: Files) -> bool:
    try:
        data = files.peek(path)
    except OSError:
        return False
    return any(word in data for word in _MAY_NEST)


def share(verdicts: Iterable[tuple[UnitKind, str, Verdict]], problems: Iterable[Problem]) -> Json:
    """What a shard hands on of one run. Of two shards that say something of the same unit, both say the same."""
    return [[[kind.name, path, encode(verdict)] for kind, path, verdict in verdicts], encode(tuple(problems))]


def joined(shares: Sequence[Any], settings: Settings) -> Outcome:
    """What one run comes to, all of whose shards are given. Raises UsageError for what no shard hands on."""
    verdicts: dict[tuple[str, str], Verdict] = {}
    problems: dict[Problem, None] = {}
    try:
        for units, found in shares:
            for kind, path, verdict in units:
                verdicts[kind, path] = decode(verdict)
            problems.update(dict.fromkeys(decode(found)))
    except (TypeError, ValueError, LookupError):
        raise UsageError("what a shard found is damaged") from None
    order = [kind.name for kind in UnitKind]
    keys = sorted(verdicts, key=lambda key: (order.index(key[0]), key[1]))
    files = Files()
    return outcome(
        [(UnitKind[kind], path, verdicts[kind, path]) for kind, path in keys], tuple(problems), settings, files
    )


def complete(found: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The shards of one run, given what report files hold, in order. Raises UsageError, saying which one is missing."""
    for name, shard in found.items():
        if not isinstance(shard, dict) or {"version", "number", "total", "options", "shares"} - shard.keys():
            raise UsageError(f"{name} is no report of a shard: write it with --shard and --format sarif")
        if shard["version"] != __version__:
            raise UsageError(f"{name} was written by sglint {shard['version']}; this is {__version__}")
    first, *others = found
    for name in others:
        if (found[name]["total"], found[name]["options"]) != (found[first]["total"], found[first]["options"]):
            raise UsageError(f"{name} is of another run than {first}")
    by_number: dict[int, str] = {}
    for name, shard in found.items():
        if shard["number"] in by_number:
            raise UsageError(f"{by_number[shard['number']]} and {name} are the same shard")
        by_number[shard["number"]] = name
    total = found[first]["total"]
    missing = [str(number) for number in range(1, total + 1) if number not in by_number]
    if missing:
        raise UsageError(f"of {total} shards, {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing")
    return [found[by_number[number]] for number in sorted(by_number)]

"""What is known from earlier runs: verdicts on units, each with all that was asked for it and how that was answered.

A verdict holds as long as every question has the same answer (the content of a file, that there is none, the names in
a directory). Runs from one directory under the same configuration share a pack: a JSON file that is read whole,
replaced whole, and never believed where it does not fit.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from time import time_ns
from typing import TYPE_CHECKING, Any

from sglint import __version__
from sglint.execution.answers import Answers, Row
from sglint.execution.codec import Unwritable, decode, encode
from sglint.reading.files import Asked, Files, Trace
from sglint.reading.kept import kept_file, replace_file, weed
from sglint.reading.trees import DISK

if TYPE_CHECKING:
    from sglint.settings import Settings

_FORMAT = 1
_LARGEST_PACK = 64_000_000
_LARGEST = 256_000_000
"""How many bytes all packs may take; the ones that were used longest ago go."""
_DAYS = 30
"""For how long a verdict is kept that no run has asked for."""


class Cache:
    """The pack for a run, and what it answers."""

    def __init__(self, path: str, files: Files, today: int, day: str) -> None:
        """`today` counts days from any; `day` is the one that accepted risks are judged on."""
        started = time_ns()
        self._path = path
        self._today = today
        pack = _read(path)
        self._triples: list[list[str]] = pack.get("triples", [])
        self._units: dict[str, Any] = pack.get("units", {})
        self._rows: dict[str, Row] = pack.get("files", {})
        self._numbers = {tuple(triple): number for number, triple in enumerate(self._triples)}
        self._holds: dict[int, bool] = {}
        self._kept: dict[str, list[Any]] = {}
        self._is_new = False
        self.answers = Answers(files, self._rows, started, day)

    def recall(self, key: str) -> Any:
        """The value under a key, if what it was made of is as it was; else None."""
        entry = self._units.get(key)
        if entry is None:
            return None
        try:
            _, numbers, data = entry
            if not all(self._hold(number) for number in numbers):
                return None
            value = decode(data)
        except Exception:
            return None  # It was damaged, or written by something else.
        self._kept[key] = entry
        return value

    def _hold(self, number: int) -> bool:
        if number not in self._holds:
            asked, path, answer = self._triples[number]
            self._holds[number] = self.answers.answer(Asked(asked), path) == answer
        return self._holds[number]

    def keep(self, key: str, value: object, trace: Trace) -> None:
        """Have a value recalled as long as all is as it is now."""
        numbers = []
        for asked, path in trace:
            answer = self.answers.answer(asked, path)
            if not self.answers.is_settled(asked, path):
                return
            numbers.append(self._number([asked.value, path, answer]))
        with suppress(Unwritable):
            self._kept[key] = [self._today, numbers, encode(value)]
            self._is_new = True

    def _number(self, triple: list[str]) -> int:
        number = self._numbers.get(tuple(triple))
        if number is None:
            number = self._numbers[tuple(triple)] = len(self._triples)
            self._triples.append(triple)
        return number

    def save(self) -> None:
        """Write the pack if anything is new. That it cannot be written is no concern of the user's."""
        if not self._is_new and not self.answers.has_new_rows:
            return
        others = {
            key: entry
            for key, entry in self._units.items()
            if key not in self._kept and isinstance(entry, list) and self._today - entry[0] <= _DAYS
        }
        data = self._written({**others, **self._kept})
        if len(data) > _LARGEST_PACK:
            data = self._written(self._kept)
        if len(data) <= _LARGEST_PACK:
            with suppress(OSError):
                replace_file(self._path, data)
                weed(os.path.dirname(self._path), _LARGEST)

    def _written(self, units: dict[str, list[Any]]) -> bytes:
        """The pack with the answers that its units rest on, numbered anew."""
        numbers: dict[int, int] = {}
        renumbered = {}
        for key, (day, own, data) in units.items():
            day = self._today if key in self._kept else day
            renumbered[key] = [day, [numbers.setdefault(number, len(numbers)) for number in own], data]
        triples = [self._triples[number] for number in numbers]
        paths = {triple[1] for triple in triples}
        rows = {path: row for path, row in self._rows.items() if path in paths} | self.answers.rows
        body = json.dumps({"files": rows, "triples": triples, "units": renumbered}, separators=(",", ":")).encode()
        return _seal(body) + b"\n" + body


NO_TERMS = frozenset(
    (
        *("overrides", "exclude", "environments", "networks", "exempted"),  # The configuration file says them.
        *("paths", "given", "source", "ignore_unrelated", "tree"),  # They say which units there are.
        *("today", "shard", "cache", "jobs"),
        *("baseline", "updates_baseline", "ratchets", "since"),  # Runs that have them are not kept.
    )
)
"""The settings that no verdict on a unit depends on, or that are known by something else."""


def pack_path(settings: Settings, directory: str) -> str | None:
    """Where the pack is of runs like this one; None where that cannot be told from the settings."""
    if settings.given or settings.tree not in (None, DISK):
        return None
    if settings.configured is None and any(
        (settings.exclude, settings.overrides, settings.exempted, settings.environments, settings.networks)
    ):
        return None  # They come from a program and may do anything.
    shared = (*settings.parameter_files, *([settings.configured] if settings.configured else ()))
    terms = (
        [(name, _plain(getattr(settings, name))) for name in settings.__match_args__ if name not in NO_TERMS],
        [_content(path) for path in shared],
        os.getcwd(),
        os.path.expanduser("~"),
        sys.version_info[:2],
        _FORMAT,
        _code(),
    )
    name = blake2b(repr(terms).encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()
    return os.path.join(directory, f"{name}.json")


def _plain(value: object) -> object:
    """A value whose `repr` is the same in every run."""
    if isinstance(value, Mapping):
        return sorted(value.items())
    return sorted(value) if isinstance(value, frozenset) else value


def _content(path: str) -> str:
    try:
        return blake2b(DISK.read(path)).hexdigest()
    except OSError:
        return ""


def _code() -> str:
    """What judges: the program, which changes without a new version where one works on it, and the libraries.

    An installed program is known by the record of its files (PEP 376), one that is worked on by its own text.
    """
    top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    files = Files()
    digest = blake2b(repr(_libraries()).encode())
    with suppress(OSError):
        record = files.read_bytes(f"{top}-{__version__}.dist-info{os.sep}RECORD")
        if b"sglint/engine.py," in record:
            return blake2b(digest.digest() + record).hexdigest()
    for name in files.walk(top):
        if name.endswith((".py", ".toml")):
            digest.update(name.encode() + b"\0" + files.read_bytes(os.path.join(top, name)) + b"\0")
    return digest.hexdigest()


def _libraries() -> list[str]:
    """What is installed beside the libraries that read input, each with its version."""
    from importlib.util import find_spec

    spec = find_spec("tree_sitter")
    site = os.path.dirname(os.path.dirname(spec.origin)) if spec is not None and spec.origin else ""
    return sorted(name for name in os.listdir(site or ".") if name.endswith(".dist-info"))


def _read(path: str) -> dict[str, Any]:
    """What a pack holds; nothing where there is none, or it is damaged."""
    data = kept_file(path)
    if data is None:
        return {}
    seal, _, body = data.partition(b"\n")
    if seal != _seal(body):
        return {}
    found = json.loads(body)
    return found if isinstance(found, dict) else {}


def _seal(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).hexdigest().encode()

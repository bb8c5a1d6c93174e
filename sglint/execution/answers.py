"""What the disk says now to whatever a run may ask of it, without reading again what cannot have changed.

A file is the same when its size, its times of change, and its inode are: the kernel sets the second of the times, and
no tool can set it back. A file that changed so shortly before a run that a further change might bear the same time is
always read (git calls that racily clean).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TypeAlias

from sglint.reading.files import Asked, Files

Row: TypeAlias = "list[int | str]"
"""Of a file: size, time of modification and of change in ns, inode, digest of its content, and what its bytes tell."""

_GRANULARITY = 2_000_000_000
"""How coarse the times of a file system may be, in nanoseconds; two seconds is the coarsest there is (FAT)."""
_MISSING = ""


class Answers:
    """The answers of one run. `known` are the rows of an earlier one, `started` is when this one began, in ns."""

    def __init__(self, files: Files, known: dict[str, Row], started: int, day: str) -> None:
        self._files = files
        self._known = known
        self._settled = started - _GRANULARITY
        self._day = day
        self.rows: dict[str, Row] = {}
        """The rows of what was looked at and is certain to be the same until it shows."""
        self.has_new_rows = False
        self._contents: dict[str, str] = {}
        self._facts: dict[str, str] = {}
        self._answers: dict[tuple[Asked, str], str] = {}
        self._unsettled: set[str] = set()
        self.exporting: tuple[str, ...] = ()
        """The paths of the templates of the run."""

    def answer(self, asked: Asked, path: str) -> str:
        """The answer to one question, the same text for the same answer."""
        if asked is Asked.CONTENT:
            return self.content(path)
        key = (asked, path)
        if key not in self._answers:
            self._answers[key] = self._found(asked, path)
        return self._answers[key]

    def is_settled(self, asked: Asked, path: str) -> bool:
        """Whether an answer is that of the whole run: the file has not changed since shortly before it began."""
        return asked is not Asked.CONTENT or path not in self._unsettled

    def _found(self, asked: Asked, path: str) -> str:
        if asked is Asked.NAMES:
            return _digest_of(self._files.names(path))
        if asked is Asked.WALK:
            return _digest_of(self._files.walk(path))
        if asked is Asked.INSIDE:
            return str(self._files.contains(path))
        if asked is Asked.DAY:
            return self._day
        exporting = (each for each in self.exporting if self.fact(each, says_export) != "t")
        return _digest_of(f"{each}\0{self.content(each)}" for each in exporting)

    def content(self, path: str) -> str:
        """The digest of a file's content; empty where it cannot be read."""
        if path not in self._contents:
            self._look(path, None)
        return self._contents[path]

    def fact(self, path: str, tell: Callable[[bytes], str]) -> str:
        """What the bytes of a file tell; empty where it cannot be read. A file is always asked for the same thing."""
        if path not in self._facts:
            self._look(path, tell)
        return self._facts[path]

    def _look(self, path: str, tell: Callable[[bytes], str] | None) -> None:
        try:
            stat = os.stat(path)
        except (OSError, ValueError):
            self._contents[path] = self._facts[path] = _MISSING
            return
        row: Row | None = self._known.get(path)
        signature = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
        is_settled = max(stat.st_mtime_ns, stat.st_ctime_ns) < self._settled
        if not is_settled:
            self._unsettled.add(path)
        if row is None or row[:4] != signature or not is_settled or (tell is not None and row[5] == ""):
            row = self._read(path, signature, tell)
            if row is None:
                self._contents[path] = self._facts[path] = _MISSING
                return
            self.has_new_rows = True
        self._contents[path] = str(row[4])
        if row[5]:
            self._facts[path] = str(row[5])
        if is_settled:
            self.rows[path] = row

    def _read(self, path: str, signature: list[int], tell: Callable[[bytes], str] | None) -> Row | None:
        try:
            data = self._files.peek(path)
        except OSError:
            return None
        if tell is None:
            self._files.drop(path)
        return [*signature, _digest(data), "" if tell is None else tell(data)]


def says_export(data: bytes) -> str:
    """What the bytes of a template tell: `e` where they may export something."""
    return "e" if b"Export" in data else "t"


def _digest_of(parts: Iterable[str]) -> str:
    return _digest("\0".join(parts).encode("utf-8", "surrogateescape"))


def _digest(data: bytes) -> str:
    from hashlib import blake2b

    return blake2b(data, digest_size=16).hexdigest()

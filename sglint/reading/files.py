"""The input files: each is read once, nothing outside the roots is, and the text is kept for excerpts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from errno import EPERM
from typing import TypeAlias, TypeVar

from sglint.model.limits import limits, raising
from sglint.model.location import Location, Problem, whole_file
from sglint.model.record import field, frozen
from sglint.reading.roots import Roots
from sglint.reading.trees import DISK, TooLarge, Tree

T = TypeVar("T")

WIDER = "to have it read, name a directory that holds all of it, or give one with --root"
"""What to do about a path outside the input."""

_HCL = (".tf", ".tofu", ".tfvars")
"""Whose syntax knows no carriage return that ends a line by itself. In YAML it does, and in JSON it is white space."""
_ENCODINGS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


class Outside(OSError):
    """A path that the input names, or a link in it, and that leads out of the input's roots."""

    def __init__(self, path: str, real: str) -> None:
        super().__init__(EPERM, f"it leads to {real}, outside the input", path)


class Unreadable(Exception):
    """A file whose text cannot be had. Carries the problem to report, and what the system said if it did."""

    def __init__(self, problem: Problem, cause: OSError | None = None) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.cause = cause


@frozen
class Source:
    """The text of one file. A UTF-8 byte order mark is not part of it.

    Line ends are as in the file, but for carriage returns that end lines by themselves: these are line feeds here.
    """

    path: str
    text: str
    data: bytes = field(repr=False)
    """The text as UTF-8."""


class Asked(Enum):
    """What can be asked about a path."""

    CONTENT = "content"
    """What the file holds, or that there is none."""
    NAMES = "names"
    """The names of the files in the directory."""
    WALK = "walk"
    """The names of the files below the directory."""
    INSIDE = "inside"
    """Whether it lies in the input's roots."""
    EXPORTS = "exports"
    """What the templates of the run hold that may export something. There is no path."""
    DAY = "day"
    """Which day it is. There is no path."""


Trace: TypeAlias = dict[tuple[Asked, str], None]
"""All that was asked of files, in the order of the first time."""


class Files:
    """Input files by path. Nothing outside the `roots` is read, whoever names it and whatever links lead there."""

    def __init__(
        self,
        roots: tuple[str, ...] | None = None,
        given: dict[str, bytes] | None = None,
        tree: Tree | None = None,
        named: Iterable[str] = (),
    ) -> None:
        """`given` holds contents by name for input that is no file, such as standard input.

        Without roots everything is read, and nothing that the input names is inside. `named` are files that the user
        names beside the input: they are read wherever they are.
        """
        self.tree = tree or DISK
        self.named = frozenset(named)
        self._is_bounded = roots is not None
        self._roots = Roots(roots or (), self.tree)
        self.remarks: dict[str, None] = {}
        """What was met and passed over, and is to be said."""
        self._given = dict(given or {})
        self._sources: dict[str, Source | Unreadable] = {}
        self._lines: dict[str, list[str]] = {}
        self._parsed: dict[tuple[str, Callable[[Source], object]], object] = {}
        self._peeked: dict[str, bytes] = {}
        self.peeked = 0
        """How many bytes are kept for `read`."""
        self._traces: list[Trace] = []
        self.held = 0
        """How many bytes of text are held."""

    def real(self, path: str) -> str:
        """The absolute path with links resolved, as far as it exists."""
        return self._roots.real(path)

    @property
    def roots(self) -> tuple[str, ...]:
        """The roots with links resolved."""
        return self._roots.paths

    @contextmanager
    def traced(self) -> Iterator[Trace]:
        """Takes note of all that is asked meanwhile, also of what is answered without a look at the disk."""
        trace: Trace = {}
        self._traces.append(trace)
        try:
            yield trace
        finally:
            self._traces.pop()
            self.note(trace)

    def note(self, trace: Trace) -> None:
        """Has something count as asked: that which is at hand was made of it."""
        if self._traces:
            self._traces[-1].update(trace)

    def _note(self, asked: Asked, path: str) -> None:
        if self._traces:
            self._traces[-1][asked, path] = None

    def peek(self, path: str) -> bytes:
        """What a file holds, before it is known whether that is wanted. It is kept for `read`. Raises OSError."""
        source = self._sources.get(path)
        if isinstance(source, Source):
            return source.data
        found = self._peeked.get(path)
        if found is None:
            found = self._peeked[path] = self._content(path)
            self.peeked += len(found)
        return found

    def drop(self, path: str) -> None:
        """Forgets what was peeked at."""
        self.peeked -= len(self._peeked.pop(path, b""))

    def forget(self) -> None:
        """Lets go of all texts and what was made of them. They are read again where they are asked for."""
        self._sources.clear()
        self._lines.clear()
        self._parsed.clear()
        self.held = 0

    def read(self, path: str) -> Source:
        """The file's text. Raises Unreadable when it is missing, unreadable, binary or not UTF-8."""
        self._note(Asked.CONTENT, path)
        found = self._sources.get(path)
        if found is None:
            try:
                found = decode(path, self._bytes(path))
                self.held += len(found.data)
            except Unreadable as error:
                found = error
            self._sources[path] = found
        if isinstance(found, Unreadable):
            raise found
        return found

    def parsed(self, path: str, parse: Callable[[Source], T]) -> T:
        """What `parse` makes of a file's text, worked out once. Raises Unreadable as `read` does, or as it raises."""
        self._note(Asked.CONTENT, path)
        key = path, parse
        if key not in self._parsed:
            self._parsed[key] = parse(self.read(path))
        found: T = self._parsed[key]  # type: ignore[assignment]
        return found

    def _bytes(self, path: str) -> bytes:
        try:
            return self.read_bytes(path)
        except Outside as error:
            raise Unreadable(Problem(whole_file(path), f"is not read: {error.strerror}", WIDER), error) from None
        except TooLarge as error:
            hint = raising("file-bytes", "what it holds is not judged", "it read")
            raise Unreadable(Problem(whole_file(path), f"is not read: {error.strerror}", hint), error) from None
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise Unreadable(Problem(whole_file(path), f"cannot be read: {reason}"), error) from None

    def read_bytes(self, path: str) -> bytes:
        """What a file holds, text or not. Raises OSError."""
        self._note(Asked.CONTENT, path)
        peeked = self._peeked.pop(path, None)
        self.peeked -= len(peeked or b"")
        if peeked is not None:
            return peeked
        return self._content(path)

    def _content(self, path: str) -> bytes:
        given = self._given.get(path)
        if given is not None:
            return given
        if not self._is_open(path):
            self._note(Asked.INSIDE, path)
            raise Outside(path, "nowhere" if "\0" in path else self.tree.real(path))
        return self.tree.read(path, limits().file_bytes)

    def refuses(self, path: str) -> bool:
        """Whether a path is not looked at, because it lies outside the input."""
        return path not in self._given and not self._is_open(path)

    def _is_open(self, path: str) -> bool:
        """Whether a path may be looked at."""
        return not self._is_bounded or path in self.named or self._roots.hold(path)

    def start(self, path: str) -> bytes:
        """What a file that cannot be read as text begins with; empty where it cannot be read at all."""
        try:
            return self.tree.start(path) if self._is_open(path) else b""
        except OSError:
            return b""

    def walk(self, directory: str) -> Iterator[str]:
        """The files below a directory at any depth, in order: relative paths with `/`. Links are not followed."""
        self._note(Asked.WALK, directory)
        if not self._is_open(directory or os.curdir):
            return
        for parent, subdirectories, names in self.tree.walk(directory or "."):
            subdirectories.sort()
            for name in sorted(names):
                yield os.path.relpath(os.path.join(parent, name), directory or ".").replace(os.sep, "/")

    def give(self, path: str, data: bytes) -> None:
        """Has a path stand for these contents."""
        self._given[path] = data

    def exists(self, path: str) -> bool:
        self._note(Asked.CONTENT, path)
        return path in self._given or (self._is_open(path) and self.tree.is_file(path))

    def names(self, directory: str) -> tuple[str, ...]:
        """The names of the files in a directory, sorted; empty when it is no readable directory."""
        self._note(Asked.NAMES, directory)
        given = tuple(sorted(name for parent, name in map(os.path.split, self._given) if parent == directory))
        if given:
            return given
        if not self._is_open(directory or os.curdir):
            self._note(Asked.INSIDE, directory)
            return ()
        try:
            return tuple(sorted(self.tree.names(directory)))
        except OSError:
            return ()

    def contains(self, path: str) -> bool:
        """Whether a path, links resolved, lies inside the input's roots."""
        self._note(Asked.INSIDE, path)
        return self._roots.hold(path)

    @property
    def texts(self) -> tuple[Source, ...]:
        """The text of every file that was read."""
        return tuple(source for source in self._sources.values() if isinstance(source, Source))

    def texts_of(self, trace: Trace) -> tuple[Source, ...]:
        """The text of every file that was asked for and is held."""
        sources = (self._sources.get(path) for asked, path in trace if asked is Asked.CONTENT)
        return tuple([source for source in sources if isinstance(source, Source)])

    def line(self, path: str, number: int) -> str | None:
        """One line of a file that was read, without its line end."""
        source = self._sources.get(path)
        if not isinstance(source, Source):
            return None
        lines = self._lines.get(path)
        if lines is None:
            lines = self._lines[path] = source.text.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else None


def is_utf16(data: bytes) -> bool:
    """Whether bytes begin as text in UTF-16 does."""
    return data.startswith(tuple(mark for mark, _ in _ENCODINGS))


def decode(path: str, data: bytes) -> Source:
    """Bytes as text. Raises Unreadable when they are not UTF-8 text, naming the encoding where it shows."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            raise Unreadable(Problem(whole_file(path), f"is encoded in {encoding}", "save it as UTF-8"))
    if b"\0" in data:
        raise Unreadable(Problem(whole_file(path), "is a binary file, not text"))
    if b"\r" in data and not path.endswith(_HCL):
        data = re.sub(rb"\r(?!\n)", b"\n", data)
    try:
        return Source(path, data.decode("utf-8"), data)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        place = Location(path, line, column, line, column + 1)
        raise Unreadable(Problem(place, f"byte 0x{data[error.start]:02x} is not UTF-8", "save it as UTF-8")) from None

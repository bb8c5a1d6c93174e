"""The only place that opens input files: each is read once, and the text is kept for excerpts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from sglint.model.location import Location, Problem, whole_file

T = TypeVar("T")

_ENCODINGS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


class Unreadable(Exception):
    """A file whose text cannot be had. Carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file. A UTF-8 byte order mark is not part of it; line ends are as in the file."""

    path: str
    text: str
    data: bytes = field(repr=False)
    """The text as UTF-8."""


class Tree(Protocol):
    """Directories with files, by the paths that the disk would have them under."""

    def read(self, path: str) -> bytes:
        """What a file holds. Raises OSError."""
        ...

    def is_file(self, path: str) -> bool: ...

    def is_directory(self, path: str) -> bool: ...

    def names(self, directory: str) -> tuple[str, ...]:
        """The names of the files in a directory. Raises OSError."""
        ...

    def walk(
        self, top: str, onerror: Callable[[OSError], object] | None = None
    ) -> Iterator[tuple[str, list[str], list[str]]]:
        """Each directory with the names of its subdirectories and its files, as `os.walk`, which may be pruned alike.

        Links to directories are named among these and not followed.
        """
        ...

    def real(self, path: str) -> str:
        """The absolute path with links resolved, as far as it exists."""
        ...


class Disk:
    """What is on disk."""

    def read(self, path: str) -> bytes:
        with open(path, "rb") as file:
            return file.read()

    def is_file(self, path: str) -> bool:
        return os.path.isfile(path)

    def is_directory(self, path: str) -> bool:
        return os.path.isdir(path)

    def names(self, directory: str) -> tuple[str, ...]:
        with os.scandir(directory or ".") as entries:
            return tuple(entry.name for entry in entries if _is_file(entry))

    def walk(
        self, top: str, onerror: Callable[[OSError], object] | None = None
    ) -> Iterator[tuple[str, list[str], list[str]]]:
        return os.walk(top, onerror=onerror)

    def real(self, path: str) -> str:
        return os.path.realpath(path)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        # A link that leads to itself is none, and must not hide its neighbours.
        return False


DISK: Tree = Disk()


class Files:
    """Input files by path. `roots` bound what the input itself may name: `contains` says what lies inside them."""

    def __init__(
        self, roots: tuple[str, ...] = (), given: dict[str, bytes] | None = None, tree: Tree | None = None
    ) -> None:
        """`given` holds contents by name for input that is no file, such as standard input."""
        self.tree = tree or DISK
        self._roots = tuple(self.tree.real(root) for root in roots)
        self._given = dict(given or {})
        self._sources: dict[str, Source | Unreadable] = {}
        self._lines: dict[str, list[str]] = {}
        self._parsed: dict[tuple[str, Callable[[Source], object]], object] = {}

    def read(self, path: str) -> Source:
        """The file's text. Raises Unreadable when it is missing, unreadable, binary or not UTF-8."""
        found = self._sources.get(path)
        if found is None:
            try:
                found = decode(path, self._bytes(path))
            except Unreadable as error:
                found = error
            self._sources[path] = found
        if isinstance(found, Unreadable):
            raise found
        return found

    def parsed(self, path: str, parse: Callable[[Source], T]) -> T:
        """What `parse` makes of a file's text, worked out once. Raises Unreadable as `read` does, or as it raises."""
        key = path, parse
        if key not in self._parsed:
            self._parsed[key] = parse(self.read(path))
        found: T = self._parsed[key]  # type: ignore[assignment]
        return found

    def _bytes(self, path: str) -> bytes:
        try:
            return self.read_bytes(path)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise Unreadable(Problem(whole_file(path), f"cannot be read: {reason}")) from None

    def read_bytes(self, path: str) -> bytes:
        """What a file holds, text or not. Raises OSError."""
        return self._given[path] if path in self._given else self.tree.read(path)

    def walk(self, directory: str) -> Iterator[str]:
        """The files below a directory at any depth, in order: relative paths with `/`. Links are not followed."""
        for parent, subdirectories, names in self.tree.walk(directory or "."):
            subdirectories.sort()
            for name in sorted(names):
                yield os.path.relpath(os.path.join(parent, name), directory or ".").replace(os.sep, "/")

    def give(self, path: str, data: bytes) -> None:
        """Has a path stand for these contents."""
        self._given[path] = data

    def exists(self, path: str) -> bool:
        return path in self._given or self.tree.is_file(path)

    def names(self, directory: str) -> tuple[str, ...]:
        """The names of the files in a directory, sorted; empty when it is no readable directory."""
        given = tuple(sorted(name for parent, name in map(os.path.split, self._given) if parent == directory))
        if given:
            return given
        try:
            return tuple(sorted(self.tree.names(directory)))
        except OSError:
            return ()

    def contains(self, path: str) -> bool:
        """Whether a path, links resolved, lies inside the input's roots."""
        real = self.tree.real(path)
        return any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in self._roots)

    @property
    def texts(self) -> tuple[Source, ...]:
        """The text of every file that was read."""
        return tuple(source for source in self._sources.values() if isinstance(source, Source))

    def line(self, path: str, number: int) -> str | None:
        """One line of a file that was read, without its line end."""
        source = self._sources.get(path)
        if not isinstance(source, Source):
            return None
        lines = self._lines.get(path)
        if lines is None:
            lines = self._lines[path] = source.text.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else None


def decode(path: str, data: bytes) -> Source:
    """Bytes as text. Raises Unreadable when they are not UTF-8 text, naming the encoding where it shows."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            raise Unreadable(Problem(whole_file(path), f"is encoded in {encoding}", "save it as UTF-8"))
    if b"\0" in data:
        raise Unreadable(Problem(whole_file(path), "is a binary file, not text"))
    try:
        return Source(path, data.decode("utf-8"), data)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        place = Location(path, line, column, line, column + 1)
        raise Unreadable(Problem(place, f"byte 0x{data[error.start]:02x} is not UTF-8", "save it as UTF-8")) from None

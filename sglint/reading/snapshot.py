"""A directory tree as it was recorded at some time, in the place of the one on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from errno import EISDIR, ENOENT

from sglint.model.paths import from_directory
from sglint.model.record import frozen
from sglint.reading.trees import DISK, TooLarge

_MAX_LINKS = 40
"""How many links one path may lead through, as on Linux."""
_INSTALLED = ".terraform"
"""What `terraform init` installs is no part of the code: it is taken from disk."""


@frozen
class Entry:
    """A file, or a symbolic link, by the name of its contents."""

    content: str
    is_link: bool = False


class Snapshot:
    """Recorded files below a directory. Nothing else exists, but for what `terraform init` installed."""

    def __init__(
        self,
        top: str,
        entries: Mapping[str, Entry],
        read: Callable[[str], bytes],
        beside: Iterable[str] = (),
    ) -> None:
        """`entries` go by paths relative to `top`, with `/`. `read` gives the contents of a name; it raises OSError.

        `beside` are files that are taken from disk where they are not recorded.
        """
        self._top = os.path.realpath(top)
        self._entries = entries
        self._read = read
        self._directories: dict[str, tuple[set[str], set[str]]] = {"": (set(), set())}
        """The names of the subdirectories and of the files and links of each directory."""
        for path in entries:
            directory, _, name = path.rpartition("/")
            self._directory(directory)[1].add(name)
        self._beside = frozenset(path for path in beside if self._resolved(path) not in entries)

    def _directory(self, path: str) -> tuple[set[str], set[str]]:
        found = self._directories.get(path)
        if found is None:
            parent, _, name = path.rpartition("/")
            self._directory(parent)[0].add(name)
            found = self._directories[path] = (set(), set())
        return found

    def read(self, path: str, most: int | None = None) -> bytes:
        if self._is_on_disk(path):
            return DISK.read(path, most)
        found = self._resolved(path)
        if found in self._directories:
            raise OSError(EISDIR, os.strerror(EISDIR), path)
        if found is None or found not in self._entries:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), path)
        data = self._read(self._entries[found].content)
        if most is not None and len(data) > most:
            raise TooLarge(path, most)
        return data

    def start(self, path: str) -> bytes:
        return DISK.start(path) if self._is_on_disk(path) else self.read(path)

    def is_file(self, path: str) -> bool:
        return DISK.is_file(path) if self._is_on_disk(path) else self._resolved(path) in self._entries

    def is_directory(self, path: str) -> bool:
        return DISK.is_directory(path) if self._is_on_disk(path) else self._resolved(path) in self._directories

    def is_link(self, path: str) -> bool:
        if self._is_on_disk(path):
            return DISK.is_link(path)
        directory, name = os.path.split(path)
        found = self._resolved(directory)
        entry = None if found is None else self._entries.get(f"{found}/{name}" if found else name)
        return entry is not None and entry.is_link

    def names(self, directory: str) -> tuple[str, ...]:
        if self._is_on_disk(directory):
            return DISK.names(directory)
        found = self._resolved(directory)
        if found is None or found not in self._directories:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), directory)
        links = self._links(found)
        names = self._directories[found][1]
        return tuple(name for name in names if name not in links or self.is_file(os.path.join(directory, name)))

    def walk(
        self, top: str, onerror: Callable[[OSError], object] | None = None
    ) -> Iterator[tuple[str, list[str], list[str]]]:
        """As `os.walk` does: links to directories are named among these and not followed."""
        found = self._resolved(top)
        if found is None or found not in self._directories:
            if onerror is not None:
                onerror(FileNotFoundError(ENOENT, os.strerror(ENOENT), top))
            return
        below, names = self._directories[found]
        links = {name for name in self._links(found) if self.is_directory(os.path.join(top, name))}
        subdirectories, files = sorted(below | links), sorted(names - links)
        yield top, subdirectories, files
        for name in subdirectories:
            if name not in links:
                yield from self.walk(os.path.join(top, name), onerror)

    def _links(self, directory: str) -> set[str]:
        start = f"{directory}/" if directory else ""
        return {name for name in self._directories[directory][1] if self._entries[start + name].is_link}

    def real(self, path: str) -> str:
        if self._is_on_disk(path):
            return DISK.real(path)
        found = self._resolved(path)
        if found is None:
            return os.path.abspath(path)
        return os.path.join(self._top, *found.split("/")) if found else self._top

    def are_same(self, first: str, second: str) -> bool:
        return self.real(first) == self.real(second)

    def _is_on_disk(self, path: str) -> bool:
        return path in self._beside or _INSTALLED in path.split(os.sep)

    def _resolved(self, path: str) -> str | None:
        """The path from the top, with links resolved as far as it exists; None for one that leads out of the tree."""
        if "\0" in path:
            return None
        parts = self._parts(os.path.abspath(path))
        return None if parts is None else self._followed(parts)

    def _parts(self, absolute: str) -> list[str] | None:
        for start in (absolute, os.path.realpath(absolute)):
            relative = from_directory(start, self._top)
            if relative == os.curdir:
                return []
            if not os.path.isabs(relative) and relative.split(os.sep)[0] != os.pardir:
                return relative.split(os.sep)
        return None

    def _followed(self, parts: list[str]) -> str | None:
        pending, found, links = parts[::-1], list[str](), 0
        while pending:
            part = pending.pop()
            if part in ("", os.curdir):
                continue
            if part == os.pardir:
                if not found:
                    return None
                found.pop()
                continue
            entry = self._entries.get("/".join((*found, part)))
            if entry is None or not entry.is_link:
                found.append(part)
                continue
            links += 1
            target = os.fsdecode(self._read(entry.content))
            if links > _MAX_LINKS or target.startswith("/"):
                return None
            pending.extend(reversed(target.split("/")))
        return "/".join(found)

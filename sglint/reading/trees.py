"""Directories with files: the disk, and what a revision of a repository holds in its stead."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterator
from errno import EFBIG
from typing import Protocol

_START = 1 << 16
"""How many bytes tell what a file is that is not read."""


class TooLarge(OSError):
    """A file of more bytes than are read."""

    def __init__(self, path: str, most: int) -> None:
        super().__init__(EFBIG, f"it is larger than {most} bytes", path)


class Tree(Protocol):
    """Directories with files, by the paths that the disk would have them under."""

    def read(self, path: str, most: int | None = None) -> bytes:
        """What a file holds. Raises OSError; TooLarge beyond a number of bytes."""
        ...

    def start(self, path: str) -> bytes:
        """What a file begins with. Raises OSError."""
        ...

    def is_file(self, path: str) -> bool: ...

    def is_directory(self, path: str) -> bool: ...

    def is_link(self, path: str) -> bool:
        """Whether the last part of a path is a symbolic link."""
        ...

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

    def are_same(self, first: str, second: str) -> bool:
        """Whether two paths lead to one file or directory."""
        ...


class Disk:
    """What is on disk."""

    def read(self, path: str, most: int | None = None) -> bytes:
        with open(path, "rb", buffering=0, opener=_opened) as file:
            status = os.fstat(file.fileno())
            if most is not None and status.st_size > most:
                raise TooLarge(path, most)
            if stat.S_ISREG(status.st_mode):
                return file.read()
            if hasattr(os, "O_NONBLOCK"):
                os.set_blocking(file.fileno(), True)
            return _streamed(path, file, most)

    def start(self, path: str) -> bytes:
        with open(path, "rb", buffering=0, opener=_opened) as file:
            return file.read(_START) or b""

    def is_file(self, path: str) -> bool:
        return os.path.isfile(path)

    def is_directory(self, path: str) -> bool:
        return os.path.isdir(path)

    def is_link(self, path: str) -> bool:
        return os.path.islink(path)

    def names(self, directory: str) -> tuple[str, ...]:
        with os.scandir(directory or ".") as entries:
            return tuple(entry.name for entry in entries if _is_file(entry))

    def walk(
        self, top: str, onerror: Callable[[OSError], object] | None = None
    ) -> Iterator[tuple[str, list[str], list[str]]]:
        return os.walk(top, onerror=onerror)

    def real(self, path: str) -> str:
        return os.path.realpath(path)

    def are_same(self, first: str, second: str) -> bool:
        try:
            return os.path.samefile(first or os.curdir, second or os.curdir) or _is_one_entry(first, second)
        except (OSError, ValueError):
            return False


def _is_one_entry(first: str, second: str) -> bool:
    """Whether paths that exist, and differ in case alone, are of one entry: some file systems number them apart."""
    if first.casefold() != second.casefold() or len(first) != len(second):
        return False
    while first != second:
        (first, one), (second, other) = os.path.split(first), os.path.split(second)
        if one != other and {one, other} <= set(os.listdir(second or os.curdir)):
            return False
    return True


def _opened(path: str, flags: int) -> int:
    """Without waiting for somebody to write to what turns out to be a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _streamed(path: str, file: io.RawIOBase, most: int | None) -> bytes:
    """What comes out of a pipe or a device."""
    found = bytearray()
    while chunk := file.read(1 << 16):
        found += chunk
        if most is not None and len(found) > most:
            raise TooLarge(path, most)
    return bytes(found)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        # A link that leads to itself is none, and must not hide its neighbours.
        return False


DISK: Tree = Disk()

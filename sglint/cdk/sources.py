"""Finds on disk the lines that stack frames name.

An assembly may have been made on another machine, so a path that does not exist here is sought below the app's
directory by its last parts. Only files inside the input, the app or the working directory are looked at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from sglint.cdk.frames import Frame
from sglint.cdk.manifest import MANIFEST
from sglint.model.location import Location
from sglint.reading.files import Files, Unreadable

_SETTINGS = "cdk.json"
_MAX_CLIMB = 5


class Sources:
    """The source files of the app that made an assembly."""

    def __init__(self, directory: str, files: Files) -> None:
        """`directory` is the assembly's."""
        self._files = files
        self._app = _app_directory(directory, files)
        self._bases = [(os.path.realpath(base), base) for base in dict.fromkeys((self._app, os.curdir))]
        self._paths: dict[str, str | None] = {}
        self._found: dict[Frame, Location | None] = {}

    def first(self, frames: Iterable[Frame]) -> Location | None:
        """The place of the first frame that can be found."""
        return next((place for place in map(self.locate, frames) if place is not None), None)

    def locate(self, frame: Frame) -> Location | None:
        """The place of a frame, to the end of its line. None where the file, or the line in it, is not there."""
        if frame not in self._found:
            self._found[frame] = self._locate(frame)
        return self._found[frame]

    def _locate(self, frame: Frame) -> Location | None:
        if frame.file not in self._paths:
            self._paths[frame.file] = self._path(frame.file)
        path = self._paths[frame.file]
        if path is None:
            return None
        try:
            self._files.read(path)
        except Unreadable:
            return None
        line = (self._files.line(path, frame.line) or "").rstrip()
        if not line:
            return None
        column = _code_points(line, frame.column) if frame.column is not None else None
        if column is None or column > len(line):
            column = len(line) - len(line.lstrip()) + 1
        return Location(path, frame.line, column, frame.line, len(line) + 1)

    def _path(self, file: str) -> str | None:
        # From the machine of the build, which may run another system: `os.path` does not know what is absolute there.
        is_absolute = file.startswith(("/", "\\")) or os.path.isabs(file)
        if is_absolute and os.path.isfile(file):
            return self._shown(file)
        parts = [part for part in re.split(r"[/\\]", file) if part not in ("", os.curdir)]
        if os.pardir in parts:
            return None
        for start in range(len(parts) if is_absolute or ":" in parts[0] else 1):
            candidate = os.path.normpath(os.path.join(self._app, *parts[start:]))
            if self._files.exists(candidate):
                return candidate
        return None

    def _shown(self, file: str) -> str | None:
        """An existing file's path as seen from the app or the working directory, None outside of the input."""
        real = os.path.realpath(file)
        for base, shown in self._bases:
            if real.startswith(base.rstrip(os.sep) + os.sep):
                return os.path.normpath(os.path.join(shown, os.path.relpath(real, base)))
        return file if self._files.contains(file) else None


def _code_points(line: str, column: int) -> int:
    """A column counted in UTF-16 units as one counted in code points."""
    return len(line.encode("utf-16-le")[: 2 * (column - 1)].decode("utf-16-le", "ignore")) + 1


def _app_directory(directory: str, files: Files) -> str:
    """The nearest directory above an assembly with the app's settings, else the one that holds the assembly."""
    parent = os.path.normpath(os.path.join(directory, os.pardir))
    while files.exists(os.path.join(parent, MANIFEST)):
        parent = os.path.normpath(os.path.join(parent, os.pardir))
    above = parent
    for _ in range(_MAX_CLIMB):
        if files.exists(os.path.join(above, _SETTINGS)):
            return above
        above = os.path.normpath(os.path.join(above, os.pardir))
    return parent

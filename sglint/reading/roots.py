"""What the input itself may have read: the directories that bound it, and what the user named besides."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sglint.reading.trees import Tree


def holds(directory: str, path: str) -> bool:
    """Whether a path, links resolved, is that of a directory or of something in it."""
    top, real = (os.path.normcase(os.path.realpath(each or os.curdir)) for each in (directory, path))
    return real == top or real.startswith(os.path.join(top, ""))


class Roots:
    """Directories, absolute and with links resolved. A path lies inside if that is so of what its links lead to."""

    def __init__(self, paths: Iterable[str], tree: Tree) -> None:
        self._tree = tree
        self.paths = tuple(dict.fromkeys(map(tree.real, paths)))
        self._directories: dict[str, bool] = {}
        """Of each directory that was asked about, whether it lies inside: a link is rarely met, and each look costs."""
        self._real: dict[str, str] = {}

    def real(self, path: str) -> str:
        """The absolute path with links resolved. In a directory that was asked about, a single look is enough."""
        found = self._real.get(path)
        if found is None:
            above, name = os.path.split(path)
            known = self._real.get(above) if name not in ("", os.curdir, os.pardir) else None
            if known is None or self._tree.is_link(path):
                found = self._tree.real(path or os.curdir)
            else:
                found = os.path.join(known, name)
            self._real[path] = found
        return found

    def hold(self, path: str) -> bool:
        """Whether a path lies inside. One that no file can have does not."""
        if "\0" in path:
            return False
        directory, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir) or self._tree.is_link(path):
            return self._within(self._tree.real(path))  # never by the directory: it is not where the path leads
        is_inside = self._directories.get(directory)
        if is_inside is None:
            is_inside = self._directories[directory] = self._within(self.real(directory))
        return is_inside or self._within(self.real(path))

    def _within(self, real: str) -> bool:
        return any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in self.paths)

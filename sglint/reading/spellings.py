"""Paths of the input that go by several names: through `.` and `..`, and in another case where the system allows it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Protocol


class _Same(Protocol):
    def are_same(self, first: str, second: str) -> bool: ...


class Spellings:
    """Known paths, each of which stands for all others that lead to the same file."""

    def __init__(self, known: Iterable[str], tree: _Same) -> None:
        self._tree = tree
        self._known = {os.path.normpath(path or os.curdir): path for path in known}
        self._folded = {name.casefold(): name for name in self._known}

    def of(self, path: str) -> str:
        """The known spelling of a path; the path itself where there is none."""
        name = os.path.normpath(path or os.curdir)
        found = self._known.get(name)
        if found is None:
            other = self._folded.get(name.casefold())
            found = self._known[other] if other is not None and self._tree.are_same(path, self._known[other]) else path
        return found

    def name(self, path: str) -> str:
        """What all spellings of a path have in common: the known one, normalised."""
        return os.path.normpath(self.of(path) or os.curdir)

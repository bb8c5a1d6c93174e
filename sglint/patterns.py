"""Paths by patterns in the syntax of gitignore(5), and what git itself ignores."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from sglint.reading.files import Files, Unreadable

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_GITIGNORE = ".gitignore"
_MOST = 5_000
"""How many lines of a `.gitignore` count. Without the others more is judged, not less."""


_HEAD = re.compile(r"[A-Za-z0-9_.-]+/(?=[^ ])")
"""The directory that a pattern of gitignore(5) is anchored in."""


class Patterns:
    """Patterns that count from a directory. One that cannot be read means nothing, as for git."""

    def __init__(self, directory: str, lines: tuple[str, ...]) -> None:
        self._prefix = os.path.join(os.path.abspath(directory), "")
        self._within = os.path.normcase(self._prefix)
        self._lines = lines
        self._heads = _heads(lines)
        self._spec: GitIgnoreSpec | None = None

    def match(self, path: str, is_directory: bool = False) -> bool:
        """Whether a path, or a directory that it lies in, is meant."""
        return self.decide(path, is_directory) is True

    def decide(self, path: str, is_directory: bool = False) -> bool | None:
        """True when the last pattern that fits includes the path, False when it is a `!` pattern, None for none."""
        return self._decide(os.path.abspath(path), is_directory)

    def match_absolute(self, path: str) -> bool:
        """Whether a path is meant that is absolute and normal: what it saves counts where there are many patterns."""
        return self._decide(path, False) is True

    def _decide(self, absolute: str, is_directory: bool) -> bool | None:
        if not os.path.normcase(absolute).startswith(self._within):
            return None
        relative = absolute[len(self._prefix) :].replace(os.sep, "/")
        if self._heads is not None and not relative.startswith(self._heads):
            return None
        return self._compiled().check_file(relative + "/" * is_directory).include

    def _compiled(self) -> GitIgnoreSpec:
        if self._spec is None:
            from pathspec import GitIgnoreSpec

            self._spec = GitIgnoreSpec.from_lines(filter(is_pattern, self._lines))
        return self._spec


def _heads(lines: tuple[str, ...]) -> tuple[str, ...] | None:
    """What the paths that patterns fit begin with, where each has a slash before anything that stands for more."""
    heads = [_HEAD.match(line) for line in lines]
    return None if None in heads else tuple([head[0] for head in heads if head is not None])


def is_pattern(line: str) -> bool:
    """Whether a line is a pattern that can be read."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True


class Gitignore:
    """What the `.gitignore` files of a repository leave out. Files that git tracks all the same are not known here."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._patterns: dict[str, Patterns | None] = {}
        self._chains: dict[str, tuple[Patterns, ...]] = {}

    def ignores(self, path: str, is_directory: bool = False) -> bool:
        """Whether git ignores a path, all directories above which it does not."""
        absolute = os.path.abspath(path)
        for patterns in self._chain(os.path.dirname(absolute)):
            decided = patterns.decide(absolute, is_directory)
            if decided is not None:
                return decided
        return False

    def _chain(self, directory: str) -> tuple[Patterns, ...]:
        """The patterns that hold in a directory, the nearest first, up to the repository's own directory."""
        if directory not in self._chains:
            own = self._read(directory)
            parent = os.path.dirname(directory)
            is_top = parent == directory or os.path.exists(os.path.join(directory, ".git"))
            above = () if is_top else self._chain(parent)
            self._chains[directory] = (own, *above) if own is not None else above
        return self._chains[directory]

    def _read(self, directory: str) -> Patterns | None:
        path = os.path.join(directory, _GITIGNORE)
        if not self._files.exists(path):
            return None
        try:
            text = self._files.read(path).text
        except Unreadable:
            return None
        lines = tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
        return Patterns(directory, lines[:_MOST]) if lines else None


class Exclusion:
    """What is no input: what a configuration excludes, and what git ignores."""

    def __init__(self, excluded: Callable[[str, bool], bool] | None = None, gitignore: Gitignore | None = None) -> None:
        self._excluded = excluded
        self._gitignore = gitignore

    def excludes(self, path: str, is_directory: bool = False) -> bool:
        """Whether configuration leaves a path out, be it named or met."""
        return self._excluded is not None and self._excluded(path, is_directory)

    def passes_over(self, path: str, is_directory: bool = False) -> bool:
        """Whether a path that is met on the way is left out."""
        if self.excludes(path, is_directory):
            return True
        return self._gitignore is not None and self._gitignore.ignores(path, is_directory)

    def below(self, top: str) -> Exclusion:
        """What is left out in a directory that is named: git's opinion counts where git keeps the directory itself."""
        if self._gitignore is None or not self._gitignore.ignores(top, is_directory=True):
            return self
        return Exclusion(self._excluded)

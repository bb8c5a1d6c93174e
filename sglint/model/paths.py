"""Paths as one directory sees another."""

from __future__ import annotations

import os


def from_directory(path: str, directory: str) -> str:
    """A path from a directory; absolute where none leads there, as from one drive of Windows to another."""
    try:
        return os.path.relpath(path, directory)
    except ValueError:
        return os.path.abspath(path)

"""Paths of module directories and their files, always with the input's own spelling of the root."""

from __future__ import annotations

import os

from sglint.model.paths import from_directory


def joined(directory: str, name: str) -> str:
    """The path of a file in a directory; plain names stay plain."""
    return name if directory in ("", ".") else os.path.join(directory, name)


def called(directory: str, source: str) -> str:
    """The directory that a module call's local `source` leads to, normalised."""
    return os.path.normpath(os.path.join(directory or ".", source))


def is_local(source: str) -> bool:
    """Whether a module source is a directory beside the caller's (`./` or `../`), not a package to download."""
    return source in (".", "..") or source.startswith(("./", "../", ".\\", "..\\"))


def relative(directory: str, root: str) -> str:
    """`path.module` of a directory, as Terraform run in `root` gives it: with `/` on every system."""
    return from_directory(directory or ".", root or ".").replace(os.sep, "/")


def absolute(directory: str) -> str:
    """`path.cwd` of Terraform run in `directory`: with `/` on every system."""
    return os.path.abspath(directory or ".").replace(os.sep, "/")

"""Input paths as reports for machines name them: the same whichever way the path was typed."""

from __future__ import annotations

import os
from pathlib import PurePath
from urllib.parse import quote_from_bytes


def beneath(path: str, root: str) -> str | None:
    """The path relative to `root` with `/` between its parts, None when it leads outside. Links are not followed."""
    try:
        return PurePath(absolute(path, root)).relative_to(absolute("", root)).as_posix()
    except ValueError:
        return None


def portable(path: str, root: str) -> str:
    """The path relative to `root` where it lies beneath it, else absolute."""
    inside = beneath(path, root)
    return absolute(path, root) if inside is None else inside


def absolute(path: str, root: str) -> str:
    """The full path, without `.` and `..`, with `/` before and between its parts."""
    full = PurePath(os.path.normpath(os.path.join(root, path))).as_posix()
    return full if full.startswith("/") else f"/{full}"


def percent_encoded(path: str) -> str:
    """The path as it stands in a URI (RFC 3986). A name that is not UTF-8 keeps its bytes."""
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = path.encode("utf-8", "replace")
    return quote_from_bytes(data)

"""Files that the program keeps for itself, in a directory that is the user's alone."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress


def cache_directory() -> str | None:
    """Where a user's caches are on this platform, for this program; None where there is no home.

    XDG Base Directory Specification; Apple's File System Programming Guide; Windows' known folder LocalAppData.
    """
    if sys.platform == "win32":
        top = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        top = os.path.expanduser("~/Library/Caches")
    else:
        top = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(top):
            top = os.path.expanduser("~/.cache")
    return os.path.join(top, "sglint") if os.path.isabs(top) else None


def kept_file(path: str) -> bytes | None:
    """What a kept file holds. None where there is none, or where someone else could have written it."""
    try:
        if not _is_own(os.stat(os.path.dirname(path))):
            return None
        with open(path, "rb") as file:
            return file.read() if _is_own(os.fstat(file.fileno())) else None
    except OSError:
        return None


def _is_own(found: os.stat_result) -> bool:
    """Whether nobody but the user may write a file. On Windows the profile's own access list sees to that."""
    if sys.platform == "win32":
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def replace_file(path: str, data: bytes) -> None:
    """Puts a file in the place of another, whole: who reads meanwhile has one of both. Raises OSError."""
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    temporary = f"{path}.{os.getpid()}.part"
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def weed(directory: str, most: int) -> None:
    """Removes the files of a directory that were written longest ago until it takes no more than `most` bytes."""
    found = []
    with os.scandir(directory) as entries:
        for entry in entries:
            with suppress(OSError):
                state = entry.stat()
                found.append((state.st_mtime_ns, state.st_size, entry.path))
    for _, size, path in sorted(found, reverse=True):
        most -= size
        if most < 0:
            with suppress(OSError):
                os.unlink(path)

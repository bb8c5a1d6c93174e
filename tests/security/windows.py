"""Runs the command line as if on Windows: `python windows.py ARGUMENT…`, with this file system as drive C.

Drive D is the directory that the environment names as DRIVE_D.

Paths are those of `ntpath`, with a drive and backslashes and in any case, wherever the program meets one: in what it is
given, in the working directory, in what it lists, in what it opens. Python's own imports see the system as it is.
"""

from __future__ import annotations

import builtins
import io
import ntpath
import os
import posixpath
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import PureWindowsPath
from typing import Any

_OTHER_DRIVE = os.environ.get("DRIVE_D", "")
_BY_PATH = ("stat", "lstat", "listdir", "mkdir", "unlink", "remove", "rmdir", "chmod", "access", "readlink", "open")
_original = {name: getattr(os, name) for name in (*_BY_PATH, "scandir", "getcwd", "replace", "rename", "link")}
_original_open = io.open


def there(path: Any) -> Any:
    """The path of the system for one of Windows."""
    if not isinstance(path, str):
        return path
    drive, rest = ntpath.splitdrive(path)
    within = rest.replace("\\", "/")
    return _in_its_case(f"{_OTHER_DRIVE}{within}" if drive.upper() == "D:" else within or ".")


def _in_its_case(path: str) -> str:
    """The path as it is spelled on disk, as far as it exists there in any case."""
    if not path.isascii():
        return path
    try:
        _original["lstat"](path)
    except OSError:
        directory, name = posixpath.split(path)
        directory = _in_its_case(directory) if directory not in ("", "/") else directory
        with suppress(OSError):
            names = _original["listdir"](directory or ".")
            name = next((each for each in names if each.casefold() == name.casefold()), name)
        path = posixpath.join(directory, name)
    return path


def here(path: str) -> str:
    """The path of Windows for one of the system."""
    if _OTHER_DRIVE and f"{path}/".startswith(f"{_OTHER_DRIVE}/"):
        return "D:" + (path.removeprefix(_OTHER_DRIVE) or "/").replace("/", "\\")
    return ("C:" if path.startswith("/") else "") + path.replace("/", "\\")


class _Entry:
    """An entry of a directory, with a path of Windows."""

    def __init__(self, entry: os.DirEntry[str], directory: str) -> None:
        self._entry = entry
        self.name = entry.name
        self.path = ntpath.join(directory, entry.name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._entry, name)

    def __fspath__(self) -> str:
        return self.path


class _Listing:
    def __init__(self, path: str) -> None:
        self._path = path
        self._found = _original["scandir"](there(path))

    def __iter__(self) -> Iterator[_Entry]:
        return (_Entry(entry, self._path) for entry in self._found)

    def __next__(self) -> _Entry:
        return _Entry(next(self._found), self._path)

    def __enter__(self) -> _Listing:
        return self

    def __exit__(self, *_: object) -> None:
        self._found.close()

    def close(self) -> None:
        self._found.close()


def _by_path(function: Callable[..., Any]) -> Callable[..., Any]:
    def called(path: Any, *arguments: Any, **terms: Any) -> Any:
        try:
            return function(there(path), *arguments, **terms)
        except OSError as error:
            if isinstance(path, str):
                error.filename = path
            raise

    return called


def _by_two_paths(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda first, second, **terms: function(there(first), there(second), **terms)


def settle() -> None:
    """Has paths be those of Windows from here on."""
    from sglint.reports import paths

    os.sep, os.altsep, os.linesep = "\\", "/", "\r\n"
    os.path = ntpath
    ntpath.realpath = lambda path, **_: here(posixpath.realpath(there(ntpath.abspath(path))))  # type: ignore[assignment]
    sys.modules["os.path"] = ntpath
    for name in _BY_PATH:
        setattr(os, name, _by_path(_original[name]))
    for name in ("replace", "rename", "link"):
        setattr(os, name, _by_two_paths(_original[name]))
    os.scandir = lambda path=".": _Listing(path)  # type: ignore[assignment]
    directories = [here(each) for each in os.get_exec_path()]
    os.get_exec_path = lambda env=None: directories
    os.getcwd = lambda: here(_original["getcwd"]())
    builtins.open = io.open = _by_path(_original_open)
    started: Any = subprocess.Popen.__init__

    def start(self: Any, command: Any, **terms: Any) -> None:
        started(self, [there(command[0]), *command[1:]], **{**terms, "cwd": there(terms.get("cwd"))})

    subprocess.Popen.__init__ = start  # type: ignore[method-assign,assignment]
    setattr(paths, "PurePath", PureWindowsPath)  # noqa: B010 - it is no name of the module's own


def _main() -> int:
    from sglint import cli

    settle()
    status = cli.main(sys.argv[1:])
    sys.stdout.flush()
    return status


if __name__ == "__main__":
    sys.exit(_main())

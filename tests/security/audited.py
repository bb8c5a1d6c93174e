"""Runs the command line under an audit hook: `python audited.py ROOT ARGUMENT…`, with ROOT the only input.

It ends with the status of the run, or with 99 and a line for each thing done that a run must not do.
"""

from __future__ import annotations

import os
import sys
import sysconfig

import sglint

_LIBRARIES = tuple(
    {
        *(os.path.realpath(path) for path in sysconfig.get_paths().values()),
        *(os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, sys.base_exec_prefix)),
        os.path.realpath(os.path.dirname(sglint.__file__)),
    }
)
_FIXED = frozenset({os.devnull, "/sys/fs/cgroup/cpu.max"})
"""What a run may look at besides: how many processors it may use."""
_NEVER = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "pty.", "ctypes.")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGING = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate")

wrong: list[str] = []
root = os.path.realpath(sys.argv[1])


def _is_below(path: str, tops: tuple[str, ...]) -> bool:
    return any(path == top or path.startswith(top.rstrip(os.sep) + os.sep) for top in tops)


def _check_path(event: str, path: object) -> None:
    if isinstance(path, int):
        return
    text = os.fsdecode(path) if isinstance(path, (str, bytes, os.PathLike)) else os.curdir
    if text not in _FIXED and not _is_below(os.path.realpath(text), (root, *_LIBRARIES)):
        wrong.append(f"{event} {text}")


def _check_library(path: str) -> None:
    if not _is_below(os.path.realpath(path), _LIBRARIES):
        wrong.append(f"compile {path}")


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_NEVER) or event in _CHANGING:
        wrong.append(f"{event} {arguments!r}")
    elif event == "open":
        path, _, flags = arguments
        _check_path(event, path)
        if isinstance(flags, int) and flags & _WRITING and not isinstance(path, int):
            wrong.append(f"open for writing {path!r}")
    elif event == "os.scandir" or (event == "os.listdir" and arguments[0] not in sys.path):
        _check_path(event, arguments[0])
    elif event == "compile":
        name = arguments[1]
        if isinstance(name, str) and not name.startswith("<"):
            _check_library(name)


def _main() -> int:
    from sglint.cli import main

    sys.dont_write_bytecode = True
    sys.addaudithook(_audit)
    return main(sys.argv[2:])


if __name__ == "__main__":
    status = _main()
    sys.stdout.flush()
    for line in wrong:
        print(f"audit: {line}", file=sys.stderr)
    sys.exit(99 if wrong else status)

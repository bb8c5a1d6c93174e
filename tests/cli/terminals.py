"""Runs programs on pseudo-terminals."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


def on_terminal(
    command: Sequence[str], stream: str, environment: Mapping[str, str], directory: Path | None = None
) -> tuple[int, str]:
    """The exit status, and what a terminal gets that is the program's `stdout` or `stderr` only."""
    import pty

    outer, inner = pty.openpty()
    process = subprocess.Popen(
        command,
        cwd=directory,
        stdout=inner if stream == "stdout" else subprocess.DEVNULL,
        stderr=inner if stream == "stderr" else subprocess.DEVNULL,
        env=environment,
    )
    os.close(inner)
    shown = b""
    while True:
        try:
            part = os.read(outer, 65536)
        except OSError:  # Linux says so once the other end is closed.
            break
        if not part:
            break
        shown += part
    os.close(outer)
    return process.wait(), shown.decode()

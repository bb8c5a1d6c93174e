"""The process: `sglint`, and `python -m sglint`."""

from __future__ import annotations

import gc
import os
import sys

from sglint.cli import main


def run() -> None:
    """Run the command line, and end the process with its exit status.

    What a run builds lives until the end, and hardly any of it is cyclic: to look for garbage, and to take everything
    apart before the operating system does, would be a third of the time.
    """
    gc.disable()
    status = main()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            continue  # Whoever reads it has gone, and the status is decided.
    os._exit(status)


if __name__ == "__main__":
    run()

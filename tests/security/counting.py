"""How much a run does, in calls of Python, which do not depend on the machine."""

from __future__ import annotations

import sys

from sglint.cli import main


def calls_of(*arguments: str) -> tuple[int, int]:
    """The status of a run, and how many calls it took."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        status = main([*arguments, "--jobs", "1"])
    finally:
        sys.setprofile(None)
    return status, calls

"""A bar on standard error for whoever watches a long run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

    from sglint.execution.verdict import Watch

_PATIENCE, _PACE = 1.0, 0.1
"""Seconds until the bar appears, and between two looks of it."""


@contextmanager
def watched(is_quiet: bool) -> Iterator[Watch | None]:
    """What is to be told how far a run is; None where nobody watches. The bar is gone when the run is done."""
    if (
        is_quiet
        or sys.stderr is None
        or not sys.stderr.isatty()
        or os.environ.get("CI")
        or os.environ.get("TERM") in (None, "dumb")
    ):
        yield None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.stop()


class _Bar:
    def __init__(self) -> None:
        self._next = perf_counter() + _PATIENCE
        self._progress: Progress | None = None

    def show(self, done: int, total: int) -> None:
        now = perf_counter()
        if now < self._next:
            return
        self._next = now + _PACE
        if self._progress is None:
            self._progress = _started()
        self._progress.update(self._progress.task_ids[0], completed=done, total=total)
        self._progress.refresh()

    def stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()


def _started() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("judging"), BarColumn(), MofNCompleteColumn(), TextColumn("units"), TimeElapsedColumn()
    # A thread of its own would keep the run from forking.
    progress = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    progress.add_task("")
    progress.start()
    return progress

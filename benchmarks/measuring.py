"""Measures whole processes: wall time, CPU time of a process and all that it starts, and the most memory they take."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread


@dataclass(frozen=True)
class Measured:
    """One process: seconds, seconds of CPU, and MB. The memory is that of all of its processes together, where shared
    pages are divided among those that share them (PSS); where that cannot be had, of the largest one."""

    wall: float
    cpu: float
    memory: float
    status: int


def measure(command: Sequence[str], directory: Path, environment: dict[str, str] | None = None) -> Measured:
    """Run a command in a directory, without its output."""
    started = time.perf_counter()
    process = os.fork()
    if not process:
        os.chdir(directory)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(null, stream)
        os.execvpe(command[0], list(command), {**os.environ, **(environment or {})})
    over, peak = Event(), [0.0]
    watch = Thread(target=_watch, args=(process, over, peak))
    watch.start()
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - started
    over.set()
    watch.join()
    memory = max(peak[0], usage.ru_maxrss / 1024)
    return Measured(wall, usage.ru_utime + usage.ru_stime, memory, os.waitstatus_to_exitcode(status))


def median(run: Callable[[], Measured], times: int) -> Measured:
    """The medians of several runs, each on its own."""
    return middle([run() for _ in range(times)])


def middle(found: Sequence[Measured]) -> Measured:
    """The median of each figure."""
    return Measured(
        statistics.median(each.wall for each in found),
        statistics.median(each.cpu for each in found),
        statistics.median(each.memory for each in found),
        found[0].status,
    )


def _watch(process: int, over: Event, peak: list[float]) -> None:
    while not over.wait(0.05):
        peak[0] = max(peak[0], sum(_pss(each) for each in _with_children(process)) / 1024)


def _with_children(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [process, *(each for child in text.split() for each in _with_children(int(child)))]


def _pss(process: int) -> int:
    """In kB; 0 for one that is gone, and where there is no /proc."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
        return int(text.partition("\nPss:")[2].split()[0])
    except (OSError, IndexError, ValueError):
        return 0

"""Judges units in several processes. What comes of it is what one process would say, in the same order.

Each process judges stretches of units, which are likely to share modules, and hands back one verdict after the other:
so it is known which unit one was at when it ended. Nothing is left behind however the run ends: processes ignore
Ctrl-C, which is for the one that started them, and end when that one is gone.
"""

from __future__ import annotations

import copyreg
import io
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeAlias

from sglint.discovery import Unit, UnitKind
from sglint.execution.judging import Judging
from sglint.execution.verdict import Verdict, Watch, unwatched
from sglint.model.limits import hold_to
from sglint.model.location import Problem, whole_file
from sglint.policies.policy import Policy
from sglint.policies.registry import find
from sglint.reading.files import Files, Trace
from sglint.settings import Settings

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Root: TypeAlias = tuple[UnitKind, str]
Judged: TypeAlias = tuple[Verdict, Trace]

_STRETCHES = 8
"""How many stretches there are for each process, so that none waits long for another at the end."""
_LONGEST = 40


def judged_in_processes(
    judging: Judging,
    settings: Settings,
    files: Files,
    units: tuple[Unit, ...],
    roots: Sequence[Root],
    jobs: int,
    watch: Watch = unwatched,
) -> list[Judged]:
    """The verdicts on units, by up to `jobs` processes. A process that ends untimely is a problem of its unit."""
    return _Pool(judging, settings, files, units, roots, jobs).run(watch)


class _Worker:
    """One process, the connection to it, and the units that it has yet to judge."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self.process = process
        self.connection = connection
        self.pending: deque[int] = deque()


class _Pool:
    def __init__(
        self,
        judging: Judging,
        settings: Settings,
        files: Files,
        units: tuple[Unit, ...],
        roots: Sequence[Root],
        jobs: int,
    ) -> None:
        import multiprocessing

        self._roots = roots
        self._found: list[Judged | None] = [None] * len(roots)
        length = max(1, min(_LONGEST, len(roots) // (jobs * _STRETCHES)))
        self._stretches = deque(range(start, min(start + length, len(roots))) for start in range(0, len(roots), length))
        self._jobs = min(jobs, len(self._stretches))
        self._workers: list[_Worker] = []
        self._is_forking = may_fork()
        self._context = multiprocessing.get_context("fork" if self._is_forking else "spawn")
        self._state = (judging, None) if self._is_forking else (None, pickle.dumps((settings, files.roots, units)))

    def run(self, watch: Watch) -> list[Judged]:
        from multiprocessing.connection import wait

        try:
            while self._stretches or self._workers:
                while self._stretches and len(self._workers) < self._jobs:
                    self._start()
                by_connection = {worker.connection: worker for worker in self._workers}
                for connection in wait(list(by_connection)):
                    self._receive(by_connection[connection])  # type: ignore[index]
                watch(len(self._roots) - self._found.count(None), len(self._roots))
        finally:
            for worker in self._workers:
                worker.process.kill()
            for worker in self._workers:
                worker.process.join()
                worker.connection.close()
        return [found for found in self._found if found is not None]

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        others = [worker.connection for worker in self._workers] if self._is_forking else []
        judging, state = self._state
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_work, args=(theirs, [*others, *([ours] if self._is_forking else [])], judging, state), daemon=True
        )
        with _interrupts_held():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        self._hand_out(worker)

    def _hand_out(self, worker: _Worker) -> None:
        if not self._stretches:
            self._workers.remove(worker)
            worker.connection.close()
            worker.process.join()
            return
        stretch = self._stretches.popleft()
        worker.pending.extend(stretch)
        with suppress(OSError):  # It has ended, which shows when it is waited for.
            worker.connection.send([self._roots[index] for index in stretch])

    def _receive(self, worker: _Worker) -> None:
        try:
            found: Judged = _loads(worker.connection.recv_bytes())
        except (EOFError, OSError):
            self._ended(worker)
            return
        self._found[worker.pending.popleft()] = found
        if not worker.pending:
            self._hand_out(worker)

    def _ended(self, worker: _Worker) -> None:
        """A process that was killed, most often for want of memory. What was before it is judged by another."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        index = worker.pending.popleft()
        code = worker.process.exitcode or 0
        how = f"by signal {-code}" if code < 0 else f"with status {code}"
        message = f"not judged, because the process that judged it was ended {how}"
        problem = Problem(whole_file(self._roots[index][1]), message, "it may have taken too much memory")
        self._found[index] = Verdict(problems=(problem,), is_lasting=False), {}
        if worker.pending:
            self._stretches.appendleft(range(worker.pending[0], worker.pending[-1] + 1))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits meanwhile; a process that is started then never gets it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _work(
    connection: Connection, inherited: Sequence[Connection], judging: Judging | None, state: bytes | None
) -> None:
    """What a process does: it judges what it is sent until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in inherited:
        each.close()  # Or this process would keep others from noticing that the one that started them is gone.
    if judging is None and state is not None:
        settings, roots, units = pickle.loads(state)
        hold_to(settings.limits)
        judging = Judging(settings, Files(roots, settings.given, settings.tree, settings.named), units)
    assert judging is not None
    with suppress(EOFError, OSError):
        while True:
            for kind, path in connection.recv():
                connection.send_bytes(_dumps(judging.verdict(kind, path)))


def may_share(settings: Settings) -> bool:
    """Whether other processes can be told the settings: those that hold functions of a program cannot be handed on."""
    if may_fork():
        return True
    try:
        pickle.dumps(settings)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


def may_fork() -> bool:
    """Whether processes are forked: on Linux, unless threads run. Elsewhere system libraries do not bear it."""
    import threading

    return sys.platform == "linux" and threading.active_count() == 1


def cores() -> int:
    """How many processors this process may use: those it is bound to, as far as its control group lets it."""
    if hasattr(os, "sched_getaffinity"):
        found = len(os.sched_getaffinity(0))
    else:
        found = os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, _, period = _control("/sys/fs/cgroup/cpu.max").partition(" ")
        if quota != "max":
            found = min(found, max(1, round(int(quota) / int(period))))
    return found


def _control(path: str) -> str:
    return Files().read_bytes(path).decode().strip()


class _Pickler(pickle.Pickler):
    """Policies go by their ids: they are the same on both sides."""

    dispatch_table = copyreg.dispatch_table | {Policy: lambda policy: (find, (policy.id,))}


def _dumps(value: Judged) -> bytes:
    buffer = io.BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(value)
    return buffer.getvalue()


def _loads(data: bytes) -> Judged:
    found: Judged = pickle.loads(data)
    return found

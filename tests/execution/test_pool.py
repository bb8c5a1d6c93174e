"""Several processes say what one says, and leave nothing behind however they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sglint.engine import run
from sglint.execution import carrying_out, pool
from sglint.execution.judging import Judging
from sglint.model.record import replace
from sglint.settings import Settings
from tests.execution.corpora import FIXTURES, TOP, said, write_corpora

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are used however small the input is."""
    monkeypatch.setattr(carrying_out, "_WORTHWHILE", 0)


def _both_ways(settings: Settings) -> None:
    assert said(run(replace(settings, jobs=3))) == said(run(settings))


@pytest.mark.usefixtures("always")
def test_fixtures() -> None:
    _both_ways(Settings((str(FIXTURES),), profile="strict"))


@pytest.mark.usefixtures("always")
def test_generated_input(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    _both_ways(Settings((str(tmp_path),)))


@pytest.mark.usefixtures("always")
def test_processes_that_are_not_forked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpora(tmp_path)
    monkeypatch.setattr(pool, "may_fork", lambda: False)
    _both_ways(Settings((str(tmp_path / "monorepo"),)))


@pytest.mark.usefixtures("always")
def test_settings_that_cannot_be_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpora(tmp_path)
    monkeypatch.setattr(pool, "may_fork", lambda: False)
    _both_ways(replace(Settings((str(tmp_path / "cluster"),)), exclude=lambda path, _: "tests" in path))


@pytest.mark.usefixtures("always")
def test_a_killed_process_costs_its_unit_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpora(tmp_path)
    settings = Settings((str(tmp_path / "monorepo"),), jobs=2)
    whole = run(replace(settings, jobs=1))
    lost = str(tmp_path / "monorepo" / "team-00" / "project-000" / "live" / "staging")
    judge = Judging.verdict

    def verdict(self: Judging, kind: object, path: str) -> object:
        if path == lost:
            os.kill(os.getpid(), signal.SIGKILL)
        return judge(self, kind, path)  # type: ignore[arg-type]

    monkeypatch.setattr(Judging, "verdict", verdict)
    outcome = run(settings)
    (problem,) = outcome.problems
    assert str(problem) == (
        f"{lost}:1:1: not judged, because the process that judged it was ended by signal 9; "
        "it may have taken too much memory"
    )
    assert outcome.units == whole.units
    assert {finding.location.path for finding in whole.findings} - {f.location.path for f in outcome.findings} <= {
        finding.location.path for finding in whole.findings if "project-000" in finding.location.path
    }
    assert len(outcome.findings) > 0


@pytest.mark.usefixtures("always")
def test_a_fault_in_one_unit_is_a_problem_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpora(tmp_path)

    def fails(*_: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(Judging, "_findings", fails)
    outcome = run(Settings((str(tmp_path / "monorepo"),), jobs=2))
    assert outcome.findings == ()
    assert outcome.problems
    for problem in outcome.problems:
        assert problem.message.startswith("not judged, because sglint failed on it: RuntimeError: out of order")


def test_cores_are_those_that_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)), raising=False)
    monkeypatch.setattr(pool, "_control", lambda _: "150000 100000")
    assert pool.cores() == 2
    monkeypatch.setattr(pool, "_control", lambda _: "max 100000")
    assert pool.cores() == 16


PROGRAM = """
import sys, time
from sglint.cli import main
from sglint.execution.judging import Judging
judge = Judging.verdict
def slow(self, kind, path):
    time.sleep(20)
    return judge(self, kind, path)
Judging.verdict = slow
from sglint.execution import carrying_out
carrying_out._WORTHWHILE = 0
raise SystemExit(main(["--jobs", "2", "--no-cache", sys.argv[1]]))
"""


def heeding_interrupts() -> None:
    """What a shell starts in the background ignores them, and hands that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="reads /proc")
def test_an_interrupt_ends_it_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "monorepo")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
        preexec_fn=heeding_interrupts,
    ) as process:
        children = _children(process.pid)
        assert len(children) == 2
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)
        assert time.monotonic() - started < 5
    assert (process.returncode, errors) == (130, "")
    assert not any(os.path.exists(f"/proc/{child}") for child in children)


def _children(process: int) -> list[int]:
    """The processes that another one has started, once they are two."""
    for _ in range(200):
        with open(f"/proc/{process}/task/{process}/children") as file:
            found = [int(number) for number in file.read().split()]
        if len(found) == 2:
            return found
        time.sleep(0.05)
    return []


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="reads /proc")
def test_processes_end_when_the_one_that_started_them_is_gone(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    program = PROGRAM.replace("time.sleep(20)", "time.sleep(0.3)")
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "monorepo")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(TOP)},
    ) as process:
        children = _children(process.pid)
        process.kill()
        process.wait(timeout=10)
    for _ in range(100):
        if not any(_is_running(child) for child in children):
            return
        time.sleep(0.05)
    raise AssertionError("processes were left behind")


def _is_running(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

"""The page of results."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Measured


@dataclass(frozen=True)
class Row:
    name: str
    measured: Measured


@dataclass(frozen=True)
class Page:
    load: float
    """The load of the machine before it began."""
    versions: Sequence[str]
    corpora: dict[str, tuple[int, int, int]]
    """Files, lines and bytes of each corpus."""
    start: Sequence[Row]
    modules: Sequence[Row]
    cluster: Sequence[Row]
    monorepo: Sequence[Row]
    curve: Sequence[tuple[int, Measured]]
    is_same: bool
    phases: dict[str, float]


def render(page: Page) -> str:
    return "\n".join(
        (*_head(page), *_start(page), *_compared(page), *_monorepo(page), *_curve(page), *_phases(page), "")
    )


def _head(page: Page) -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    yield "Written by `python -m benchmarks.run`, which needs public tools alone and makes its own input."
    yield "[Performance](performance.md) says what they mean. Whole processes, side by side in one run; medians,"
    yield "but for Checkov, which ran once. CPU is that of all processes of a tool, memory the most they take together."
    yield ""
    yield f"- {_processor()}, {os.cpu_count()} cores, {platform.system()}"
    yield from (f"- {version}" for version in page.versions)
    if page.load > 0.5:
        yield (
            f"- other work ran on the machine (load {page.load:.1f} before the start): wall times are longer than "
            "on a quiet one; compare CPU seconds"
        )
    yield ""


def _start(page: Page) -> Iterator[str]:
    yield "## One file of ten lines"
    yield ""
    yield "| | CPU ms | times sglint | MB |"
    yield "| --- | --: | --: | --: |"
    base = page.start[0].measured
    for row in page.start:
        found = row.measured
        yield f"| {row.name} | {1000 * found.cpu:.1f} | {_times(found.cpu / base.cpu)} | {found.memory:.0f} |"
    yield ""


def _compared(page: Page) -> Iterator[str]:
    for title, name, rows in (
        ("A repository of modules", "modules", page.modules),
        ("A module for a cluster", "cluster", page.cluster),
    ):
        yield from _title(title, page.corpora[name])
        yield from _table(rows, rows[0].measured)


def _monorepo(page: Page) -> Iterator[str]:
    yield from _title("A monorepo", page.corpora["monorepo"])
    by_name = {row.name: row.measured for row in page.monorepo}
    yield from _table(page.monorepo, by_name["sglint"])
    rate = page.corpora["monorepo"][2] / 1e6 / by_name["sglint"].wall
    again = by_name["sglint, filling the cache"].wall / by_name["sglint, nothing changed"].wall
    floor = by_name["sglint"].cpu / by_name["floor: read and parse"].cpu
    same = "the same" if page.is_same else "NOT the same"
    yield f"{rate:.1f} MB/s end to end; {floor:.1f} times the CPU of the floor; unchanged {again:.0f} times faster."
    yield f"The report is {same}, byte for byte, from one process, from four, and from the cache."
    yield ""


def _curve(page: Page) -> Iterator[str]:
    yield "## Growth"
    yield ""
    yield "| files of Terraform | CPU s | ms a file | MB |"
    yield "| --: | --: | --: | --: |"
    for files, measured in page.curve:
        yield f"| {files:,} | {measured.cpu:.2f} | {1000 * measured.cpu / files:.2f} | {measured.memory:.0f} |"
    yield ""


def _phases(page: Page) -> Iterator[str]:
    yield "## Where the time goes"
    yield ""
    yield "Of the CPU time of one process on the monorepo:"
    yield ""
    yield "| phase | share |"
    yield "| --- | --: |"
    for phase, share in page.phases.items():
        yield f"| {phase} | {100 * share:.0f} % |"


def _times(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"


def _title(title: str, size: tuple[int, int, int]) -> Iterator[str]:
    files, lines, length = size
    yield f"## {title}"
    yield ""
    yield f"{files:,} files, {lines:,} lines, {length / 1e6:.1f} MB."
    yield ""


def _table(rows: Sequence[Row], base: Measured) -> Iterator[str]:
    yield "| | CPU s | times sglint | wall s | MB |"
    yield "| --- | --: | --: | --: | --: |"
    for row in rows:
        found = row.measured
        times = _times(found.cpu / base.cpu)
        yield f"| {row.name} | {found.cpu:.2f} | {times} | {found.wall:.2f} | {found.memory:.0f} |"
    yield ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())

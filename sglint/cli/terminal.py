"""What is printed and written, and how."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sglint.cli.planning import UsageError

if TYPE_CHECKING:
    from sglint.model.location import Problem
    from sglint.reports.options import Options
    from sglint.reports.requested import Requested
    from sglint.triage.finding import Outcome


def report_outcome(outcome: Outcome, reports: Sequence[Requested], options: argparse.Namespace, seconds: float) -> None:
    """Write the reports, the files first: whoever reads standard output may stop at any time."""
    from sglint.reports.registry import render

    for each in sorted(reports, key=lambda report: report.file is None):
        write(render(each.format, outcome, _shape(each, options, seconds)), each.file)


def _shape(report: Requested, options: argparse.Namespace, seconds: float) -> Options:
    from sglint.reports.options import Options

    shape = Options(
        color=options.color == "always",
        verbose=options.verbose,
        quiet=options.quiet,
        statistics=options.statistics,
        category=options.category or "sglint",
    )
    if report.format == "sarif":
        from sglint.reading.git import revision

        return replace(shape, revision=revision("."))
    if report.file is None and sys.stdout.isatty():
        from shutil import get_terminal_size

        color = shape.color or (options.color == "auto" and not os.environ.get("NO_COLOR"))
        return replace(shape, color=color, width=get_terminal_size().columns, seconds=seconds)
    return shape


def write(text: str, path: str | None) -> None:
    """To standard output, or to a file that is whole or not touched."""
    if path is None:
        try:
            sys.stdout.buffer.write(text.encode("utf-8"))
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            discard_output()
            raise UsageError(f"standard output cannot be written: {_reason(error)}") from None
        return
    temporary = f"{path}.{os.getpid()}.part"
    try:
        with open(temporary, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError as error:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise UsageError(f"{path} cannot be written: {_reason(error)}") from None


def discard_output() -> None:
    """Standard output cannot be had: Python would complain again when it closes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def tell(problems: Sequence[Problem], notes: Sequence[str]) -> None:
    sys.stdout.flush()
    for problem in problems:
        print(f"sglint: {problem}", file=sys.stderr)
    for note in notes:
        print(f"sglint: note: {note}", file=sys.stderr)

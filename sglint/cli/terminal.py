"""What is printed and written, and how."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

from sglint.model.failure import failure
from sglint.model.record import replace
from sglint.model.usage import UsageError

if TYPE_CHECKING:
    from sglint.model.location import Problem
    from sglint.reports.options import Options
    from sglint.reports.requested import Requested
    from sglint.triage.finding import Outcome


def report_outcome(
    outcome: Outcome,
    reports: Sequence[Requested],
    options: SimpleNamespace,
    seconds: float,
    shard: Mapping[str, object] | None = None,
) -> bool:
    """Write the reports, the files first: whoever reads standard output may stop at any time.

    False when sglint fails on one of them, which is said; the others are written.
    """
    from sglint.reports.registry import render

    def rendered(report: Requested) -> str:
        return render(report.format, outcome, _shape(report, options, seconds, shard))

    files_first = sorted(reports, key=lambda report: report.file is None)
    made = [deliver(partial(rendered, each), each.file, f"the report in {each.format}") for each in files_first]
    return all(made)


def deliver(make: Callable[[], str], path: str | None, what: str) -> bool:
    """Write what is made. False when sglint fails on that, which is said; nothing is written then."""
    try:
        text = make()
    except Exception as error:
        say(str(failure(error, path or "standard output", f"{what} is not made")))
        return False
    write(text, path)
    return True


def _shape(report: Requested, options: SimpleNamespace, seconds: float, shard: Mapping[str, object] | None) -> Options:
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

        return replace(shape, revision=revision("."), shard=shard)
    if report.file is None and _is_terminal():
        from shutil import get_terminal_size

        return replace(shape, color=has_color(options), width=get_terminal_size().columns, seconds=seconds)
    return shape


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def has_color(options: SimpleNamespace) -> bool:
    """Whether standard output gets colour: when asked for, or on a terminal that shows it (https://no-color.org)."""
    if options.color == "auto":
        return _is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return bool(options.color == "always")


def write(text: str, path: str | None) -> None:
    """To standard output, or to a file that is whole or not touched."""
    data = text.encode("utf-8")
    if path is None:
        _print(data)
        return
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(path, "wb", buffering=0) as file:  # A device or a pipe, which nothing can take the place of.
                file.write(data)
        else:
            _replace(os.path.realpath(path), data)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {_reason(error)}") from None


def _print(data: bytes) -> None:
    if sys.stdout is None:
        raise UsageError("standard output cannot be written: it is closed")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        discard_output()  # Whoever reads has seen enough; what the run comes to is the same.
    except OSError as error:
        discard_output()
        raise UsageError(f"standard output cannot be written: {_reason(error)}") from None


def _replace(path: str, data: bytes) -> None:
    """Puts a file in the place of another, with its mode. What has the temporary name already is let be."""
    temporary = f"{path}.{os.getpid()}.part"
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
        try:
            file.write(data)
            file.flush()
            if os.path.exists(path):
                os.chmod(temporary, os.stat(path).st_mode & 0o777)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise


def discard_output() -> None:
    """Standard output cannot be had: Python would complain again when it closes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def tell(problems: Sequence[Problem], notes: Sequence[str]) -> None:
    if sys.stdout is not None:
        sys.stdout.flush()
    for problem in problems:
        say(str(problem))
    for note in notes:
        say(f"note: {note}")


def say(line: str) -> None:
    """One line on standard error, where there is any: that nobody hears it changes nothing."""
    if sys.stderr is None:
        return
    from sglint.reports.terminal import visible

    with suppress(OSError):
        print(f"sglint: {visible(line)}", file=sys.stderr, flush=True)

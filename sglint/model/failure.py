"""Faults of sglint's own as problems, so that one of them takes nothing else with it."""

from __future__ import annotations

import os

from sglint.model.location import Problem, whole_file

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_LONGEST = 200
REPORT = "please report this"
"""What to do about such a problem."""
UNSETTLED = "accepted risks are not known"
"""What is lost where findings are found and cannot be held against what accepts them."""


def failure(error: Exception, path: str, lost: str = "not judged") -> Problem:
    """The problem of an input that sglint fails on: what is lost by it, and all that a report of the fault needs."""
    return Problem(whole_file(path or os.curdir), f"{lost}, because sglint failed on it: {described(error)}", REPORT)


def described(error: Exception) -> str:
    """What a report of a fault needs, in one line: its kind, what it says, and where it arose."""
    said = " ".join(str(error).split())
    text = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return f"{type(error).__name__}: {text}{_place(error)}" if text else f"{type(error).__name__}{_place(error)}"


def _place(error: Exception) -> str:
    """The innermost line of sglint that the error went through."""
    found = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_PACKAGE + os.sep):
            found = f" ({os.path.relpath(file, _PACKAGE).replace(os.sep, '/')}:{trace.tb_lineno})"
        trace = trace.tb_next
    return found

"""Whatever the input holds, every format reports it, in text that can be written as UTF-8."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sglint.model.location import Location, Problem, Step
from sglint.reports.registry import FORMATS, render
from sglint.triage.finding import Outcome
from tests.reports.outcomes import PLAIN, SSH, finding

_TEXT = st.text(alphabet=st.characters(codec=None), max_size=40)


@given(_TEXT, _TEXT, _TEXT, st.integers(1, 50), st.integers(1, 50))
def test_any_text(path: str, text: str, line: str, column: int, end_column: int) -> None:
    place = Location(path, 1, column, 1, end_column)
    found = finding(SSH, place, text, text, related=(Step(text, place),), construct=text)
    outcome = Outcome(findings=(found,), problems=(Problem(place, text, line),), lines={(path, 1): line})
    for format in FORMATS:
        render(format, outcome, PLAIN).encode("utf-8")

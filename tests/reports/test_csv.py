from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.location import Location
from sglint.reports.csv_report import COLUMNS, render
from sglint.reports.terminal import visible
from sglint.triage.finding import Outcome
from tests.reports.outcomes import PLAIN, SSH, everything, finding, hostile


def rows(outcome: Outcome) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(outcome, PLAIN)), strict=True))


def test_every_finding_and_problem_is_one_row() -> None:
    found = rows(everything())
    states = ["failed", "failed", "open", "accepted", "accepted", "failed", "failed", "failed", "problem", "problem"]
    assert [row["state"] for row in found] == states
    assert found[3]["reason"] == "the API of the partners"
    assert found[0]["controls"] == "EC2.13 EC2.14 EC2.18 EC2.19 EC2.53"


def test_a_row_is_a_line() -> None:
    assert len(render(hostile(), PLAIN).splitlines()) == 4
    assert all(len(row) == len(COLUMNS) for row in csv.reader(io.StringIO(render(hostile(), PLAIN))))


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("https://example.com")', "+1", "-1", "@SUM(A1)", " =1", "＝1", "\t=1", "\r=1", "\u202f=1", "a\n=1"],
)
def test_nothing_is_a_formula(text: str) -> None:
    outcome = Outcome(findings=(finding(SSH, Location(f"{text}.tf", 1, 1, 1, 2), text, text, construct=text),))
    for row in csv.reader(io.StringIO(render(outcome, PLAIN))):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_read_back(text: str) -> None:
    outcome = Outcome(findings=(finding(SSH, Location("a.tf", 1, 1, 1, 2), text, text),))
    (row,) = rows(outcome)
    assert row["message"].removeprefix("'") == visible(text).removeprefix("'")

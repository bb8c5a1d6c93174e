"""Markdown that stays what it is: text of the input is text, and the report has an end."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.location import Location, Problem
from sglint.model.record import replace
from sglint.policies.policy import Severity
from sglint.reports.markdown import render
from sglint.reports.terminal import visible
from sglint.triage.finding import Outcome
from tests.reports.outcomes import GROUP_NAME, PLAIN, SSH, everything, finding, hostile, silent

_CODE = re.compile(r"<code>(.*?)</code>")


def codes(outcome: Outcome) -> list[str]:
    return [html.unescape(text.replace("<!-- -->", "")) for text in _CODE.findall(render(outcome, PLAIN))]


def only(message: str, path: str = "a.tf") -> Outcome:
    return Outcome(findings=(finding(SSH, Location(path, 1, 1, 1, 2), "web", message),))


@pytest.mark.parametrize(
    "text",
    [
        "@octocat and #1",
        "a | b",
        "a \\| b",
        "`code`",
        "**bold** _under_ ~~gone~~",
        "[x](https://example.com)",
        "![x](https://example.com/x.png)",
        "www.example.com",
        "</code><script>alert(1)</script>",
        "&#64;octocat",
        "a@example.com mailto:a@example.com",
        "<!-- hidden",
        "$x$ :tada:",
    ],
)
def test_text_of_the_input_is_text(text: str) -> None:
    report = render(only(text), PLAIN)
    assert codes(only(text))[-1] == text
    row = next(line for line in report.splitlines() if line.startswith("| high"))
    raw = _CODE.findall(row)[-1]
    assert not re.search(r"[]|`*_~<>\[\\@#:!$]|www\.", re.sub(r"&#\d+;(<!-- -->)?", "", raw))
    assert not re.search("&#64;(?!<!-- -->)", raw)
    assert len(re.findall(r"(?<!\\)\|", row)) == 7


@given(st.text(max_size=100))
def test_any_text_is_one_cell(text: str) -> None:
    expected = visible(text)
    assert (codes(only(text))[2:] or [""])[0] == expected


def test_no_line_but_tables_holds_text_of_the_input() -> None:
    for line in render(hostile(), PLAIN).splitlines():
        assert "web" not in line or line.startswith("| ")


def test_accepted_findings_are_counted_apart() -> None:
    report = render(everything(), PLAIN)
    assert "**5 findings**" in report
    assert "2 accepted. 1 could not be judged. 2 problems" in report
    assert "8443 from" not in report


def test_nothing_found_is_said() -> None:
    assert "**No findings.**" in render(silent(), PLAIN)


@pytest.mark.parametrize("text", ["open", "|" * 5000])
def test_a_long_report_ends_and_says_what_is_missing(text: str) -> None:
    many = [finding(GROUP_NAME, Location("a.tf", line, 1, line, 2), "web", text) for line in range(1, 2001)]
    worst = finding(SSH, Location("z.tf", 1, 1, 1, 2), "worst", "open")
    problems = tuple(Problem(Location("b.tf", line, 1, line, 1), text) for line in range(1, 101))
    report = render(Outcome(findings=(*many, worst), problems=problems), PLAIN)
    assert len(report) <= 60_000
    assert "worst" in report
    shown = report.count("| note |")
    assert f"\n{2000 - shown} more findings left out here.\n" in report
    assert "\n80 more problems left out here.\n" in report


def test_the_order_goes_by_severity() -> None:
    outcome = everything()
    raised = replace(outcome.findings[-1], severity=Severity.CRITICAL)
    report = render(replace(outcome, findings=(*outcome.findings[:-1], raised)), PLAIN)
    order = re.findall(r"^\| (critical|high|medium|low|note) ", report, re.MULTILINE)
    assert order == ["critical", "critical", "high", "low", "note"]

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from sglint.model.location import Location, Problem
from sglint.reports.junit import render
from sglint.triage.finding import Outcome
from tests.reports.outcomes import PLAIN, POLICIES, SSH, everything, finding, silent


def suite(outcome: Outcome) -> ElementTree.Element:
    root = ElementTree.fromstring(render(outcome, PLAIN).encode())
    assert root.tag == "testsuites"
    (found,) = root
    return found


def test_the_counts_are_those_of_the_tests() -> None:
    found = suite(everything())
    verdicts = Counter(case[0].tag if len(case) else "passed" for case in found)
    assert verdicts == {"failure": 5, "error": 2, "skipped": 3}
    assert {name: found.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "10",
        "failures": "5",
        "errors": "2",
        "skipped": "3",
    }


def test_accepted_and_unjudged_are_skipped() -> None:
    said = [each.get("message") for each in suite(everything()).iter("skipped")]
    assert said == [
        "depends on data.x.y, known only at deploy time",
        "accepted: the API of the partners",
        "accepted: set by the pipeline",
    ]


def test_policies_that_nothing_breaks_have_passed() -> None:
    assert [case.get("name") for case in suite(silent())] == [f"{policy.id} {policy.name}" for policy in POLICIES]


def test_names_are_unique_and_hold_no_lines() -> None:
    places = (Location("a.tf", line, 1, line, 2) for line in (3, 9))
    outcome = Outcome(findings=tuple(finding(SSH, place, "web", "open") for place in places))
    names = [case.get("name") for case in suite(outcome)]
    assert names == ["SG102 ssh-from-world: web", "SG102 ssh-from-world: web (2)"]


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_text_is_xml(text: str) -> None:
    place = Location(text, 1, 1, 1, 2)
    found = finding(SSH, place, text, text)
    (case, problem) = suite(Outcome(findings=(found,), problems=(Problem(place, text, text),)))
    assert case[0].tag == "failure"
    assert problem[0].tag == "error"

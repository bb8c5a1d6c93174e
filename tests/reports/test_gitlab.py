from __future__ import annotations

import json

from sglint.model.location import Location, Problem
from sglint.model.record import replace
from sglint.reports.gitlab import render
from sglint.triage.finding import Outcome
from tests.reports.outcomes import PLAIN, catalogue, everything, hostile

_SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def test_every_member_that_gitlab_needs_is_there() -> None:
    for outcome in (everything(), hostile(), catalogue()):
        for issue in json.loads(render(outcome, PLAIN)):
            assert all(issue[member] for member in ("description", "check_name", "fingerprint"))
            assert issue["severity"] in _SEVERITIES
            assert issue["location"]["path"]
            assert 1 <= issue["location"]["lines"]["begin"] <= issue["location"]["lines"]["end"]


def test_fingerprints_are_unique() -> None:
    problem = Problem(Location("a.tf", 1, 1, 1, 1), "is broken")
    outcome = replace(everything(), problems=(problem, replace(problem, location=Location("a.tf", 9, 1, 9, 1))))
    found = [issue["fingerprint"] for issue in json.loads(render(outcome, PLAIN))]
    assert len(set(found)) == len(found) == 8


def test_accepting_a_finding_removes_it_and_renames_no_other() -> None:
    before = everything()
    first, *rest = before.findings
    acceptance = next(each.acceptance for each in before.findings if each.acceptance is not None)
    after = replace(before, findings=(replace(first, acceptance=acceptance), *rest))
    assert json.loads(render(after, PLAIN)) == json.loads(render(before, PLAIN))[1:]


def test_what_could_not_be_judged_is_information() -> None:
    issues = json.loads(render(everything(), PLAIN))
    assert [issue["severity"] for issue in issues if issue["check_name"] == "unresolved-rule"] == ["info"]


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(render(Outcome(), PLAIN)) == []

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from sglint.reports.json_report import render
from sglint.triage.finding import Outcome
from tests.reports.outcomes import PLAIN, catalogue, everything, hostile, silent
from tests.schemas import faults


@pytest.mark.parametrize("outcome", [everything, silent, hostile, catalogue, Outcome])
def test_the_schema_describes_every_member(outcome: Callable[[], Outcome]) -> None:
    assert faults("sglint-report.schema.json", render(outcome(), PLAIN)) == []


def test_the_report_is_ascii() -> None:
    assert render(everything(), PLAIN).isascii()


def test_open_findings_are_listed_and_counted_apart() -> None:
    report = json.loads(render(everything(), PLAIN))
    assert [finding["policy"]["id"] for finding in report["findings"] if finding["open"]] == ["SG901", "SG901"]
    assert (report["summary"]["findings"], report["summary"]["open"]) == (5, 1)


def test_accepted_findings_are_listed_with_what_accepts_them_and_counted_apart() -> None:
    report = json.loads(render(everything(), PLAIN))
    accepted = [finding["accepted"]["by"] for finding in report["findings"] if finding["accepted"]]
    assert accepted == ["exception", "suppression"]
    assert report["summary"]["accepted"] == 2

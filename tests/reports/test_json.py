from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from sglint.reports.json_report import render
from sglint.triage.finding import Outcome
from tests.reports.outcomes import PLAIN, catalogue, everything, hostile, silent

_SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/sglint-report.schema.json").read_text(encoding="utf-8"))


def _closed(schema: object) -> object:
    """The schema without room for members that it does not describe."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    required, properties = closed.get("required"), closed.get("properties")
    if isinstance(required, list) and isinstance(properties, dict):
        closed["additionalProperties"] = False
        assert sorted(map(str, required)) == sorted(properties), "every member is always there"
    return closed


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(_SCHEMA)


@pytest.mark.parametrize("outcome", [everything, silent, hostile, catalogue, Outcome])
def test_the_schema_describes_every_member(outcome: Callable[[], Outcome]) -> None:
    schema = _closed(_SCHEMA)
    assert isinstance(schema, dict)
    errors = Draft202012Validator(schema).iter_errors(json.loads(render(outcome(), PLAIN)))
    assert [error.message for error in errors] == []


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

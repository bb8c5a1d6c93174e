"""The list of policies, in each of its formats."""

from __future__ import annotations

import csv
import json

import pytest

from sglint.policies.registry import POLICIES
from sglint.reports.policies import FORMATS, render_policies

IDENTITIES = [(policy.id, policy.name, str(policy.severity)) for policy in POLICIES]


def test_the_text_has_a_line_for_each() -> None:
    lines = render_policies("text").splitlines()
    assert [tuple(line.split()[:3]) for line in lines] == IDENTITIES


def test_the_json_has_a_row_for_each() -> None:
    rows = json.loads(render_policies("json"))
    assert [(row["id"], row["name"], row["severity"]) for row in rows] == IDENTITIES
    (ssh,) = (row for row in rows if row["id"] == "SG102")
    assert ssh["requirements"]["cis-5.0"] == ["5.3", "5.4"]
    assert ssh["requirements"]["pci-dss-4.0.1"] == ["1.3.1"]
    assert [row["requirements"] for row in rows if not row["controls"]] == [{}] * sum(not p.controls for p in POLICIES)


def test_the_csv_has_a_row_for_each() -> None:
    rows = list(csv.DictReader(render_policies("csv").splitlines()))
    assert [(row["id"], row["name"], row["severity"]) for row in rows] == IDENTITIES
    assert [row["summary"] for row in rows] == [policy.summary for policy in POLICIES]


def test_the_markdown_is_a_table_with_a_row_for_each() -> None:
    heading, line, *rows = render_policies("markdown").splitlines()
    assert {row.count(" | ") for row in (heading, *rows)} == {5}
    assert line == "|" + " --- |" * 6
    assert [tuple(row.strip("| ").split(" | ")[:3]) for row in rows] == IDENTITIES


@pytest.mark.parametrize("form", FORMATS)
def test_strict_and_open_policies_are_marked(form: str) -> None:
    assert "strict" in render_policies(form) and "open" in render_policies(form)

"""The examples in docs/reports.md are parts of real reports, and its tables name what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import indent

import pytest

from sglint.model.record import replace
from sglint.reports.registry import FORMATS, render
from tests.reports.outcomes import PLAIN, everything

_DOCS = Path(__file__).parents[2] / "docs"
_PAGE = (_DOCS / "reports.md").read_text(encoding="utf-8")
_SCHEMA = json.loads((_DOCS / "schema/sglint-report.schema.json").read_text(encoding="utf-8"))


_SECTIONS = dict(re.findall(r"^## (.*?)$(.*?)(?=^## |\Z)", _PAGE, re.MULTILINE | re.DOTALL))
_LANGUAGES = ("text", "json", "xml", "csv", "markdown")


@pytest.mark.parametrize("title", _SECTIONS)
def test_examples_are_what_the_report_says(title: str) -> None:
    report = render(title.lower(), everything(), replace(PLAIN, statistics=True))
    examples = re.findall(rf"^```(?:{'|'.join(_LANGUAGES)})\n(.*?)^```$", _SECTIONS[title], re.MULTILINE | re.DOTALL)
    assert examples or title == "SARIF"
    for example in examples:
        text = example.rstrip("\n")
        assert any(indent(text, " " * room) in report for room in (0, 2, 4, 6)), text


def test_every_format_has_its_section_and_its_row() -> None:
    assert [title.lower() for title in _SECTIONS] == list(FORMATS)
    assert re.findall(r"^\| \[`(\w+)`\]\(#(\w+)\) \|", _PAGE, re.MULTILINE) == [(name, name) for name in FORMATS]


@pytest.mark.parametrize("members", [_SCHEMA["required"], _SCHEMA["$defs"]["finding"]["required"]])
def test_the_tables_name_every_member(members: list[str]) -> None:
    rows = re.findall(r"^\| (`.*?) \|", _PAGE, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert set(members) <= named

"""The examples in docs/reports.md are parts of real reports, and its tables name what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import indent

import pytest

from sglint.reports.registry import FORMATS, render
from tests.reports.outcomes import PLAIN, everything

_DOCS = Path(__file__).parents[2] / "docs"
_PAGE = (_DOCS / "reports.md").read_text(encoding="utf-8")
_SCHEMA = json.loads((_DOCS / "schema/sglint-report.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("format", "indentation"), [("text", ""), ("json", " " * 6)])
def test_an_example_is_what_the_report_says(format: str, indentation: str) -> None:
    examples = re.findall(rf"^```{format}\n(.*?)^```$", _PAGE, re.MULTILINE | re.DOTALL)
    assert len(examples) == 1
    assert indent(examples[0], indentation) in render(format, everything(), PLAIN)


def test_every_format_has_its_section() -> None:
    assert [title.lower() for title in re.findall(r"^## (.*)$", _PAGE, re.MULTILINE)] == list(FORMATS)


@pytest.mark.parametrize("members", [_SCHEMA["required"], _SCHEMA["$defs"]["finding"]["required"]])
def test_the_tables_name_every_member(members: list[str]) -> None:
    rows = re.findall(r"^\| (`.*?) \|", _PAGE, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert set(members) <= named

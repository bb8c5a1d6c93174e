from __future__ import annotations

import re

import pytest

from sglint.reports.requested import Requested, requested


@pytest.mark.parametrize(
    ("formats", "output", "expected"),
    [
        ([], None, [("text", None)]),
        ([], "r.txt", [("text", "r.txt")]),
        (["json"], None, [("json", None)]),
        (["json"], "r.json", [("json", "r.json")]),
        (["sarif=a=b.sarif"], None, [("sarif", "a=b.sarif")]),
        (["text", "sarif=out.sarif"], None, [("text", None), ("sarif", "out.sarif")]),
        (["sarif=a.sarif", "sarif=b.sarif"], None, [("sarif", "a.sarif"), ("sarif", "b.sarif")]),
    ],
)
def test_requested(formats: list[str], output: str | None, expected: list[tuple[str, str | None]]) -> None:
    assert requested(formats, output) == tuple(Requested(*each) for each in expected)


@pytest.mark.parametrize(
    ("formats", "output", "message"),
    [
        (
            ["xml"],
            None,
            'there is no format "xml"; there are text, json, sarif, concise, markdown, github, gitlab, junit and csv',
        ),
        (["sarif="], None, "--format sarif= names no file"),
        (
            ["text", "json"],
            None,
            "only one report goes to standard output, not text and json; write --format NAME=FILE",
        ),
        (["text", "json=a"], "b", "--output is for one format; write --format NAME=FILE for each of several"),
        (["json=a"], "b", "--output and --format json=a both name a file"),
        (["json=a", "csv=./a"], None, "--format json and --format csv both write ./a"),
    ],
)
def test_contradictions(formats: list[str], output: str | None, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        requested(formats, output)

"""Whole reports, compared with the files in golden/. SGLINT_UPDATE_GOLDENS=1 writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sglint import __version__
from sglint.model.record import replace
from sglint.reports.options import Options
from sglint.reports.registry import FORMATS, render
from sglint.triage.finding import Outcome
from tests.reports.outcomes import PLAIN, everything, hostile, silent

_GOLDEN = Path(__file__).parent / "golden"
_VERBOSE = replace(PLAIN, verbose=True)
_COLOR = replace(PLAIN, color=True)

_ENDINGS = {
    "concise": ".concise",
    "markdown": ".md",
    "github": ".github",
    "gitlab": ".gitlab.json",
    "junit": ".junit.xml",
    "csv": ".csv",
}

_CASES = [
    ("everything.txt", "text", everything(), PLAIN),
    ("everything-verbose.txt", "text", everything(), _VERBOSE),
    ("everything-color.txt", "text", everything(), _COLOR),
    ("everything-quiet.txt", "text", everything(), replace(PLAIN, quiet=True)),
    ("everything.json", "json", everything(), PLAIN),
    ("everything.sarif", "sarif", everything(), PLAIN),
    ("everything-narrow.txt", "text", everything(), replace(PLAIN, width=60, seconds=0.25)),
    ("everything-statistics.txt", "text", everything(), replace(PLAIN, quiet=True, statistics=True)),
    *(
        (f"{name}{ending}", format, outcome(), PLAIN)
        for name, outcome in (("everything", everything), ("silent", silent), ("hostile", hostile))
        for format, ending in _ENDINGS.items()
    ),
    ("everything-verbose.concise", "concise", everything(), _VERBOSE),
    ("everything-verbose.github", "github", everything(), _VERBOSE),
    ("silent.txt", "text", silent(), PLAIN),
    ("silent.json", "json", silent(), PLAIN),
    ("silent.sarif", "sarif", silent(), PLAIN),
    ("hostile.txt", "text", hostile(), PLAIN),
    ("hostile.json", "json", hostile(), PLAIN),
    ("hostile.sarif", "sarif", hostile(), PLAIN),
]


@pytest.mark.parametrize(("name", "format", "outcome", "options"), _CASES, ids=[case[0] for case in _CASES])
def test_report(name: str, format: str, outcome: Outcome, options: Options) -> None:
    report = render(format, outcome, options).replace(f'ersion": "{__version__}"', 'ersion": "VERSION"')
    golden = _GOLDEN / name
    if os.environ.get("SGLINT_UPDATE_GOLDENS") == "1":
        golden.write_text(report, encoding="utf-8", newline="\n")
    assert report == golden.read_text(encoding="utf-8")


def test_every_golden_is_compared() -> None:
    assert sorted(path.name for path in _GOLDEN.iterdir()) == sorted(case[0] for case in _CASES)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_outcome_gives_the_same_bytes(format: str) -> None:
    assert render(format, everything(), PLAIN) == render(format, everything(), PLAIN)


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_of_nothing_is_empty_or_ends_with_a_line_end(format: str) -> None:
    report = render(format, Outcome(), PLAIN)
    assert report.endswith("\n") or (report == "" and format in ("concise", "github"))

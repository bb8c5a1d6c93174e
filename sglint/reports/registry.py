"""The report formats by name. Each is one module with one door, loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias

from sglint.reports.options import Options
from sglint.triage.finding import Outcome

FORMATS = {
    "text": "sglint.reports.text",
    "json": "sglint.reports.json_report",
    "sarif": "sglint.reports.sarif",
    "concise": "sglint.reports.concise",
    "markdown": "sglint.reports.markdown",
    "github": "sglint.reports.github",
    "gitlab": "sglint.reports.gitlab",
    "junit": "sglint.reports.junit",
    "csv": "sglint.reports.csv_report",
}

_Render: TypeAlias = Callable[[Outcome, Options], str]


def render(format: str, outcome: Outcome, options: Options) -> str:
    """The report in a format of `FORMATS`; KeyError for any other."""
    door: _Render = import_module(FORMATS[format]).render
    return door(outcome, options)

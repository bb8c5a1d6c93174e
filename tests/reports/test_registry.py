from __future__ import annotations

import subprocess
import sys

import pytest

from sglint.reports.options import Options
from sglint.reports.registry import FORMATS, render
from sglint.triage.finding import Outcome


def test_the_formats() -> None:
    assert list(FORMATS) == ["text", "json", "sarif", "concise", "markdown", "github", "gitlab", "junit", "csv"]


def test_another_format_is_none() -> None:
    with pytest.raises(KeyError):
        render("xml", Outcome(), Options())


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "sarif"])
def test_only_sarif_loads_the_library_for_it(format: str) -> None:
    script = (
        "import sys\n"
        "from sglint.reports.options import Options\n"
        "from sglint.reports.registry import render\n"
        "from sglint.triage.finding import Outcome\n"
        f"render({format!r}, Outcome(), Options())\n"
        "print('sarif_om' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"

"""The bar of a long run: on a terminal only, and gone in the end."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.terminals import on_terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

_SLOW = """
import sys
from sglint.cli import progress
progress._PATIENCE = 0.0
progress._PACE = 0.0
from sglint.cli import main
sys.exit(main(sys.argv[1:]))
"""


def _error_output(directory: Path, *arguments: str, program: str = _SLOW, **environment: str) -> str:
    """What a run shows on a terminal that is its standard error only."""
    given = {name: value for name, value in os.environ.items() if name not in ("CI", "TERM", "NO_COLOR")}
    status, shown = on_terminal(
        (sys.executable, "-c", program, ".", *arguments),
        "stderr",
        {**given, "TERM": "xterm", "COLUMNS": "80", **environment},
        directory,
    )
    assert status == 0
    return shown


@pytest.fixture
def units(tmp_path: Path) -> Path:
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text('resource "aws_vpc" "main" {}\n')
    return tmp_path


def test_a_terminal_sees_how_far_the_run_is_and_then_nothing_of_it(units: Path) -> None:
    shown = _error_output(units)
    assert "3/3" in shown
    assert "units" in shown
    assert shown.rstrip().endswith("\x1b[2K")  # the line is erased


@pytest.mark.parametrize(
    ("arguments", "environment"), [(("--quiet",), {}), ((), {"CI": "true"}), ((), {"TERM": "dumb"})]
)
def test_nobody_else_sees_it(units: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    assert _error_output(units, *arguments, **environment) == ""


def test_a_short_run_has_no_bar_and_loads_nothing_for_it(units: Path) -> None:
    program = _SLOW.replace("0.0", "60.0") + "\nassert 'rich' not in sys.modules"
    program = program.replace("sys.exit(main(sys.argv[1:]))", "assert main(sys.argv[1:]) == 0")
    assert _error_output(units, program=program) == ""

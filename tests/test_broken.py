"""Input that cannot be read, or not all of it: the exact problems, status 3, and everything that is intact judged.

Each directory of `fixtures/broken` holds input, `expected.txt` with the problems line by line, and `rules.txt` with
what is still understood, where that is anything.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.cli import main
from sglint.engine import understand
from sglint.notation import write_rule
from sglint.settings import Settings

BROKEN = sorted(path for path in (Path(__file__).parents[1] / "fixtures" / "broken").iterdir() if path.is_dir())


def inputs_of(directory: Path) -> tuple[str, ...]:
    """What to name on the command line; variable files are found beside the rest."""
    return tuple(sorted(path.name for path in directory.iterdir() if path.suffix not in (".txt", ".tfvars")))


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.mark.parametrize("directory", BROKEN, ids=lambda directory: directory.name)
def test_problems_and_what_is_intact(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(directory)
    understood = understand(Settings(inputs_of(directory)))
    assert [str(problem) for problem in understood.problems] == lines_of(directory / "expected.txt")
    groups = (group for analysis in understood.analyses for group in analysis.estate.groups)
    assert [write_rule(rule) for group in groups for rule in group.rules] == lines_of(directory / "rules.txt")


@pytest.mark.parametrize("directory", BROKEN, ids=lambda directory: directory.name)
def test_the_status_says_that_input_could_not_be_read(
    directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(directory)
    expected = lines_of(directory / "expected.txt")
    assert main(["check", "--format", "json", *inputs_of(directory)]) == (3 if expected else 0)
    said = capsys.readouterr().err
    assert all(line.partition(": ")[2].partition(";")[0] in said for line in expected)

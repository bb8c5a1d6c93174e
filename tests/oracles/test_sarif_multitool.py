"""The SARIF report against Microsoft's validator, with its rules for GitHub ingestion."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sglint.engine import run
from sglint.model.location import Location, Step
from sglint.model.record import replace
from sglint.model.revision import Revision
from sglint.notation import read_rule
from sglint.reports.options import Options
from sglint.reports.sarif import render
from sglint.settings import Settings
from sglint.triage.finding import Outcome
from tests.oracles.gate import require
from tests.reports.outcomes import PLAIN, SSH, catalogue, everything, finding, hostile, silent

FIXTURES = Path(__file__).parents[2] / "fixtures"
_LOCAL = Path(__file__).parents[2] / "node_modules" / ".bin" / "sarif-multitool"

Validate = Callable[[str], list[str]]


@pytest.fixture
def validate(tmp_path: Path) -> Validate:
    """Validates a log and gives its errors and warnings, one line each."""
    tool = require(
        "sarif-multitool (SGLINT_SARIF_MULTITOOL, PATH or node_modules)",
        os.environ.get("SGLINT_SARIF_MULTITOOL")
        or shutil.which("sarif-multitool")
        or (str(_LOCAL) if _LOCAL.exists() else None),
    )
    # The launcher in JavaScript hands its arguments to a shell as they are.
    through_shell = os.path.realpath(tool).endswith(".js")

    def run(log: str) -> list[str]:
        (tmp_path / "in.sarif").write_text(log, encoding="utf-8")
        arguments = ["validate", str(tmp_path / "in.sarif"), "--rule-kind", "Sarif;Gh", "--level", "Error;Warning"]
        arguments += ["--output", str(tmp_path / "out.sarif"), "--log", "ForceOverwrite"]
        if through_shell:
            arguments = [shlex.quote(argument) for argument in arguments]
        done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        report = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8-sig"))["runs"][0]
        assert report["invocations"][0]["executionSuccessful"], done.stdout
        return [f"{result['ruleId']} {json.dumps(result['message'])}" for result in report.get("results", [])]

    return run


@pytest.mark.parametrize("outcome", [everything, silent, hostile, catalogue, Outcome])
def test_there_is_no_error_and_no_warning(validate: Validate, outcome: Callable[[], Outcome]) -> None:
    assert validate(render(outcome(), PLAIN)) == []


def test_paths_outside_the_root_are_no_fault(validate: Validate) -> None:
    assert validate(render(everything(), replace(PLAIN, root="/srv/project/below"))) == []


def test_a_revision_is_no_fault(validate: Validate) -> None:
    revision = Revision("https://github.com/example/network", "0123456789abcdef0123456789abcdef01234567", "main")
    assert validate(render(everything(), replace(PLAIN, revision=revision, category="network/prod"))) == []


def test_what_is_cut_for_its_length_is_no_fault(validate: Validate) -> None:
    steps = tuple(Step(f"[{'x' * number}](1)", Location("a.tf", number, 1, number, 2)) for number in range(1, 1200))
    place = Location("a.tf", 1, 1, 1, 2)
    rule = replace(read_rule("web ingress tcp 22 from 0.0.0.0/0"), evidence=steps)
    assert (
        validate(render(Outcome(findings=(finding(SSH, place, "web", "x" * 5000, rule=rule, related=steps),)), PLAIN))
        == []
    )


def test_the_validator_judges_by_the_standard_and_by_github(validate: Validate) -> None:
    log = json.loads(render(everything(), PLAIN))
    first, second, *_ = log["runs"][0]["results"]
    del first["locations"][0]["physicalLocation"]["region"]
    del second["locations"]
    found = {line.split()[0] for line in validate(json.dumps(log))}
    assert {"SARIF2017", "GH1015"} <= found


@pytest.mark.parametrize("room", sorted(path.name for path in FIXTURES.iterdir() if path.is_dir()))
def test_what_every_fixture_comes_to(validate: Validate, room: str) -> None:
    """Few logs with a run for each fixture: the validator takes seconds to start, and GitHub takes 20 runs."""
    runs = []
    for fixture in sorted(path for path in (FIXTURES / room).iterdir() if path.is_dir()):
        outcome = run(Settings(paths=(os.path.relpath(fixture),)))
        runs += json.loads(render(outcome, Options(category=f"sglint/{fixture.name}")))["runs"]
    log = json.loads(render(Outcome(), Options()))
    for first in range(0, len(runs), 20):
        assert validate(json.dumps({**log, "runs": runs[first : first + 20]})) == []

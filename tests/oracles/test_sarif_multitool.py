"""The SARIF report against Microsoft's validator, with its rules for GitHub ingestion."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sglint.reports.sarif import render
from sglint.triage.finding import Outcome
from tests.oracles.gate import require
from tests.reports.outcomes import PLAIN, catalogue, everything, hostile, silent

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


def test_the_validator_judges_by_the_standard_and_by_github(validate: Validate) -> None:
    log = json.loads(render(everything(), PLAIN))
    first, second, *_ = log["runs"][0]["results"]
    del first["locations"][0]["physicalLocation"]["region"]
    del second["locations"]
    found = {line.split()[0] for line in validate(json.dumps(log))}
    assert {"SARIF2017", "GH1015"} <= found

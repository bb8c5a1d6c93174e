"""docs/ci.md: its workflows fit the action, and its commands write what they say."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from sglint import __version__
from sglint.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
EXAMPLES: list[Any] = [
    yaml.safe_load(each) for each in re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
]
WORKFLOW, GITLAB, SHARDS, PRE_COMMIT = EXAMPLES
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
CASE = next(path.parent for path in sorted((ROOT / "fixtures" / "cases").glob("*/main.tf")))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(CASE / "main.tf", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_table_names_every_input_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([\w-]+)` \| .* \| (.*) \|$", PAGE, re.MULTILINE))
    assert list(rows) == list(ACTION["inputs"])
    for name, definition in ACTION["inputs"].items():
        assert (rows[name] == f"`{definition['default']}`") == bool(definition["default"])


def test_the_outputs_are_named() -> None:
    for name in ACTION["outputs"]:
        assert f"`{name}`, the" in PAGE


def test_the_workflow_fits_the_action() -> None:
    (job,) = WORKFLOW["jobs"].values()
    assert job["permissions"] == {"contents": "read", "security-events": "write", "pull-requests": "write"}
    step = job["steps"][-1]
    assert step["uses"].endswith(f"sglint@v{__version__}")
    assert set(step["with"]) <= set(ACTION["inputs"])


def test_the_job_for_gitlab_writes_the_reports_that_it_keeps(project: Path) -> None:
    (job,) = GITLAB.values()
    (command,) = job["script"]
    program, *arguments = shlex.split(command)
    assert program == "sglint"
    assert main(arguments) in (0, 1)
    for report in job["artifacts"]["reports"].values():
        assert (project / report).stat().st_size
    assert job["variables"]["SGLINT_SOURCE"].endswith(f"sglint@v{__version__}")


def test_the_shards_are_merged_to_one_report(project: Path) -> None:
    assert main([".", "--format", "sarif=whole.sarif"]) in (0, 1)
    shard, merge = SHARDS["jobs"]["shard"], SHARDS["jobs"]["merge"]
    numbers = shard["strategy"]["matrix"]["shard"]
    (template,) = _commands(shard)
    for number in numbers:
        assert main(shlex.split(template.replace("${{ matrix.shard }}", str(number)))[1:]) == 0
    assert f"/{len(numbers)} " in template
    (joining,) = _commands(merge)
    _, *arguments = shlex.split(joining)
    pattern = arguments.index("shard-*.sarif")
    arguments[pattern : pattern + 1] = [path.name for path in sorted(project.glob("shard-*.sarif"))]
    assert main(arguments) in (0, 1)
    (upload,) = (step for step in merge["steps"] if "upload-sarif" in step.get("uses", ""))
    assert (project / upload["with"]["sarif_file"]).read_bytes() == (project / "whole.sarif").read_bytes()


def _commands(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if step.get("run", "").startswith("sglint ")]


def test_the_other_commands_run(project: Path) -> None:
    commands = re.findall(r"`sglint (\. --format [^`]*)`", PAGE)
    assert len(commands) == 3
    for command in commands:
        assert main(shlex.split(command)) in (0, 1)
        (file,) = re.findall(r"=(\S+)", command)
        assert (project / file).stat().st_size


def test_the_hooks_are_there() -> None:
    known = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    (repository,) = PRE_COMMIT["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= known
    assert repository["rev"] == f"v{__version__}"

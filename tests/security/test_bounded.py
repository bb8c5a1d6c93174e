"""Whatever the input asks for, a run takes bounded time and memory, and says what it leaves out."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from sglint.config.limits import LIMITS
from sglint.model.limits import Limits
from tests.security.bombs import BOMBS, GROUP, MEMBER, SECOND, SOUND
from tests.security.counting import calls_of

_MEMORY = 1_000_000_000
"""Addresses, of which a process uses half at most."""
_SECONDS = 40
"""Of the processor; a run takes a fraction of it, on any machine that tests run on."""


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def _run(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sglint", *arguments, *([] if arguments[0] == "diff" else ["--jobs", "1"])]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, preexec_fn=_bounded, check=False)


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs(bomb: str, tmp_path: Path) -> None:
    BOMBS[bomb](tmp_path)
    if bomb in SECOND:
        SECOND[bomb](tmp_path)
    done = _run(tmp_path, ".")
    assert done.returncode in (0, 1, 2, 3), done.stderr[-2000:]
    assert "sglint failed on it" not in done.stderr
    assert "sglint: failed:" not in done.stderr
    assert "Traceback" not in done.stderr
    assert all(len(line) < 10_000 for line in done.stderr.splitlines())


LEFT_OUT = {
    "ranges": "Too much to evaluate: more than",
    "count": "Too many instances: more than 10000 are not evaluated one by one",
    "for each": "Too many rules, groups of resources or targets: more than",
    "groups of each resource": "Too many rules, groups of resources or targets: more than 30000",
    "targets of each listener": "Too many rules, groups of resources or targets: more than 30000",
    "dynamic": "Too many rules, groups of resources or targets: more than",
    "branching stacks": "Too many stacks: more than 500 nested stacks",
    "branching modules": "Too many modules: more than",
    "counted modules": "Too many modules: more than",
    "many braces": "with it the root module has more than",
    "hcl brackets": "nests too deeply to be read",
    "json nesting": "nests deeper than 100 levels",
    "yaml nesting": "nests deeper than 100 levels",
    "yaml aliases beside a comment": "aliases repeat more than 200000 values",
    "overlapping rules": "Too many rules to compare: more than 1000000 pairs",
    "overlapping entries": "Too many rules to compare: more than 1000000 pairs",
    "groups in many files": "with it the root module has more than 650000 signs and lines",
    "groups in many modules": "with it the root module has more than 650000 signs and lines",
    "values of a document": "is not read: it has more than 1100000 values and keys",
    "values of json": "is not read: it has more than 1100000 values and keys",
    "searches": "Too much to evaluate: more than 500000 expressions",
    "claims": "Too many findings and what accepts them to compare: more than 1000000 pairs",
    "loops": "Too many repetitions: more than 5000",
    "long chains": "Too deep: ",
    "doubled texts": "Too large to compute: a text of more than 1000000 characters",
    "formatted texts": "Too large to compute: a text of more than 1000000 characters",
    "format width": "Too large to compute: a text of more than 1000000 characters",
    "joined texts": "Too large to compute: a text of more than 1000000 characters",
    "heredocs": "Too large to compute: a text of more than 1000000 characters",
    "doubled lists": "Too large to compute: a collection of more than 10000 items",
    "setproduct": "Too large to compute: a collection of more than 10000 items",
    "doubled tuples": "Too large to compute: more than 200000 values",
    "yamldecode aliases": "Too large to compute: YAML of more than 200000 values",
    "yaml aliases": "aliases repeat more than 200000 values",
    "nested delimiters": "Too large to compute: a text of more than 1000000 characters",
    "subs of long texts": "Too large to compute: a text of more than 1000000 characters",
}


@pytest.mark.parametrize("bomb", LEFT_OUT)
def test_what_is_left_out_is_a_problem(bomb: str, tmp_path: Path) -> None:
    BOMBS[bomb](tmp_path)
    if bomb in SECOND:
        SECOND[bomb](tmp_path)
    done = _run(tmp_path, ".")
    assert done.returncode == 3
    assert LEFT_OUT[bomb] in done.stderr


@pytest.mark.parametrize(
    ("bomb", "setting"), [("doubled texts", "text"), ("doubled lists", "items"), ("doubled tuples", "values")]
)
def test_what_is_too_large_is_told_once_for_each_place_with_its_setting(
    bomb: str, setting: str, tmp_path: Path
) -> None:
    BOMBS[bomb](tmp_path)
    lines = _run(tmp_path, ".").stderr.splitlines()
    assert 0 < len(lines) <= 3
    assert len(set(lines)) == len(lines)
    for line in lines:
        assert line.startswith("sglint: main.tf:")
        assert line.endswith(f"; raise {setting} in [tool.sglint.limits] to have it computed")


def test_what_nothing_that_is_judged_asks_for_is_no_problem(tmp_path: Path) -> None:
    BOMBS["doubled texts"](tmp_path)
    (tmp_path / "main.tf").write_text((tmp_path / "main.tf").read_text().replace("local.a]", '"0.0.0.0/0"]'))
    done = _run(tmp_path, ".")
    assert (done.returncode, done.stderr) == (1, "")


def test_what_is_too_much_to_compare_is_a_problem_of_a_diff(tmp_path: Path) -> None:
    for side, cidr in (("old", "10.0.0.0/9"), ("new", "10.0.0.0/8")):
        (tmp_path / side).mkdir()
        BOMBS["overlapping rules"](tmp_path / side)
        path = tmp_path / side / "main.tf"
        path.write_text(path.read_text().replace("0.0.0.0/0", cidr) + SOUND.replace("0.0.0.0/0", cidr))
    done = _run(tmp_path, "diff", "old", "new")
    assert done.returncode == 3
    assert "Too many rules to compare: more than 1000000 pairs" in done.stderr
    assert "aws_security_group.sound" in done.stdout


@pytest.mark.parametrize("bomb", ["hcl brackets", "hcl calls", "doubled tuples", "ranges"])
def test_what_stands_beside_is_judged(bomb: str, tmp_path: Path) -> None:
    BOMBS[bomb](tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "main.tf").write_text(SOUND)
    assert "SG102 ssh-from-world" in _run(tmp_path, ".").stdout


def test_what_rules_open_by_themselves_is_told_however_many_there_are(tmp_path: Path) -> None:
    BOMBS["overlapping rules"](tmp_path)
    (tmp_path / "main.tf").write_text((tmp_path / "main.tf").read_text() + SOUND)
    found = _run(tmp_path, ".").stdout
    assert found.count("SG102 ssh-from-world") > 1
    assert "aws_security_group.sound" in found


@pytest.mark.parametrize("name", ["big.tf", "big.yaml", "big.json", "big.template", "terraform.tfvars", ".gitignore"])
def test_a_file_of_200_megabytes(name: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(SOUND)
    start = (
        f"Resources:\n{MEMBER}" if name.endswith((".yaml", ".template")) else '{"Resources": {"A": {"Type": "A::B::C"'
    )
    with (tmp_path / name).open("w") as file:
        file.write(start + "\n")
        file.truncate(200_000_000)
    done = _run(tmp_path, ".")
    assert "SG102" in done.stdout
    if name != ".gitignore":
        assert done.returncode == 3
        assert f"sglint: {name}:1:1: is not read: it is larger than 10000000 bytes" in done.stderr
        assert "raise file-bytes" in done.stderr


def test_a_large_file_that_is_no_template_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(SOUND)
    with (tmp_path / "data.json").open("w") as file:
        file.write('{"rows": [')
        file.truncate(200_000_000)
    done = _run(tmp_path, ".")
    assert (done.returncode, done.stderr) == (1, "")
    assert _run(tmp_path, "data.json").returncode == 3


@pytest.mark.parametrize("name", ["main.tf", "t.json", "t.yaml"])
def test_one_line_of_50_megabytes(name: str, tmp_path: Path) -> None:
    (tmp_path / ".sglint.toml").write_text("[limits]\nfile-bytes = 60_000_000\n")
    group = '{"Resources": {"W": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "'
    text = f"{SOUND}# " if name == "main.tf" else group
    (tmp_path / name).write_text(text + "x" * 50_000_000 + ('"}}}}' if name != "main.tf" else ""))
    done = _run(tmp_path, ".")
    assert done.returncode in (1, 3), done.stderr[-500:]
    assert len(done.stdout) < 100_000
    assert "failed" not in done.stderr


def test_many_files_take_time_that_grows_with_their_number(tmp_path: Path) -> None:
    """Four times the files, four times the calls."""
    counts = []
    for number in (250, 1000):
        top = tmp_path / str(number)
        for index in range(number):
            (top / f"d{index % 50}").mkdir(parents=True, exist_ok=True)
            (top / f"d{index % 50}" / f"f{index}.tf").write_text("locals {}\n")
            (top / f"d{index % 50}" / f"f{index}.yaml").write_text("a: 1\n")
        status, calls = calls_of(str(top))
        assert status == 0
        counts.append(calls)
    assert counts[1] < 5 * counts[0]


def test_more_files_than_are_looked_at(tmp_path: Path) -> None:
    for index in range(30):
        (tmp_path / f"d{index:02}").mkdir()
        (tmp_path / f"d{index:02}" / "main.tf").write_text(SOUND)
    (tmp_path / ".sglint.toml").write_text("[limits]\nfiles = 50\n")
    done = _run(tmp_path, ".")
    assert done.returncode == 3
    assert 0 < done.stdout.count("SG102") < 30
    assert re.search(
        r"^sglint: d\d\d:1:1: there are more than 50 files and directories; from here on", done.stderr, re.MULTILINE
    )


@pytest.mark.parametrize("setting", LIMITS.settings, ids=lambda setting: setting.key)
def test_each_limit_can_be_set_and_says_how(setting: object, tmp_path: Path) -> None:
    key = setting.key  # type: ignore[attr-defined]
    (tmp_path / "main.tf").write_text(
        GROUP.replace("CIDRS", '[for a in concat(["0.0.0.0/0"], ["10.0.0.0/8"]) : "${a}"]').replace(
            "name  ", "count = 2\n  name  "
        )
        + 'module "m" {\n  source = "./m"\n}\nmodule "n" {\n  source = "./m"\n}\n'
    )
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text(SOUND)
    loop = '{"Fn::ForEach::L": ["V", ["a", "b"], {"W${V}": {"Type": "AWS::EC2::SecurityGroup", "Properties": {}}}]'
    stack = '"N": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "t.yaml"}}'
    second = stack.replace('"N"', '"O"')
    (tmp_path / "s.json").write_text(
        f'{{"Transform": "AWS::LanguageExtensions", "Resources": {loop}, {stack}, {second}}}}}'
    )
    (tmp_path / "t.yaml").write_text(f"Resources:\n{MEMBER}")
    before = _run(tmp_path, ".", "--verbose")
    assert before.returncode == 1, before.stderr
    (tmp_path / ".sglint.toml").write_text(f"[limits]\n{key} = 1\n")
    after = _run(tmp_path, ".", "--verbose")
    assert after.returncode == 3
    assert ("nests " if key.endswith("-depth") else f"; raise {key} in [tool.sglint.limits] to have ") in after.stderr
    (tmp_path / ".sglint.toml").write_text(f"[limits]\n{key} = 999999999999999\n")
    assert _run(tmp_path, ".").returncode == 2


def test_every_limit_is_declared_with_a_ceiling_above_its_default() -> None:
    assert [setting.key.replace("-", "_") for setting in LIMITS.settings] == list(Limits.__match_args__)
    for setting in LIMITS.settings:
        assert int(setting.default) <= setting.kind.maximum  # type: ignore[attr-defined]

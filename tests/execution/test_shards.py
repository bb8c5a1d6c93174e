"""Shards together say what one run says, byte for byte, and a unit that is added moves no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.cli import main
from sglint.engine import run
from sglint.execution.shards import is_of_shard
from sglint.settings import Settings, Shard
from tests.execution.corpora import FIXTURES, write_corpora


@given(st.lists(st.text(min_size=1), unique=True), st.text(), st.integers(1, 12))
def test_each_unit_is_of_one_shard_whatever_others_there_are(paths: list[str], added: str, total: int) -> None:
    def shards(of: list[str]) -> dict[str, list[int]]:
        return {path: [n for n in range(1, total + 1) if is_of_shard(path, Shard(n, total))] for path in of}

    before = shards(paths)
    assert all(len(numbers) == 1 for numbers in before.values())
    after = shards([*paths, added])
    assert {path: after[path] for path in paths} == before


def test_the_path_as_typed_does_not_count() -> None:
    assert [is_of_shard("a/b", Shard(n, 5)) for n in range(1, 6)] == [
        is_of_shard("./a//b/", Shard(n, 5)) for n in range(1, 6)
    ]


def _sarif(directory: Path, name: str, *arguments: str) -> tuple[int, bytes]:
    target = directory / name
    status = main([*arguments, "--format", f"sarif={target}"])
    return status, target.read_bytes()


@pytest.mark.parametrize("terms", [(), ("--strict", "--fail-on", "critical"), ("--forbid", "suppressions")], ids=str)
def test_fixtures(terms: tuple[str, ...], tmp_path: Path) -> None:
    paths = [str(path) for path in sorted(FIXTURES.iterdir()) if path.is_dir()]
    _assert_as_one(tmp_path, [*paths, "--no-cache", *terms], total=4)


def test_generated_input(tmp_path: Path) -> None:
    write_corpora(tmp_path / "input")
    _assert_as_one(tmp_path, [str(tmp_path / "input"), "--no-cache", "--no-config"], total=3)


def test_a_stack_that_is_nested_in_one_of_another_shard(tmp_path: Path) -> None:
    top = tmp_path / "input"
    top.mkdir()
    group = "Resources:\n  SG:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: g}\n"
    for number in range(8):
        (top / f"child-{number}.yaml").write_text(group)
        (top / f"parent-{number}.yaml").write_text(
            "Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n"
            f"    Properties: {{TemplateURL: ./child-{number}.yaml}}\n"
        )
    _assert_as_one(tmp_path, [str(top), "--no-cache", "--no-config"], total=3)


def test_a_suppression_that_is_of_use_in_one_shard_alone(tmp_path: Path) -> None:
    top = tmp_path / "input"
    (top / "module").mkdir(parents=True)
    (top / "module" / "main.tf").write_text(
        'variable "cidrs" {}\nresource "aws_security_group" "x" {\n  description = "d"\n'
        '  # sglint: ignore[ssh-from-world] reason="reviewed"\n  ingress {\n'
        '    from_port = 22\n    to_port = 22\n    protocol = "tcp"\n    description = "d"\n'
        "    cidr_blocks = var.cidrs\n  }\n}\n"
    )
    for number in range(6):
        (top / f"caller-{number}").mkdir()
        cidr = "0.0.0.0/0" if number == 3 else "192.0.2.0/30"
        (top / f"caller-{number}" / "main.tf").write_text(
            f'module "x" {{\n  source = "../module"\n  cidrs = ["{cidr}"]\n}}\n'
        )
    found = _assert_as_one(tmp_path, [str(top), "--no-cache", "--no-config"], total=4)
    assert "SG905" not in {result["ruleId"] for result in found}


def _assert_as_one(directory: Path, arguments: list[str], total: int) -> list[dict[str, object]]:
    status, whole = _sarif(directory, "whole.sarif", *arguments)
    shards = []
    for number in range(1, total + 1):
        name = f"{number}.sarif"
        _sarif(directory, name, *arguments, "--shard", f"{number}/{total}")
        shards.append(str(directory / name))
    threshold = ["--fail-on", "critical"] if "critical" in arguments else []
    merged_status, merged = _sarif(directory, "merged.sarif", "merge", *reversed(shards), *threshold)
    assert merged == whole
    assert merged_status == status
    found: list[dict[str, object]] = json.loads(whole)["runs"][0]["results"]
    return found


def test_what_cannot_be_merged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(FIXTURES / "policies")
    for number in (1, 2):
        _sarif(tmp_path, f"{number}.sarif", source, "--no-cache", "--shard", f"{number}/2")
    _sarif(tmp_path, "of-three.sarif", source, "--no-cache", "--shard", "2/3")
    _sarif(tmp_path, "whole.sarif", source, "--no-cache")
    (tmp_path / "copy.sarif").write_bytes((tmp_path / "1.sarif").read_bytes())
    damaged = json.loads((tmp_path / "2.sarif").read_text())
    damaged["runs"][0]["properties"]["sglint/shard"]["shares"] = [[[["TERRAFORM", "x", [99]]], [0]]]
    (tmp_path / "damaged.sarif").write_text(json.dumps(damaged))
    damaged["runs"][0]["properties"]["sglint/shard"]["version"] = "0.0.1"
    (tmp_path / "older.sarif").write_text(json.dumps(damaged))
    (tmp_path / "text.sarif").write_text("no JSON")
    capsys.readouterr()
    for names, told in (
        (("1",), "of 2 shards, 2 is missing"),
        (("1", "copy"), "are the same shard"),
        (("1", "of-three"), "is of another run than"),
        (("1", "whole"), "is no report of a shard: write it with --shard and --format sarif"),
        (("1", "text"), "is no report of a shard"),
        (("1", "older"), "was written by sglint 0.0.1"),
        (("1", "damaged"), "what a shard found is damaged"),
        (("1", "missing"), "cannot be read: no such file or directory"),
    ):
        assert main(["merge", *(str(tmp_path / f"{name}.sarif") for name in names)]) == 2
        out, errors = capsys.readouterr()
        assert out == "" and told in errors and errors.count("\n") == 1


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "1/", "/3", "a/b", "1/9999"])
def test_what_is_no_shard(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(FIXTURES / "clean"), "--shard", text]) == 2
    assert "--shard takes N/TOTAL" in capsys.readouterr().err


def test_a_shard_says_nothing_of_what_is_unused() -> None:
    settings = Settings((str(FIXTURES / "policies" / "unused-suppression"),), shard=Shard(1, 1))
    assert "SG905" not in {finding.policy.id for finding in run(settings).findings if not finding.violation.message}
    assert all(not acceptance.unused for acceptance in run(settings).acceptances)

"""A run that knows earlier ones says what one says that knows nothing, whatever changed in between."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sglint.engine import run
from sglint.execution import answers, cache, sieve
from sglint.execution.judging import Judging
from sglint.model.limits import Limits
from sglint.model.record import replace
from sglint.reading.kept import cache_directory, replace_file, weed
from sglint.settings import Settings
from sglint.triage.finding import Outcome
from tests.execution.corpora import FIXTURES, said, write_corpora

GROUP = """\
resource "aws_security_group" "{name}" {{
  description = "What reaches {name}"
  ingress {{
    description = "clients"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.cidrs
  }}
}}
variable "cidrs" {{
  default = ["0.0.0.0/0"] # sglint: ignore[ssh-from-world] reason="reviewed" until=2030-01-01
}}
"""
TREE = {
    "live/main.tf": (
        'module "web" {\n  source = "../modules/web"\n  cidrs  = var.cidrs\n}\n'
        'variable "cidrs" {\n  default = ["10.0.0.0/8"]\n}\n'
    ),
    "live/terraform.tfvars": 'cidrs = ["0.0.0.0/0"]\n',
    "other/main.tf": (
        'module "web" {\n  source = "../modules/web"\n  cidrs  = split(",", trimspace(file("cidrs.txt")))\n}\n'
    ),
    "other/cidrs.txt": "192.0.2.0/24,0.0.0.0/0\n",
    "modules/web/main.tf": GROUP.format(name="web"),
    "lonely/main.tf": GROUP.format(name="lonely"),
    "stacks/network.yaml": (
        "Resources:\n  SG:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: shared, VpcId: v}\n"
        "Outputs:\n  Cidr:\n    Value: 0.0.0.0/0\n    Export: {Name: clients}\n"
    ),
    "stacks/web.yaml": (
        "Resources:\n  SG:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: web\n"
        "      SecurityGroupIngress:\n"
        "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !ImportValue clients, Description: d}\n"
    ),
    "stacks/parent.yaml": (
        "Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: ./child.yaml}\n"
    ),
    "stacks/child.yaml": (
        "Resources:\n  SG:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: child\n"
        "      SecurityGroupIngress: [{IpProtocol: '-1', CidrIp: 0.0.0.0/0}]\n"
    ),
}
CHANGES = (
    ("0.0.0.0/0", "10.0.0.0/8"),
    ("10.0.0.0/8", "0.0.0.0/0"),
    ("22", "443"),
    ("ignore[", "ignored["),
    ("Export", "Exported"),
    ("modules/web", "modules/gone"),
    ("child.yaml", "network.yaml"),
    ("clients", "others"),
)


@pytest.fixture(autouse=True)
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache is used however small the input is, and files count as settled when they are older than the run."""
    monkeypatch.setattr(sieve, "MANY", 1)
    monkeypatch.setattr(answers, "_GRANULARITY", 0)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path / "tree"
    _write(top)
    return top


def _write(top: Path) -> None:
    for name, text in TREE.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text, encoding="utf-8")
    _pause()


def _pause() -> None:
    """Until the clock of the file system has moved on."""
    time.sleep(0.012)


def _settings(top: Path, **terms: Any) -> Settings:
    return replace(Settings((str(top),), cache=str(top.parent / "cache"), today=date(2026, 11, 21)), **terms)


def _assert_as_uncached(top: Path, **terms: Any) -> Outcome:
    outcome = run(_settings(top, **terms))
    assert said(outcome) == said(run(_settings(top, **{**terms, "cache": None})))
    return outcome


def _judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the units that are judged from here on."""
    judge, paths = Judging.verdict, list[str]()

    def verdict(self: Judging, kind: object, path: str) -> object:
        paths.append(path)
        return judge(self, kind, path)  # type: ignore[arg-type]

    monkeypatch.setattr(Judging, "verdict", verdict)
    return paths


def test_nothing_is_judged_again_where_nothing_changed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(_settings(tree))
    judged = _judged(monkeypatch)
    assert said(run(_settings(tree))) == said(first)
    assert judged == []


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("lonely/main.tf", {"lonely"}),
        ("live/terraform.tfvars", {"live"}),
        ("other/cidrs.txt", {"other"}),
        ("modules/web/main.tf", {"live", "other"}),
        ("stacks/child.yaml", {"stacks/child.yaml", "stacks/parent.yaml"}),
        ("stacks/network.yaml", {"stacks/network.yaml", "stacks/web.yaml"}),
    ],
)
def test_a_change_costs_the_units_it_is_part_of(
    name: str, units: set[str], tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(_settings(tree))
    path = tree / name
    path.write_text(path.read_text() + "\n")
    judged = _judged(monkeypatch)
    _pause()
    run(_settings(tree))
    assert {os.path.relpath(each, tree) for each in judged} == units


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(
        st.tuples(
            st.sampled_from(("change", "remove", "copy", "comment", "directory")),
            st.sampled_from(sorted(TREE)),
            st.sampled_from(sorted(TREE)),
            st.sampled_from(CHANGES),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_edits(edits: list[tuple[str, str, str, tuple[str, str]]], tmp_path: Path) -> None:
    top = tmp_path / "tree"
    shutil.rmtree(top, ignore_errors=True)
    _write(top)
    _assert_as_uncached(top)
    for kind, name, other, (old, new) in edits:
        _edit(top, kind, name, other, old, new)
        _pause()
        _assert_as_uncached(top)


def _edit(top: Path, kind: str, name: str, other: str, old: str, new: str) -> None:
    path = top / name
    if kind == "directory":
        shutil.rmtree(path.parent, ignore_errors=True)
    elif kind == "copy":
        target = (top / other).with_name(f"new-{path.name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(TREE[name])
    elif path.exists() and kind == "remove":
        path.unlink()
    elif path.exists():
        text = path.read_text()
        path.write_text(text.replace(old, new) if kind == "change" else f"# {new}\n{text}")


def test_edits_of_all_fixtures(tmp_path: Path) -> None:
    top = tmp_path / "tree"
    shutil.copytree(FIXTURES, top, symlinks=True)
    random = Random(9)
    files = sorted(path for path in top.rglob("*") if path.is_file() and not path.is_symlink())
    for _ in range(3):
        _pause()
        _assert_as_uncached(top, jobs=1)
        for path in random.sample(files, 25):
            if path.exists():
                _damage(path, random)


def _damage(path: Path, random: Random) -> None:
    data = path.read_bytes()
    kind = random.randrange(4)
    if kind == 0:
        path.unlink()
    elif kind == 1:
        path.write_bytes(data.replace(b"0.0.0.0/0", b"10.9.0.0/16").replace(b"22", b"443"))
    elif kind == 2:
        path.write_bytes(data[: random.randrange(len(data) + 1)])
    else:
        path.with_name(f"copy-of-{path.name}").write_bytes(data)


@pytest.mark.parametrize(
    "terms",
    [
        {"profile": "strict"},
        {"select": ("SG102",)},
        {"ignore": ("SG101",)},
        {"variables": ('cidrs=["192.0.2.0/24"]',)},
        {"forbidden": frozenset({"suppressions"})},
        {"today": date(2031, 1, 1)},
        {"respects_gitignore": False},
    ],
    ids=str,
)
def test_other_terms_are_other_runs(terms: dict[str, object], tree: Path) -> None:
    _assert_as_uncached(tree)
    _assert_as_uncached(tree, **terms)
    _assert_as_uncached(tree)


def test_a_module_that_comes_to_be_called(tree: Path) -> None:
    _assert_as_uncached(tree)
    path = tree / "stacks" / "more.tf"
    for text in ('resource "aws_vpc" "x" {}\n', 'module "lonely" {\n  source = "../lonely"\n}\n', ""):
        path.write_text(text)
        _pause()
        _assert_as_uncached(tree)


def test_every_setting_is_a_term_or_known_otherwise(tree: Path) -> None:
    assert set(cache.NO_TERMS) <= set(Settings.__match_args__)
    changed = {"variables": ("a=1",), "profile": "strict", "limits": Limits(files=7), "roots": ("/x",), "named": ("y",)}
    packs = {cache.pack_path(_settings(tree, **{name: value}), "c") for name, value in changed.items()}
    assert len({*packs, cache.pack_path(_settings(tree), "c")}) == len(changed) + 1
    assert cache.pack_path(_settings(tree, jobs=4), "c") == cache.pack_path(_settings(tree), "c")


def test_an_exception_that_comes_from_a_program_is_not_kept(tree: Path) -> None:
    given = replace(_settings(tree), exclude=lambda path, _: path.endswith("lonely"))
    run(given)
    assert not (tree.parent / "cache").exists()


def test_a_configuration_file_that_changes(tree: Path) -> None:
    configuration = tree / ".sglint.toml"
    for text in ("", 'ignore = ["SG302"]\n', '[severity]\nSG102 = "low"\n'):
        configuration.write_text(text)
        _assert_as_uncached(tree, configured=str(configuration))


@pytest.mark.parametrize("spoil", ["cut", "garbled", "empty", "other", "sealed"])
def test_a_damaged_pack_is_passed_over_and_replaced(spoil: str, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = said(run(_settings(tree)))
    (pack,) = (tree.parent / "cache").iterdir()
    data = pack.read_bytes()
    seal, _, body = data.partition(b"\n")
    sealed = json.dumps(
        {"triples": [["content", 3]], "units": {"TERRAFORM x": 7, f"TERRAFORM {tree}/live": [1, [0], []]}}
    )
    spoiled = {
        "cut": data[: len(data) // 2],
        "garbled": data.replace(b"world", b"w\xffrld"),
        "empty": b"",
        "other": seal + b"\n[]",
        "sealed": cache._seal(sealed.encode()) + b"\n" + sealed.encode(),
    }
    assert body
    pack.write_bytes(spoiled[spoil])
    assert said(run(_settings(tree))) == first
    judged = _judged(monkeypatch)
    assert said(run(_settings(tree))) == first
    assert judged == []


@pytest.mark.skipif(sys.platform == "win32", reason="access as POSIX has it")
def test_a_pack_that_others_may_write_is_not_believed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(_settings(tree))
    (pack,) = (tree.parent / "cache").iterdir()
    assert pack.stat().st_mode & 0o777 == 0o600
    assert pack.parent.stat().st_mode & 0o777 == 0o700
    judged = _judged(monkeypatch)
    pack.parent.chmod(0o777)
    run(_settings(tree))
    assert judged


def test_a_place_that_cannot_be_written_is_no_concern(tree: Path) -> None:
    blocked = tree.parent / "file"
    blocked.write_text("")
    _assert_as_uncached(tree, cache=str(blocked / "cache"))


def test_a_file_that_changed_just_before_is_not_relied_on(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_GRANULARITY", 2_000_000_000)
    run(_settings(tree))
    judged = _judged(monkeypatch)
    run(_settings(tree))
    assert len(judged) > 0, "all of it was written less than two seconds ago"


def test_runs_at_the_same_time(tree: Path) -> None:
    expected = said(run(_settings(tree, cache=None)))
    found = []
    threads = [Thread(target=lambda: found.append(said(run(_settings(tree))))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
    assert all(path.suffix == ".json" for path in (tree.parent / "cache").iterdir())


def test_small_input_leaves_no_trace(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "MANY", 300)
    run(_settings(tree))
    assert not (tree.parent / "cache").exists()


def test_generated_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = tmp_path / "tree"
    write_corpora(top)
    _pause()
    _assert_as_uncached(top, jobs=2)
    judged = _judged(monkeypatch)
    _assert_as_uncached(top)
    assert len(judged) == len(set(judged)), "the uncached run alone judged"


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    for number in range(4):
        replace_file(str(tmp_path / f"{number}.json"), b"x" * 100)
        os.utime(tmp_path / f"{number}.json", (number, number))
    weed(str(tmp_path), 250)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2.json", "3.json"]


def test_the_place_of_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_directory() == str(tmp_path / "sglint")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_directory() == str(tmp_path / ".cache" / "sglint")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_directory() == str(tmp_path / "Library" / "Caches" / "sglint")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert cache_directory() == str(tmp_path / "sglint")
    monkeypatch.delenv("LOCALAPPDATA")
    assert cache_directory() is None

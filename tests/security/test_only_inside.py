"""A run only reads, and only inside the input."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sglint.cli import main

FIXTURES = Path(__file__).parents[2] / "fixtures"
AUDITED = Path(__file__).with_name("audited.py")
SECRET = "hostile-secret"
COMMANDS = (("check", "--verbose"), ("dump",), ("exceptions",), ("graph", "--format", "json"))


def _audited(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", str(AUDITED), str(root), *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("room", sorted(path.name for path in FIXTURES.iterdir() if path.is_dir()))
def test_fixtures(room: str, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / room, tmp_path / room)
    for command in COMMANDS:
        done = _audited(tmp_path / room, *command, ".")
        assert done.returncode in (0, 1, 3), done.stderr


GROUP = """\
resource "aws_security_group" "web" {
  name        = "web-service"
  description = VALUE
}
"""
TERRAFORM = {
    "file": 'file("OUT/secret.txt")',
    "file above": 'file("../out/secret.txt")',
    "file by a link": 'file("link.txt")',
    "file in a linked directory": 'file("linked/secret.txt")',
    "filebase64": 'filebase64("OUT/secret.txt")',
    "templatefile": 'templatefile("OUT/secret.txt", {})',
    "filemd5": 'filemd5("OUT/secret.txt")',
    "fileset": 'join("", fileset("OUT", "*"))',
    "fileset above": 'join("", fileset(path.module, "../out/*"))',
    "fileexists": 'fileexists("OUT/secret.txt") ? "yes" : "no"',
    "home": 'file("~/../../OUT/secret.txt")',
    "hash": 'filebase64sha256("OUT/secret.txt")',
    "nul": 'file("a\\u0000b")',
}


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An input beside files that are none of it."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "secret.txt").write_text(SECRET)
    (out / "main.tf").write_text(GROUP.replace("VALUE", f'"{SECRET}"'))
    (out / "values.tfvars").write_text(f'secret = "{SECRET}"')
    (out / "template.yaml").write_text(_template(SECRET))
    (out / "values.json").write_text(json.dumps({"Secret": SECRET}))
    (out / "sglint.toml").write_text(f'ignore = ["{SECRET}"]')
    (out / "baseline.json").write_text(SECRET)
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "link.txt").symlink_to(out / "secret.txt")
    (inside / "linked").symlink_to(out)
    monkeypatch.chdir(inside)
    return inside


def _template(description: str) -> str:
    properties = f'{{GroupDescription: "{description}"}}'
    return f"Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {properties}\n"


def _safe(inside: Path, *arguments: str) -> str:
    """What a run says of the hostile input, which holds nothing of what lies outside."""
    said = ""
    for command in (arguments,) if arguments else (*COMMANDS, ("dump", "--format", "json")):
        done = _audited(inside, *command, ".")
        assert done.returncode in (0, 1, 2, 3), done.stderr
        said += done.stdout + done.stderr
    assert SECRET not in said
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize("expression", TERRAFORM.values(), ids=TERRAFORM.keys())
def test_terraform_functions(expression: str, hostile: Path) -> None:
    value = expression.replace("OUT", str(hostile.parent / "out"))
    (hostile / "main.tf").write_text(GROUP.replace("VALUE", value))
    _safe(hostile)


@pytest.mark.parametrize("source", ["../out", "./linked", "./a/../../out"])
def test_module_sources(source: str, hostile: Path) -> None:
    (hostile / "main.tf").write_text(f'module "web" {{\n  source = "{source}"\n}}\n')
    said = _safe(hostile, "check", "--verbose")
    assert "outside the input" in said
    assert "--root" in said


def test_a_module_beside_a_root_module_is_read_where_both_are_named(hostile: Path) -> None:
    (hostile / "main.tf").write_text('module "web" {\n  source = "../out"\n}\n')
    done = subprocess.run(
        [sys.executable, "-m", "sglint", "dump", ".", "--root", "../out"], capture_output=True, text=True, check=False
    )
    assert SECRET in done.stdout
    assert done.returncode == 0


def test_the_manifest_of_modules(hostile: Path) -> None:
    (hostile / "main.tf").write_text('module "web" {\n  source = "acme/web/aws"\n}\n')
    modules = hostile / ".terraform" / "modules"
    modules.mkdir(parents=True)
    (modules / "modules.json").write_text(json.dumps({"Modules": [{"Key": "web", "Source": "x", "Dir": "../out"}]}))
    assert "outside the input" in _safe(hostile, "check", "--verbose")
    (modules / "modules.json").unlink()
    (modules / "modules.json").symlink_to(hostile.parent / "out" / "secret.txt")
    _safe(hostile)


def test_a_linked_installation(hostile: Path) -> None:
    modules = hostile.parent / "out" / "modules"
    modules.mkdir()
    (modules / "modules.json").write_text(json.dumps({"Modules": [{"Key": "web", "Source": "x", "Dir": "linked"}]}))
    (hostile / ".terraform").symlink_to(hostile.parent / "out")
    (hostile / "main.tf").write_text('module "web" {\n  source = "acme/web/aws"\n}\n')
    _safe(hostile)


@pytest.mark.parametrize(
    ("link", "target", "said"),
    [
        ("main.tf", "main.tf", "main.tf:1:1: is not read: it leads to"),
        ("terraform.tfvars", "values.tfvars", "terraform.tfvars:1:1: is not read: it leads to"),
        ("t.yaml", "template.yaml", "note: t.yaml is passed over: it leads to"),
        ("deep", ".", "note: deep is passed over: it leads to"),
        (".sglint.toml", "sglint.toml", ".sglint.toml: leads to"),
    ],
)
def test_links(link: str, target: str, said: str, hostile: Path) -> None:
    (hostile / "other.tf").write_text(GROUP.replace("VALUE", "var.secret") + 'variable "secret" {}\n')
    (hostile / link).symlink_to(hostile.parent / "out" / target)
    assert said in _safe(hostile)


@pytest.mark.parametrize("link", ["main.tf", "t.yaml", "plan.json"])
def test_a_link_that_is_named(link: str, hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hook names every file that a stranger changed."""
    (hostile / link).symlink_to(hostile.parent / "out" / "secret.txt")
    done = _audited(hostile, "check", link)
    assert done.returncode == 3
    assert "outside the input" in done.stderr
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["../out/template.yaml", "linked/template.yaml", "/OUT/template.yaml"])
def test_nested_stacks_and_includes(name: str, hostile: Path) -> None:
    path = name.replace("/OUT", str(hostile.parent / "out"))
    nested = f"  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: {path}}}\n"
    (hostile / "nested.yaml").write_text(_template("web") + nested)
    include = f"Transform: {{Name: AWS::Include, Parameters: {{Location: {path}}}}}\n"
    (hostile / "include.yaml").write_text(include + _template("web"))
    _safe(hostile)


def test_assemblies(hostile: Path) -> None:
    assembly = hostile / "cdk.out"
    assembly.mkdir()
    out = "../../out"
    metadata = {"/Web": [{"type": "aws:cdk:asset", "data": {"path": f"{out}/template.yaml", "id": "x"}}]}
    artifacts = {
        "Web": {
            "type": "aws:cloudformation:stack",
            "properties": {"templateFile": "Web.template.json"},
            "metadata": metadata,
        },
        "Linked": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Linked.template.json"}},
        "Out": {"type": "aws:cloudformation:stack", "properties": {"templateFile": f"{out}/template.yaml"}},
        "Tree": {"type": "cdk:tree", "properties": {"file": f"{out}/secret.txt"}},
        "Stage": {"type": "cdk:cloud-assembly", "properties": {"directoryName": out}},
        "Assets": {"type": "cdk:asset-manifest", "properties": {"file": "assets.json"}},
    }
    (assembly / "manifest.json").write_text(json.dumps({"version": "36.0.0", "artifacts": artifacts}))
    asset = {"source": {"path": f"{out}/template.json"}, "destinations": {"d": {"objectKey": "k.json"}}}
    (assembly / "assets.json").write_text(json.dumps({"files": {"a": asset}}))
    nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "https://b/k.json"}}
    nested["Metadata"] = {"aws:asset:path": f"{out}/template.yaml"}
    web = {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "web"}}
    (assembly / "Web.template.json").write_text(json.dumps({"Resources": {"Web": web, "Nested": nested}}))
    (assembly / "Linked.template.json").symlink_to(hostile.parent / "out" / "secret.txt")
    frame = f"Object.<anonymous> ({hostile.parent}/out/secret.txt:1:1)"
    tree = {"id": "App", "path": "", "children": {"Web": {"id": "Web", "path": "Web", "metadata": [frame]}}}
    (assembly / "tree.json").write_text(json.dumps({"version": "tree-0.1", "tree": tree}))
    assert "outside the assembly" in _safe(hostile)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('baseline = "../out/baseline.json"', "baseline: ../out/baseline.json leads out"),
        ('baseline = "linked/baseline.json"', "baseline: linked/baseline.json leads out"),
        ('[cloudformation]\nparameter-files = ["../out/values.json"]', "parameter-files: ../out/values.json leads out"),
        ('[terraform]\nvariable-files = ["../out/values.tfvars"]', "which no module judged here has"),
        ('root = ".."', "root: .. leads out"),
        ('root = "linked"', "root: linked leads out"),
    ],
)
def test_configuration(setting: str, said: str, hostile: Path) -> None:
    (hostile / "main.tf").write_text(GROUP.replace("VALUE", "var.secret") + 'variable "secret" {}\n')
    (hostile / "template.yaml").write_text(_template("web"))
    (hostile / ".sglint.toml").write_text(setting)
    assert said in _safe(hostile, "check")


def test_a_configuration_cannot_have_anything_written_outside(hostile: Path) -> None:
    (hostile / "main.tf").write_text(GROUP.replace("VALUE", '"web"'))
    (hostile / ".sglint.toml").write_text('baseline = "../out/baseline.json"')
    assert main([".", "--update-baseline"]) == 2
    assert (hostile.parent / "out" / "baseline.json").read_text() == SECRET


def test_a_configuration_above_the_input_may_widen_it(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hostile / "main.tf").write_text('module "web" {\n  source = "../out"\n}\n')
    (hostile.parent / ".sglint.toml").write_text('root = "."\n')
    assert main(["dump", "."]) == 0
    assert SECRET in capsys.readouterr().out


def test_gitignore_above_the_input_is_not_read(hostile: Path) -> None:
    (hostile.parent / ".gitignore").write_text("*\n")
    (hostile / "main.tf").write_text(GROUP.replace("VALUE", '"web"'))
    assert "aws_security_group.web" in _safe(hostile, "dump")


def test_standard_input_leads_nowhere(hostile: Path) -> None:
    (hostile / "secret.txt").write_text(SECRET)
    text = GROUP.replace("VALUE", 'file("secret.txt")') + 'module "web" {\n  source = "../../out"\n}\n'
    done = subprocess.run(
        [sys.executable, "-m", "sglint", "dump", "-"], input=text, capture_output=True, text=True, check=False
    )
    assert SECRET not in done.stdout + done.stderr


# ---- git, which is the only program that is started

_MARK = "ran"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of two commits whose configuration and attributes would have git run programs."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    top = tmp_path / "repository"
    top.mkdir()

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(top), *arguments], check=True, capture_output=True)

    git("init", "--quiet")
    git("config", "user.email", "a@example.com")
    git("config", "user.name", "a")
    for number in (1, 2):
        (top / "main.tf").write_text(GROUP.replace("VALUE", f'"{number}"'))
        git("add", ".")
        git("commit", "--quiet", "--message", str(number))
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path / _MARK}\ncat\n")
    script.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "core.askPass",
        "core.alternateRefsCommand",
        "diff.external",
        "diff.x.command",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
        "credential.helper",
        "uploadpack.packObjectsHook",
        "gpg.program",
        "pager.diff",
        "pager.log",
        "alias.rev-parse",
        "alias.ls-tree",
        "interactive.diffFilter",
        "trace2.eventTarget",
    ):
        git("config", key, f"!{script}" if key.startswith("alias.") else str(script))
    git("config", "core.hooksPath", str(tmp_path / "hooks"))
    (tmp_path / "hooks").mkdir()
    for name in ("post-index-change", "pre-auto-gc", "reference-transaction", "post-checkout", "fsmonitor-watchman"):
        (tmp_path / "hooks" / name).symlink_to(script)
    git("config", "extensions.partialClone", "origin")
    git("config", "remote.origin.url", f"ext::{script}")
    git("config", "remote.origin.promisor", "true")
    (top / ".git" / "info").mkdir(exist_ok=True)
    (top / ".git" / "info" / "attributes").write_text("* diff=x filter=x\n")
    (top / "main.tf").write_text(GROUP.replace("VALUE", '"3"'))
    (tmp_path / _MARK).unlink(missing_ok=True)
    return top


@pytest.mark.parametrize(
    "command",
    [
        ("diff", "HEAD~1"),
        ("diff", "HEAD~1..HEAD"),
        ("diff", "HEAD~1...HEAD"),
        (".", "--changed-since", "HEAD~1"),
        (".", "--format", "sarif"),
    ],
)
def test_nothing_that_a_repository_configures_is_run(repository: Path, command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sglint", *command], cwd=repository, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    assert not (repository.parent / _MARK).exists()


def test_an_object_that_is_missing_is_not_fetched(repository: Path) -> None:
    for path in (repository / ".git" / "objects").glob("??/*"):
        data = subprocess.run(
            ["git", "-C", str(repository), "cat-file", "-t", path.parent.name + path.name],
            capture_output=True,
            text=True,
            check=True,
        )
        if data.stdout == "blob\n":
            path.unlink()
    (repository.parent / _MARK).unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "sglint", "diff", "HEAD~1"], cwd=repository, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert not (repository.parent / _MARK).exists()


def test_a_git_in_the_input_is_not_the_one_that_is_run(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty part of PATH means the working directory, which holds what a stranger wrote."""
    for name in ("git", "git.exe"):
        (repository / name).write_text(f"#!/bin/sh\ntouch {repository.parent / _MARK}\n")
        (repository / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{os.pathsep}.{os.pathsep}{os.environ['PATH']}")
    subprocess.run([sys.executable, "-m", "sglint", "diff", "HEAD~1"], cwd=repository, capture_output=True, check=False)
    assert not (repository.parent / _MARK).exists()

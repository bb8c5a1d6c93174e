"""A run comes to the same on Windows, with its paths; what is kept or handed on has the paths of every system."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"
WINDOWS = Path(__file__).with_name("windows.py")
GROUP = """\
resource "aws_security_group" "web" {
  name        = "web-service"
  description = "in ${path.module}"

  ingress {
    description = "admin"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
PARENT = """\
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: .\\child.yaml}
"""
CHILD = """\
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]
"""


def _windows(*arguments: str, cwd: Path, other_drive: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DRIVE_D": "" if other_drive is None else str(other_drive)}
    command = [sys.executable, str(WINDOWS), *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def _here(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sglint", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def _slashes(text: str) -> str:
    return text.replace("\\\\", "/").replace("\\", "/")


@pytest.mark.parametrize("format", ["text", "json", "sarif", "github", "gitlab", "csv", "junit", "concise", "markdown"])
def test_fixtures(format: str, tmp_path: Path) -> None:
    is_typed = format in ("text", "json", "junit", "concise")
    for room in ("broken", "cases", "cdk", "plans")[not is_typed :]:  # Messages about broken input quote paths.
        shutil.copytree(FIXTURES / room, tmp_path / room)
    terms = ("--no-cache", "--jobs", "1", "--verbose", "--format", format)
    expected, found = _here(".", *terms, cwd=tmp_path), _windows(".", *terms, cwd=tmp_path)
    assert found.returncode == expected.returncode == (3 if is_typed else 1)
    assert _slashes(found.stderr) == _slashes(expected.stderr)
    if is_typed:  # These show paths as they are typed.
        assert "\\main.tf" in found.stdout
        assert _slashes(found.stdout) == _slashes(expected.stdout)
    else:
        assert found.stdout == expected.stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A root module, a module that it names with backslashes, a nested template, and what is left out."""
    top = tmp_path / "project"
    for name, text in {
        "main.tf": 'module "web" {\n  source = ".\\\\modules\\\\web"\n}\n',
        "modules/web/main.tf": GROUP,
        "stacks/parent.yaml": PARENT,
        "stacks/child.yaml": CHILD,
        "ignored/main.tf": GROUP,
        "excluded/deep/main.tf": GROUP,
        ".gitignore": "ignored/\n",
        ".sglint.toml": 'exclude = ["excluded/deep/"]\n[[overrides]]\npaths = ["stacks/**"]\nignore = ["SG203"]\n',
    }.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text)
    for command in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "x"),
    ):
        subprocess.run(("git", *command), cwd=top, check=True)
    return top


def _found(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    assert done.returncode in (0, 1), done.stderr
    found = [line.partition(": ") for line in done.stdout.splitlines()]
    return [
        (place.rsplit(":", 2)[0], rest.split(":")[0].split()[0])
        for place, _, rest in found
        if "SG102" in rest or "SG203" in rest
    ]


@pytest.mark.parametrize("path", [".", ".\\", "C:.", "ABSOLUTE", "absolute", "slashes"])
def test_each_unit_is_judged_once_however_its_path_is_typed(path: str, project: Path) -> None:
    full = "C:" + str(project).replace("/", "\\")
    typed = {"ABSOLUTE": full, "absolute": full.lower()[:1] + full[1:], "slashes": full.replace("\\", "/")}
    found = _found(_windows(typed.get(path, path), "--no-cache", "--format", "concise", cwd=project))
    assert sorted((place.replace("\\", "/").rpartition("/")[2], id_) for place, id_ in found) == [
        ("child.yaml", "SG102"),
        ("main.tf", "SG102"),
    ]
    if path == ".":
        assert found == [("modules\\web\\main.tf", "SG102"), ("stacks\\child.yaml", "SG102")]


def test_other_cases_of_a_path_are_the_same_path(project: Path) -> None:
    (project / "main.tf").write_text('module "web" {\n  source = "./Modules/WEB"\n}\n')
    (project / "stacks" / "parent.yaml").write_text(PARENT.replace("child", "CHILD"))
    found = _found(_windows(".", "Stacks", "STACKS\\Child.yaml", "--no-cache", "--format", "concise", cwd=project))
    assert found == [("modules\\web\\main.tf", "SG102"), ("stacks\\CHILD.yaml", "SG102")]


def test_what_is_kept_has_the_paths_of_every_system(project: Path) -> None:
    done = _windows(".", "--no-cache", "--baseline", "base.json", "--update-baseline", cwd=project)
    assert done.returncode == 0, done.stderr
    kept = json.loads((project / "base.json").read_text())
    assert {each["path"] for each in kept["findings"]} == {"modules/web/main.tf", "stacks/child.yaml"}
    assert "\\\\" not in (project / "base.json").read_text()
    again = _windows(".\\", "--no-cache", "--baseline", ".\\base.json", cwd=project)
    assert again.returncode == 0, again.stdout


def test_addresses_of_files_in_sarif(project: Path) -> None:
    done = _windows(".", "--no-cache", "--format", "sarif", cwd=project)
    (run,) = json.loads(done.stdout)["runs"]
    uris = {
        location["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
        for location in result["locations"]
    }
    assert uris == {"modules/web/main.tf", "stacks/child.yaml"}


def test_another_drive(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "x").mkdir(parents=True)
    (other / "x" / "main.tf").write_text(GROUP)
    (other / "x" / ".sglint.toml").write_text('ignore = ["SG301"]\n')
    terms = ("--no-cache", "--format", "concise")
    done = _windows(".", "D:\\x", *terms, cwd=project, other_drive=other)
    assert ("D:\\x\\main.tf", "SG102") in _found(done)
    assert len(_found(done)) == 3
    assert "D:\\x\\.sglint.toml" in _windows("config", "D:\\x", cwd=project, other_drive=other).stdout
    assert ("D:\\x\\main.tf", "SG102") in _found(
        _windows("D:\\x", "--config", "C:.sglint.toml", *terms, cwd=project, other_drive=other)
    )
    sarif = _windows("D:\\x", "--no-cache", "--format", "sarif", cwd=project, other_drive=other).stdout
    assert '"file:///D%3A/x/main.tf"' in sarif
    kept = ("--no-cache", "--baseline", "base.json")
    done = _windows("D:\\x", *kept, "--update-baseline", cwd=project, other_drive=other)
    assert done.returncode == 0, done.stderr
    assert '"D:/x/main.tf"' in (project / "base.json").read_text()
    assert _windows("D:\\x", *kept, cwd=project, other_drive=other).returncode == 0
    assert _windows("diff", "D:\\x", "modules\\web", cwd=project, other_drive=other).returncode == 0
    outside = _windows("diff", "HEAD", "D:\\x", cwd=project, other_drive=other)
    assert (outside.returncode, "Traceback" in outside.stderr) == (2, False)
    for command in (("exceptions", ".", "D:\\x"), ("graph", "D:\\x", "."), ("dump", ".", "D:\\x")):
        assert _windows(*command, cwd=project, other_drive=other).returncode == 0


def test_what_changed_since_a_revision(project: Path) -> None:
    main = project / "modules" / "web" / "main.tf"
    main.write_text(main.read_text().replace("22", "3389"))
    done = _windows("diff", "HEAD", cwd=project)
    assert done.returncode in (0, 1), done.stderr
    assert "tcp 3389" in done.stdout
    done = _windows(".", "--no-cache", "--changed-since", "HEAD", "--format", "concise", cwd=project)
    assert [line.split(":")[0] for line in done.stdout.splitlines() if "open to" in line] == ["modules\\web\\main.tf"]


def test_paths_within_terraform_have_slashes(project: Path) -> None:
    done = _windows("dump", ".", "--format", "json", cwd=project)
    assert '"in modules/web"' in done.stdout

"""The hooks as pre-commit runs it: a scratch repository, the real pre-commit, sglint installed from its own sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is missing")
SHIPPED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "sglint")

CLEAN = """\
resource "aws_security_group" "web" {
  name        = "web-service"
  description = "Web service behind the load balancer"

  ingress {
    description = "https from the office"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = var.office
  }
}
"""
VARIABLES = """\
variable "office" {
  type    = list(string)
  default = ["198.51.100.0/24"]
}
"""


def _git(*arguments: str, cwd: Path) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(("git", *identity, *arguments), cwd=cwd, check=True, capture_output=True)


@pytest.fixture(scope="module")
def hook_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hook's own repository, as a tag of it would be: what is shipped, committed."""
    repository = tmp_path_factory.mktemp("sglint")
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, repository / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, repository / name)
    _git("init", "-q", cwd=repository)
    _git("add", "-A", cwd=repository)
    _git("commit", "-q", "-m", "release", cwd=repository)
    _git("tag", "v0.1.0", cwd=repository)
    return repository


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environment that all hooks of one repository share."""
    return tmp_path_factory.mktemp("home")


def _configure(directory: Path, hook_repository: Path, hook: str) -> None:
    """Make a repository that uses a hook."""
    (directory / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hook_repository}\n    rev: v0.1.0\n    hooks:\n      - id: {hook}\n", encoding="utf-8"
    )
    _git("init", "-q", cwd=directory)


def _run(directory: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Stage everything and run the hook as a commit does."""
    _git("add", "-A", cwd=directory)
    command = (sys.executable, "-m", "pre_commit", "run", "--color=never")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home)}
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)


def test_the_hook(hook_repository: Path, home: Path, tmp_path: Path) -> None:
    _configure(tmp_path, hook_repository, "sglint")
    module = tmp_path / "network"
    module.mkdir()
    (module / "main.tf").write_text(CLEAN, encoding="utf-8")
    (module / "variables.tf").write_text(VARIABLES, encoding="utf-8")
    (tmp_path / "deployment.yaml").write_text("apiVersion: v1\nkind: Service\n", encoding="utf-8")
    first = _run(tmp_path, home)
    assert first.returncode == 0, first.stdout + first.stderr
    _git("commit", "-q", "-m", "clean", cwd=tmp_path)

    # Only the variables change: the rule that they open stands in another file of the module.
    (module / "variables.tf").write_text(VARIABLES.replace("198.51.100.0/24", "0.0.0.0/0"), encoding="utf-8")
    (module / "main.tf").write_text(CLEAN.replace("443", "22"), encoding="utf-8")
    second = _run(tmp_path, home)
    assert second.returncode == 1, second.stdout + second.stderr
    assert second.stdout.count("SG102") == 1, second.stdout
    assert "network/main.tf:10:19" in second.stdout
    assert "network/variables.tf:3" in second.stdout


def test_the_hook_for_cdk(hook_repository: Path, home: Path, tmp_path: Path) -> None:
    _configure(tmp_path, hook_repository, "sglint-cdk")
    fixture = ROOT / "fixtures" / "cdk" / "default-group"
    shutil.copy(fixture / "app.ts", tmp_path)
    (tmp_path / ".gitignore").write_text("cdk.out/\n", encoding="utf-8")
    missing = _run(tmp_path, home)
    assert missing.returncode == 1
    assert "sglint: cdk.out does not exist" in missing.stdout

    shutil.copytree(fixture / "cdk.out", tmp_path / "cdk.out")
    found = _run(tmp_path, home)
    assert found.returncode == 1
    assert found.stdout.count("SG102 ssh-from-world") == 1, found.stdout
    assert "app.ts:12:5: high SG102" in found.stdout

    _git("commit", "-q", "-m", "app", cwd=tmp_path)
    (tmp_path / "README.md").write_text("# app\n", encoding="utf-8")
    assert "(no files to check)Skipped" in _run(tmp_path, home).stdout


def test_the_hook_for_what_a_commit_opens(hook_repository: Path, home: Path, tmp_path: Path) -> None:
    _configure(tmp_path, hook_repository, "sglint-diff")
    (tmp_path / "variables.tf").write_text(VARIABLES, encoding="utf-8")
    ssh = CLEAN.replace("443", "22")
    (tmp_path / "main.tf").write_text(ssh.replace("var.office", '["0.0.0.0/0"]'), encoding="utf-8")
    _git("add", "-A", cwd=tmp_path)
    _git("commit", "-q", "-m", "open", cwd=tmp_path)

    (tmp_path / "main.tf").write_text(ssh.replace("var.office", '["0.0.0.0/0"] # known'), encoding="utf-8")
    unchanged = _run(tmp_path, home)
    assert unchanged.returncode == 0, unchanged.stdout + unchanged.stderr

    rdp = CLEAN.replace("443", "3389")
    (tmp_path / "main.tf").write_text(rdp.replace("var.office", '["0.0.0.0/0"]'), encoding="utf-8")
    opened = _run(tmp_path, home)
    assert opened.returncode == 1
    assert "+ ingress tcp 3389 from 0.0.0.0/0" in opened.stdout, opened.stdout
    assert "SG103" in opened.stdout


def test_every_hook_is_one_that_is_run_here() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["sglint", "sglint-cdk", "sglint-diff"]

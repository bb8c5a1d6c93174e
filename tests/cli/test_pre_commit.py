"""The hook as pre-commit runs it: a scratch repository, the real pre-commit, sglint installed from its own sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
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
    _git("tag", "v0", cwd=repository)
    return repository


def test_the_hook(hook_repository: Path, tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is missing")
    (tmp_path / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hook_repository}\n    rev: v0\n    hooks:\n      - id: sglint\n", encoding="utf-8"
    )
    module = tmp_path / "network"
    module.mkdir()
    (module / "main.tf").write_text(CLEAN, encoding="utf-8")
    (module / "variables.tf").write_text(VARIABLES, encoding="utf-8")
    (tmp_path / "deployment.yaml").write_text("apiVersion: v1\nkind: Service\n", encoding="utf-8")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path.parent / "pre-commit-home")}
    _git("init", "-q", cwd=tmp_path)
    _git("add", "-A", cwd=tmp_path)

    def run() -> subprocess.CompletedProcess[str]:
        command = (sys.executable, "-m", "pre_commit", "run", "--color=never")
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    first = run()
    assert first.returncode == 0, first.stdout + first.stderr
    _git("commit", "-q", "-m", "clean", cwd=tmp_path)

    # Only the variables change: the rule that they open stands in another file of the module.
    (module / "variables.tf").write_text(VARIABLES.replace("198.51.100.0/24", "0.0.0.0/0"), encoding="utf-8")
    (module / "main.tf").write_text(CLEAN.replace("443", "22"), encoding="utf-8")
    _git("add", "-A", cwd=tmp_path)
    second = run()
    assert second.returncode == 1, second.stdout + second.stderr
    assert second.stdout.count("SG102") == 1, second.stdout
    assert "network/main.tf:9:19" in second.stdout
    assert "network/variables.tf:3" in second.stdout

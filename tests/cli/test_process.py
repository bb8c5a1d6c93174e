"""The process around the command line: it ends at once, with everything written and its status kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_OPEN = (
    'resource "aws_security_group" "web" {\n  ingress {\n    from_port = 22\n    to_port = 22\n    protocol = "tcp"\n'
    '    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n'
)


def _run(directory: Path, *arguments: str, closed: str = "") -> subprocess.CompletedProcess[str]:
    command = f'"{sys.executable}" -m sglint {" ".join(arguments)} {closed}'
    return subprocess.run(command, shell=True, cwd=directory, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "status", "written", "told"),
    [
        (["main.tf"], 1, "SG102 ssh-from-world", ""),
        (["main.tf", "--fail-on", "never"], 0, "SG102 ssh-from-world", ""),
        (["main.tf", "--format", "json"], 1, "SG102", ""),
        (["missing.tf"], 2, "", "sglint: missing.tf does not exist\n"),
        (["broken.tf"], 3, "", "sglint: "),
        (["--version"], 0, "sglint ", ""),
        (["--help"], 0, "usage: sglint", ""),
        (["check", "--help"], 0, "usage: sglint check", ""),
        (["check", "--no-such-option"], 2, "", "usage: sglint"),
    ],
)
def test_status_and_output(tmp_path: Path, arguments: list[str], status: int, written: str, told: str) -> None:
    (tmp_path / "main.tf").write_text(_OPEN)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "broken.tf").write_text("resource {{{\n")
    done = _run(tmp_path, *(argument.replace("broken.tf", "broken/broken.tf") for argument in arguments))
    assert done.returncode == status
    assert written in done.stdout
    assert done.stderr.startswith(told)
    assert bool(done.stderr) == bool(told)


def test_a_long_report_is_written_whole(tmp_path: Path) -> None:
    block = _OPEN.partition("\n")[2].rpartition("}\n")[0]
    (tmp_path / "main.tf").write_text('resource "aws_security_group" "web" {\n' + block * 500 + "}\n")
    done = _run(tmp_path, "main.tf", "--format", "concise", "--select", "SG102")
    assert len(done.stdout.splitlines()) == 500
    assert done.stdout.endswith("\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes the streams")
def test_streams_may_be_closed(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(_OPEN)
    assert _run(tmp_path, "main.tf", "--fail-on", "never", "--output", "out.txt", closed="2>&-").returncode == 0
    assert "SG102" in (tmp_path / "out.txt").read_text()

"""Several reports of one run, and where each goes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sglint.cli import main
from tests.cli.terminals import on_terminal

OPEN = """\
resource "aws_security_group" "web" {
  name        = "web-service"
  description = "Web service"

  ingress {
    description = "admin"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text(OPEN, encoding="utf-8")
    return tmp_path


def test_several_at_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formats = ("text", "sarif=out.sarif", "junit=out.xml", "gitlab=out.json")
    assert main([".", "--select=SG102", *(f"--format={each}" for each in formats)]) == 1
    assert "SG102 ssh-from-world" in capsys.readouterr().out
    assert json.loads((here / "out.sarif").read_text())["runs"][0]["results"][0]["ruleId"] == "SG102"
    assert json.loads((here / "out.json").read_text())[0]["check_name"] == "ssh-from-world"
    assert "<failure" in (here / "out.xml").read_text()


def test_all_into_files_prints_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([".", "--select=SG102", "--format", "json=out.json", "--format", "csv=out.csv"]) == 1
    assert capsys.readouterr() == ("", "")
    assert len((here / "out.csv").read_text().splitlines()) == 2


@pytest.mark.parametrize("form", ["concise", "markdown", "github", "gitlab", "junit", "csv"])
def test_every_format_is_printed(here: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert main([".", "--select=SG102", "--format", form]) == 1
    assert "ssh-from-world" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "text", "--format", "json"], "only one report goes to standard output"),
        (["--format", "xml"], 'there is no format "xml"'),
        (["--format", "json=a", "--output", "b"], "--output and --format json=a both name a file"),
    ],
)
def test_contradictions_are_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main([".", "--select=SG102", *arguments]) == 2
    output = capsys.readouterr()
    assert output.err.startswith(f"sglint: {message}")
    assert len(output.err.splitlines()) == 1
    assert sorted(os.listdir(here)) == ["main.tf"]


def test_a_category_and_a_revision(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (
        ("init", "-q"),
        ("remote", "add", "origin", "https://user:secret@github.com/example/network.git"),
        ("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "--allow-empty", "-m", "first"),
    ):
        subprocess.run(("git", *command), check=True)
    assert main([".", "--select=SG102", "--format", "sarif", "--category", "network"]) == 1
    output = capsys.readouterr().out
    run = json.loads(output)["runs"][0]
    assert run["automationDetails"]["id"] == "network/"
    assert run["versionControlProvenance"][0]["repositoryUri"] == "https://github.com/example/network.git"
    assert "secret" not in output


def test_statistics(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([".", "--select=SG102", "--statistics"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1  SG102 ssh-from-world: 1 high"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_gets_colour_its_width_and_the_time(here: Path) -> None:
    def shown(*arguments: str, **environment: str) -> str:
        given = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        command = (sys.executable, "-m", "sglint", ".", *arguments)
        status, output = on_terminal(command, "stdout", {**given, "COLUMNS": "50", **environment})
        assert status == 1
        return output.replace("\r\n", "\n")

    colored = shown()
    assert "\x1b[" in colored
    plain = shown(NO_COLOR="1")
    assert "\x1b[" not in plain
    assert "\x1b[" not in shown(TERM="dumb")
    assert "\x1b[" in shown("--color", "always", NO_COLOR="1")
    assert "\x1b[" not in shown("--color", "never")
    assert "\n        " in plain
    assert " s.\n" in plain

"""`sglint graph` as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sglint.cli import main
from sglint.graph.registry import FORMATS

OPEN = """\
resource "aws_security_group" "web" {
  name        = "web-service"
  description = "Web service"
  vpc_id      = var.vpc

  ingress {
    description = "admin"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = [var.cidr]
  }
}
variable "vpc" {}
variable "cidr" { default = "0.0.0.0/0" }
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text(OPEN, encoding="utf-8")
    return tmp_path


def _graph(*arguments: str) -> dict[str, list[dict[str, Any]]]:
    assert main(["graph", ".", "--format", "json", "--output", "out.json", *arguments]) == 0
    found: dict[str, list[dict[str, Any]]] = json.loads(Path("out.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_names_the_group(here: Path, form: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", ".", "--format", form]) == 0
    output = capfd.readouterr()
    assert "web-service" in output.out
    assert output.err == ""


def test_the_default_is_the_page(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "."]) == 0
    assert capfd.readouterr().out.startswith("<!doctype html>")


def test_findings_stand_in_the_picture_and_do_not_fail_the_run(here: Path) -> None:
    graph = _graph()
    assert "SG102" in {finding["policy"] for finding in graph["findings"]}
    (group,) = graph["groups"]
    assert group["severity"] == "high"
    (rule,) = group["rules"]
    assert rule["source"] == "    cidr_blocks = [var.cidr]"
    assert [step["text"] for step in rule["because"]] == ["var.cidr"]


def test_policies_are_chosen_as_for_check(here: Path) -> None:
    assert {finding["policy"] for finding in _graph("--select", "SG102")["findings"]} == {"SG102"}
    assert _graph("--select", "SG301")["findings"] == []


def test_input_is_set_as_for_check(here: Path) -> None:
    peers = [peer["names"] for peer in _graph("--var", "cidr=10.0.0.0/8", "--var", "vpc=vpc-1")["peers"]]
    assert peers == [["10.0.0.0/8"]]


def test_accepted_findings_are_shown_as_such(here: Path) -> None:
    accepted = OPEN.replace("cidr_blocks", '# sglint: ignore[ssh-from-world] reason="bastion"\n    cidr_blocks')
    (here / "main.tf").write_text(accepted, encoding="utf-8")
    assert [each["accepted"] for each in _graph("--select", "SG102")["findings"]] == ["bastion"]
    assert _graph("--select", "SG102")["groups"][0]["severity"] is None


def test_environments_are_units_of_their_own(here: Path) -> None:
    (here / "open.tfvars").write_text('cidr = "0.0.0.0/0"\n', encoding="utf-8")
    (here / "closed.tfvars").write_text('cidr = "10.1.1.0/28"\n', encoding="utf-8")
    (here / ".sglint.toml").write_text(
        '[terraform]\nenvironments = { open = ["open.tfvars"], closed = ["closed.tfvars"] }\n', encoding="utf-8"
    )
    graph = _graph()
    assert [unit["environment"] for unit in graph["units"]] == ["closed", "open"]
    assert [group["severity"] for group in graph["groups"]] == [None, "high"]


def test_what_cannot_be_read_is_told(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "broken").mkdir()
    (here / "broken" / "main.tf").write_text('resource "aws_security_group" "x" {\n  name = = 1\n}\n', encoding="utf-8")
    assert main(["graph", ".", "--format", "json"]) == 3
    output = capfd.readouterr()
    assert json.loads(output.out)["problems"] == 1
    assert "broken/main.tf:2" in output.err


def test_nothing_to_draw_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "main.tf").write_text('output "x" {\n  value = 1\n}\n', encoding="utf-8")
    assert main(["graph", str(tmp_path)]) == 0
    assert "no security groups in" in capfd.readouterr().err


def test_wrong_usage(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "missing"]) == 2
    assert main(["graph", ".", "--select", "SG000"]) == 2
    with pytest.raises(SystemExit) as stop:
        main(["graph", ".", "--format", "pdf"])
    assert stop.value.code == 2
    with pytest.raises(SystemExit):
        main(["graph", ".", "--fail-on", "high"])


def test_no_other_command_loads_it(here: Path) -> None:
    script = (
        "import sys; from sglint.cli import main; main(['.']); main(['dump', '.']); "
        "print([name for name in sys.modules if name.startswith(('grandalf', 'sglint.graph', 'pyparsing'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]"

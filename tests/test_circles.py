"""Inputs that are part of each other: a fault of theirs, but what they hold is judged all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.engine import run
from sglint.settings import Settings

OPEN = """\
resource "aws_security_group" "web" {
  description = "Web"
  ingress {
    description = "ssh"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""


@pytest.mark.parametrize(
    "sources",
    [{"a": "./"}, {"a": "../b", "b": "../a"}, {"a": "../b", "b": "../c", "c": "../a"}],
    ids=["itself", "two", "three"],
)
def test_modules_that_call_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: dict[str, str]) -> None:
    monkeypatch.chdir(tmp_path)
    for name, source in sources.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(f'{OPEN}module "next" {{\n  source = "{source}"\n}}\n')
    outcome = run(Settings(("a",) if len(sources) == 1 else (".",), select=("SG102",)))
    assert {finding.location.path for finding in outcome.findings} == {f"{name}/main.tf" for name in sources}


def test_templates_that_nest_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{name}.yaml").write_text(
            f"""\
Resources:
  Next:
    Type: AWS::CloudFormation::Stack
    Properties: {{TemplateURL: {other}.yaml}}
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
      SecurityGroupIngress:
        - {{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0, Description: ssh}}
"""
        )
    outcome = run(Settings((".",), select=("SG102",)))
    assert {finding.location.path for finding in outcome.findings} == {"a.yaml", "b.yaml"}

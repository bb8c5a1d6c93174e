"""Edits, made to the source as the SARIF report gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sglint.engine import run
from sglint.reports.options import Options
from sglint.reports.sarif import render
from sglint.settings import Settings

_RULE = """resource "aws_security_group" "web" {
  description = "Web servers of the shop"
  ingress {
    description = "the offices"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [%s]
  }
}
%s
"""
_TEMPLATE = """Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web servers of the shop
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: %s, Description: the offices}
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/28, Description: the offices}
"""


def _edited(path: Path) -> str:
    """The text of a file after all edits that the report on it holds."""
    settings = Settings((str(path),))
    log = json.loads(render(run(settings), Options()))
    lines = path.read_text(encoding="utf-8").split("\n")
    for result in log["runs"][0]["results"]:
        for fix in result.get("fixes", ()):
            ((change,),) = (fix["artifactChanges"],)
            for replacement in change["replacements"]:
                region, text = replacement["deletedRegion"], replacement["insertedContent"]["text"]
                assert region["startLine"] == region["endLine"]
                line = lines[region["startLine"] - 1]
                lines[region["startLine"] - 1] = (
                    line[: region["startColumn"] - 1] + text + line[region["endColumn"] - 1 :]
                )
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.tf", _RULE % ('"10.0.0.5/28"', ""), _RULE % ('"10.0.0.0/28"', "")),
        ("a.tf", _RULE % ('"10.9.0.0/28", "10.0.0.5/28"', ""), _RULE % ('"10.9.0.0/28", "10.0.0.0/28"', "")),
        ("a.yaml", _TEMPLATE % "10.0.0.5/28", _TEMPLATE % "10.0.0.0/28"),
        ("a.yaml", _TEMPLATE % "'10.0.0.5/28'", _TEMPLATE % "'10.0.0.0/28'"),
        (
            "a.tf",
            _RULE % ('"10.0.0.0/28" # sglint: ignore[ssh-from-world] reason="a bastion"\n', ""),
            _RULE % ('"10.0.0.0/28" \n', ""),
        ),
        ("a.tf", _RULE % ('"10.0.0.0/28" /* sglint: ignore[SG102] reason="x" */', ""), _RULE % ('"10.0.0.0/28" ', "")),
    ],
)
def test_an_edit_leaves_nothing_to_find(tmp_path: Path, name: str, before: str, after: str) -> None:
    path = tmp_path / name
    path.write_text(before, encoding="utf-8")
    assert _edited(path) == after
    path.write_text(after, encoding="utf-8")
    assert not {finding.policy.id for finding in run(Settings((str(path),))).findings} & {"SG307", "SG905"}


@pytest.mark.parametrize(
    "text",
    [
        _RULE % ("var.office", 'variable "office" {\n  default = "10.0.0.5/28"\n}'),
        _RULE % ('"10.0.0.${local.last}/28"', "locals {\n  last = 5\n}"),
        _RULE % ('"1.2.3.4/0"', ""),
        _RULE % ('"10.0.0.0/28" # the offices # sglint: ignore[SG102] reason="x"\n', ""),
        _RULE % ('"10.0.0.0/28" # sglint: ignore[ssh-from-wrld] reason="x"\n', ""),
    ],
)
def test_what_is_not_certain_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.tf"
    path.write_text(text, encoding="utf-8")
    assert {finding.policy.id for finding in run(Settings((str(path),))).findings} & {"SG307", "SG905"}
    assert _edited(path) == text

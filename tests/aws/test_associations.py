"""Groups that are associated with further VPCs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sglint.cli import main

TERRAFORM = """\
resource "aws_security_group" "web" {
  vpc_id = "vpc-1"
}
resource "aws_vpc_security_group_vpc_association" "other" {
  security_group_id = aws_security_group.web.id
  vpc_id            = "vpc-2"
}
"""
TEMPLATE = """\
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: Web, VpcId: vpc-1}
  Other:
    Type: AWS::EC2::SecurityGroupVpcAssociation
    Properties: {GroupId: !Ref Web, VpcId: vpc-2}
"""


@pytest.mark.parametrize(("name", "text"), [("main.tf", TERRAFORM), ("template.yaml", TEMPLATE)])
def test_an_association(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["dump", str(tmp_path / name), "--format", "json"]) == 0
    (group,) = json.loads(capsys.readouterr().out)["groups"]
    assert (group["vpc"], group["also_in"]) == ("vpc-1", ["vpc-2"])


def test_the_default_group_of_a_vpc_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "main.tf").write_text(
        """\
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group_rule" "ssh" {
  security_group_id = aws_vpc.main.default_security_group_id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = [aws_vpc.main.cidr_block]
}
""",
        encoding="utf-8",
    )
    assert main(["dump", str(tmp_path)]) == 0
    assert "group aws_vpc.main.default_security_group_id default referenced" in capsys.readouterr().out

"""Values of a wrong kind, such as a list for a description, stand in the model as they are written, in short."""

from __future__ import annotations

import pytest

from sglint.model.rules import Estate, Rule
from sglint.notation import write_rule
from tests.aws.estates import acl_lines, cloudformation, terraform

_TERRAFORM = """
variable "x" {}
resource "aws_security_group" "web" {
  name = ["web", { a = var.x }]
  ingress {
    description     = [true, 1.5, null, ""]
    protocol        = ["tcp"]
    from_port       = [1]
    to_port         = {}
    cidr_blocks     = [{ a = 1 }]
    prefix_list_ids = [{ b = 2 }]
  }
}
resource "aws_network_acl" "acl" {
  ingress {
    rule_no    = [1]
    action     = ["allow"]
    protocol   = 6
    from_port  = 1
    to_port    = 2
    cidr_block = ["10.0.0.0/8"]
  }
}
"""
_CLOUDFORMATION = """
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      GroupName: [web, {a: !GetAtt B.Arn}]
      SecurityGroupIngress:
        - {Description: [true, 1.5, ""], IpProtocol: [tcp], FromPort: [1], ToPort: {}, CidrIp: {a: 1}}
  B: {Type: "AWS::S3::Bucket"}
"""


def _rules(estate: Estate) -> list[Rule]:
    (group,) = estate.groups
    return [rule for rule in group.rules if rule.direction.value == "ingress"]


def _defects(estate: Estate) -> list[str]:
    return list(dict.fromkeys(defect.detail for rule in _rules(estate) for defect in rule.defects))


def test_terraform() -> None:
    estate = terraform(_TERRAFORM)
    assert estate.groups[0].name == "[web, {a: var.x}]"
    assert [write_rule(rule) for rule in _rules(estate)] == [
        "aws_security_group.web ingress 255 none from nobody \"[true, 1.5, null, '']\"",
        'aws_security_group.web ingress 255 none from prefix-list "{b: 2}" "[true, 1.5, null, \'\']"',
    ]
    assert _defects(estate)[0] == "[tcp] is not a protocol that AWS knows"
    assert _defects(estate)[1].startswith('"{a: 1}" is not a CIDR block')
    (entry,) = [line for line in acl_lines(estate) if line.startswith("entry")]
    assert [part for part in ('"[1]"', '"[allow]"', '"[10.0.0.0/8]"') if f"unknown({part} " not in entry] == []


def test_cloudformation() -> None:
    estate = cloudformation(_CLOUDFORMATION)
    assert estate.groups[0].name == "[web, {a: B.Arn}]"
    assert estate.groups[0].rules[0].description == "[true, 1.5, '']"
    assert _defects(estate)[0] == "[tcp] is not a protocol that AWS knows"


@pytest.mark.parametrize(("written", "said"), [("true", "true"), ("1.50", "1.5"), ("7", "7")])
def test_what_terraform_takes_for_text(written: str, said: str) -> None:
    estate = terraform(f'resource "aws_security_group" "web" {{ description = {written} }}')
    assert estate.groups[0].description == said

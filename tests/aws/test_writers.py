"""What writes the rules of a group in Terraform."""

from __future__ import annotations

import pytest

from sglint.notation.ownership import write_ownership
from tests.aws.estates import cloudformation, terraform


def writers(body: str, more: str = "") -> list[str]:
    estate = terraform(f'variable "flag" {{ type = bool }}\nresource "aws_security_group" "g" {{\n{body}\n}}\n{more}')
    lines = [line for group in estate.groups for line in write_ownership(group)]
    return [line.removeprefix("writer aws_security_group.g ") for line in lines]


INLINE = "ingress inline aws_security_group.g"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("ingress {\n protocol = -1\n}", [INLINE]),
        ("ingress = []", [INLINE]),
        ("ingress = null", []),
        ("egress = []", ["egress inline aws_security_group.g"]),
        ('dynamic "ingress" {\n for_each = ["10.0.0.0/8"]\n content {}\n}', [INLINE]),
        ('dynamic "ingress" {\n for_each = []\n content {}\n}', []),
        (
            'dynamic "ingress" {\n for_each = var.flag ? [1] : []\n content {}\n}',
            [f"{INLINE} when var.flag is true"],
        ),
        ("ingress = []\n lifecycle {\n ignore_changes = [ingress]\n }", []),
        ("ingress = []\n lifecycle {\n ignore_changes = all\n }", []),
        ("ingress = []\n lifecycle {\n ignore_changes = [egress]\n }", [INLINE]),
    ],
)
def test_the_group_itself(body: str, expected: list[str]) -> None:
    assert writers(body) == expected


def test_lifecycle_in_json() -> None:
    from sglint.aws.terraform import READ, translate
    from sglint.reading.files import Files
    from sglint.terraform.evaluation import evaluate
    from sglint.terraform.inputs import Inputs
    from sglint.terraform.modules import Modules

    text = '{"resource": {"aws_security_group": {"g": {"ingress": [], "lifecycle": {"ignore_changes": ["ingress"]}}}}}'
    files = Files((), {"main.tf.json": text.encode()})
    (group,) = translate(evaluate("", Inputs(), Modules(files), READ)).groups
    assert group.writers == ()


def test_resources_of_both_kinds() -> None:
    more = """
    resource "aws_security_group_rule" "a" {
      security_group_id = aws_security_group.g.id
      type              = "egress"
    }
    resource "aws_vpc_security_group_ingress_rule" "b" {
      count             = var.flag ? 1 : 0
      security_group_id = aws_security_group.g.id
    }
    resource "aws_vpc_security_group_egress_rule" "c" {
      security_group_id = aws_security_group.g.id
    }
    """
    assert writers("", more) == [
        "egress listed aws_security_group_rule.a",
        "ingress single aws_vpc_security_group_ingress_rule.b[0] when var.flag is true",
        "egress single aws_vpc_security_group_egress_rule.c",
    ]


def test_cloudformation_writes_rules_in_one_way() -> None:
    estate = cloudformation(
        """
Resources:
  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, SecurityGroupIngress: []}}
  R: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref G, IpProtocol: '-1', CidrIp: 10.0.0.0/8}}
"""
    )
    assert [group.writers for group in estate.groups] == [()]

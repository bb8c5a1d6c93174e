"""Groups that nothing puts to use, told from those that something may: exported, handed on, looked up."""

from __future__ import annotations

import pytest

from tests.aws.estates import cloudformation, terraform

CARRIER = 'resource "aws_instance" "other" { vpc_security_group_ids = ["sg-1"] }\n'
GROUP = 'resource "aws_security_group" "a" {}\n'


@pytest.mark.parametrize(
    "use",
    [
        'output "id" { value = aws_security_group.a.id }',
        'output "all" { value = { for k, g in { a = aws_security_group.a } : k => g.id } }',
        'module "gone" {\nsource = "registry/x/aws"\ngroup = aws_security_group.a.id\n}',
        'resource "null_resource" "x" { triggers = { group = "${aws_security_group.a.id}!" } }',
        'data "aws_security_groups" "by_tag" {}',
        'locals { g = [aws_security_group.a[*].id] }\nresource "thing" "x" { y = local.g }',
        'resource "thing" "x" {\ndynamic "y" {\nfor_each = [aws_security_group.a.id]\ncontent {}\n}\n}',
        'resource "thing" "x" { y = var.other[aws_security_group.a.id] }\nvariable "other" {}',
        'provider "aws" { region = aws_security_group.a.id }',
    ],
)
def test_terraform_uses_that_are_not_understood(use: str) -> None:
    assert terraform(CARRIER + GROUP + use).unused == frozenset()


@pytest.mark.parametrize(
    "other",
    [
        "",
        "locals { g = aws_security_group.a.id }",
        'resource "aws_security_group_rule" "r" {\ntype = "egress"\nsecurity_group_id = aws_security_group.a.id\n}',
        'resource "thing" "x" { y = aws_security_group.b.id }\nresource "aws_security_group" "b" {}',
        'resource "thing" "x" { y = "aws_security_group.a.id" }',
    ],
)
def test_terraform_groups_that_nothing_uses(other: str) -> None:
    assert terraform(CARRIER + GROUP + other).unused == {"aws_security_group.a"}


def test_where_nothing_carries_groups_they_are_for_others_to_use() -> None:
    assert terraform(GROUP).unused == frozenset()


MODULE = """
resource "aws_security_group" "a" {}
resource "aws_security_group" "b" {}
output "a" { value = aws_security_group.a.id }
output "b" { value = aws_security_group.b.id }
"""


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("", {"a", "b"}),
        ('resource "thing" "x" { y = module.m.a }', {"b"}),
        ('resource "thing" "x" { y = module.m["a"] }', {"b"}),
        ('output "m" { value = module.m }', set()),
        ('module "n" {\nsource = "./n"\nx = module.m.a\n}', {"b"}),
        ('module "n" {\nsource = "./n"\nfor_each = { k = module.m.b }\nx = each.value\n}', {"a"}),
    ],
)
def test_terraform_modules(use: str, expected: set[str]) -> None:
    child = 'variable "x" {}\nresource "thing" "x" { y = var.x }'
    estate = terraform(f'{CARRIER}module "m" {{ source = "./m" }}\n{use}', m=MODULE, n=child)
    assert estate.unused == {f"module.m.aws_security_group.{name}" for name in expected}


def test_terraform_instances_are_used_with_their_block() -> None:
    group = 'resource "aws_security_group" "a" { count = 2 }\n'
    assert terraform(CARRIER + group).unused == {"aws_security_group.a[0]", "aws_security_group.a[1]"}
    assert terraform(CARRIER + group + 'output "x" { value = aws_security_group.a[0].id }').unused == frozenset()


TEMPLATE = """
Resources:
  A: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a}}
  Rule: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref A, IpProtocol: "-1", CidrIp: 10.0.0.0/8}}
  Other: {Type: AWS::EC2::Instance, Properties: {SecurityGroupIds: [sg-1]}}
"""


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("", {"A"}),
        ("  X: {Type: Custom::Thing, Properties: {Text: A}}\n", {"A"}),
        ("  X: {Type: Custom::Thing, Properties: {Group: !Ref A}}\n", set()),
        ("  X: {Type: Custom::Thing, Properties: {Group: {'Fn::GetAtt': [A, GroupId]}}}\n", set()),
        ("  X: {Type: Custom::Thing, Properties: {Group: !Sub 'id ${A.GroupId}'}}\n", set()),
        ("  X: {Type: Custom::Thing, Properties: {Group: !Sub ['${g}', {g: !GetAtt A.GroupId}]}}\n", set()),
        ("Outputs: {Group: {Value: !If [X, !Ref A, b]}}\nConditions: {X: !Equals [a, b]}\n", set()),
        ("Transform: Unknown\n", set()),
    ],
)
def test_cloudformation(use: str, expected: set[str]) -> None:
    assert cloudformation(TEMPLATE + use).unused == expected


def test_cloudformation_nested_stacks() -> None:
    nested = "  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml}}\n"
    assert cloudformation(TEMPLATE + nested, inner=TEMPLATE).unused == {"A", "Inner/A"}
    exported = TEMPLATE + "Outputs: {Group: {Value: !Ref A}}\n"
    assert cloudformation(TEMPLATE + nested, inner=exported).unused == {"A"}

"""How many rules a prefix list counts for: as many as it may have entries, or its weight if it is one of AWS's own."""

from __future__ import annotations

import pytest

from sglint.aws.managed_prefix_lists import weight
from sglint.model.rules import Estate
from sglint.notation import write_peer
from tests.aws.estates import cloudformation, terraform


def peers(estate: Estate) -> list[str]:
    return [write_peer(rule.peer) for group in estate.groups for rule in group.rules if rule.origin.value == "inline"]


@pytest.mark.parametrize(
    ("source", "named", "expected"),
    [
        (
            'resource "aws_ec2_managed_prefix_list" "own" {\nmax_entries = 20\nentry { cidr = "10.0.0.0/8" }\n}',
            "aws_ec2_managed_prefix_list.own",
            "prefix-list aws_ec2_managed_prefix_list.own entries 10.0.0.0/8 size 20",
        ),
        (
            'resource "aws_ec2_managed_prefix_list" "own" { max_entries = var.x }\nvariable "x" {}',
            "aws_ec2_managed_prefix_list.own",
            "prefix-list aws_ec2_managed_prefix_list.own entries nobody",
        ),
        (
            'data "aws_ec2_managed_prefix_list" "aws" { name = "com.amazonaws.global.cloudfront.origin-facing" }',
            "data.aws_ec2_managed_prefix_list.aws",
            "prefix-list com.amazonaws.global.cloudfront.origin-facing size 55",
        ),
        (
            'data "aws_prefix_list" "aws" { name = "com.amazonaws.eu-west-1.s3" }',
            "data.aws_prefix_list.aws",
            "prefix-list com.amazonaws.eu-west-1.s3 size 1",
        ),
        (
            'data "aws_ec2_managed_prefix_list" "other" { name = "offices" }',
            "data.aws_ec2_managed_prefix_list.other",
            "prefix-list data.aws_ec2_managed_prefix_list.other",
        ),
        (
            'data "aws_ec2_managed_prefix_list" "other" {}',
            "data.aws_ec2_managed_prefix_list.other",
            "prefix-list data.aws_ec2_managed_prefix_list.other",
        ),
    ],
)
def test_terraform(source: str, named: str, expected: str) -> None:
    group = f"""
        resource "aws_security_group" "web" {{
          ingress {{
            protocol        = "tcp"
            from_port       = 443
            to_port         = 443
            prefix_list_ids = [{named}.id]
          }}
        }}
    """
    assert peers(terraform(group + source)) == [expected]


def test_cloudformation() -> None:
    template = """
Resources:
  Own:
    Type: AWS::EC2::PrefixList
    Properties: {PrefixListName: own, AddressFamily: IPv4, MaxEntries: 20, Entries: [{Cidr: 10.0.0.0/8}]}
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, SourcePrefixListId: !Ref Own}]
"""
    assert peers(cloudformation(template)) == ["prefix-list Own entries 10.0.0.0/8 size 20"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("com.amazonaws.global.cloudfront.origin-facing", 55),
        ("com.amazonaws.global.ipv6.cloudfront.origin-facing", 55),
        ("com.amazonaws.eu-west-1.ipv6.vpc-lattice", 10),
        ("com.amazonaws.eu-west-1.s3express", 6),
        ("com.amazonaws.eu-west-1.new", None),
        ("pl-0123456789abcdef0", None),
    ],
)
def test_weights(name: str, expected: int | None) -> None:
    assert weight(name) == expected

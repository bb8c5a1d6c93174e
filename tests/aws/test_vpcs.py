"""What lies in a VPC, which endpoints it has, and whether flow logs cover it."""

from __future__ import annotations

import pytest

from sglint.model.addresses import AddressSet
from sglint.model.rules import Estate
from sglint.model.vpcs import Vpc
from tests.aws.estates import cloudformation, terraform

VPC = 'resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }\n'
SUBNETS = """
resource "aws_subnet" "a" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
}
"""
RESOURCES = """
Parameters:
  Stage: {Type: String}
  Other: {Type: String}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
"""


def only(estate: Estate) -> Vpc:
    (vpc,) = estate.vpcs
    return vpc


def test_terraform_groups_subnets_and_addresses() -> None:
    vpc = only(
        terraform(
            VPC
            + SUBNETS
            + """
            resource "aws_vpc_ipv4_cidr_block_association" "more" {
              vpc_id     = aws_vpc.main.id
              cidr_block = "10.8.0.0/16"
            }
            resource "aws_security_group" "in" { vpc_id = aws_vpc.main.id }
            resource "aws_security_group" "elsewhere" { vpc_id = "vpc-1" }
            """
        )
    )
    assert vpc.groups == ("aws_security_group.in",)
    assert vpc.subnets == ("aws_subnet.a[0]", "aws_subnet.a[1]")
    assert vpc.addresses == AddressSet.of("10.0.0.0/16", "10.8.0.0/16")


def test_cloudformation_groups_subnets_and_addresses() -> None:
    vpc = only(
        cloudformation(
            RESOURCES
            + """
  More: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Main, CidrBlock: 10.8.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.1.0/24}}
  In: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: in, VpcId: !GetAtt Main.VpcId}}
  Elsewhere: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: in, VpcId: !Ref Other}}
"""
        )
    )
    assert vpc.groups == ("In",)
    assert vpc.subnets == ("A",)
    assert vpc.addresses == AddressSet.of("10.0.0.0/16", "10.8.0.0/16")


def test_addresses_that_are_not_known_are_none() -> None:
    assert not only(terraform('variable "block" {}\nresource "aws_vpc" "main" { cidr_block = var.block }')).addresses


@pytest.mark.parametrize(
    ("more", "is_logged"),
    [
        ("", False),
        ("vpc_id = aws_vpc.main.id", True),
        ('vpc_id = "vpc-1"', False),
        ("eni_id = var.other", False),
        ("vpc_id = var.other", None),
        ("vpc_id = data.aws_vpc.known.id", None),
        ("vpc_id = aws_vpc.main.id\n count = var.other ? 1 : 0", None),
        ("count = 2\n subnet_id = aws_subnet.a[count.index].id", True),
        ("subnet_id = aws_subnet.a[0].id", False),
        ("for_each = { for i, each in aws_subnet.a : i => each.id }\n subnet_id = each.value", True),
    ],
)
def test_terraform_flow_logs(more: str, is_logged: bool | None) -> None:
    others = 'variable "other" {}\ndata "aws_vpc" "known" {}\n'
    log = f'resource "aws_flow_log" "all" {{\n {more}\n}}'
    assert only(terraform(VPC + SUBNETS + others + log)).is_logged is is_logged


@pytest.mark.parametrize(
    ("more", "is_logged"),
    [
        ("Properties: {ResourceType: VPC, ResourceId: !Ref Main}", True),
        ("Properties: {ResourceType: Subnet, ResourceId: !Ref A}", True),
        ("Properties: {ResourceType: VPC, ResourceId: !Ref Other}", None),
        ("Properties: {ResourceType: !Ref Stage, ResourceId: !Ref Other}", None),
        ("Properties: {ResourceType: NetworkInterface, ResourceId: !Ref Other}", False),
        ("Properties: {ResourceType: VPC, ResourceId: !ImportValue vpc}", None),
        ("Condition: IsProd, Properties: {ResourceType: VPC, ResourceId: !Ref Main}", None),
    ],
)
def test_cloudformation_flow_logs(more: str, is_logged: bool | None) -> None:
    subnet = "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.1.0/24}}\n"
    log = f"  Log: {{Type: AWS::EC2::FlowLog, {more}}}\n"
    assert only(cloudformation(RESOURCES + subnet + log)).is_logged is is_logged


def test_a_flow_log_that_comes_with_its_vpc_covers_it() -> None:
    text = RESOURCES.replace("AWS::EC2::VPC,", "AWS::EC2::VPC, Condition: IsProd,")
    log = (
        "  Log: {Type: AWS::EC2::FlowLog, Condition: IsProd, Properties: {ResourceType: VPC, ResourceId: !Ref Main}}\n"
    )
    assert only(cloudformation(text + log)).is_logged is True


@pytest.mark.parametrize(
    ("more", "endpoints"),
    [
        ('vpc_id = aws_vpc.main.id\n service_name = "com.amazonaws.eu-west-1.s3"', ("s3",)),
        (
            'vpc_id = aws_vpc.main.id\n service_name = "com.amazonaws.${data.aws_region.this.name}.ecr.api"',
            ("ecr.api",),
        ),
        ('vpc_id = aws_vpc.main.id\n service_name = "cn.com.amazonaws.cn-north-1.s3"', ("s3",)),
        (
            'vpc_id = aws_vpc.main.id\n service_name = "com.amazonaws.vpce.eu-west-1.vpce-svc-1"',
            ("eu-west-1.vpce-svc-1",),
        ),
        ("vpc_id = aws_vpc.main.id\n service_name = var.other", None),
        ('vpc_id = aws_vpc.main.id\n service_name = "${var.other}.s3"', None),
        ('vpc_id = var.other\n service_name = "com.amazonaws.eu-west-1.s3"', None),
        ('vpc_id = "vpc-1"\n service_name = "com.amazonaws.eu-west-1.s3"', ()),
        (
            'vpc_id = aws_vpc.main.id\n count = var.other ? 1 : 0\n service_name = "com.amazonaws.eu-west-1.s3"',
            None,
        ),
    ],
)
def test_terraform_endpoints(more: str, endpoints: tuple[str, ...] | None) -> None:
    others = 'variable "other" {}\ndata "aws_region" "this" {}\n'
    assert only(terraform(f'{VPC}{others}resource "aws_vpc_endpoint" "it" {{\n {more}\n}}')).endpoints == endpoints


@pytest.mark.parametrize(
    ("service", "endpoints"),
    [
        ("com.amazonaws.eu-west-1.s3", ("s3",)),
        ("!Sub 'com.amazonaws.${AWS::Region}.s3'", ("s3",)),
        ("!Join ['', [com.amazonaws., !Ref AWS::Region, .dynamodb]]", ("dynamodb",)),
        ("!Ref Other", None),
    ],
)
def test_cloudformation_endpoints(service: str, endpoints: tuple[str, ...] | None) -> None:
    endpoint = f"  It: {{Type: AWS::EC2::VPCEndpoint, Properties: {{VpcId: !Ref Main, ServiceName: {service}}}}}\n"
    assert only(cloudformation(RESOURCES + endpoint)).endpoints == endpoints

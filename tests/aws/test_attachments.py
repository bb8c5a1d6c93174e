"""Which resource carries which group, however the group gets there."""

from __future__ import annotations

import pytest

from sglint.aws import cloudformation_attachments, terraform_attachments
from sglint.aws.carriers import Carrier
from tests.aws.estates import attachments, carried, cloudformation, terraform

GROUPS = """
resource "aws_security_group" "a" {}
resource "aws_security_group" "b" {}
"""
TEMPLATE_GROUPS = """
Resources:
  A: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a}}
  B: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: b}}
"""
ROWS = [*terraform_attachments.CARRIERS.items(), *cloudformation_attachments.CARRIERS.items()]


@pytest.mark.parametrize(("type_", "row"), ROWS, ids=[type_ for type_, _ in ROWS])
def test_a_row_of_the_tables_names_groups_by_their_paths(type_: str, row: Carrier) -> None:
    assert len(set(row.groups)) == len(row.groups) > 0
    for path in row.groups:
        steps = path.lower().split(".")
        assert any("group" in step for step in steps[-2:]), path
    assert all(step and step.strip() == step for path in row.paths for step in path.split("."))


def test_terraform_arguments_nested_blocks_and_attributes() -> None:
    estate = terraform(
        GROUPS
        + """
        resource "aws_instance" "web" { vpc_security_group_ids = [aws_security_group.a.id, "sg-123"] }
        resource "aws_ecs_service" "api" {
          network_configuration { security_groups = [aws_security_group.b.id] }
        }
        resource "aws_launch_template" "node" {
          dynamic "network_interfaces" {
            for_each = [aws_security_group.a.id, aws_security_group.b.id]
            content { security_groups = [network_interfaces.value] }
          }
        }
        resource "aws_codebuild_project" "build" {
          vpc_config { security_group_ids = toset([aws_security_group.a.id]) }
        }
        """
    )
    assert carried(estate) == {
        "aws_instance.web": ["aws_security_group.a", "sg-123"],
        "aws_ecs_service.api": ["aws_security_group.b"],
        "aws_launch_template.node": ["aws_security_group.a", "aws_security_group.b"],
        "aws_codebuild_project.build": ["aws_security_group.a"],
    }


def test_terraform_through_modules_locals_and_outputs() -> None:
    estate = terraform(
        """
        module "groups" { source = "./groups" }
        locals { all = { web = module.groups.id } }
        module "web" {
          source   = "./web"
          for_each = local.all
          groups   = [each.value]
        }
        """,
        groups='resource "aws_security_group" "this" {}\noutput "id" { value = aws_security_group.this.id }',
        web='variable "groups" {}\nresource "aws_lb" "this" { security_groups = var.groups }',
    )
    assert carried(estate) == {'module.web["web"].aws_lb.this': ["module.groups.aws_security_group.this"]}


def test_terraform_groups_under_conditions() -> None:
    estate = terraform(
        GROUPS
        + """
        variable "own" { type = bool }
        resource "aws_lambda_function" "f" {
          vpc_config { security_group_ids = [aws_security_group.a.id, var.own ? aws_security_group.b.id : "sg-1"] }
        }
        """
    )
    assert carried(estate) == {
        "aws_lambda_function.f": [
            "aws_security_group.a", "var.own is true: aws_security_group.b", "var.own is false: sg-1",
        ]
    }  # fmt: skip


def test_terraform_groups_that_another_resource_attaches() -> None:
    estate = terraform(
        GROUPS
        + """
        resource "aws_instance" "web" {}
        resource "aws_network_interface_sg_attachment" "one" {
          security_group_id    = aws_security_group.a.id
          network_interface_id = aws_instance.web.primary_network_interface_id
        }
        resource "aws_network_interface_sg_attachment" "other" {
          security_group_id    = aws_security_group.b.id
          network_interface_id = "eni-1"
        }
        """
    )
    assert attachments(estate) == [
        "aws_instance.web kind instance tier compute service ec2 facing unknown groups aws_security_group.a",
        "eni-1 kind interface tier compute service ec2 facing unknown groups aws_security_group.b",
    ]


def test_an_unknown_list_is_carried_by_its_expression() -> None:
    estate = terraform('variable "groups" {}\nresource "aws_instance" "web" { vpc_security_group_ids = var.groups }')
    assert carried(estate) == {"aws_instance.web": ["var.groups"]}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ('"aws_instance" "x" {}', True),
        ('"aws_instance" "x" { vpc_security_group_ids = [] }', True),
        ('"aws_instance" "x" { vpc_security_group_ids = null }', True),
        ('"aws_instance" "x" { vpc_security_group_ids = var.none }', False),
        ('"aws_instance" "x" { vpc_security_group_ids = var.given }', False),
        ('"aws_instance" "x" { security_groups = ["web"] }', False),
        ('"aws_instance" "x" {\nlaunch_template { id = "lt-1" }\n}', False),
        ('"aws_instance" "x" {\nnetwork_interface { network_interface_id = "eni-1" }\n}', False),
        ('"aws_lb" "x" {}', True),
        ('"aws_lb" "x" { load_balancer_type = "application" }', True),
        ('"aws_lb" "x" { load_balancer_type = "network" }', False),
        ('"aws_lb" "x" { load_balancer_type = var.given }', False),
        ('"aws_vpc_endpoint" "x" {}', False),
        ('"aws_vpc_endpoint" "x" { vpc_endpoint_type = "Interface" }', True),
        ('"aws_ecs_service" "x" {}', False),
        ('"aws_ecs_service" "x" {\nnetwork_configuration { subnets = [] }\n}', True),
        ('"aws_lambda_function" "x" {}', False),
        ('"aws_launch_template" "x" {}', False),
        ('"aws_db_instance" "x" { replicate_source_db = "other" }', False),
    ],
)
def test_terraform_resources_that_fall_into_the_default_group(resource: str, expected: bool) -> None:
    variables = 'variable "none" { default = [] }\nvariable "given" {}\n'
    assert (
        any(each.is_in_default_group for each in terraform(f"{variables}resource {resource}").attachments) == expected
    )


def test_cloudformation_properties() -> None:
    estate = cloudformation(
        TEMPLATE_GROUPS
        + """
  Web:
    Type: AWS::EC2::Instance
    Properties: {NetworkInterfaces: [{DeviceIndex: "0", GroupSet: [!GetAtt A.GroupId, sg-1]}]}
  Fleet:
    Type: AWS::EC2::SpotFleet
    Properties:
      SpotFleetRequestConfigData: {LaunchSpecifications: [{SecurityGroups: [{GroupId: !Ref A}, {GroupId: !Ref B}]}]}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      Targets:
        - Id: nightly
          EcsParameters: {NetworkConfiguration: {AwsVpcConfiguration: {SecurityGroups: [!Ref B]}}}
"""
    )
    assert carried(estate) == {"Web": ["A", "sg-1"], "Fleet": ["A", "B"], "Rule": ["B"]}


def test_cloudformation_conditions() -> None:
    estate = cloudformation(
        "Parameters: {Env: {Type: String}}\nConditions: {IsProd: !Equals [!Ref Env, prod]}"
        + TEMPLATE_GROUPS
        + """
  Web:
    Type: AWS::EC2::Instance
    Properties: {SecurityGroupIds: [!Ref A, !If [IsProd, !Ref B, !Ref AWS::NoValue]]}
"""
    )
    assert carried(estate) == {"Web": ["A", "IsProd is true: B"]}


def test_cloudformation_serverless_functions() -> None:
    estate = cloudformation(
        "Transform: AWS::Serverless-2016-10-31\nGlobals: {Function: {VpcConfig: {SecurityGroupIds: [!Ref A]}}}"
        + TEMPLATE_GROUPS
        + "  Function: {Type: AWS::Serverless::Function, Properties: {Handler: index.handler}}\n"
    )
    assert attachments(estate) == ["Function kind function tier compute service lambda facing private groups A"]


def test_cloudformation_nested_stacks() -> None:
    estate = cloudformation(
        TEMPLATE_GROUPS
        + """
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: inner.yaml, Parameters: {G: !Ref A}}
""",
        inner="""
Parameters: {G: {Type: String}}
Resources:
  Db: {Type: AWS::RDS::DBInstance, Properties: {VPCSecurityGroups: [!Ref G]}}
""",
    )
    assert carried(estate) == {"Inner/Db": ["A"]}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("AWS::EC2::Instance, Properties: {}", True),
        ("AWS::EC2::Instance, Properties: {SecurityGroupIds: !Ref Given}", False),
        ("AWS::EC2::Instance, Properties: {SecurityGroupIds: [!Ref AWS::NoValue]}", True),
        ("AWS::EC2::Instance, Properties: {NetworkInterfaces: [{DeviceIndex: '0'}]}", False),
        ("AWS::RDS::DBInstance, Properties: {}", True),
        ("AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: main}", False),
        ("AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network}", False),
        ("AWS::ECS::Service, Properties: {NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s-1]}}}", True),
    ],
)
def test_cloudformation_resources_that_fall_into_the_default_group(resource: str, expected: bool) -> None:
    template = (
        "Parameters: {Given: {Type: 'List<AWS::EC2::SecurityGroup::Id>'}}\nResources:\n  X: {Type: " + resource + "}\n"
    )
    found = cloudformation(template).attachments
    assert any(each.is_in_default_group for each in found) == expected

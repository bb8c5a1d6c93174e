"""Which load balancers have a web ACL."""

from __future__ import annotations

import pytest

from tests.aws.estates import cloudformation, terraform


def associated(target: str, type_: str = "aws_wafv2_web_acl_association") -> str:
    return f'resource "{type_}" "it" {{\n resource_arn = {target}\n}}\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {"aws_lb.a": "none", "aws_alb.b": "none"}),
        (associated("aws_lb.a.arn"), {"aws_lb.a": "associated", "aws_alb.b": "none"}),
        (
            associated("aws_alb.b.id", "aws_wafregional_web_acl_association"),
            {"aws_lb.a": "none", "aws_alb.b": "associated"},
        ),
        (associated("aws_api_gateway_stage.api.arn"), {"aws_lb.a": "none", "aws_alb.b": "none"}),
        (associated("var.other"), {"aws_lb.a": "unknown", "aws_alb.b": "unknown"}),
        (associated("data.aws_lb.known.arn"), {"aws_lb.a": "unknown", "aws_alb.b": "unknown"}),
        (
            associated("aws_lb.a.arn").replace("{\n", "{\n count = var.other ? 1 : 0\n"),
            {"aws_lb.a": "unknown", "aws_alb.b": "none"},
        ),
    ],
)
def test_terraform(text: str, expected: dict[str, str]) -> None:
    estate = terraform(
        """
        variable "other" {}
        data "aws_lb" "known" {}
        resource "aws_api_gateway_stage" "api" {}
        resource "aws_lb" "a" { security_groups = ["sg-1"] }
        resource "aws_alb" "b" {
          security_groups    = ["sg-1"]
          load_balancer_type = "application"
        }
        resource "aws_lb" "network" { load_balancer_type = "network" }
        resource "aws_lb" "either" { load_balancer_type = var.other }
        resource "aws_elb" "classic" { security_groups = ["sg-1"] }
        """
        + text
    )
    assert {each.address: each.web_acl.value for each in estate.attachments if each.web_acl} == expected


@pytest.mark.parametrize("type_", ["AWS::WAFv2::WebACLAssociation", "AWS::WAFRegional::WebACLAssociation"])
def test_cloudformation(type_: str) -> None:
    estate = cloudformation(
        f"""
Resources:
  A: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {{SecurityGroups: [sg-1]}}}}
  B: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {{Type: application, SecurityGroups: [sg-1]}}}}
  C: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {{Type: network}}}}
  It: {{Type: {type_}, Properties: {{ResourceArn: !Ref B}}}}
"""
    )
    assert {each.address: each.web_acl.value for each in estate.attachments if each.web_acl} == {
        "A": "none",
        "B": "associated",
    }

"""On what load balancers answer, and what they pass it on to."""

from __future__ import annotations

import pytest

from tests.aws.estates import cloudformation, listener_lines, terraform

BALANCER = """
resource "aws_lb" "lb" {}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.lb.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}
resource "aws_lb_target_group" "app" {
  port     = 8080
  protocol = "HTTP"
}
"""
INSTANCE = """
resource "aws_instance" "app" {}
resource "aws_lb_target_group_attachment" "app" {
  target_group_arn = aws_lb_target_group.app.arn
  target_id        = aws_instance.app.id
}
"""
LISTENER = "listener aws_lb_listener.web of aws_lb.lb"


def test_an_instance_behind_a_listener() -> None:
    assert listener_lines(terraform(BALANCER + INSTANCE)) == [
        f"{LISTENER} on tcp 443",
        "target aws_lb_listener.web aws_instance.app source balancer on tcp 8080",
    ]


def test_the_older_names_say_the_same() -> None:
    assert listener_lines(terraform((BALANCER + INSTANCE).replace("aws_lb", "aws_alb"))) == [
        "listener aws_alb_listener.web of aws_alb.lb on tcp 443",
        "target aws_alb_listener.web aws_instance.app source balancer on tcp 8080",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("port              = 443", "port = var.port", [f'{LISTENER} others on tcp unknown("var.port")']),
        ("port              = 443", 'port = "443"', [f"{LISTENER} others on tcp 443"]),
        ('protocol          = "HTTPS"', "", [f"{LISTENER} others on tcp 443"]),
        ('"HTTPS"', '"UDP"', [f"{LISTENER} others on udp 443"]),
        ('"HTTPS"', '"TCP_UDP"', [f"{LISTENER} others on tcp 443", f"{LISTENER} others on udp 443"]),
        ('"HTTPS"', "var.port", [f"{LISTENER} others on tcp 443", f"{LISTENER} others on udp 443"]),
        ('"HTTPS"', '"GENEVE"', []),
        ("aws_lb_target_group.app.arn", "var.port", [f"{LISTENER} others on tcp 443"]),
        ("target_group_arn = aws_lb_target_group.app.arn", "", [f"{LISTENER} on tcp 443"]),
        ("port     = 8080", 'target_type = "lambda"', [f"{LISTENER} on tcp 443"]),
        (
            "target_group_arn = aws_lb_target_group.app.arn",
            "forward {\ntarget_group {\narn = aws_lb_target_group.app.arn\n}\n}",
            [f"{LISTENER} others on tcp 443"],
        ),
    ],
)
def test_listeners_without_a_target_in_the_unit(old: str, new: str, expected: list[str]) -> None:
    text = BALANCER + 'variable "port" {}'
    assert old in text
    assert listener_lines(terraform(text.replace(old, new))) == expected


@pytest.mark.parametrize(
    ("group", "source"),
    [
        ('protocol = "HTTPS"', "source balancer "),
        ('protocol = "TCP"', "source caller "),
        ('protocol = "TCP"\ntarget_type = "ip"', "source balancer "),
        ('protocol = "TCP"\ntarget_type = "alb"', ""),
        ('protocol = "TLS"\ntarget_type = "ip"\npreserve_client_ip = true', "source caller "),
        ('protocol = "TCP"\npreserve_client_ip = "false"', "source balancer "),
        ('protocol = "TCP"\npreserve_client_ip = var.x', ""),
        ('protocol = "TCP"\ntarget_type = var.x', ""),
        ('protocol = "UDP"\npreserve_client_ip = false', "source caller "),
        ("", ""),
    ],
)
def test_whose_address_targets_see(group: str, source: str) -> None:
    text = (BALANCER + INSTANCE).replace('protocol = "HTTP"', group) + 'variable "x" {}'
    assert listener_lines(terraform(text))[1] == f"target aws_lb_listener.web aws_instance.app {source}on tcp 8080"


@pytest.mark.parametrize(
    ("registration", "expected"),
    [
        (INSTANCE.replace("target_id ", "port = 9000\n  target_id "), "aws_instance.app source balancer on tcp 9000"),
        (
            INSTANCE.replace("aws_instance.app.id", "aws_instance.app.private_ip"),
            "aws_instance.app source balancer on tcp 8080",
        ),
        (INSTANCE.replace("aws_instance.app.id", '"i-1"'), "i-1 source balancer on tcp 8080"),
        (
            """
            resource "aws_ecs_service" "app" {
              load_balancer {
                target_group_arn = aws_lb_target_group.app.arn
                container_name   = "web"
                container_port   = 3000
              }
            }
            """,
            "aws_ecs_service.app source balancer on tcp 3000",
        ),
        (
            """
            resource "aws_autoscaling_group" "app" {
              target_group_arns = [aws_lb_target_group.app.arn]
              launch_template { id = aws_launch_template.app.id }
            }
            """,
            "aws_launch_template.app source balancer on tcp 8080",
        ),
        (
            """
            resource "aws_autoscaling_group" "app" {
              mixed_instances_policy {
                launch_template {
                  launch_template_specification { launch_template_id = aws_launch_template.app.id }
                }
              }
            }
            resource "aws_autoscaling_attachment" "app" {
              autoscaling_group_name = aws_autoscaling_group.app.name
              lb_target_group_arn    = aws_lb_target_group.app.arn
            }
            """,
            "aws_launch_template.app source balancer on tcp 8080",
        ),
        (
            """
            resource "aws_autoscaling_group" "app" {
              launch_configuration = aws_launch_configuration.app.name
              traffic_source { identifier = aws_lb_target_group.app.arn }
            }
            """,
            "aws_launch_configuration.app source balancer on tcp 8080",
        ),
        (
            """
            resource "aws_autoscaling_group" "app" { launch_configuration = aws_launch_configuration.app.name }
            resource "aws_autoscaling_traffic_source_attachment" "app" {
              autoscaling_group_name = aws_autoscaling_group.app.name
              traffic_source { identifier = aws_lb_target_group.app.arn }
            }
            """,
            "aws_launch_configuration.app source balancer on tcp 8080",
        ),
    ],
)
def test_what_is_registered(registration: str, expected: str) -> None:
    definitions = 'resource "aws_launch_template" "app" {}\nresource "aws_launch_configuration" "app" {}\n'
    assert listener_lines(terraform(BALANCER + definitions + registration)) == [
        f"{LISTENER} on tcp 443",
        f"target aws_lb_listener.web {expected}",
    ]


def test_rules_of_a_listener_forward_too() -> None:
    text = (
        BALANCER
        + INSTANCE
        + """
        resource "aws_lb_listener_rule" "api" {
          listener_arn = aws_lb_listener.web.arn
          action {
            type             = "forward"
            target_group_arn = aws_lb_target_group.api.arn
          }
        }
        resource "aws_lb_target_group" "api" {
          port     = 9090
          protocol = "HTTP"
        }
        resource "aws_lb_target_group_attachment" "api" {
          target_group_arn = aws_lb_target_group.api.arn
          target_id        = aws_instance.app.id
        }
    """
    )
    assert listener_lines(terraform(text)) == [
        f"{LISTENER} on tcp 443",
        "target aws_lb_listener.web aws_instance.app source balancer on tcp 8080",
        "target aws_lb_listener.web aws_instance.app source balancer on tcp 9090",
    ]


def test_classic_load_balancers() -> None:
    text = """
        resource "aws_elb" "lb" {
          instances = [aws_instance.a.id]
          listener {
            lb_port           = 443
            lb_protocol       = "ssl"
            instance_port     = 8080
            instance_protocol = "tcp"
          }
        }
        resource "aws_instance" "a" {}
        resource "aws_instance" "b" {}
        resource "aws_elb_attachment" "b" {
          elb      = aws_elb.lb.id
          instance = aws_instance.b.id
        }
    """
    assert listener_lines(terraform(text)) == [
        "listener aws_elb.lb of aws_elb.lb on tcp 443",
        "target aws_elb.lb aws_instance.a source balancer on tcp 8080",
        "target aws_elb.lb aws_instance.b source balancer on tcp 8080",
    ]


TEMPLATE = """
Parameters: {Prod: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Prod, 'yes']}
Resources:
  Lb: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer'}
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Lb
      Port: !If [IsProd, 443, 80]
      Protocol: HTTP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 8080
      Protocol: TCP
      TargetType: ip
      TargetGroupAttributes: [{Key: preserve_client_ip.enabled, Value: 'true'}]
      Targets: [{Id: !Ref Instance}, {Id: 10.0.0.1, Port: 99}]
  Instance: {Type: 'AWS::EC2::Instance'}
  Service:
    Type: AWS::ECS::Service
    Properties:
      LoadBalancers: [{TargetGroupArn: !Ref Group, ContainerPort: 3000}]
  Scaled:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      TargetGroupARNs: [!Ref Group]
      LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: '1'}
  Template: {Type: 'AWS::EC2::LaunchTemplate'}
"""


def test_templates() -> None:
    targets = ["Instance source caller on tcp 8080", "10.0.0.1 source caller on tcp 99"]
    targets += ["Service source caller on tcp 3000", "Template source caller on tcp 8080"]
    assert listener_lines(cloudformation(TEMPLATE)) == [
        line
        for port, when in (("443", "when IsProd is true"), ("80", "when IsProd is false"))
        for line in (f"listener Web of Lb on tcp {port} {when}", *(f"target Web {each} {when}" for each in targets))
    ]


def test_classic_load_balancers_in_templates() -> None:
    text = """
Resources:
  Lb:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Instances: [!Ref Instance]
      Listeners: [{LoadBalancerPort: '80', InstancePort: '8080', Protocol: HTTP}]
  Instance: {Type: 'AWS::EC2::Instance'}
"""
    assert listener_lines(cloudformation(text)) == [
        "listener Lb of Lb on tcp 80",
        "target Lb Instance source balancer on tcp 8080",
    ]

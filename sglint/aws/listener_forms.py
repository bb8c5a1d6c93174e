"""What the dialects call the listeners and targets of load balancers.

Sources: the argument references of `aws_lb_listener`, `aws_lb_listener_rule`, `aws_lb_target_group`,
`aws_lb_target_group_attachment`, `aws_elb`, `aws_elb_attachment`, `aws_autoscaling_group`,
`aws_autoscaling_attachment`, `aws_autoscaling_traffic_source_attachment` and `aws_ecs_service`, and of their
counterparts among `AWS::ElasticLoadBalancingV2`, `AWS::ElasticLoadBalancing`, `AWS::AutoScaling` and `AWS::ECS`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sglint.model.record import frozen


@frozen
class ListenerForm:
    """The arguments of a listener, each a path; `targets` are paths, with blanks between them, to target groups."""

    balancer: str
    port: str
    protocol: str
    targets: str


@frozen
class ClassicForm:
    """The arguments of a classic load balancer: its blocks of listeners, and their members."""

    listeners: str
    port: str
    protocol: str
    instance_port: str


@frozen
class TargetGroupForm:
    """The arguments of a target group. `preserves` is a path, or with `attributes` the key of one of these."""

    port: str
    protocol: str
    type: str
    preserves: str
    attributes: str = ""


@frozen
class Registration:
    """A resource that makes something a target: paths to target groups or classic load balancers, to it, and its port.

    Without `groups` they are the resource itself, and so is the target without `target`. `within` is a path to blocks
    that hold the other arguments.
    """

    groups: str = ""
    target: str = ""
    port: str = ""
    within: str = ""

    @property
    def paths(self) -> str:
        if self.within:
            return self.within
        return f"{self.groups} {self.target} {self.port}"


@frozen
class BalancingForm:
    """What a dialect calls listeners and targets, each type with its arguments."""

    listeners: Mapping[str, ListenerForm]
    listener_rules: Mapping[str, tuple[str, str]]
    """The arguments that name the listener, and paths to target groups."""
    classics: Mapping[str, ClassicForm]
    target_groups: Mapping[str, TargetGroupForm]
    registrations: tuple[tuple[str, Registration], ...]
    launchers: Mapping[str, str]
    """Types that scale instances, each with paths to what these are launched from."""

    @property
    def paths(self) -> dict[str, str]:
        """The arguments by resource type."""
        found: dict[str, str] = dict(self.launchers)
        rows = [
            *(
                (type_, f"{row.balancer} {row.port} {row.protocol} {row.targets}")
                for type_, row in self.listeners.items()
            ),
            *((type_, " ".join(row)) for type_, row in self.listener_rules.items()),
            *((type_, row.listeners) for type_, row in self.classics.items()),
            *(
                (type_, f"{row.port} {row.protocol} {row.type} {row.attributes or row.preserves}")
                for type_, row in self.target_groups.items()
            ),
            *((type_, row.paths) for type_, row in self.registrations),
        ]
        for type_, paths in rows:
            found[type_] = f"{found.get(type_, '')} {paths}".strip()
        return found


_LISTENER = ListenerForm(
    "load_balancer_arn", "port", "protocol", "default_action.target_group_arn default_action.forward.target_group.arn"
)
_LISTENER_RULE = ("listener_arn", "action.target_group_arn action.forward.target_group.arn")
_TARGET_GROUP = TargetGroupForm("port", "protocol", "target_type", "preserve_client_ip")
_ATTACHMENT = Registration("target_group_arn", "target_id", "port")
_SPECIFICATION = "mixed_instances_policy.launch_template.launch_template_specification"
TERRAFORM = BalancingForm(
    listeners={"aws_lb_listener": _LISTENER, "aws_alb_listener": _LISTENER},
    listener_rules={"aws_lb_listener_rule": _LISTENER_RULE, "aws_alb_listener_rule": _LISTENER_RULE},
    classics={"aws_elb": ClassicForm("listener", "lb_port", "lb_protocol", "instance_port")},
    target_groups={"aws_lb_target_group": _TARGET_GROUP, "aws_alb_target_group": _TARGET_GROUP},
    registrations=(
        ("aws_lb_target_group_attachment", _ATTACHMENT),
        ("aws_alb_target_group_attachment", _ATTACHMENT),
        ("aws_elb", Registration(target="instances")),
        ("aws_elb_attachment", Registration("elb", "instance")),
        ("aws_autoscaling_group", Registration("target_group_arns load_balancers traffic_source.identifier")),
        (
            "aws_autoscaling_attachment",
            Registration("lb_target_group_arn alb_target_group_arn elb", "autoscaling_group_name"),
        ),
        (
            "aws_autoscaling_traffic_source_attachment",
            Registration("traffic_source.identifier", "autoscaling_group_name"),
        ),
        ("aws_ecs_service", Registration("target_group_arn elb_name", "", "container_port", "load_balancer")),
    ),
    launchers={
        "aws_autoscaling_group": "launch_template.id launch_template.name launch_configuration "
        f"{_SPECIFICATION}.launch_template_id {_SPECIFICATION}.launch_template_name"
    },
)
_FORWARD = "{0}.TargetGroupArn {0}.ForwardConfig.TargetGroups.TargetGroupArn"
_LAUNCH_TEMPLATE = "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification"
CLOUDFORMATION = BalancingForm(
    listeners={
        "AWS::ElasticLoadBalancingV2::Listener": ListenerForm(
            "LoadBalancerArn", "Port", "Protocol", _FORWARD.format("DefaultActions")
        )
    },
    listener_rules={"AWS::ElasticLoadBalancingV2::ListenerRule": ("ListenerArn", _FORWARD.format("Actions"))},
    classics={
        "AWS::ElasticLoadBalancing::LoadBalancer": ClassicForm(
            "Listeners", "LoadBalancerPort", "Protocol", "InstancePort"
        )
    },
    target_groups={
        "AWS::ElasticLoadBalancingV2::TargetGroup": TargetGroupForm(
            "Port", "Protocol", "TargetType", "preserve_client_ip.enabled", "TargetGroupAttributes"
        )
    },
    registrations=(
        ("AWS::ElasticLoadBalancingV2::TargetGroup", Registration("", "Id", "Port", "Targets")),
        ("AWS::ElasticLoadBalancing::LoadBalancer", Registration(target="Instances")),
        (
            "AWS::AutoScaling::AutoScalingGroup",
            Registration("TargetGroupARNs LoadBalancerNames TrafficSources.Identifier"),
        ),
        (
            "AWS::ECS::Service",
            Registration("TargetGroupArn LoadBalancerName", "", "ContainerPort", "LoadBalancers"),
        ),
    ),
    launchers={
        "AWS::AutoScaling::AutoScalingGroup": "LaunchTemplate.LaunchTemplateId LaunchTemplate.LaunchTemplateName "
        f"LaunchConfigurationName {_LAUNCH_TEMPLATE}.LaunchTemplateId {_LAUNCH_TEMPLATE}.LaunchTemplateName"
    },
)

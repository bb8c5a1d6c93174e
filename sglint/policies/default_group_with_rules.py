"""SG401: a VPC's default group that admits something."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.location import Step
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_group
from sglint.policies.wording import conditional, enumerate_all, passage


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for group in analysis.groups:
        if group.is_default and group.rules:
            kept = enumerate_all([f"{rule.direction.value} {passage(rule)}" for rule in group.rules], limit=3)
            steps = tuple(Step(f"{rule.direction.value} {passage(rule)}", rule.location) for rule in group.rules)
            yield of_group(group, f"the VPC's default group keeps rules ({kept})").with_steps(steps)
    for vpc in analysis.estate.vpcs:
        if vpc.default_group is None:
            message = conditional("nothing in the input closes the VPC's default group", vpc.when)
            yield Violation(message, vpc.location, vpc.address, related=vpc.evidence, is_strict=True)


POLICY = Policy(
    id="SG401",
    name="default-group-with-rules",
    severity=Severity.HIGH,
    summary=(
        "A VPC's default group keeps rules. The strict profile also tells of VPCs whose default group nothing closes."
    ),
    why=(
        "Whatever is created in the VPC without naming a group lands in the default one, often unnoticed. With rules "
        "in it, such a resource is open to all others there, or to more. Without any, it cannot talk to anyone and "
        "its author notices."
    ),
    fix=(
        "Leave the default group without rules (an empty aws_default_security_group; in CDK, "
        "restrictDefaultSecurityGroup) and give resources groups of their own."
    ),
    check=check,
    bad=(
        "group std default description used\nstd ingress all from group std",
        "group std default description used\nstd egress all to 10.0.0.0/8",
        "vpc main",
        "group vpc.DefaultSecurityGroup default referenced\nvpc.DefaultSecurityGroup ingress tcp 443 from 10.0.0.0/24",
    ),
    good=(
        "group std default",
        "group web\nweb ingress all from group web",
        "group std default\nvpc main default-group std",
    ),
    controls=("EC2.2",),
    references=(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2",
        "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    ),
)

"""SG511: nothing records the traffic of a VPC."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_vpc


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    if analysis.estate.unresolved:
        return
    for vpc in analysis.estate.vpcs:
        if vpc.is_logged is False:
            yield of_vpc(vpc, "no flow log records the traffic of the VPC")


POLICY = Policy(
    id="SG511",
    name="vpc-without-flow-logs",
    severity=Severity.NOTE,
    summary="A VPC that no flow log covers: neither one of its own, nor one of each of its subnets.",
    why=(
        "Flow logs tell who talked to whom, and what was turned away. Without them there is nothing to look at after "
        "an incident, and no way to tell which rules of a group are in use."
    ),
    fix="Add a flow log for the VPC, or accept the risk where another root module or stack has one.",
    check=check,
    bad=(
        "vpc main default-group closed",
        "vpc main default-group closed subnets a,b",
        "vpc main default-group closed when IsProd is false",
    ),
    good=(
        "vpc main logged",
        "vpc main logged unknown",
        'vpc main\nunresolved module.logs source "acme/flow-logs/aws" reason "not on disk"',
    ),
    controls=("EC2.6",),
    references=(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6",
        "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    ),
)

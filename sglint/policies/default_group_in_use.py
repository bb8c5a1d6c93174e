"""SG402: a resource that names no group and so carries the VPC's default one."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_attachment


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for attachment in analysis.estate.attachments:
        if attachment.is_in_default_group:
            message = f"{attachment.address} names no security group, so AWS puts it into the VPC's default group"
            yield of_attachment(attachment, message)


POLICY = Policy(
    id="SG402",
    name="default-group-in-use",
    severity=Severity.MEDIUM,
    summary="A resource in a VPC names no security group, so it gets the VPC's default one.",
    why=(
        "All resources that name no group share the default one, and by AWS's default its members may talk to each "
        "other on everything and to the world. Nobody decided that for this resource, and its code does not show it."
    ),
    fix="Give the resource a group of its own that admits what it needs.",
    check=check,
    bad=(
        "attachment web-1 kind instance tier compute default",
        "attachment db kind database tier data facing private default when A is x",
    ),
    good=(
        "attachment web-1 kind instance tier compute groups web",
        "attachment nlb kind load-balancer tier edge facing public",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",),
)

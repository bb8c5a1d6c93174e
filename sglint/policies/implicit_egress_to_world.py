"""SG203: nobody wrote an egress rule, so AWS admits everything."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.attachments import only_answer
from sglint.model.rules import Direction, Origin
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for group, admission in analysis.world(Direction.EGRESS):
        if admission.rule.origin is Origin.IMPLICIT:
            message = "the group has no egress rule, so AWS lets it reach every address on every protocol and port"
            is_idle = only_answer(analysis.attachments.of(group.address, admission.when))
            yield of_admission(admission, message, severity=Severity.LOW if is_idle else None)


POLICY = Policy(
    id="SG203",
    name="implicit-egress-to-world",
    severity=Severity.MEDIUM,
    summary="The group has no egress rule in CloudFormation, inline or standalone, so AWS admits everything out.",
    why=(
        "A group that CloudFormation creates without any egress rule keeps the rule that AWS gives every new group: "
        "all traffic to everywhere. What looks like a closed template is open. (Terraform removes that rule: there, "
        "no egress block means no egress.) On a group that only interface endpoints carry, which answer and never ask, "
        "it is of low severity."
    ),
    fix="Write the egress rules that the members need; a rule to 127.0.0.1/32 alone closes egress.",
    check=check,
    bad=("web egress all to 0.0.0.0/0 implicit", "web egress all to 0.0.0.0/0 implicit when IsProd is true"),
    good=(
        "web egress all to 0.0.0.0/0",
        "web egress all to 127.0.0.1/32",
        "web ingress tcp 443 from 0.0.0.0/0",
    ),
    references=(
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html",
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    ),
)

"""SG201: members may reach the whole world on everything."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.attachments import only_answer
from sglint.model.rules import Direction, Origin
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import peers_text, reach_text


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for group, admission in analysis.world(Direction.EGRESS):
        if admission.traffic.is_all_ports and admission.rule.origin is not Origin.IMPLICIT:
            message = f"the group may reach {peers_text(admission)} on {reach_text(admission.traffic)}"
            is_idle = only_answer(analysis.attachments.of(group.address, admission.when))
            yield of_admission(admission, message, severity=Severity.LOW if is_idle else None)


POLICY = Policy(
    id="SG201",
    name="all-traffic-to-world",
    severity=Severity.MEDIUM,
    summary="The members of the group may reach the world on all protocols, or on every tcp or udp port.",
    why=(
        "Egress decides what an intruder can do next: fetch tools, call home, send data out, attack others. Most "
        "services talk to a few known places, and open egress is kept only because it is the default. On a group that "
        "only interface endpoints carry, which answer and never ask, it is of low severity."
    ),
    fix=(
        "Name the destinations and ports that the members need; in CDK, set allowAllOutbound to false and add egress "
        "rules."
    ),
    check=check,
    bad=(
        "web egress all to 0.0.0.0/0",
        "web egress all to ::/0",
        "web egress tcp 0-65535 to 0.0.0.0/0",
        "web egress all to 0.0.0.0/1\nweb egress all to 128.0.0.0/1",
    ),
    good=(
        "web egress tcp 443 to 0.0.0.0/0",
        "web egress all to 10.0.0.0/8",
        "web egress icmp 252/86 to 255.255.255.255/32",
        "web egress all to 0.0.0.0/0 implicit",
    ),
    supersedes=("SG202",),
    references=(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
        "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SecurityGroup.html",
    ),
)

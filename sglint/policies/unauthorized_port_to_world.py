"""SG202: members may reach the whole world on a port that nobody has authorized."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.rules import Direction, Origin
from sglint.policies.authorization import unauthorized_text
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    for _group, admission in analysis.world(Direction.EGRESS):
        message = unauthorized_text(admission, parameters.authorized_egress)
        if message and admission.rule.origin is not Origin.IMPLICIT:
            yield of_admission(admission, message)


POLICY = Policy(
    id="SG202",
    name="unauthorized-port-to-world",
    severity=Severity.LOW,
    summary="The members may reach the world on a tcp or udp port other than the authorized ones (tcp 443 by default).",
    why=(
        "Almost all of what a service needs from the internet is https. Other ports open to every address are ways out "
        "for data and ways in for tools: mail, ssh, name lookups past the VPC's own resolver."
    ),
    fix="Name the destinations of that traffic, or authorize the port if it has to go anywhere.",
    check=check,
    bad=(
        "web egress tcp 80 to 0.0.0.0/0",
        "web egress tcp 400-500 to ::/0",
        "web egress udp 53 to 0.0.0.0/0",
    ),
    good=(
        "web egress tcp 443 to 0.0.0.0/0",
        "web egress tcp 5432 to 10.0.0.0/16",
        "web egress tcp 25 to group relay",
        "web egress all to 0.0.0.0/0 implicit",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
)

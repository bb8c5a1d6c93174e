"""SG110: a network may use everything."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.rules import Direction
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_rule
from sglint.policies.wording import peer_text, reach_text


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for _group, rule in analysis.rules(Direction.INGRESS):
        if analysis.level(rule) == 3:
            message = f"{peer_text(rule)} may use {reach_text(rule.traffic)}"
            yield of_rule(rule, message, superseded_by=("SG107",))


POLICY = Policy(
    id="SG110",
    name="all-traffic-from-network",
    severity=Severity.MEDIUM,
    summary="A network range may use all protocols, or every tcp or udp port (privilege level 3).",
    why=(
        "One compromised host inside the range reaches everything on the group's members, and the range has more hosts "
        "than anybody remembers. Inside networks is where intruders move on."
    ),
    fix="Name the ports in use, and refer to the groups of those who need them instead of their network.",
    check=check,
    bad=(
        "web ingress all from 10.0.0.0/8",
        "web ingress tcp 0-65535 from 203.0.113.7/32",
        "web ingress udp 1-65535 from prefix-list office entries 198.51.100.0/24",
    ),
    good=(
        "web ingress tcp 443 from 10.0.0.0/8",
        "web ingress all from group app",
        "web egress all to 10.0.0.0/8",
    ),
    supersedes=("SG111",),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
)

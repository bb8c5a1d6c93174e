"""SG410: members may use everything among themselves."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.rules import Direction, GroupRef
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_rule


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for _group, rule in analysis.rules(Direction.INGRESS):
        is_self = isinstance(rule.peer, GroupRef) and rule.peer.group == rule.group
        if is_self and rule.traffic.is_all_protocols:
            yield of_rule(rule, "the group's members may use every protocol and port among themselves")


POLICY = Policy(
    id="SG410",
    name="self-reference-all-traffic",
    severity=Severity.NOTE,
    summary="The members of the group may use all protocols among themselves.",
    why=(
        "One compromised member reaches everything on all others. Clusters often need it; services behind a load "
        "balancer hardly ever do."
    ),
    fix="Name the ports on which the members talk to each other.",
    check=check,
    bad=("cluster ingress all from group cluster",),
    good=(
        "cluster ingress tcp 7946 from group cluster",
        "cluster ingress all from group bastion",
        "cluster egress all to group cluster",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
    is_strict=True,
)

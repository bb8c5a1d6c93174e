"""SG408: members of another account's group."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.rules import Direction, GroupRef
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_rule


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for _group, rule in analysis.rules():
        if isinstance(rule.peer, GroupRef) and rule.peer.account is not None:
            side = "may enter" if rule.direction is Direction.INGRESS else "may be reached"
            yield of_rule(rule, f"the members of {rule.peer} {side}, and who they are is decided there")


POLICY = Policy(
    id="SG408",
    name="cross-account-group-reference",
    severity=Severity.LOW,
    summary="A peer is a group of another account.",
    why=(
        "The other account decides who is a member, and nothing in this code shows it. When the peering connection or "
        "the group goes, the rule stays behind as stale and is easily taken for one in use."
    ),
    fix="Agree on the networks or a shared endpoint service instead, or record who owns the other group.",
    check=check,
    bad=(
        "web ingress tcp 443 from group sg-0123456789abcdef0 of account 123456789012",
        "web egress tcp 5432 to group sg-0123456789abcdef0 of account 123456789012",
    ),
    good=("web ingress tcp 443 from group sg-0123456789abcdef0", "web ingress tcp 443 from group app"),
    references=("https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html",),
)

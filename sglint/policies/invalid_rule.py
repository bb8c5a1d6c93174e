"""SG307: a rule that AWS refuses, or that means something else than it says."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.rules import NOBODY, Direction, Rule
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_rule


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for _group, rule in analysis.rules():
        for defect in rule.defects:
            yield of_rule(rule, defect.detail, defect.location, edit=defect.edit)
        if not rule.defects:
            yield from _empty(rule)


def _empty(rule: Rule) -> Iterator[Violation]:
    """What a rule says by admitting nothing, where the input did not say how it came to that."""
    if rule.peer == NOBODY:
        side = "source" if rule.direction is Direction.INGRESS else "destination"
        yield of_rule(rule, f"the rule names no {side}")
    if not rule.traffic.unknowns and not rule.traffic.selector:
        yield of_rule(rule, "the rule selects no traffic")


POLICY = Policy(
    id="SG307",
    name="invalid-rule",
    severity=Severity.MEDIUM,
    summary="A rule that AWS refuses, or that means something else than it says.",
    why=(
        "A first port above the last, an unknown protocol, a rule without any peer: the deployment fails, or worse, "
        "half of it succeeds. Host bits in a CIDR block, a /0 written with an address, ports beside a protocol that "
        "has none, self beside the group's own id: AWS accepts these and does something that the author did not write."
    ),
    fix="Write what is meant: ports in order, a protocol that AWS knows, a block that begins at its network address.",
    check=check,
    bad=(
        "web ingress tcp 443 from nobody",
        "web ingress tcp none from 10.0.0.0/8",
    ),
    good=(
        "web ingress tcp 443 from 10.0.0.0/8",
        "web ingress all from group web",
        'web ingress tcp unknown("var.port") from 10.0.0.0/8',
    ),
    references=(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html",
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    ),
)

"""SG302: nothing says what a rule is for."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.rules import Origin
from sglint.model.values import Unknown
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_rule
from sglint.policies.wording import traffic_text


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for _group, rule in analysis.rules():
        if rule.origin is Origin.IMPLICIT or isinstance(rule.description, Unknown):
            continue
        if rule.description is None or not rule.description.strip():
            what = "has no description" if rule.description is None else "has a blank description"
            which = f"{rule.direction.value} rule for {traffic_text(rule.traffic)}"
            # One description serves all peers of a block, so they are told of at the one place where it belongs.
            location = rule.places.description if rule.places is not None else None
            yield of_rule(rule, f"the {which} {what}", location)


POLICY = Policy(
    id="SG302",
    name="missing-rule-description",
    severity=Severity.LOW,
    summary="A rule has no description, or a blank one.",
    why=(
        "The description is the only place that AWS keeps for the reason of a rule, and the only thing an auditor sees "
        "beside the numbers. A rule without one cannot be told from a rule that was left behind."
    ),
    fix="Say in the rule's description who needs the access and for what.",
    check=check,
    bad=(
        "web ingress tcp 443 from 0.0.0.0/0",
        'web ingress tcp 443 from 0.0.0.0/0 ""',
        'web egress tcp 443 to 0.0.0.0/0 "  "',
    ),
    good=(
        'web ingress tcp 443 from 0.0.0.0/0 "Customers of the shop"',
        'web ingress tcp 443 from 0.0.0.0/0 description unknown("var.reason")',
        "web egress all to 0.0.0.0/0 implicit",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
)

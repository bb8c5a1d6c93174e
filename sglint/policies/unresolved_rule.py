"""SG901: a rule that cannot be judged before it is deployed."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.location import Location
from sglint.model.rules import Rule
from sglint.model.values import Unknown
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_rule
from sglint.policies.wording import enumerate_all, expression_text, peer_text


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for _group, rule in analysis.rules():
        parts = tuple(_unknown_parts(rule))
        if parts:
            names = enumerate_all(tuple(name for name, _ in parts))
            yield of_rule(rule, f"only the deployment knows {names}{_blockers(rule)}", parts[0][1])


def _unknown_parts(rule: Rule) -> Iterator[tuple[str, Location]]:
    """Each part that is not known, by name and expression, with its place."""
    if isinstance(rule.peer, Unknown):
        yield f"the peer {peer_text(rule)}", rule.location
    protocol, selector, places = rule.traffic.protocol, rule.traffic.selector, rule.places
    if isinstance(protocol, Unknown):
        yield f"the protocol {expression_text(protocol)}", places.protocol if places else rule.location
    if isinstance(selector, Unknown):
        yield f"the ports {expression_text(selector)}", places.ports if places else rule.location


def _blockers(rule: Rule) -> str:
    """The symbols that stand in the way, where the expressions are not those symbols themselves."""
    symbols = dict.fromkeys(each.blocked_by for each in rule.unknowns if each.blocked_by != each.expression)
    return f" (blocked by {enumerate_all(tuple(symbols))})" if symbols else ""


POLICY = Policy(
    id="SG901",
    name="unresolved-rule",
    severity=Severity.NOTE,
    summary="A rule whose peer, protocol or ports depend on a value that only the deployment knows.",
    why=(
        "It is neither a pass nor a failure: the rule was not judged by the policies that need the value. The message "
        "names the expression and the symbol that stands in the way, so that the value can be given. A group or a "
        "prefix list that the input does not define is a known kind of peer: such a rule is judged."
    ),
    fix="Give the value in a variable or parameter file, or judge a plan, where it is known.",
    check=check,
    bad=(
        'web ingress tcp 22 from unknown("var.office")',
        'web ingress tcp unknown("local.ports[0]" blocked by "var.port") from 0.0.0.0/0',
        'web ingress unknown("var.protocol") from 10.0.0.0/8',
    ),
    good=(
        "web ingress tcp 22 from 10.0.0.0/8",
        "web ingress tcp 22 from group sg-0123456789abcdef0",
        "web ingress tcp 443 from prefix-list pl-0123456789abcdef0",
    ),
    is_open=True,
)

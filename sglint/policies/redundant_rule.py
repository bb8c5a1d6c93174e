"""SG305: a rule that others already admit in full."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sglint.analysis.analysis import Analysis
from sglint.analysis.coverage import redundant_rules
from sglint.analysis.pairs import Pairs
from sglint.model.location import Step
from sglint.model.rules import Direction, Estate, Rule, SecurityGroup
from sglint.policies import (
    admin_port_from_wide_network,
    all_traffic_from_network,
    all_traffic_from_world,
    all_traffic_to_world,
    data_port_from_network,
    icmp_from_world,
    near_world_cidr,
    unauthorized_port_from_world,
    unauthorized_port_to_world,
    wide_port_range,
)
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_rule
from sglint.policies.wording import enumerate_all, passage

_TOO_WIDE = (
    all_traffic_from_world,
    unauthorized_port_from_world,
    near_world_cidr,
    wide_port_range,
    all_traffic_from_network,
    icmp_from_world,
    admin_port_from_wide_network,
    data_port_from_network,
    all_traffic_to_world,
    unauthorized_port_to_world,
)
"""Policies whose violation makes the rule itself the one to remove, not the narrower one beside it."""


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    for group in analysis.groups:
        of_group = partial(_of_group, group, parameters, analysis.pairs)
        yield from analysis.pairs.within(group.location, of_group)


def _of_group(group: SecurityGroup, parameters: Parameters, pairs: Pairs) -> Iterator[Violation]:
    for direction in Direction:
        rules = [rule for rule in group.rules if rule.direction is direction]
        if redundant_rules(rules, lambda cover, rule: True, pairs):
            yield from _redundant(rules, _too_wide(group, parameters, pairs), pairs)


def _too_wide(group: SecurityGroup, parameters: Parameters, pairs: Pairs) -> set[int]:
    """The identities of the rules that are too wide to stay in another one's place."""
    analysis = Analysis(Estate((group,)), pairs=pairs)
    violations = (violation for policy in _TOO_WIDE for violation in policy.check(analysis, parameters))
    return {id(rule) for violation in violations for rule in (violation.rule, *violation.others)}


def _redundant(rules: list[Rule], too_wide: set[int], pairs: Pairs) -> Iterator[Violation]:
    def is_fit(cover: Rule, rule: Rule) -> bool:
        is_too_wide = cover.traffic.is_all_ports or id(cover) in too_wide
        return not is_too_wide or _says_the_same(cover, rule)

    for rule, covers in redundant_rules(rules, is_fit, pairs):
        steps = (Step(f"the group admits {passage(cover)}", cover.location) for cover in covers)
        yield of_rule(rule, _message(rule, covers), related=steps, superseded_by=("SG307",))


def _says_the_same(one: Rule, other: Rule) -> bool:
    return one.traffic == other.traffic and one.peer == other.peer


def _message(rule: Rule, covers: tuple[Rule, ...]) -> str:
    if len(covers) == 1 and _says_the_same(covers[0], rule):
        return f"{passage(rule)} is written twice"
    names = tuple(dict.fromkeys(map(passage, covers)))
    return f"{passage(rule)} is already admitted by {enumerate_all(names)}" + (" together" if len(names) > 1 else "")


POLICY = Policy(
    id="SG305",
    name="redundant-rule",
    severity=Severity.LOW,
    summary="A rule that the other rules of its group already admit in full: duplicate, shadowed or left behind.",
    why=(
        "It changes nothing today and everything later: whoever narrows the other rule finds the access still open. It "
        "also counts against the quota of rules. A narrow rule beside one that is too wide is not called redundant: "
        "there, the wide one is the one to remove."
    ),
    fix="Remove the rule; nothing else has to change.",
    check=check,
    bad=(
        "web ingress tcp 443 from 10.0.0.0/8\nweb ingress tcp 443 from 10.1.0.0/16",
        "web ingress tcp 443 from 10.0.0.0/8\nweb ingress tcp 443 from 10.0.0.0/8 standalone",
        "web ingress tcp 80 from group app\nweb ingress tcp 80-90 from group app",
        "web ingress tcp 80-85 from 10.0.0.0/8\nweb ingress tcp 86-90 from 10.0.0.0/8\n"
        "web ingress tcp 84-88 from 10.2.0.0/16",
    ),
    good=(
        "web ingress tcp 443 from 10.0.0.0/8\nweb ingress tcp 443 from 192.168.0.0/16",
        "web ingress tcp 443 from 10.0.0.0/8\nweb ingress udp 443 from 10.1.0.0/16",
        "web ingress tcp 443 from 10.0.0.0/8 when IsProd is true\nweb ingress tcp 443 from 10.1.0.0/16",
        "web ingress all from 0.0.0.0/0\nweb ingress tcp 22 from 10.0.0.0/24",
        "web ingress tcp 22 from 10.0.0.0/8\nweb ingress tcp 22 from 10.0.4.0/24",
        "web ingress all from group app\nweb ingress tcp 22 from group app",
        "web ingress tcp 20-25 from 0.0.0.0/1\nweb ingress tcp 20-25 from 128.0.0.0/1\n"
        "web ingress tcp 22 from 203.0.113.0/28",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
)

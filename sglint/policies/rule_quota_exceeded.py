"""SG308: more rules than AWS allows in a group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.segments import Family, implies
from sglint.model.addresses import AddressSet
from sglint.model.rules import Direction, Network, PrefixList, Rule, SecurityGroup
from sglint.model.values import ALWAYS, Unknown, When
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_group


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    for group in analysis.groups:
        for direction in Direction:
            for when, family, count in _largest(group, direction, parameters.max_rules):
                what = f"{count} {direction.value} rules count against the quota of {parameters.max_rules}"
                yield of_group(group, f"{what} for {family.value}", when=when)


def _largest(group: SecurityGroup, direction: Direction, quota: int) -> Iterator[tuple[When, Family, int]]:
    """Each family whose rules exceed the quota, under the condition that brings most of them."""
    rules = [rule for rule in group.rules if rule.direction is direction]
    if sum(_weights(rules).values()) <= quota:
        return
    whens = [ALWAYS, *dict.fromkeys(rule.when for rule in rules if rule.when)]
    counted = [(when, _weights(rule for rule in rules if implies(when, rule.when))) for when in whens]
    for family in Family:
        when, weights = max(counted, key=lambda each: each[1][family])
        if weights[family] > quota:
            yield when, family, weights[family]


def _weights(rules: Iterable[Rule]) -> Counter[Family]:
    """How many rules AWS counts for each family, at least.

    A group counts once for each; so does a prefix list whose entries are not known, and one whose entries are known
    counts at least these. A peer that only the deployment knows is not counted.
    """
    weights: Counter[Family] = Counter()
    for rule in rules:
        peer = rule.peer
        if isinstance(peer, Unknown):
            continue
        if isinstance(peer, Network):
            weights.update(family for family in Family if family.of(peer.addresses))
        elif isinstance(peer, PrefixList) and peer.entries is not None:
            weights.update(_entries(peer.entries))
        else:
            weights.update(Family)
    return weights


def _entries(addresses: AddressSet) -> Iterator[Family]:
    for cidr in addresses.cidrs():
        yield Family.V6 if ":" in cidr else Family.V4


_TOO_MANY = "\n".join(f"web ingress tcp 443 from 10.0.{number}.0/24" for number in range(0, 122, 2))

POLICY = Policy(
    id="SG308",
    name="rule-quota-exceeded",
    severity=Severity.LOW,
    summary="More than 60 rules in one direction and address family, counted as AWS counts them.",
    why=(
        "AWS refuses the rule past the quota of 60 per group, direction and address family, in the middle of a "
        "deployment. A prefix list counts as many rules as it may hold. A group that comes near has become several "
        "groups' worth of access."
    ),
    fix="Join neighbouring networks, refer to groups, or split the group by what its members do.",
    check=check,
    bad=(_TOO_MANY,),
    good=(
        "web ingress tcp 443 from 10.0.0.0/24\nweb ingress tcp 443 from ::/0",
        _TOO_MANY.rpartition("\n")[0],
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",),
)

"""SG308: more rules than AWS allows in a group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from sglint.analysis.analysis import Analysis
from sglint.analysis.pairs import Pairs
from sglint.analysis.segments import Family
from sglint.model.addresses import AddressSet
from sglint.model.attachments import Attachment
from sglint.model.location import Step
from sglint.model.rules import Direction, Network, PrefixList, Rule, SecurityGroup
from sglint.model.values import ALWAYS, Unknown, When
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_attachment, of_group

_PER_INTERFACE = 1000
"""How many rules the groups of a network interface may have together, each way and for each address family."""


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    for group in analysis.groups:
        for direction in Direction:
            found = partial(_largest, group, direction, parameters.max_rules, analysis.pairs)
            for when, family, count in analysis.pairs.within(group.location, found):
                what = f"{count} {direction.value} rules count against the quota of {parameters.max_rules}"
                yield of_group(group, f"{what} for {family.value}", when=when)
    groups = {group.address: group for group in analysis.groups}
    for attachment in analysis.estate.attachments:
        carried = [groups[name] for name in attachment.groups if name in groups]
        yield from _of_interface(attachment, carried)


def _of_interface(attachment: Attachment, groups: Sequence[SecurityGroup]) -> Iterator[Violation]:
    for direction in Direction:
        weights = _weights(
            rule
            for group in groups
            for rule in group.rules
            if rule.direction is direction and attachment.when.implies(rule.when)
        )
        for family, count in weights.items():
            if count > _PER_INTERFACE:
                what = f"{count} {direction.value} rules for {family.value} in the {len(groups)} groups of"
                quota = f"more than the {_PER_INTERFACE} that a network interface may have"
                steps = (Step(f"{attachment.address} carries {group.address}", group.location) for group in groups)
                yield of_attachment(attachment, f"{what} {attachment.address}, {quota}", steps)


def _largest(
    group: SecurityGroup, direction: Direction, quota: int, pairs: Pairs
) -> Iterator[tuple[When, Family, int]]:
    """Each family whose rules exceed the quota, under the condition that brings most of them."""
    by_when: dict[When, list[Rule]] = {ALWAYS: []}
    for rule in group.rules:
        if rule.direction is direction:
            by_when.setdefault(rule.when, []).append(rule)
    apart = {when: _weights(rules) for when, rules in by_when.items()}
    if all(sum(weights[family] for weights in apart.values()) <= quota for family in Family):
        return
    pairs.take(len(apart) ** 2)
    counted = [
        (when, sum([weights for other, weights in apart.items() if when.implies(other)], Counter())) for when in apart
    ]
    for family in Family:
        when, weights = max(counted, key=lambda each: each[1][family])
        if weights[family] > quota:
            yield when, family, weights[family]


def _weights(rules: Iterable[Rule]) -> Counter[Family]:
    """How many rules AWS counts for each family, at least.

    A group counts once for each. A prefix list counts as many times as it may have entries, and at least as often as
    it has some; of which family they are is told by those that are known. A peer that only the deployment knows is
    not counted.
    """
    weights: Counter[Family] = Counter()
    for rule in rules:
        peer = rule.peer
        if isinstance(peer, Network):
            weights.update(family for family in Family if family.of(peer.addresses))
        elif isinstance(peer, PrefixList):
            weights.update(_weights_of(peer))
        elif not isinstance(peer, Unknown):
            weights.update(Family)
    return weights


def _weights_of(peer: PrefixList) -> Counter[Family]:
    entries = _families(peer.entries) if peer.entries is not None else Counter[Family]()
    return Counter({family: max(entries.get(family, 0), peer.size or 1) for family in entries or Family})


@lru_cache(maxsize=64)
def _families(addresses: AddressSet) -> Mapping[Family, int]:
    """How many CIDR blocks a list of addresses takes, by family."""
    return Counter(Family.V6 if ":" in cidr else Family.V4 for cidr in addresses.cidrs())


_TOO_MANY = "\n".join(f"web ingress tcp 443 from 10.0.{number}.0/24" for number in range(0, 122, 2))

_MANY_GROUPS = "\n".join(
    f"g{number} ingress tcp 443 from prefix-list offices entries 10.0.0.0/24 size 60" for number in range(17)
)
_CARRIED = f"attachment web kind instance tier compute groups {','.join(f'g{number}' for number in range(17))}"

POLICY = Policy(
    id="SG308",
    name="rule-quota-exceeded",
    severity=Severity.LOW,
    summary=(
        "More than 60 rules of a group, or 1,000 of the groups of one network interface, in one direction and address "
        "family, counted as AWS counts them."
    ),
    why=(
        "AWS refuses the rule past the quota of 60 per group, direction and address family, in the middle of a "
        "deployment. A prefix list counts as many rules as it may hold. A group that comes near has become several "
        "groups' worth of access."
    ),
    fix="Join neighbouring networks, refer to groups, or split the group by what its members do.",
    check=check,
    bad=(
        _TOO_MANY,
        "web ingress tcp 443 from prefix-list com.amazonaws.global.cloudfront.origin-facing size 55\n"
        "web ingress tcp 80 from prefix-list com.amazonaws.global.cloudfront.origin-facing size 55",
        f"{_CARRIED}\n{_MANY_GROUPS}",
    ),
    good=(
        "web ingress tcp 443 from 10.0.0.0/24\nweb ingress tcp 443 from ::/0",
        _TOO_MANY.rpartition("\n")[0],
        f"{_CARRIED.replace(',g16', '')}\n{_MANY_GROUPS}",
        "web ingress tcp 443 from prefix-list com.amazonaws.global.cloudfront.origin-facing size 55",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",),
)

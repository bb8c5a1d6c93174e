"""SG101: the world may use everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sglint.analysis.admission import Admission
from sglint.analysis.analysis import Analysis
from sglint.analysis.near_world import near_world
from sglint.model.rules import Direction, SecurityGroup
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import enumerate_all, passage, peers_text, reach_text


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    opened = analysis.opened(Direction.INGRESS)
    for group in analysis.groups:
        admissions = [each for each in opened.get(group.address, ()) if each.traffic.is_all_ports]
        remaining = _remaining(group, admissions, analysis) if admissions else ""
        for admission in admissions:
            message = f"{peers_text(admission)} may use {reach_text(admission.traffic)}"
            yield of_admission(admission, message + remaining)


def _remaining(group: SecurityGroup, admissions: Sequence[Admission], analysis: Analysis) -> str:
    """What is left for certain once nothing opens everything: specific ports, from networks or groups.

    It is told only where no other rule opens the group, or may open it, to more than that.
    """
    opening = {id(rule) for admission in admissions for rule in admission.rules}
    others = [rule for rule in group.rules if rule.direction is Direction.INGRESS and id(rule) not in opening]
    together = analysis.pairs.within(group.location, lambda: near_world(others, (), analysis.pairs))
    if any(analysis.level(rule) not in _NARROW for rule in others) or any(together) or analysis.pairs.problems:
        return ""
    passages = dict.fromkeys(passage(rule) for rule in others if not rule.when and not rule.traffic.is_all_ports)
    if not passages:
        return ""
    removed = "all that opens everything" if len(admissions) > 1 else "it" if len(opening) == 1 else "them"
    remains = "remains" if len(passages) == 1 else "remain"
    return f"; removing {removed} is enough, {enumerate_all(tuple(passages))} {remains}"


_NARROW = (4, 5)
"""The privilege levels of rules that trust a network or a group."""


POLICY = Policy(
    id="SG101",
    name="all-traffic-from-world",
    severity=Severity.CRITICAL,
    summary="The world may use all protocols, or every tcp or udp port.",
    why=(
        "Everything that listens on a member of the group can be reached by anyone: administration, databases, debug "
        "endpoints, and whatever is started tomorrow. One such rule breaks every control about open ports at once, "
        "and removing it resolves them all."
    ),
    fix="Remove the rule, and admit only the ports in use from the networks or groups that need them.",
    check=check,
    bad=(
        "web ingress all from 0.0.0.0/0",
        "web ingress tcp 0-65535 from ::/0",
        "web ingress udp 1-65535 from 0.0.0.0/0",
        "web ingress all from 0.0.0.0/1\nweb ingress all from 128.0.0.0/1",
        "web ingress all from prefix-list pl-1 entries 0.0.0.0/0",
    ),
    good=(
        "web ingress tcp 443 from 0.0.0.0/0",
        "web ingress all from 10.0.0.0/8",
        "web ingress all from group bastion",
        "web ingress all from 0.0.0.0/1 when IsProd is true\nweb ingress all from 128.0.0.0/1 when IsProd is false",
    ),
    controls=("EC2.13", "EC2.14", "EC2.18", "EC2.19", "EC2.53", "EC2.54"),
    supersedes=("SG102", "SG103", "SG104", "SG105", "SG106"),
    references=(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    ),
)

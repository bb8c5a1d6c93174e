"""SG307: a rule or a group that AWS refuses, or that means something else than it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.rules import NOBODY, Direction, Rule, SecurityGroup
from sglint.model.values import Unknown
from sglint.notation.words import quote
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_group, of_rule

_ALLOWED = "._-:/()#,@[]+=&;{}!$*"
_REFUSED = rf"[^a-zA-Z0-9 {re.escape(_ALLOWED)}]"
_LONGEST = 255
_ID_PREFIX = "sg-"
"""What EC2 takes in names and descriptions (EC2 API reference, CreateSecurityGroup and IpRange)."""


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for group in analysis.groups:
        if group.is_defined and not group.is_default:
            yield from _texts(group)
    for _group, rule in analysis.rules():
        for fault in _faults("the rule's description", rule.description):
            yield of_rule(rule, fault, rule.places.description if rule.places is not None else None)
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


def _texts(group: SecurityGroup) -> Iterator[Violation]:
    """What EC2 does not take of what the group is called and said to be for."""
    for fault in _faults("the group's name", group.name):
        yield of_group(group, fault)
    if isinstance(group.name, str) and group.name.startswith(_ID_PREFIX):
        yield of_group(group, f'the group\'s name "{group.name}" begins with {_ID_PREFIX}, which EC2 keeps for ids')
    for fault in _faults("the group's description", group.description):
        yield of_group(group, fault, group.description_location)


def _faults(what: str, text: str | Unknown | None) -> Iterator[str]:
    """What EC2 refuses about a text, as far as it is known."""
    if not isinstance(text, str):
        return
    refused = re.search(_REFUSED, text)
    if refused is not None:
        yield (
            f"{what} holds {quote(refused[0])}, which EC2 refuses: it takes letters from a to z, digits, spaces and "
            f"{_ALLOWED}"
        )
    if len(text) > _LONGEST:
        yield f"{what} is {len(text)} characters long, of which EC2 takes {_LONGEST} at most"


POLICY = Policy(
    id="SG307",
    name="invalid-rule",
    severity=Severity.MEDIUM,
    summary="A rule or a group that AWS refuses, or that means something else than it says.",
    why=(
        "A first port above the last, an unknown protocol, a rule without any peer, an apostrophe in a description, a "
        "name that begins with sg-: the deployment fails, or worse, half of it succeeds. Host bits in a CIDR block, a "
        "/0 written with an address, ports beside a protocol that has none, self beside the group's own id: AWS "
        "accepts these and does something that the author did not write."
    ),
    fix=(
        "Write what is meant: ports in order, a protocol that AWS knows, a block that begins at its network address, "
        "texts in the characters that EC2 takes."
    ),
    check=check,
    bad=(
        "web ingress tcp 443 from nobody",
        "web ingress tcp none from 10.0.0.0/8",
        'web ingress tcp 443 from 10.0.0.0/8 "The office\'s network"',
        'group web description "Web servers \u2013 public"',
        'group web name "sg-web" description "Web servers"',
    ),
    good=(
        'group web name "web (main)" description "Web servers, port 443: https://example.com/web#443"',
        'group web name unknown("var.name") description unknown("var.description")',
        "web ingress tcp 443 from 10.0.0.0/8",
        "web ingress all from group web",
        'web ingress tcp unknown("var.port") from 10.0.0.0/8',
    ),
    references=(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html",
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    ),
)

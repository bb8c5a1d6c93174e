"""SG111: a rule names a private network where the callers' group would do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from sglint.analysis.analysis import Analysis
from sglint.analysis.attachments import of_tier
from sglint.analysis.callers import Callers
from sglint.model.attachments import Tier
from sglint.model.record import replace
from sglint.model.rules import Direction
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_rule
from sglint.policies.wording import enumerate_all, passage


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    callers = Callers(analysis.estate, analysis.groups, analysis.pairs)
    for group, rule in analysis.rules(Direction.INGRESS):
        if analysis.level(rule) != _LEVEL or not rule.addresses.is_private:
            continue
        carriers = analysis.attachments.of(group.address, rule.when)
        is_open_to_all = any(tier for tier in _SHARED if any(of_tier(carriers, tier)))
        found = analysis.pairs.within(rule.location, partial(callers.of, rule))
        known = () if is_open_to_all else tuple(islice(found, _MANY + 1))
        if 0 < len(known) <= _MANY:
            named = enumerate_all([f"group {each.address}" for each in known], limit=_MANY)
            message = f"{passage(rule)} admits every address there, where naming {named} would do"
            yield of_rule(rule, message, superseded_by=_WORSE)
        else:
            message = f"{passage(rule)} names a private network; a rule that names the callers' group admits them alone"
            yield replace(of_rule(rule, message, superseded_by=_WORSE), is_strict=True)


_LEVEL = 4
"""A network range with specific ports."""
_WORSE = ("SG108", "SG113", "SG114")
"""What says already that a network is too wide for the ports of the rule."""
_MANY = 3
"""How many groups a rule may be split into before the network is taken to be meant."""
_SHARED = (Tier.EDGE, Tier.ENDPOINT)
"""What is made for everything in a network to use."""

POLICY = Policy(
    id="SG111",
    name="network-peer-instead-of-group",
    severity=Severity.NOTE,
    summary=(
        "A rule admits a private network whose callers carry groups of the same input. The strict profile tells of "
        "every rule with specific ports for a private network."
    ),
    why=(
        "A network admits whatever will ever get an address in it. A group admits its members, wherever they are, and "
        "nothing else; and it still says who they are when networks are renumbered."
    ),
    fix="Name the group of the callers as the source.",
    check=check,
    bad=(
        "vpc main groups web,api addresses 10.0.0.0/16\n"
        "attachment web-1 kind instance tier compute groups web\n"
        "web egress tcp 8443 to 10.0.0.0/16\n"
        "api ingress tcp 8443 from 10.0.0.0/16",
        "subnet app 10.0.1.0/24\n"
        "attachment shop kind task tier compute groups shop subnets app\n"
        "shop egress tcp 443,8443 to 10.0.0.0/16\n"
        "api ingress tcp 8443 from 10.0.1.0/24",
        "api ingress tcp 8443 from 192.168.0.0/24",
    ),
    good=(
        "api ingress tcp 8443 from group web",
        "api ingress tcp 8443 from 203.0.113.0/28",
        'api ingress tcp 8443 from unknown("var.office")',
        "api ingress all from 10.0.0.0/16",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
)

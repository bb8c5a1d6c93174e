"""SG404: one group is carried by resources of different services."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sglint.analysis.analysis import Analysis
from sglint.analysis.sharing import of_different_services
from sglint.model.attachments import Attachment
from sglint.model.location import Step
from sglint.model.rules import NOBODY, Direction, GroupRef
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_group


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    granting = _granting(analysis)
    for group in analysis.groups:
        if not group.is_defined or group.is_default or group.address not in granting:
            continue
        carriers = analysis.attachments.of(group.address)
        found = partial(of_different_services, carriers, analysis.pairs)
        for pair in analysis.pairs.within(group.location, found):
            others = len({carrier.address for carrier in carriers} - {each.address for each in pair})
            more = f" (and {others} more)" if others else ""
            message = (
                f"{_shown(pair[0])} and {_shown(pair[1])}{more} carry the same group, so what is granted to one is "
                "granted to all"
            )
            steps = tuple(Step(f"{carrier.address} carries the group", carrier.location) for carrier in carriers)
            yield of_group(group, message).with_steps(steps)


def _granting(analysis: Analysis) -> set[str]:
    """The groups that let others in, or that others let in: those whose members are granted something by it."""
    found: set[str] = set()
    for group, rule in analysis.rules():
        if isinstance(rule.peer, GroupRef) and rule.peer.group != group.address:
            found.add(rule.peer.group)
        if rule.direction is Direction.INGRESS and rule.peer not in (NOBODY, GroupRef(group.address)):
            found.add(group.address)
    return found


def _shown(carrier: Attachment) -> str:
    return f"{carrier.address} ({carrier.kind.value})"


POLICY = Policy(
    id="SG404",
    name="group-shared-across-services",
    severity=Severity.LOW,
    summary=(
        "Resources of different services carry one group: a load balancer and its targets, a server and its database, "
        "a cache and a database, servers whose names have nothing in common."
    ),
    why=(
        "A rule of a shared group is a rule for all that carry it. The port that the load balancer opens to the world "
        "is then open on the servers behind it, and whoever may reach the server may reach the database."
    ),
    fix="Give each service a group of its own, and let one refer to the other.",
    check=check,
    bad=(
        "group web\nattachment lb kind load-balancer tier edge groups web\n"
        "attachment shop kind task tier compute groups web\nweb ingress tcp 8443 from 10.0.0.0/24",
        "group data\nattachment orders kind database tier data groups data\n"
        "attachment sessions kind cache tier data groups data\ndata ingress tcp 5432 from group app",
        "group app\nattachment shop kind instance tier compute groups app\n"
        "attachment billing kind task tier compute groups app\ndb ingress tcp 5432 from group app",
    ),
    good=(
        "group web\nattachment lb kind load-balancer tier edge groups lb\n"
        "attachment shop kind task tier compute groups web\nweb ingress tcp 8443 from group lb",
        "group app\nattachment shop-1 kind instance tier compute groups app\n"
        "attachment shop-2 kind instance tier compute groups app\napp ingress tcp 8443 from group lb",
        "group app\nattachment resize kind function tier compute groups app\n"
        "attachment notify kind function tier compute groups app\ndb ingress tcp 5432 from group app",
        "group out\nattachment shop kind instance tier compute groups out\n"
        "attachment orders kind database tier data groups out\nout egress tcp 443 to 10.0.0.0/24",
        "group peers\nattachment shop kind instance tier compute groups peers\n"
        "attachment orders kind database tier data groups peers\npeers ingress tcp 5432 from group peers",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",),
)

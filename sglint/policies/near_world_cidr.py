"""SG107: peers that are not quite the world."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.near_world import share
from sglint.analysis.services import ALL_SERVICES
from sglint.policies.authorization import is_unauthorized
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import opening


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    for _group, admission in analysis.near_world:
        if is_unauthorized(admission.traffic, parameters.authorized_ingress):
            family, part = share(admission)
            message = f"{opening(admission)} is open to {part:.1%} of the public {family.value} addresses"
            severity = Severity.HIGH if ALL_SERVICES.included_in(admission.traffic) else None
            yield of_admission(admission, message, severity=severity)


POLICY = Policy(
    id="SG107",
    name="near-world-cidr",
    severity=Severity.MEDIUM,
    summary="Public peers that together hold more than 1/256 of all public addresses, short of all of them.",
    why=(
        "Half the internet, a handful of /8 blocks or a list of most networks keep out few of those who scan it, and "
        "pass every check that looks for 0.0.0.0/0. On the ports of services that are not meant for the world this "
        "weighs as much as the world itself, and is of high severity there."
    ),
    fix="Name the networks that really connect, each with its own prefix.",
    check=check,
    bad=(
        "web ingress tcp 8443 from 8.0.0.0/7",
        "db ingress tcp 5432 from 0.0.0.0/1",
        "web ingress tcp 8443 from 12.0.0.0/9\nweb ingress tcp 8443 from 13.0.0.0/9",
        "web ingress udp 4500 from 2000::/4",
        "web ingress tcp 8443 from prefix-list pl-1 entries 52.0.0.0/8,54.0.0.0/8",
    ),
    good=(
        "web ingress tcp 443 from 8.0.0.0/7",
        "web ingress tcp 8443 from 12.0.0.0/9",
        "web ingress tcp 8443 from 10.0.0.0/8",
        "web ingress tcp 8443 from 0.0.0.0/0",
        "web ingress tcp 8443 from 0.0.0.0/1\nweb ingress tcp 8443 from 128.0.0.0/1",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
)

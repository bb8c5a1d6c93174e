"""SG112: the world may send more ICMP than the internet needs."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Direction
from sglint.model.traffic import ICMP, ICMPV6, icmp_selector, protocol_name
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import opening

_NEEDED = {
    ICMP: icmp_selector(8, None) | icmp_selector(3, None),
    ICMPV6: icmp_selector(128, None) | icmp_selector(2, None),
}
"""Echo-request, and what path MTU discovery needs: destination unreachable (RFC 1191), packet too big (RFC 8201)."""


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for _group, admission in analysis.world(Direction.INGRESS):
        beyond = [protocol for protocol, needed in _NEEDED.items() if admission.traffic.ports(protocol) - needed]
        if beyond:
            names = " and ".join(f"{protocol_name(protocol)} {_types(_NEEDED[protocol])}" for protocol in beyond)
            verb = "admit" if admission.traffic.is_all_protocols else "admits"
            message = f"{opening(admission)} {verb} ICMP beyond echo-request and path MTU discovery ({names})"
            yield of_admission(admission, message, superseded_by=("SG101",))


def _types(selector: IntervalSet) -> str:
    return ",".join(str(first >> 8) for first, _ in selector.intervals)


POLICY = Policy(
    id="SG112",
    name="icmp-from-world",
    severity=Severity.LOW,
    summary="The world may send all ICMP types, or types other than echo-request and what path MTU discovery needs.",
    why=(
        "Redirects, router advertisements, timestamp and mask requests tell about hosts or change their routing. What "
        "the internet needs of ICMP is small: echo-request to be found, and destination unreachable (ICMPv6: packet "
        "too big) so that large packets get through."
    ),
    fix="Admit type 8 and type 3 (ICMPv6: 128 and 2) only.",
    check=check,
    bad=(
        "web ingress icmp from 0.0.0.0/0",
        "web ingress icmp 5 from 0.0.0.0/0",
        "web ingress icmpv6 from ::/0",
    ),
    good=(
        "web ingress icmp 8 from 0.0.0.0/0",
        "web ingress icmp 3/4 from 0.0.0.0/0",
        "web ingress icmpv6 2,128 from ::/0",
        "web ingress icmp from 10.0.0.0/8",
        "web ingress tcp 443 from 0.0.0.0/0",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
)

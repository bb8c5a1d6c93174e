"""SG104: the world may reach a service that is not meant for it."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.services import ALL_SERVICES, named
from sglint.model.rules import Direction
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import services_text

_OWN_POLICY = named("ssh", "rdp")
_OTHERS = ALL_SERVICES.without("ssh", "rdp")


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for _group, admission in analysis.world(Direction.INGRESS):
        others = _OTHERS.included_in(admission.traffic)
        if others:
            yield of_admission(admission, services_text(admission, others))
        elif found := _OWN_POLICY.included_in(admission.traffic):
            yield of_admission(admission, services_text(admission, found), superseded_by=("SG102", "SG103"))


POLICY = Policy(
    id="SG104",
    name="high-risk-port-from-world",
    severity=Severity.HIGH,
    summary="The world may reach a port of Security Hub's high-risk list, or of the extended list of such services.",
    why=(
        "Databases, caches, file shares, consoles and orchestration APIs are built to be reached by their own "
        "applications. Many have no password by default, speak in clear text or run code for whoever connects, so an "
        "open port is a breach rather than a risk of one. ssh and Remote Desktop have policies of their own and are "
        "reported by those."
    ),
    fix="Admit the port only from the group or the networks that use the service.",
    check=check,
    bad=(
        "db ingress tcp 3306 from 0.0.0.0/0",
        "cache ingress tcp 6379 from ::/0",
        "cache ingress udp 11211 from 0.0.0.0/0",
        "web ingress tcp 20-25 from 0.0.0.0/0",
        "web ingress tcp 8000-9000 from 0.0.0.0/0",
    ),
    good=(
        "web ingress tcp 443 from 0.0.0.0/0",
        "db ingress tcp 3306 from group app",
        "db ingress tcp 3306 from 10.0.0.0/8",
        "web ingress icmp from 0.0.0.0/0",
    ),
    controls=("EC2.19",),
    supersedes=("SG105",),
    references=("https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19",),
)

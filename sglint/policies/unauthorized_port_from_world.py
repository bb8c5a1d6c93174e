"""SG105: the world may reach a port that nobody has authorized."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.rules import Direction
from sglint.policies.authorization import unauthorized_text
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    for _group, admission in analysis.world(Direction.INGRESS):
        message = unauthorized_text(admission, parameters.authorized_ingress)
        if message:
            yield of_admission(admission, message)


POLICY = Policy(
    id="SG105",
    name="unauthorized-port-from-world",
    severity=Severity.MEDIUM,
    summary="The world may reach a tcp or udp port other than the authorized ones (tcp 80 and tcp 443 by default).",
    why=(
        "What is public should be so on purpose. With a short list of ports that the world may reach, every other open "
        "port has to say who needs it, and why the load balancer is not enough."
    ),
    fix="Limit the peer to those who need the port, or authorize the port if it is meant to be public.",
    check=check,
    bad=(
        "web ingress tcp 8443 from 0.0.0.0/0",
        "web ingress tcp 443-444 from ::/0",
        "vpn ingress udp 1194 from 0.0.0.0/0",
        "web ingress tcp 8443 from 0.0.0.0/1\nweb ingress tcp 8443 from 128.0.0.0/1",
    ),
    good=(
        "web ingress tcp 80 from 0.0.0.0/0",
        "web ingress tcp 443 from ::/0",
        "web ingress tcp 8443 from 10.0.0.0/8",
        "vpn ingress 50 from 0.0.0.0/0",
        "web ingress icmp 8 from 0.0.0.0/0",
    ),
    controls=("EC2.18",),
    references=(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
        "https://docs.aws.amazon.com/config/latest/developerguide/vpc-sg-open-only-to-authorized-ports.html",
    ),
)

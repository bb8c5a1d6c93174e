"""SG103: the world may try Remote Desktop."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.services import named
from sglint.model.rules import Direction
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import services_text

_RDP = named("rdp")


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for _group, admission in analysis.world(Direction.INGRESS):
        found = _RDP.included_in(admission.traffic)
        if found:
            yield of_admission(admission, services_text(admission, found))


POLICY = Policy(
    id="SG103",
    name="rdp-from-world",
    severity=Severity.HIGH,
    summary="The world may reach Remote Desktop (tcp or udp 3389), alone or inside a range of ports.",
    why=(
        "Remote Desktop open to the internet is a favourite way in for ransomware: passwords are guessed or bought, "
        "and flaws such as BlueKeep needed no password at all. Whoever gets in has the desktop."
    ),
    fix="Admit Remote Desktop only from the networks that administer the hosts, or use Fleet Manager or a gateway.",
    check=check,
    bad=(
        "web ingress tcp 3389 from 0.0.0.0/0",
        "web ingress udp 3389 from ::/0",
        "web ingress tcp 3000-4000 from 0.0.0.0/0",
    ),
    good=(
        "web ingress tcp 3389 from 198.51.100.0/24",
        "web ingress tcp 3388 from 0.0.0.0/0",
        "web ingress tcp 3389 from group bastion",
    ),
    controls=("EC2.14", "EC2.53", "EC2.54"),
    supersedes=("SG105",),
    references=(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-14",
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager.html",
    ),
)

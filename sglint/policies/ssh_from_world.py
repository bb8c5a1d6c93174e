"""SG102: the world may try ssh."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.services import named
from sglint.model.rules import Direction
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import services_text

_SSH = named("ssh")


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for _group, admission in analysis.world(Direction.INGRESS):
        found = _SSH.included_in(admission.traffic)
        if found:
            yield of_admission(admission, services_text(admission, found))


POLICY = Policy(
    id="SG102",
    name="ssh-from-world",
    severity=Severity.HIGH,
    summary="The world may reach ssh (tcp 22), alone or inside a range of ports.",
    why=(
        "Public ssh ports are found within minutes and attacked without pause: guessed and stolen passwords, leaked "
        "keys, and every vulnerability of the server before it is patched. Whoever gets in has a shell."
    ),
    fix="Admit ssh only from the networks that administer the hosts, or use Session Manager and remove the rule.",
    check=check,
    bad=(
        "web ingress tcp 22 from 0.0.0.0/0",
        "web ingress tcp 20-25 from 0.0.0.0/0",
        "web ingress tcp 22 from ::/0",
        "web ingress tcp 22 from 0.0.0.0/1\nweb ingress tcp 20-25 from 128.0.0.0/1",
        "web ingress tcp 22 from 0.0.0.0/0 when IsProd is false",
    ),
    good=(
        "web ingress tcp 22 from 198.51.100.0/24",
        "web ingress tcp 22 from group bastion",
        "web ingress udp 22 from 0.0.0.0/0",
        "web ingress 50 from 0.0.0.0/0",
        'web ingress tcp unknown("var.port") from 0.0.0.0/0',
    ),
    controls=("EC2.13", "EC2.53", "EC2.54"),
    supersedes=("SG105",),
    references=(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13",
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html",
    ),
)

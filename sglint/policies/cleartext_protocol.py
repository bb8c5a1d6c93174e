"""SG109: a protocol that sends passwords in clear text."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.admission import Admission
from sglint.analysis.analysis import Analysis
from sglint.analysis.services import Kind, of_kind
from sglint.model.rules import Direction
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import services_text

_CLEARTEXT = of_kind(Kind.CLEARTEXT)
_WIDER = ("SG101", "SG104", "SG107", "SG108", "SG110")
"""Policies about rules that are too wide altogether, for which one protocol in clear text is the least of it."""


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for admission in _from_networks(analysis):
        found = _CLEARTEXT.included_in(admission.traffic)
        if found:
            yield of_admission(admission, f"{services_text(admission, found)} in clear text", superseded_by=_WIDER)


def _from_networks(analysis: Analysis) -> Iterator[Admission]:
    """What networks may use: the world, and by single rules every other one."""
    yield from (admission for _, admission in analysis.world(Direction.INGRESS))
    for _group, rule in analysis.rules(Direction.INGRESS):
        if rule.addresses and analysis.level(rule) in (3, 4):
            yield Admission.of(rule)


POLICY = Policy(
    id="SG109",
    name="cleartext-protocol",
    severity=Severity.LOW,
    summary="A network may use a protocol that sends passwords and data in clear text: FTP, Telnet, POP3 and the like.",
    why=(
        "Whoever sees the packets has the password: a compromised host on the way, a mirrored port, a log of traffic. "
        "Each of these protocols has had an encrypted successor for decades."
    ),
    fix="Use the encrypted successor: ssh or sftp, ftps, pop3s, imaps.",
    check=check,
    bad=(
        "files ingress tcp 20-21 from 10.0.0.0/8",
        "switch ingress tcp 23 from 192.168.0.0/24",
        "boot ingress udp 69 from 10.0.0.0/24",
        "mail ingress tcp 110 from 198.51.100.0/24",
    ),
    good=(
        "files ingress tcp 22 from 10.0.0.0/24",
        "mail ingress tcp 993-995 from 198.51.100.0/24",
        "files ingress tcp 21 from group partner",
        "log ingress udp 514 from 10.0.0.0/24",
    ),
    references=("https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19",),
)

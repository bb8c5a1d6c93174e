"""SG501: a network ACL lets the world try to administer hosts."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.acls import NetworkAcl
from sglint.model.attachments import Facing
from sglint.model.record import replace
from sglint.model.traffic import TCP
from sglint.policies.nacl_openings import number_text, sources_text, world_passages
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_entry
from sglint.policies.wording import enumerate_all

_PORTS = {22: "ssh", 3389: "rdp"}


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for acl in analysis.estate.acls:
        for when, found in world_passages(acl, TCP, analysis.pairs):
            for entry in dict.fromkeys(passage.entries[0] for passage in found):
                own = [passage for passage in found if passage.entries[0] == entry]
                ports = [port for port in _PORTS if any(port in passage.selector for passage in own)]
                if ports:
                    passage = next(each for each in own if ports[0] in each.selector)
                    services = enumerate_all([f"{_PORTS[port]} (tcp {port})" for port in ports])
                    joined = when.conjoin(acl.when) or when
                    message = f"{number_text(entry)} of the ACL lets {sources_text(passage)} reach {services}"
                    violation = of_entry(acl, entry, message + _way(acl), joined)
                    yield replace(violation, severity=Severity.LOW) if _way(acl) else violation


def _way(acl: NetworkAcl) -> str:
    """What lies between the world and the subnets of an ACL by the routes alone."""
    return ", though none of its subnets routes to an internet gateway" if acl.facing is Facing.PRIVATE else ""


POLICY = Policy(
    id="SG501",
    name="nacl-admin-port-from-world",
    severity=Severity.MEDIUM,
    summary="After the order of its entries, a network ACL lets the world reach ssh (tcp 22) or rdp (tcp 3389).",
    why=(
        "The ACL of a subnet is the second line behind the groups: it holds where a group was opened by mistake. An "
        "ACL that lets the world reach administration ports gives that up for every resource in the subnet."
    ),
    fix="Deny tcp 22 and 3389 from the world in an entry before the one that allows it, or allow only what is needed.",
    check=check,
    bad=(
        "entry main ingress 100 allow tcp 22 from 0.0.0.0/0",
        "entry main ingress 100 allow tcp 0-65535 from ::/0",
        "entry main ingress 100 deny udp 22 from 0.0.0.0/0\nentry main ingress 110 allow all from 0.0.0.0/0",
        "entry main ingress 100 deny tcp 22 from 203.0.113.0/24\nentry main ingress 110 allow tcp 22 from 0.0.0.0/0",
        "entry main ingress 100 deny tcp 22 from 0.0.0.0/0\nentry main ingress 110 allow tcp 20-3400 from 0.0.0.0/0",
        "entry main ingress 100 allow tcp 3389 from 0.0.0.0/1\nentry main ingress 110 allow tcp 3389 from 128.0.0.0/1",
    ),
    good=(
        "entry main ingress 100 deny tcp 22 from 0.0.0.0/0\nentry main ingress 110 allow tcp 22 from 0.0.0.0/0",
        "entry main ingress 100 allow tcp 443 from 0.0.0.0/0\n"
        "entry main ingress 110 allow tcp 1024-3388 from 0.0.0.0/0",
        "entry main ingress 100 allow udp 22 from 0.0.0.0/0",
        "entry main ingress 100 allow tcp 22 from 10.0.0.0/8",
        "entry main egress 100 allow all to 0.0.0.0/0",
        'entry main ingress 90 deny tcp 22 from unknown("var.denied")\n'
        "entry main ingress 100 allow tcp 22 from 0.0.0.0/0",
        'entry main ingress unknown("var.number") deny all from 0.0.0.0/0\n'
        "entry main ingress 100 allow tcp 22 from 0.0.0.0/0",
    ),
    controls=("EC2.21",),
    supersedes=("SG502",),
    references=(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21",
        "https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",
    ),
)

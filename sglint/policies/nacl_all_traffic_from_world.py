"""SG502: a network ACL that keeps nothing of the world out."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.intervals import IntervalSet
from sglint.model.traffic import TCP, UDP, protocol_name
from sglint.policies.nacl_openings import number_text, ports_of, sources_text, world_passages
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_entry

_USABLE = IntervalSet(((1, 65535),))


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for acl in analysis.estate.acls:
        told = set()
        for protocol in (TCP, UDP):
            for when, found in world_passages(acl, protocol, analysis.pairs):
                entry = found[0].entries[0]
                if ports_of(found) >= _USABLE and entry not in told:
                    told.add(entry)
                    what = "every port" if entry.traffic.is_all_protocols else f"every {protocol_name(protocol)} port"
                    message = f"{number_text(entry)} of the ACL lets {sources_text(found[0])} reach {what}"
                    yield of_entry(acl, entry, message, when.conjoin(acl.when) or when)


POLICY = Policy(
    id="SG502",
    name="nacl-all-traffic-from-world",
    severity=Severity.LOW,
    summary="After the order of its entries, a network ACL lets the world reach all ports of tcp or udp.",
    why=(
        "An ACL that allows everything filters nothing: the subnet relies on its groups alone. That is AWS's default, "
        "and an ACL that somebody wrote was probably meant to do more."
    ),
    fix="Allow what the subnet serves and the ephemeral ports of its own connections, and leave the rest to the end.",
    check=check,
    bad=(
        "entry main ingress 100 allow udp 0-65535 from 0.0.0.0/0",
        "entry main ingress 100 allow udp 1-1000 from ::/0\nentry main ingress 110 allow udp 1001-65535 from ::/0",
    ),
    good=(
        "entry main ingress 100 allow tcp 443 from 0.0.0.0/0\n"
        "entry main ingress 110 allow tcp 1024-65535 from 0.0.0.0/0",
        "entry main ingress 100 deny all from 0.0.0.0/0\nentry main ingress 110 allow all from 0.0.0.0/0",
        "entry main ingress 100 allow all from 10.0.0.0/8",
        "entry main egress 100 allow all to 0.0.0.0/0",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",),
)

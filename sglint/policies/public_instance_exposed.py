"""SG409: a public address, and a group that lets the world in."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.admission import Admission
from sglint.analysis.analysis import Analysis
from sglint.model.attachments import Attachment, Facing, Kind
from sglint.model.location import Step
from sglint.model.rules import Direction
from sglint.policies.authorization import Authorized, is_unauthorized
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_attachment
from sglint.policies.wording import enumerate_all, opening

_KINDS = frozenset({Kind.INSTANCE, Kind.INTERFACE, Kind.TASK})


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    for attachment in analysis.estate.attachments:
        if attachment.kind in _KINDS and attachment.facing is Facing.PUBLIC:
            found = tuple(_openings(analysis, attachment, parameters.authorized_ingress))
            if found:
                opened = " and ".join(_opened(found))
                steps = tuple(
                    Step(f"{group} admits {opening(each)}".rstrip(","), each.rule.location) for group, each in found
                )
                yield of_attachment(attachment, f"{attachment.address} has a public address, and {opened}", steps)


def _opened(found: tuple[tuple[str, Admission], ...]) -> Iterator[str]:
    """Each group with what it opens."""
    by_group: dict[str, list[str]] = {}
    for group, each in found:
        by_group.setdefault(group, []).append(opening(each).rstrip(","))
    yield from (f"{group} admits {enumerate_all(openings)}" for group, openings in by_group.items())


def _openings(analysis: Analysis, attachment: Attachment, authorized: Authorized) -> Iterator[tuple[str, Admission]]:
    for group, admission in analysis.opened_by(attachment.groups, Direction.INGRESS):
        if is_unauthorized(admission.traffic, authorized) and attachment.when.conjoin(admission.when) is not None:
            yield group, admission


POLICY = Policy(
    id="SG409",
    name="public-instance-exposed",
    severity=Severity.HIGH,
    summary="An instance, task or interface with a public address carries a group that admits the world.",
    why=(
        "An open rule is a risk on paper until something with a public address carries the group. Here both are in the "
        "same input: whoever scans the internet reaches the port."
    ),
    fix="Take the public address away and reach it through a load balancer or Session Manager, or close the port.",
    check=check,
    bad=(
        "attachment web-1 kind instance tier compute facing public groups web\nweb ingress tcp 22 from 0.0.0.0/0",
        "attachment api kind task tier compute facing public groups web\nweb ingress tcp 8080 from ::/0",
    ),
    good=(
        "attachment web-1 kind instance tier compute facing private groups web\nweb ingress tcp 22 from 0.0.0.0/0",
        "attachment web-1 kind instance tier compute facing unknown groups web\nweb ingress tcp 22 from 0.0.0.0/0",
        "attachment web-1 kind instance tier compute facing public groups web\nweb ingress tcp 443 from 0.0.0.0/0",
        "attachment lb kind load-balancer tier edge facing public groups web\nweb ingress tcp 8443 from 0.0.0.0/0",
        "attachment web-1 kind instance tier compute facing public groups web\nweb ingress tcp 22 from 198.51.100.0/24",
    ),
    controls=("EC2.9",),
    references=(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-9",
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html",
    ),
)

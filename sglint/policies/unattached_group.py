"""SG403: a group that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.attachments import Use
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_group


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for group in analysis.groups:
        if analysis.attachments.use(group) is Use.UNATTACHED:
            yield of_group(group, f"nothing in the input attaches, refers to or exports {group.address}")


POLICY = Policy(
    id="SG403",
    name="unattached-group",
    severity=Severity.LOW,
    summary="A group that nothing attaches, refers to, exports or hands to a module that could not be followed.",
    why=(
        "A group without members does nothing today. Tomorrow someone attaches it because its name fits, with rules "
        "that nobody has looked at for years. It also hides among the groups that matter."
    ),
    fix="Remove the group, or attach it to what it was made for.",
    check=check,
    bad=(
        "group old\nold ingress tcp 443 from 10.0.0.0/24\nunused old",
        "group old\nold ingress tcp 443 from group old\nunused old",
        "group old when A is x\nunused old",
    ),
    good=(
        "group web\nweb ingress tcp 443 from 10.0.0.0/24",
        "group web\nunused web\ngroup db\ndb ingress tcp 5432 from group web",
        "group web\nattachment web-1 kind instance tier compute groups web",
    ),
    controls=("EC2.22",),
    references=("https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-22",),
)

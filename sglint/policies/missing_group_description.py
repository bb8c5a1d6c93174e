"""SG301: nothing says what the group is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.values import Unknown
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_group

_TOOL_DEFAULTS = r"managed by (terraform|opentofu|pulumi)|launch-wizard(-\d+)? created .*"
"""What the Terraform provider, Pulumi and the EC2 launch wizard write when the author gives nothing."""


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for group in analysis.groups:
        if not group.is_defined or group.is_default or isinstance(group.description, Unknown):
            continue
        if group.description is None:
            yield of_group(group, "the group has no description")
        elif not group.description.strip():
            yield of_group(group, "the group's description is blank", group.description_location)
        elif re.fullmatch(_TOOL_DEFAULTS, group.description.strip(), re.IGNORECASE):
            message = f'"{group.description}" is a tool\'s default and does not say what the group is for'
            yield of_group(group, message, group.description_location)


POLICY = Policy(
    id="SG301",
    name="missing-group-description",
    severity=Severity.LOW,
    summary="The group's description is absent, blank, or a tool's default such as Managed by Terraform.",
    why=(
        "Whoever reviews a group months later sees its rules and not its purpose. Not knowing it, nobody dares to "
        "remove a rule, and groups only ever grow. The description cannot be changed later without replacing the "
        "group, so it is worth a sentence now."
    ),
    fix="Describe in a sentence what the group's members are and who should reach them.",
    check=check,
    bad=(
        "group web",
        'group web description " "',
        'group web description "Managed by Terraform"',
        'group web description "launch-wizard-3 created 2024-05-01T09:30:00.000Z"',
    ),
    good=(
        'group web description "Public web servers behind the shop\'s load balancer"',
        'group web description unknown("var.description")',
        "group vpc default",
        "group sg-0123456789abcdef0 referenced",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",),
)

"""SG303: a name that could be any group's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sglint.analysis.analysis import Analysis
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_group


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """The expression. One that is configured comes with the input, and must take time that grows with names alone."""
    if text == Parameters().generic_names:
        return re.compile(text, re.IGNORECASE)
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(text, options)  # type: ignore[no-any-return]


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    for group in analysis.groups:
        name = group.name
        if not group.is_defined or group.is_default or not isinstance(name, str):
            continue
        if _pattern(parameters.generic_names).fullmatch(name.strip()):
            yield of_group(group, f'the name "{name}" does not say what the group is for')


POLICY = Policy(
    id="SG303",
    name="generic-group-name",
    severity=Severity.NOTE,
    summary="The group's name could be that of any group: sg1234, launch-wizard-3, default, test, new.",
    why=(
        "The name is what people choose from in a list of hundreds. One that says nothing is attached to the wrong "
        "instance sooner or later, and nobody dares to remove it."
    ),
    fix="Name the group after the service and its role.",
    check=check,
    bad=(
        'group web name "sg1234" description "Web servers"',
        'group web name "launch-wizard-3" description "Web servers"',
        'group web name "default" description "Web servers"',
        'group web name "test" description "Web servers"',
        'group web name "my-security-group" description "Web servers"',
    ),
    good=(
        'group web name "shop-web" description "Web servers"',
        'group web name "test-runners" description "Workers of the test pipeline"',
        'group web name unknown("var.name") description "Web servers"',
        'group web description "Web servers"',
        'group vpc name "default" default',
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",),
)

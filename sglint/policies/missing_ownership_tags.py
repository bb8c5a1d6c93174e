"""SG304: tags that say whose a group is are missing."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.record import replace
from sglint.model.rules import SecurityGroup
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_group
from sglint.policies.wording import enumerate_all


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    required = parameters.required_tags or _USUAL
    for group in analysis.groups:
        if not group.is_defined or group.is_default or group.may_have_other_tags:
            continue
        missing = [key for key in required if key not in group.tags]
        if missing:
            message = f"the group has no tag {enumerate_all(missing, limit=len(missing))}{_otherwise(group, missing)}"
            yield replace(of_group(group, message), is_strict=not parameters.required_tags)


def _otherwise(group: SecurityGroup, missing: list[str]) -> str:
    """Keys that differ in case alone, which to AWS are other keys."""
    wanted = {key.lower() for key in missing}
    close = [f'"{key}"' for key in group.tags if key.lower() in wanted]
    return f"; {enumerate_all(close)} is another key, as case counts" if close else ""


_USUAL = ("Owner", "Environment", "CostCenter")
"""The keys that the strict profile asks for where none are configured."""

POLICY = Policy(
    id="SG304",
    name="missing-ownership-tags",
    severity=Severity.LOW,
    summary=(
        "The group lacks a tag that the configuration requires (required-tags). Where it requires none, the strict "
        "profile asks for Owner, Environment and CostCenter."
    ),
    why=(
        "Someone must answer for what a group admits. Tags say who that is to whoever finds it in the account, where "
        "the code that made it is not at hand."
    ),
    fix="Add the tags to the group, to the provider's default_tags, or to the stack.",
    check=check,
    bad=(
        "group web\ntag web Name web",
        "group web\ntag web Owner team-web\ntag web Environment prod",
        "group web\ntag web owner team-web\ntag web Environment prod\ntag web CostCenter 1234",
    ),
    good=(
        'group web\ntag web Owner team-web\ntag web Environment unknown("var.stage")\ntag web CostCenter 1234',
        "group web\nother-tags web",
        "group web referenced",
        "group std default",
    ),
    references=(
        "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
        "https://docs.aws.amazon.com/config/latest/developerguide/required-tags.html",
    ),
)

"""SG513: an IAM policy lets its holders change every security group."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce

from sglint.analysis.analysis import Analysis
from sglint.model.cases import ALWAYS_HOLDS, either
from sglint.model.location import Location
from sglint.model.permissions import Statement
from sglint.model.record import replace
from sglint.model.values import ALWAYS
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_statement
from sglint.policies.wording import enumerate_all


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    denying: dict[tuple[str, int], list[Statement]] = {}
    granting: list[Statement] = []
    for statement in analysis.estate.statements:
        if not statement.is_conditional and _is_for_all_groups(statement):
            if statement.is_allow:
                granting.append(statement)
            else:
                denying.setdefault((statement.policy, statement.document), []).append(statement)
    found: dict[tuple[str, Location, str], list[Statement]] = {}
    for statement in granting:
        denials = denying.get((statement.policy, statement.document), ())
        denied = [each for each in denials if not each.when or each.when == statement.when]
        allowed = [
            action
            for action in _ACTIONS
            if _covers(statement, action) and not any(_covers(each, action) for each in denied)
        ]
        if allowed:
            message = f"{_granted(statement, allowed)} on every security group, without a condition"
            found.setdefault((statement.policy, statement.location, message), []).append(statement)
    for (_policy, _location, message), statements in found.items():
        for statement in _whatever_is_chosen(statements):
            yield replace(of_statement(statement, message), is_strict=_is_for_administrators(statement))


def _whatever_is_chosen(statements: list[Statement]) -> list[Statement]:
    """Statements that come to the same, as one without a condition where one of them always holds."""
    cases = reduce(either, (statement.when.cases for statement in statements))
    return [replace(statements[0], when=ALWAYS)] if cases == ALWAYS_HOLDS else statements


def _granted(statement: Statement, allowed: list[str]) -> str:
    if statement.is_not_action:
        return f"everything but {enumerate_all(statement.actions)} is allowed, {allowed[0]} too,"
    named = [each for each in statement.actions if any(_matches(each, action) for action in allowed)]
    verb = "are" if len(named) > 1 else "is"
    return f"{enumerate_all(named)} {verb} allowed"


_ACTIONS = tuple(
    f"ec2:{name}"
    for name in (
        "AuthorizeSecurityGroupIngress",
        "AuthorizeSecurityGroupEgress",
        "RevokeSecurityGroupIngress",
        "RevokeSecurityGroupEgress",
        "ModifySecurityGroupRules",
        "CreateSecurityGroup",
        "DeleteSecurityGroup",
    )
)
"""What changes groups and their rules (Service Authorization Reference, Amazon EC2)."""
_ANY = "\x00"
"""Stands for a text that no pattern spells out."""
_EVERY_GROUP = tuple(f"arn:{part}:ec2:{_ANY}:{_ANY}:security-group/{_ANY}" for part in ("aws", "aws-cn", "aws-us-gov"))
"""What a pattern matches in its partition that is for all groups, whatever the region, the account and the id."""


def _covers(statement: Statement, action: str) -> bool:
    return _any_matches(statement.actions, action) is not statement.is_not_action


def _is_for_all_groups(statement: Statement) -> bool:
    return any(_any_matches(statement.resources, each) is not statement.is_not_resource for each in _EVERY_GROUP)


def _is_for_administrators(statement: Statement) -> bool:
    """Whether it allows everything there is, so that nobody can have overlooked security groups."""
    return not statement.is_not_action and all(
        not each.replace(":", "").strip("*") for each in statement.actions if _matches(each, _ACTIONS[0])
    )


def _any_matches(patterns: Iterable[str], text: str) -> bool:
    return any(_matches(pattern, text) for pattern in patterns)


def _matches(pattern: str, text: str) -> bool:
    return _expression(pattern).fullmatch(text) is not None


@lru_cache(maxsize=1024)
def _expression(pattern: str) -> re.Pattern[str]:
    """IAM's patterns: `*` is any text, `?` any character. Actions are told apart whatever their case."""
    parts = (".*" if part == "*" else "." if part == "?" else re.escape(part) for part in re.split(r"([*?])", pattern))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


POLICY = Policy(
    id="SG513",
    name="unrestricted-group-administration",
    severity=Severity.MEDIUM,
    summary=(
        "An IAM policy allows changing security groups on every resource without a condition. A statement that allows "
        "every action of every service is for administrators, and only the strict profile tells of it."
    ),
    why=(
        "Whoever may change any group can open any door, and no review of code will see it. Deployments need to change "
        "the groups that they made; tags and ARNs can say which these are."
    ),
    fix="Name the groups as resources, or add a condition on their tags, such as aws:ResourceTag.",
    check=check,
    bad=(
        "statement deploy allow actions ec2:AuthorizeSecurityGroupIngress,ec2:Describe* resources *",
        "statement deploy allow actions ec2:* resources arn:aws:ec2:*:*:security-group/*",
        "statement deploy allow actions EC2:*securitygroup* resources *",
        "statement deploy allow not-actions iam:* resources *",
        "statement deploy allow actions ec2:* not-resources arn:aws:s3:::*",
        "statement root allow actions * resources *",
        "statement deploy allow actions ec2:* resources * when IsProd is true\n"
        "statement deploy deny actions ec2:* resources * when IsProd is false",
    ),
    good=(
        "statement deploy allow actions ec2:* resources * conditional",
        "statement deploy allow actions ec2:* resources arn:aws:ec2:*:*:security-group/sg-1",
        "statement deploy allow actions ec2:Describe* resources *",
        "statement deploy allow not-actions ec2:*,iam:* resources *",
        "statement deploy allow actions ec2:* resources *\n"
        "statement deploy deny actions ec2:*SecurityGroup* resources *",
        "statement deploy allow actions ec2:* resources * when IsProd is true\n"
        "statement deploy deny actions ec2:* resources * when IsProd is true",
        "statement deploy deny actions ec2:* resources *",
    ),
    references=(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html",
    ),
)

"""Profiles: named sets of policies."""

from __future__ import annotations

from collections.abc import Callable

from sglint.policies.policy import Policy

PROFILES: dict[str, Callable[[Policy], bool]] = {
    "default": lambda policy: not policy.is_strict,
    "strict": lambda policy: True,
    "security-hub": lambda policy: bool(policy.controls) or policy.is_about_the_run,
    "cis": lambda policy: _answers_cis(policy) or policy.is_about_the_run,
}
"""Which policies each profile has."""

SUMMARIES = {
    "default": "every policy but the strict ones",
    "strict": "every policy",
    "security-hub": "the policies that answer to an AWS Security Hub control",
    "cis": "the policies that answer a recommendation of the CIS AWS Foundations Benchmark, in any version",
}


def _answers_cis(policy: Policy) -> bool:
    from sglint.compliance.mapping import answered

    return any(requirement.framework.id.startswith("cis-") for requirement in answered(policy.controls))

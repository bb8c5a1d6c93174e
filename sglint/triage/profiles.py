"""Profiles: named sets of policies."""

from __future__ import annotations

from collections.abc import Callable

from sglint.policies.policy import Policy

CIS_CONTROLS = frozenset({"EC2.2", "EC2.6", "EC2.13", "EC2.14", "EC2.21", "EC2.53", "EC2.54"})
"""Security Hub's controls about networks for the CIS AWS Foundations Benchmark, versions 1.2.0 to 5.0.0.

https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html
"""

_ABOUT_THE_RUN = "SG9"
"""How the ids begin of policies that say what could not be judged or no longer holds. Every profile has them."""

PROFILES: dict[str, Callable[[Policy], bool]] = {
    "default": lambda policy: not policy.is_strict,
    "strict": lambda policy: True,
    "security-hub": lambda policy: bool(policy.controls) or _is_about_the_run(policy),
    "cis": lambda policy: bool(CIS_CONTROLS & set(policy.controls)) or _is_about_the_run(policy),
}
"""Which policies each profile has."""

SUMMARIES = {
    "default": "every policy but the strict ones",
    "strict": "every policy",
    "security-hub": "the policies that answer to an AWS Security Hub control",
    "cis": "the policies that answer to Security Hub's controls for the CIS AWS Foundations Benchmark",
}


def _is_about_the_run(policy: Policy) -> bool:
    return policy.id.startswith(_ABOUT_THE_RUN)

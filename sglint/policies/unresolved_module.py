"""SG902: a module or nested template that could not be followed."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.policies.policy import Parameters, Policy, Severity, Violation


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for unresolved in analysis.estate.unresolved:
        message = f"{unresolved.source} was not judged: {unresolved.reason}"
        yield Violation(message, unresolved.location, unresolved.address, related=unresolved.evidence)


POLICY = Policy(
    id="SG902",
    name="unresolved-module",
    severity=Severity.NOTE,
    summary="A module call or nested template whose source is not on disk.",
    why=(
        "What the module holds was not judged, and what it gives back is unknown to the rules that use it. It is "
        "neither a pass nor a failure."
    ),
    fix="Run terraform init or aws cloudformation package first, so that the source is on disk, or judge a plan.",
    check=check,
    bad=('unresolved module.web source "registry.example.com/acme/web/aws" reason "it is not on disk"',),
    good=("group web", 'web ingress tcp 22 from unknown("var.office")'),
    is_open=True,
)

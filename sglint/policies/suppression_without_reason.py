"""SG903: a suppression or exception that gives no reason."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.wording import accepted


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for acceptance in analysis.estate.acceptances:
        if not acceptance.reason and not acceptance.fault:
            message = f"{accepted(acceptance)} gives no reason, so it does not hold"
            yield Violation(message, acceptance.location, "", ",".join(acceptance.policies))


POLICY = Policy(
    id="SG903",
    name="suppression-without-reason",
    severity=Severity.MEDIUM,
    summary="An inline suppression, or an exception in configuration, that gives no reason.",
    why=(
        "An accepted risk is a decision, and a decision without a rationale cannot be reviewed: nobody can tell "
        "whether it still holds. What it is for is reported as if it were not there."
    ),
    fix='Say why the risk is acceptable: reason="…", best with until= and owner=.',
    check=check,
    bad=("suppression ssh-from-world", "suppression ssh-from-world until 2099-12-31"),
    good=('suppression ssh-from-world reason "bastion, reviewed"',),
)

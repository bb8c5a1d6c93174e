"""SG904: a suppression or exception past its last day."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.wording import accepted


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for acceptance in analysis.estate.acceptances:
        if acceptance.is_expired and not acceptance.fault:
            owner = f"; {acceptance.owner} answers for it" if acceptance.owner else ""
            message = f"{accepted(acceptance)} held until {acceptance.until}{owner}"
            yield Violation(message, acceptance.location, "", ",".join(acceptance.policies))


POLICY = Policy(
    id="SG904",
    name="expired-suppression",
    severity=Severity.MEDIUM,
    summary="An inline suppression, or an exception in configuration, past its last day.",
    why=(
        "The risk was accepted for a time, and the time is over. What it is for is reported again: somebody has to "
        "fix it or to decide anew."
    ),
    fix="Fix what was accepted and remove the suppression, or review it and set a new until=.",
    check=check,
    bad=('suppression ssh-from-world reason "bastion" until 2024-06-30 expired',),
    good=('suppression ssh-from-world reason "bastion" until 2099-12-31',),
)

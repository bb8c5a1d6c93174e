"""SG905: a suppression or exception that silences nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.acceptances import Acceptance
from sglint.model.location import Edit
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.wording import accepted, enumerate_all


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for acceptance in analysis.estate.acceptances:
        message = _message(acceptance)
        if message is not None:
            subject = ",".join(acceptance.policies)
            yield Violation(message, acceptance.location, "", subject, edit=_removal(acceptance))


def _removal(acceptance: Acceptance) -> Edit | None:
    """That of the comment, where all of it silences nothing. What has a fault may be meant otherwise."""
    if not acceptance.words or acceptance.fault or acceptance.unused != acceptance.policies:
        return None
    return Edit(acceptance.words, "")


def _message(acceptance: Acceptance) -> str | None:
    if acceptance.fault:
        return f"{accepted(acceptance)} silences nothing: {acceptance.fault}"
    if not acceptance.unused:
        return None
    if acceptance.unused == acceptance.policies or not acceptance.policies:
        return f"{accepted(acceptance)} silences nothing"
    return f"{accepted(acceptance)} silences nothing of {enumerate_all(acceptance.unused)}"


POLICY = Policy(
    id="SG905",
    name="unused-suppression",
    severity=Severity.LOW,
    summary="An inline suppression, or an exception in configuration, that silences nothing.",
    why=(
        "What it was for is gone, or it was never understood: a policy that does not exist, a date that is none, a "
        "place where nothing is wrong. Left in place it will silence the next mistake made there."
    ),
    fix="Remove it, or correct what it names.",
    check=check,
    bad=(
        'suppression ssh-from-world reason "bastion" unused ssh-from-world',
        'suppression ssh-from-wrld reason "bastion" fault "there is no policy \\"ssh-from-wrld\\""',
    ),
    good=('suppression ssh-from-world reason "bastion"',),
)

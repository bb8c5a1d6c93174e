"""The ledger: every accepted risk, with what it is for and whether it still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

from sglint.model.acceptances import Acceptance
from sglint.model.location import whole_file
from sglint.model.record import frozen, replace
from sglint.triage.finding import Finding, Outcome


class Standing(Enum):
    """Whether an accepted risk holds, and why not."""

    HOLDS = "holds"
    WITHOUT_REASON = "without reason"
    EXPIRED = "expired"
    UNUSED = "unused"
    NOT_UNDERSTOOD = "not understood"


@frozen
class Entry:
    """One policy accepted at one place, or an acceptance that is for nothing."""

    acceptance: Acceptance
    policies: tuple[str, ...]
    """What it names; of one that accepts a finding, the finding's policy as `ID (name)`."""
    standing: Standing
    finding: Finding | None = None

    @property
    def address(self) -> str:
        """The addresses of all resources that it is for."""
        return "" if self.finding is None else ", ".join((self.finding.violation.address, *self.finding.elsewhere))

    @property
    def rule(self) -> str:
        """The rule in notation; empty where none is concerned."""
        return self.acceptance.rule if self.finding is None else self.finding.violation.subject


def ledger(outcome: Outcome, within: int | None = None, today: date | None = None) -> tuple[Entry, ...]:
    """The accepted risks of a run, by where they are stated.

    `within` leaves only those whose last day is at most that many days from today, the expired ones included.
    """
    silencing = {_decision(each.acceptance) for each in outcome.findings if each.acceptance is not None}
    last = None if within is None else (today or date.today()) + timedelta(days=within)
    return tuple(
        entry
        for acceptance in sorted(outcome.acceptances, key=lambda each: each.location)
        if last is None or (acceptance.until is not None and acceptance.until <= last)
        for entry in _entries(acceptance, outcome)
        if entry.finding is not None or not acceptance.is_metadata or _decision(acceptance) not in silencing
    )


def fails(entries: tuple[Entry, ...], within: int | None = None) -> bool:
    """Whether an entry no longer holds, or any runs out within the days that were asked about."""
    if within is not None:
        return bool(entries)
    return any(entry.standing not in (Standing.HOLDS, Standing.UNUSED) for entry in entries)


def _entries(acceptance: Acceptance, outcome: Outcome) -> Iterator[Entry]:
    found = [
        finding
        for finding in outcome.findings
        if finding.acceptance is not None and _same(finding.acceptance, acceptance)
    ]
    for finding in found:
        yield Entry(acceptance, (f"{finding.policy.id} ({finding.policy.name})",), Standing.HOLDS, finding)
    if not found:
        yield Entry(acceptance, acceptance.policies, _standing(acceptance))


def _decision(acceptance: Acceptance) -> Acceptance:
    """What entries of metadata have in common that one decision wrote on every resource of a construct."""
    return replace(acceptance, location=whole_file(""), unused=())


def _same(one: Acceptance, other: Acceptance) -> bool:
    return (one.means, one.location, one.policies, one.rule) == (
        other.means,
        other.location,
        other.policies,
        other.rule,
    )


def _standing(acceptance: Acceptance) -> Standing:
    if acceptance.fault:
        return Standing.NOT_UNDERSTOOD
    if not acceptance.reason:
        return Standing.WITHOUT_REASON
    if acceptance.is_expired:
        return Standing.EXPIRED
    return Standing.UNUSED if acceptance.unused else Standing.HOLDS

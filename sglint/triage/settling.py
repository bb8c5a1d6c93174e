"""Accepted risks against findings: which of them hold, and what they are for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sglint.analysis.analysis import Analysis
from sglint.analysis.pairs import Pairs
from sglint.model.acceptances import Acceptance, Means
from sglint.model.location import Problem, whole_file
from sglint.model.record import field, frozen, replace
from sglint.model.rules import Estate
from sglint.policies.policy import Policy
from sglint.policies.registry import POLICIES, find
from sglint.triage.finding import Finding
from sglint.triage.judge import Judged, joined, judge
from sglint.triage.standings import Claim, Standing, Standings
from sglint.triage.terms import TermsByPath

if TYPE_CHECKING:
    from datetime import date

_ABOUT_ACCEPTANCES = frozenset(("SG903", "SG904", "SG905"))
_ABOUT_TRAFFIC = frozenset(policy.id for policy in POLICIES if policy.is_about_traffic and not policy.is_strict)
"""What an allowed rule may be for: it is of no use only where all of them were looked for."""
_NOWHERE = whole_file("")
_FORBIDDEN = {
    Means.SUPPRESSION: ("suppressions", "inline suppressions are forbidden here"),
    Means.EXCEPTION: ("exceptions", "exceptions are forbidden here"),
    Means.ALLOWED: ("exceptions", "exceptions are forbidden here"),
}


@frozen
class Conditions:
    """What decides whether acceptances hold."""

    today: date | None = None
    """None for the day it is."""
    forbidden: frozenset[str] = frozenset()
    may_be_unused: Callable[[Acceptance], bool] = field(default=lambda _: True)
    """Whether the run saw all that an acceptance can be for, so that finding nothing means there is nothing."""

    def are_past(self, day: date) -> bool:
        """Whether they are those of a later day."""
        if self.today is not None:
            return day < self.today
        from datetime import date

        return day < date.today()


@frozen
class Applied:
    """An accepted risk as far as some findings were held against it: whether it holds, and which words were of use."""

    acceptance: Acceptance
    holds: bool
    used: frozenset[str] = frozenset()


def asked(claims: Iterable[Claim]) -> tuple[Policy, ...]:
    """The policies that claims name, each once."""
    named = (find(word) for claim in claims if not claim.acceptance.fault for word in claim.acceptance.policies)
    return tuple({policy.id: policy for policy in named}.values())


def settle(
    judged: Iterable[Judged], claims: Sequence[Claim], terms: TermsByPath, conditions: Conditions
) -> tuple[tuple[Finding, ...], tuple[Acceptance, ...]]:
    """The findings, each with what accepts it, and what is wrong with acceptances; and how every acceptance stands.

    The first claim that holds counts.
    """
    findings, applied = apply(judged, claims, conditions, [])
    return concluded(findings, applied, terms, conditions)


def apply(
    judged: Iterable[Judged], claims: Iterable[Claim], conditions: Conditions, faults: list[Problem]
) -> tuple[tuple[Finding, ...], tuple[Applied, ...]]:
    """The findings of some units, each with what accepts it, and how the claims were of use to them.

    `faults` takes that there are too many of both to be held against each other.
    """
    standings = [_standing(claim, conditions) for claim in claims]
    by_scope = Standings(standings)
    pairs = Pairs(
        "findings and what accepts them", "from here on nothing is accepted", "them held against each other", 0
    )
    findings = tuple([_settled(each, by_scope, pairs) for each in judged])
    faults.extend(pairs.problems)
    return findings, tuple([Applied(each.acceptance, each.holds, frozenset(each.used)) for each in standings])


def concluded(
    findings: Iterable[Finding], applied: Iterable[Applied], terms: TermsByPath, conditions: Conditions
) -> tuple[tuple[Finding, ...], tuple[Acceptance, ...]]:
    """The findings of all units with what is wrong with acceptances; and how every acceptance stands.

    Acceptances of the source come in the order of their places, then those of the configuration.
    """
    in_order = sorted(
        applied, key=lambda each: (each.acceptance.means is not Means.SUPPRESSION, each.acceptance.location)
    )
    acceptances = _with_use(in_order, terms, conditions)
    return joined((*joined(findings), *_about(acceptances, terms))), acceptances


def _standing(claim: Claim, conditions: Conditions) -> Standing:
    acceptance = claim.acceptance
    word, fault = _FORBIDDEN[acceptance.means]
    if word in conditions.forbidden and not acceptance.fault:
        acceptance = replace(acceptance, fault=fault)
    is_expired = acceptance.until is not None and conditions.are_past(acceptance.until)
    acceptance = replace(acceptance, is_expired=is_expired)
    return Standing(claim, acceptance, bool(acceptance.reason) and not acceptance.fault and not is_expired)


def _settled(judged: Judged, standings: Standings, pairs: Pairs) -> Finding:
    """The finding with the first claim that accepts it. Every claim that is for it is of use."""
    accepting = partial(_accepting, judged, standings, pairs)
    found = tuple(pairs.within(judged.finding.location, accepting))
    return replace(judged.finding, acceptance=found[0]) if found else judged.finding


def _accepting(judged: Judged, standings: Standings, pairs: Pairs) -> Iterator[Acceptance]:
    """What accepts a finding, in order."""
    finding = judged.finding
    is_accepted = False
    near = standings.near(judged)
    pairs.take_small(len(near))
    for standing in near:
        is_known = len(standing.used) == len(set(standing.words))
        if is_known and (is_accepted or not standing.holds):
            continue
        pairs.take(1)
        if not standing.claim.binds(judged):
            continue
        words = standing.words_for(judged)
        # A policy that a worse one supersedes here is not silenced, but it is not gone either.
        standing.used |= words | {word for word in standing.acceptance.policies if find(word) in finding.also}
        if words and standing.holds:
            is_accepted = True
            yield standing.acceptance


def _with_use(standings: Sequence[Applied], terms: TermsByPath, conditions: Conditions) -> tuple[Acceptance, ...]:
    """The acceptances with the words that are of no use. Equal entries of several resources are one decision."""
    used: dict[Acceptance, set[str]] = {}
    for standing in standings:
        used.setdefault(_decision(standing), set()).update(standing.used)
    found: dict[Acceptance, None] = {}
    for standing in standings:
        acceptance = standing.acceptance
        if standing.holds and conditions.may_be_unused(acceptance):
            in_force = {policy.id for policy in terms.at(acceptance.location.path).policies}
            is_answered = in_force >= _ABOUT_TRAFFIC
            words = acceptance.policies or ("",)
            unused = tuple(
                word
                for word in words
                if word not in used[_decision(standing)] and (find(word).id in in_force if word else is_answered)
            )
            acceptance = replace(acceptance, unused=unused)
        found[acceptance] = None
    return tuple(found)


def _decision(standing: Applied) -> Acceptance:
    """What tells one decision from another: comments by their place, entries of metadata by what they say."""
    acceptance = standing.acceptance
    return replace(acceptance, location=_NOWHERE) if acceptance.is_metadata else acceptance


def _about(acceptances: tuple[Acceptance, ...], terms: TermsByPath) -> Iterator[Finding]:
    """What is wrong with acceptances, under the terms of the files that they are in."""
    analysis = Analysis(Estate(acceptances=acceptances))
    by_terms = {id(each): each for each in (terms.at(acceptance.location.path) for acceptance in acceptances)}
    for each in by_terms.values():
        policies = tuple(policy for policy in each.policies if policy.id in _ABOUT_ACCEPTANCES)
        for finding in judge([analysis], policies, each.parameters, each.severities):
            if terms.at(finding.location.path) is each:
                yield finding

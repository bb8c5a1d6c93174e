"""How many findings each policy has, the most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sglint.triage.finding import Finding, Outcome


def statistics(outcome: Outcome) -> Iterator[str]:
    """One line for each policy that has findings: how many, which one, and what became of them."""
    policies = {finding.policy.id: finding.policy for finding in outcome.findings}
    totals = Counter(finding.policy.id for finding in outcome.findings)
    states = Counter((finding.policy.id, _state(finding)) for finding in outcome.findings)
    width = len(str(max(totals.values(), default=0)))
    for id, total in sorted(totals.items(), key=lambda entry: (-entry[1], entry[0])):
        parts = [f"{number} {state}" for (other, state), number in states.items() if other == id]
        yield f"{total:>{width}}  {id} {policies[id].name}: {', '.join(sorted(parts, key=_by_number))}"


def _state(finding: Finding) -> str:
    if finding.acceptance is not None:
        return "accepted"
    if finding.is_baselined:
        return "in the baseline"
    return "not judged" if finding.policy.is_open else str(finding.severity)


def _by_number(part: str) -> tuple[int, str]:
    number, _, state = part.partition(" ")
    return -int(number), state

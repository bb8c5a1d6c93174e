"""Accepted risks by what they may be for, so that a finding is held against few of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from sglint.model.acceptances import Acceptance, Means
from sglint.model.interval_index import IntervalIndex
from sglint.model.intervals import Interval
from sglint.model.location import Location
from sglint.model.record import field, mutable
from sglint.policies.registry import find
from sglint.triage.judge import Judged

_ALLOWED = ""
"""What stands for the policies of an allowed rule, which names none."""


class Claim(Protocol):
    """An accepted risk with what it is for."""

    @property
    def acceptance(self) -> Acceptance: ...

    @property
    def anchor(self) -> Location | str | None:
        """What a finding must have to do with: a part of the source, or an address. None where it may be any."""
        ...

    def binds(self, judged: Judged) -> bool:
        """Whether a finding of a policy that it names is where it is meant to be."""
        ...


@mutable
class Standing:
    """One claim with the words of it that were of use."""

    claim: Claim
    acceptance: Acceptance
    holds: bool
    used: set[str] = field(default_factory=set)

    @property
    def words(self) -> tuple[str, ...]:
        """What it names policies by."""
        return (_ALLOWED,) if self.acceptance.means is Means.ALLOWED else self.acceptance.policies

    def words_for(self, judged: Judged) -> set[str]:
        """Those of them that mean the policy of a finding, or one that would supersede it on its rule."""
        policy = judged.finding.policy
        if self.acceptance.means is Means.ALLOWED:
            return {_ALLOWED} if policy.is_about_traffic else set()
        meant = {policy.id, *(other.id for other in judged.under)}
        return {word for word in self.acceptance.policies if find(word).id in meant}


class Standings:
    """Claims that are without fault, in their order."""

    def __init__(self, standings: Sequence[Standing]) -> None:
        self._standings = standings
        by_policy: dict[str, list[int]] = {}
        for number, standing in enumerate(standings):
            if not standing.acceptance.fault:
                for name in {find(word).id if word else word for word in standing.words}:
                    by_policy.setdefault(name, []).append(number)
        self._by_policy = {name: _Anchored(standings, numbers) for name, numbers in by_policy.items()}

    def near(self, judged: Judged) -> list[Standing]:
        """Those that a finding has to be held against."""
        finding = judged.finding
        names = {finding.policy.id, *(policy.id for policy in (*judged.under, *finding.also))}
        if finding.policy.is_about_traffic:
            names.add(_ALLOWED)
        found: set[int] = set()
        for name in names & self._by_policy.keys():
            found.update(self._by_policy[name].near(judged))
        return [self._standings[number] for number in sorted(found)]


class _Anchored:
    """Claims of one policy, by number."""

    def __init__(self, standings: Sequence[Standing], numbers: Iterable[int]) -> None:
        self._anywhere: list[int] = []
        self._by_address: dict[str, list[int]] = {}
        regions: dict[str, list[tuple[Interval, int]]] = {}
        for number in numbers:
            anchor = standings[number].claim.anchor
            if anchor is None:
                self._anywhere.append(number)
            elif isinstance(anchor, str):
                self._by_address.setdefault(anchor, []).append(number)
            else:
                regions.setdefault(anchor.path, []).append(((anchor.line, anchor.end_line), number))
        self._by_line = {path: IntervalIndex(found) for path, found in regions.items()}

    def near(self, judged: Judged) -> Iterator[int]:
        yield from self._anywhere
        violation = judged.finding.violation
        if self._by_address:
            for address in violation.addresses:
                yield from self._by_address.get(address, ())
        if self._by_line:
            for path, line in {(place.path, place.line) for place in violation.places(is_followed=True)}:
                if path in self._by_line:
                    yield from self._by_line[path].overlapping((line, line))

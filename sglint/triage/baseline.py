"""The baseline: findings that are known, and how open each group was when it was written."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sglint.model.postures import Posture
from sglint.model.record import field, frozen
from sglint.triage.finding import Finding


class Entry(NamedTuple):
    """A finding as a baseline knows it. Paths count from the baseline's directory, with `/`."""

    path: str
    address: str
    policy: str
    """By id."""
    rule: str
    unit: str = ""
    """The unit that it arises in, where that is neither the file nor its directory: the caller of a module."""
    environment: str = ""
    """The environment that it holds under; empty for all of them."""


class Place(NamedTuple):
    """A group as a baseline knows it."""

    path: str
    address: str
    unit: str = ""
    environment: str = ""


@frozen
class Baseline:
    """What a baseline file says. `path` is that of the file, which need not exist yet."""

    path: str
    findings: Mapping[Entry, int] = field(default_factory=dict)
    """How many findings there are of each entry."""
    groups: Mapping[Place, Posture] = field(default_factory=dict)


@frozen
class Standing:
    """How a run stands to its baseline."""

    baseline: Baseline
    found: Counter[Entry] = field(default_factory=Counter)
    """What the run's own findings come to."""
    used: Counter[Entry] = field(default_factory=Counter)
    """What of the baseline the run has found again."""
    left: Counter[Entry] = field(default_factory=Counter)
    """What of the baseline the run would have found, and has not."""
    postures: Mapping[Place, Posture] = field(default_factory=dict)
    """How open the groups of the run are."""
    gone: frozenset[Place] = frozenset()
    """The groups of the baseline that the run would have seen, and has not."""

    def __or__(self, other: Standing) -> Standing:
        """That of two runs to one baseline."""
        used = self.used + other.used
        return Standing(
            self.baseline,
            self.found + other.found,
            used,
            (self.left | other.left) & (Counter(self.baseline.findings) - used),
            {**self.postures, **other.postures},
            (self.gone | other.gone) - self.postures.keys() - other.postures.keys(),
        )

    @property
    def updated(self) -> Baseline:
        """The baseline with what was found, and without what has left. What the run did not look at stays."""
        kept = Counter(self.baseline.findings) - self.used - self.left
        groups = {place: posture for place, posture in self.baseline.groups.items() if place not in self.gone}
        return Baseline(self.baseline.path, kept + self.found, {**groups, **self.postures})

    def absent(self) -> Iterator[tuple[Entry, str]]:
        """What has left, each with the path of the file that it was in."""
        directory = os.path.dirname(self.baseline.path)
        for entry in sorted(self.left.elements()):
            yield entry, os.path.normpath(os.path.join(directory, entry.path))

    @property
    def change(self) -> str:
        """What writing the baseline anew does to it."""
        before, after = Counter(self.baseline.findings), Counter(self.updated.findings)
        changes = ((after - before).total(), "added"), ((before - after).total(), "dropped")
        counts = ", ".join(f"{number} {word}" for number, word in changes if number) or "none changed"
        return f"{self.baseline.path}: {_count(after.total(), 'finding')}, {counts}"

    @property
    def advice(self) -> str:
        """What writing the baseline anew would bring; empty for nothing."""
        parts = [f"{_count(self.left.total(), 'finding')} left"] if self.left else []
        parts += [f"{_count(self.narrowed, 'group')} less open than it says"] if self.narrowed else []
        return f"{self.baseline.path}: {', '.join(parts)}; run --update-baseline" if parts else ""

    @property
    def narrowed(self) -> int:
        """How many groups are at a better level than the baseline says, or leave less open to the world."""
        known = self.baseline.groups
        return sum(posture.is_narrower_than(known.get(place, posture)) for place, posture in self.postures.items())


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def belongs(finding: Finding) -> bool:
    """Whether a baseline may hold a finding: what is accepted has its own account, and what sglint says of the run
    itself (suppressions that do not hold, what could not be judged) must not be silenced."""
    return finding.acceptance is None and not finding.policy.is_about_the_run

"""Findings against a baseline: which of them are known, which are new, and which have left."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from sglint.analysis.analysis import Analysis
from sglint.analysis.posture import postures
from sglint.model.location import Location
from sglint.model.paths import from_directory
from sglint.model.postures import Posture
from sglint.model.record import frozen, replace
from sglint.model.rules import SecurityGroup
from sglint.triage.baseline import Baseline, Entry, Place, Standing, belongs
from sglint.triage.finding import Finding
from sglint.triage.identity import identity

_Told: TypeAlias = tuple[Entry, Location, str]
"""What makes findings one: where they stand in a baseline, the place, and the message."""


class Names:
    """Paths as a baseline names them: from its directory, with `/`, the same whichever way they were typed."""

    def __init__(self, baseline: str, given: Iterable[str] = ()) -> None:
        """`baseline` is the path of the file; `given` are names of input that is no file, which stay as they are."""
        self._directory = os.path.realpath(os.path.dirname(baseline))
        self._given = frozenset(given)
        self.of = lru_cache(maxsize=None)(self._of)

    def _of(self, path: str) -> str:
        if path.split(os.sep)[0] in self._given:
            return path
        directory, name = os.path.split(os.path.abspath(path))
        return from_directory(os.path.join(os.path.realpath(directory), name), self._directory).replace(os.sep, "/")

    def path(self, name: str) -> str:
        """The path that a name stands for."""
        return os.path.normpath(os.path.join(self._directory, name))


@frozen
class Coverage:
    """What a run looked at: units and directories, by the names that a baseline has for them."""

    units: frozenset[str]
    """The units that were judged."""
    others: frozenset[str]
    """The units that were found and left out."""
    tops: tuple[str, ...]
    """The directories that were searched for units."""
    in_force: Callable[[str, str], bool]
    """Whether a policy, by id, is in force for a file."""
    exists: Callable[[str], bool]
    """Whether there is such a file or directory."""
    has_environments: bool = True
    """Whether units were judged under their environments."""
    is_complete: bool = True
    """Whether all of it could be read: otherwise nothing has left for certain."""

    def sees(self, place: Entry | Place) -> bool:
        """Whether the run would have found what was there, if it were still there."""
        units = _units(place)
        if not self.is_complete or units & self.others or (place.environment and not self.has_environments):
            return False
        return bool(units & self.units) or any(_is_below(unit, top) for unit in units for top in self.tops)

    def may_be(self, old: Entry | Place, new: Entry | Place) -> bool:
        """Whether what was in one file can be what is in another: in the same unit, or the file is gone.

        An address names one thing within a unit. In two units it may name two, unless one of the units is gone.
        """
        if old.environment not in ("", new.environment):
            return False
        if old.unit == new.unit and _units(old) & _units(new):
            return True
        is_unit_gone = not old.unit or old.unit == new.unit or not self.exists(old.unit)
        return is_unit_gone and (old.path == new.path or not self.exists(old.path))


def _units(place: Entry | Place) -> frozenset[str]:
    """What the unit that something is in may be called: of a template the file, of a module its directory."""
    return frozenset((place.unit,)) if place.unit else frozenset((place.path, os.path.dirname(place.path) or "."))


def _is_below(name: str, top: str) -> bool:
    return name == top or name.startswith(f"{top}/") or (top == "." and not name.startswith(".."))


@frozen
class Groups:
    """The groups of a run: how open each is, and where the baseline has it, if it does."""

    postures: Mapping[Place, Posture]
    origins: Mapping[Place, Place]

    def gone(self, baseline: Baseline, coverage: Coverage) -> frozenset[Place]:
        """The groups of the baseline that are no longer where they were."""
        left = {place for place in baseline.groups.keys() - self.postures.keys() if coverage.sees(place)}
        return frozenset(left | set(self.origins.values()) - self.postures.keys())


def settle(
    findings: Sequence[Finding], groups: Groups, baseline: Baseline, names: Names, coverage: Coverage
) -> tuple[tuple[Finding, ...], Standing]:
    """The findings, each with whether the baseline has it, and how the run stands to it.

    Each is of one unit in one environment: those that say the same are not yet one.
    Of findings that the baseline does not tell apart it has the first ones, as many as it counts.
    """
    found: dict[Entry, dict[_Told, None]] = {}
    for each in sorted(filter(belongs, findings), key=lambda each: each.order):
        told = _told(each, names)
        found.setdefault(told[0], {})[told] = None
    counts = Counter({entry: len(places) for entry, places in found.items()})
    known = Counter(baseline.findings)
    matched, used = _matched(counts, known, coverage)
    left = Counter({entry: count for entry, count in (known - used).items() if _has_left(entry, coverage)})
    old = {told for entry, all_told in found.items() for told in list(all_told)[: matched[entry]]}
    standing = Standing(baseline, counts, used, left, groups.postures, groups.gone(baseline, coverage))
    marked = (replace(each, is_baselined=_told(each, names) in old) if belongs(each) else each for each in findings)
    return tuple(marked), standing


def _told(finding: Finding, names: Names) -> _Told:
    own = identity(finding, names.of(finding.location.path))
    entry = Entry(own.path, own.address, own.policy, own.rule, _unit(finding.unit, own.path, names))
    return entry._replace(environment="".join(finding.environments)), finding.location, finding.violation.message


def _unit(unit: str, path: str, names: Names) -> str:
    """The name of a unit, empty where it goes without saying."""
    name = names.of(unit or os.curdir)
    return "" if name in (path, os.path.dirname(path) or ".") else name


def _has_left(entry: Entry, coverage: Coverage) -> bool:
    return coverage.sees(entry) and coverage.in_force(entry.path, entry.policy)


def _matched(found: Counter[Entry], known: Counter[Entry], coverage: Coverage) -> tuple[Counter[Entry], Counter[Entry]]:
    """How many findings of each entry are known, and how many of each known entry are found again.

    First what is where it was; then, for what is not, whatever has moved and nothing was found of in its old place.
    """
    matched, used = Counter[Entry](), Counter[Entry]()

    def take(entry: Entry, source: Entry) -> None:
        count = min(found[entry] - matched[entry], known[source])
        matched[entry] += count
        used[source] = max(used[source], count)  # an entry for all environments is there for each of them

    for entry in found:
        for source in {entry, entry._replace(environment="")} & known.keys():
            take(entry, source)
    remaining: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in sorted(known.keys() - used.keys()):
        remaining.setdefault((entry.address, entry.policy, entry.rule), []).append(entry)
    taken: dict[Entry, Entry] = {}
    for entry in sorted(found):
        target = entry._replace(environment="")
        for source in sorted(remaining.get((entry.address, entry.policy, entry.rule), ()), key=_by_name(entry.path)):
            if matched[entry] < found[entry] and taken.get(source, target) == target and coverage.may_be(source, entry):
                taken[source] = target
                take(entry, source)
    return matched, used


def _by_name(path: str) -> Callable[[Entry | Place], bool]:
    """Sorts what was in a file of the same name first."""
    return lambda place: os.path.basename(place.path) != os.path.basename(path)


def groups_of(analyses: Iterable[Analysis], baseline: Baseline, names: Names, coverage: Coverage) -> Groups:
    """The groups of units, and which groups of the baseline they are: those in the same place, else those moved."""
    found: dict[Place, Posture] = {}
    for analysis in analyses:
        for group, posture in postures(analysis):
            place = place_of(group, analysis, names)
            found[place] = found[place] | posture if place in found else posture
    known = baseline.groups
    remaining: dict[str, list[Place]] = {}
    for place in sorted(known.keys() - found.keys()):
        remaining.setdefault(place.address, []).append(place)
    origins: dict[Place, Place] = {}
    taken: dict[Place, Place] = {}
    for place in sorted(found):
        target = place._replace(environment="")
        own = [source for source in (place, target) if source in known]
        moved = (
            source
            for source in sorted(remaining.get(place.address, ()), key=_by_name(place.path))
            if taken.get(source, target) == target and coverage.may_be(source, place)
        )
        source = own[0] if own else next(moved, None)
        if source is not None:
            origins[place] = source
            taken[source] = target
    return Groups(found, origins)


def place_of(group: SecurityGroup, analysis: Analysis, names: Names) -> Place:
    """Where a baseline has a group of a unit."""
    path = names.of(group.location.path)
    return Place(path, group.address, _unit(analysis.path, path, names), analysis.environment)


def held(analysis: Analysis, groups: Groups, baseline: Baseline, names: Names) -> Analysis:
    """The unit with how open its groups were when the baseline was written, for them to be held to it."""
    origins = {group.address: groups.origins.get(place_of(group, analysis, names)) for group in analysis.groups}
    past = {address: baseline.groups[origin] for address, origin in origins.items() if origin is not None}
    return Analysis(
        replace(analysis.estate, past=past), analysis.environment, analysis.choices, analysis.path, analysis.pairs
    )

"""Judges one unit after the other, each by itself, and keeps no more of them than the next ones are likely to need."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sglint.analysis.analysis import Analysis, worst_levels
from sglint.aws.resources import Evaluated
from sglint.dialects import HELD, Dialect, Remember, dialect_of, not_remembered, parts_of
from sglint.discovery import Discovery, Unit, UnitKind
from sglint.execution.verdict import Verdict
from sglint.model.failure import REPORT, failure
from sglint.model.location import Location, Problem
from sglint.model.rules import Estate
from sglint.reading.files import Asked, Files, Source, Trace, Unreadable
from sglint.settings import Settings
from sglint.triage.finding import Finding, SourceLines
from sglint.triage.judge import judge_by_path
from sglint.triage.settling import Applied, Conditions, apply, asked
from sglint.triage.standings import Claim
from sglint.triage.terms import TermsByPath

if TYPE_CHECKING:
    from sglint.suppressions.suppression import Suppression


class Judging:
    """The units of a run, each of which can be judged at any time and in any order."""

    def __init__(self, settings: Settings, files: Files, units: tuple[Unit, ...]) -> None:
        self._settings = settings
        self._files = files
        # Of much input little is shared by units that are judged one after the other.
        self._most_held = HELD if files.peeked <= 2 * HELD else HELD // 2
        self._conditions = Conditions(settings.today, settings.forbidden)
        self._terms = TermsByPath(settings.terms, settings.overrides)
        self._by_kind: dict[UnitKind, list[str]] = {}
        self._faults: list[Problem] = []
        self._likely = frozenset(unit.path for unit in units if unit.is_likely)
        for unit in units:
            self._by_kind.setdefault(unit.kind, []).append(unit.path)
        self._dialects: Mapping[UnitKind, Dialect] = {
            kind: dialect_of(kind, tuple(self._by_kind[kind]), settings, files)
            for kind in UnitKind
            if kind in self._by_kind
        }

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the inputs that units share, and with telling units apart."""
        shared = [problem for dialect in self._dialects.values() for problem in dialect.problems]
        return (*shared, *self._faults)

    def roots(self, remember: Remember = not_remembered) -> tuple[tuple[UnitKind, str], ...]:
        """What is judged in its own right, as far as that can be told beforehand, in order."""
        return tuple([(kind, path) for kind in self._dialects for path in self._roots(kind, remember)])

    def _roots(self, kind: UnitKind, remember: Remember) -> Sequence[str]:
        try:
            return self._dialects[kind].roots(remember)
        except Exception as error:  # Each is judged, parts of others too.
            paths = self._by_kind[kind]
            self._faults.append(failure(error, paths[0], f"not told apart from what is part of another {kind.value}"))
            return paths

    def verdict(self, kind: UnitKind, path: str) -> tuple[Verdict, Trace]:
        """One unit judged, and all that it was made of. A fault of sglint's own is a problem of the unit."""
        with self._files.traced() as trace:
            try:
                found = self._verdict(kind, path, trace)
            except Exception as error:
                found = Verdict(problems=(failure(error, path),), is_lasting=False)
        if self._files.held > self._most_held:
            self._forget()
        return found, trace

    def _forget(self) -> None:
        """Of what is new since the last time, what lives on is held on purpose, and is not looked at again."""
        self._files.forget()
        for dialect in self._dialects.values():
            dialect.forget()
        gc.collect(0)

    def _verdict(self, kind: UnitKind, path: str, trace: Trace) -> Verdict:
        if path in self._likely:
            recognised = Discovery(self._files).recognise(path)
            if not recognised.units:
                return Verdict(problems=recognised.problems, units=0)
        models = tuple(self._dialects[kind].understood(path))
        evaluated = tuple([each for each, _ in models])
        analyses = tuple([analysed(*model, self._settings) for model in models])
        suppressions, unread = suppressions_in(self._files.texts_of(trace), evaluated)
        faults: list[Problem] = []
        findings, applied = self._findings(analyses, suppressions, faults)
        groups = tuple([(*group, level) for group, level in worst_levels(analyses).items()])
        faults.extend(problem for analysis in analyses for problem in analysis.pairs.problems)
        problems = (*(problem for each in evaluated for problem in each.problems), *unread, *faults)
        return Verdict(
            findings=findings,
            problems=tuple(sorted(dict.fromkeys(problems))),
            notes=tuple(dict.fromkeys(note for each in evaluated for note in each.notes)),
            applied=applied,
            groups=groups,
            rules=sum(len(group.rules) for group in analyses[0].groups) if analyses else 0,
            lines=lines_of(findings, problems, self._files, [each.acceptance.location for each in applied]),
            parts=parts_of(models) if kind is UnitKind.TEMPLATE else frozenset(),
            is_lasting=not any(problem.hint == REPORT for problem in problems),
        )

    def _findings(
        self, analyses: tuple[Analysis, ...], suppressions: tuple[Suppression, ...], faults: list[Problem]
    ) -> tuple[tuple[Finding, ...], tuple[Applied, ...]]:
        claims: tuple[Claim, ...] = (*suppressions, *self._settings.exempted)
        if any(claim.acceptance.until for claim in claims):
            self._files.note({(Asked.DAY, ""): None})
        return apply(judge_by_path(analyses, self._terms, asked(claims), faults), claims, self._conditions, faults)


def analysed(evaluated: Evaluated, estate: Estate, settings: Settings) -> Analysis:
    """A unit's model with the names that the configuration gives to networks."""
    if settings.networks:
        from sglint.analysis.naming import named

        estate = named(estate, settings.networks)
    return Analysis(estate, evaluated.environment, evaluated.choices, evaluated.path)


def suppressions_in(
    texts: Iterable[Source], evaluated: Iterable[Evaluated]
) -> tuple[tuple[Suppression, ...], tuple[Problem, ...]]:
    """The suppressions in texts and in the resources of them. Texts without the word cost a search for it."""
    marked = [source for source in texts if b"sglint" in source.data]
    if not marked:
        return (), ()
    from sglint.suppressions.gathering import gathered

    return gathered(marked, evaluated)


def lines_of(
    findings: Iterable[Finding], problems: Iterable[Problem], files: Files, others: Iterable[Location] = ()
) -> SourceLines:
    """The source lines that findings and problems point at, and those of other places."""
    places = [*(problem.location for problem in problems), *others]
    for finding in findings:
        places.append(finding.location)
        places.extend(step.location for step in finding.violation.related)
    return lines_at(places, files)


def lines_at(places: Iterable[Location], files: Files) -> SourceLines:
    """The source lines of places in files that can be read."""
    lines: SourceLines = {}
    for place in places:
        if (place.path, place.line) not in lines:
            try:
                files.read(place.path)
            except Unreadable:
                continue
            line = files.line(place.path, place.line)
            if line is not None:
                lines[place.path, place.line] = line
    return lines

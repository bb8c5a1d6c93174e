"""The way of a run: paths to units to resources to the model to findings, as one readable function."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sglint.analysis.analysis import Analysis
from sglint.aws.resources import Evaluated
from sglint.dialects import UNITS
from sglint.discovery import Discovery, UnitKind, given_unit, roots
from sglint.model.acceptances import Acceptance, Means
from sglint.model.location import Problem
from sglint.model.rules import Estate
from sglint.patterns import Exclusion, Gitignore
from sglint.reading.files import Files, Unreadable
from sglint.settings import Settings
from sglint.triage.finding import Finding, Outcome, SourceLines
from sglint.triage.judge import joined, judge_by_path
from sglint.triage.terms import TermsByPath

if TYPE_CHECKING:
    from sglint.suppressions.suppression import Suppression
    from sglint.triage.settling import Claim


@dataclass(frozen=True, slots=True)
class Understood:
    """The model of each unit, and what could not be read. A unit has one analysis for each of its environments."""

    analyses: tuple[Analysis, ...]
    units: int
    evaluated: tuple[Evaluated, ...]
    problems: tuple[Problem, ...]
    files: Files
    notes: tuple[str, ...] = ()
    """Advice about the input, each once."""


def run(settings: Settings) -> Outcome:
    """Judge the input. Raises ValueError when a policy that is named does not exist."""
    _ = settings.terms.policies  # a wrong name is told before anything is read
    return judged(understand(settings), settings)


def judged(understood: Understood, settings: Settings) -> Outcome:
    """Judge what was understood. Raises ValueError when a policy that is named does not exist."""
    terms = TermsByPath(settings.terms, settings.overrides)
    policies = terms.general.policies
    suppressions, unread = _suppressions(understood)
    if unread:
        understood = replace(understood, problems=tuple(sorted({*understood.problems, *unread})))
    findings, acceptances = _triaged(understood, settings, terms, suppressions)
    groups = {(group.location, group.address) for analysis in understood.analyses for group in analysis.groups}
    return Outcome(
        findings=findings,
        problems=understood.problems,
        policies=policies,
        units=understood.units,
        groups=len(groups),
        rules=sum(
            len(group.rules)
            for analysis, evaluated in zip(understood.analyses, understood.evaluated, strict=True)
            if not evaluated.is_repeated
            for group in analysis.groups
        ),
        lines=_lines(understood.files, findings, understood.problems),
        acceptances=acceptances,
        notes=understood.notes,
    )


def _triaged(
    understood: Understood, settings: Settings, terms: TermsByPath, suppressions: tuple[Suppression, ...]
) -> tuple[tuple[Finding, ...], tuple[Acceptance, ...]]:
    """The findings with what accepts them, and how every accepted risk stands."""
    claims: tuple[Claim, ...] = (*suppressions, *settings.exempted)
    if not claims:
        return joined(each.finding for each in judge_by_path(understood.analyses, terms)), ()
    from datetime import date

    from sglint.triage.settling import Conditions, asked, settle

    for path in {each.acceptance.location.path for each in settings.exempted}:
        with suppress(Unreadable):
            understood.files.read(path)  # for the excerpts of what is wrong with it
    broken = {problem.location.path for problem in understood.problems}
    is_whole = settings.governed is not None and any(_holds(path, settings.governed) for path in settings.paths)

    def may_be_unused(acceptance: Acceptance) -> bool:
        if acceptance.means is Means.SUPPRESSION:
            return acceptance.location.path not in broken
        return is_whole and not broken

    conditions = Conditions(settings.today or date.today(), settings.forbidden, may_be_unused)
    judged = judge_by_path(understood.analyses, terms, asked(claims))
    return settle(judged, claims, terms, conditions)


def _suppressions(understood: Understood) -> tuple[tuple[Suppression, ...], tuple[Problem, ...]]:
    """The suppressions in the source. Files without the word cost a search for it."""
    marked = [source for source in understood.files.texts if b"sglint" in source.data]
    if not marked:
        return (), ()
    from sglint.suppressions.gathering import gathered

    return gathered(marked, understood.evaluated)


def _holds(path: str, directory: str) -> bool:
    """Whether a path is a directory that a directory lies in."""
    top = os.path.realpath(path)
    return os.path.isdir(top) and os.path.commonpath((top, os.path.realpath(directory or "."))) == top


def understand(settings: Settings) -> Understood:
    """The model of the input, before any policy."""
    on_disk = tuple(path for path in settings.paths if path not in settings.given)
    files = Files(roots((*on_disk, *((settings.source,) if settings.source else ()))), settings.given, settings.tree)
    discovered = Discovery(files, settings.ignore_unrelated, _exclusion(settings, files)).discover(on_disk)
    problems = list(discovered.problems)
    units = list(discovered.units)
    for name in settings.given:
        try:
            units.append(given_unit(files, name))
        except Unreadable as error:
            problems.append(error.problem)
    analyses: list[Analysis] = []
    all_evaluated: list[Evaluated] = []
    units_judged = 0
    notes: list[str] = []
    for kind in UnitKind:
        paths = tuple(unit.path for unit in units if unit.kind is kind)
        if paths:
            for evaluated, estate in UNITS[kind](paths, settings, files):
                problems.extend(evaluated.problems)
                notes.extend(evaluated.notes)
                all_evaluated.append(evaluated)
                analyses.append(
                    Analysis(_named(estate, settings), evaluated.environment, evaluated.choices, evaluated.path)
                )
                units_judged += not evaluated.is_repeated
    if settings.environments is not None:
        notes.extend(settings.environments.notes)
    return Understood(
        tuple(analyses),
        units_judged,
        tuple(all_evaluated),
        tuple(sorted(dict.fromkeys(problems))),
        files,
        tuple(dict.fromkeys(notes)),
    )


def _named(estate: Estate, settings: Settings) -> Estate:
    """The estate with the names that the configuration gives to networks."""
    if not settings.networks:
        return estate
    from sglint.analysis.naming import named

    return named(estate, settings.networks)


def _exclusion(settings: Settings, files: Files) -> Exclusion:
    return Exclusion(settings.exclude, Gitignore(files) if settings.respects_gitignore else None)


def _lines(files: Files, findings: Iterable[Finding], problems: Iterable[Problem]) -> SourceLines:
    """The source lines that findings and problems point at."""
    places = [problem.location for problem in problems]
    for finding in findings:
        places.append(finding.location)
        places.extend(step.location for step in finding.violation.related)
    lines: SourceLines = {}
    for place in places:
        line = files.line(place.path, place.line)
        if line is not None:
            lines[place.path, place.line] = line
    return lines

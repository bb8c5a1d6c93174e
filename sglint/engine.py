"""The way of a run: paths to units to resources to the model to findings, as one readable function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sglint.analysis.analysis import Analysis, worst_levels
from sglint.analysis.levels import counts
from sglint.aws.resources import Evaluated
from sglint.dialects import understood as understood_of
from sglint.discovery import Discovery, Sieve, Unit, UnitKind, given_unit, roots
from sglint.execution.judging import analysed, lines_of, suppressions_in
from sglint.model.acceptances import Acceptance
from sglint.model.failure import UNSETTLED, failure
from sglint.model.limits import hold_to
from sglint.model.location import Problem
from sglint.model.record import frozen, replace
from sglint.model.rules import Estate
from sglint.model.usage import UsageError
from sglint.patterns import Exclusion, Gitignore
from sglint.reading.files import Files, Source, Unreadable
from sglint.settings import Settings
from sglint.triage.finding import Finding, Outcome
from sglint.triage.judge import joined, judge_by_path
from sglint.triage.terms import TermsByPath

if TYPE_CHECKING:
    from sglint.execution.verdict import Watch
    from sglint.recorded import Record
    from sglint.suppressions.suppression import Suppression
    from sglint.triage.baseline import Standing
    from sglint.triage.standings import Claim


@frozen
class Understood:
    """The model of each unit, and what could not be read. A unit has one analysis for each of its environments."""

    analyses: tuple[Analysis, ...]
    units: int
    evaluated: tuple[Evaluated, ...]
    problems: tuple[Problem, ...]
    files: Files
    notes: tuple[str, ...] = ()
    """Advice about the input, each once."""
    left_out: tuple[str, ...] = ()
    """The paths of units that are not to be judged, because no change can affect them."""
    texts: tuple[Source, ...] | None = None
    """The texts that these units were made of, where there are others among the files."""


def run(settings: Settings, watch: Watch | None = None) -> Outcome:
    """Judge the input. `watch` is told how far it is. Raises UsageError for what cannot be asked for.

    A fault of sglint's own is a problem of the outcome, which holds whatever else was found.
    """
    _ = settings.terms.policies  # a wrong name is told before anything is read
    is_of_all_units = settings.baseline is not None or settings.since is not None
    if is_of_all_units and settings.shard is not None:
        raise UsageError("--shard goes with neither a baseline nor --changed-since: these take all units at once")
    files = _files(settings)
    try:
        if is_of_all_units:
            return judged(understand(settings, watch), settings)
        from sglint.execution.carrying_out import carried_out
        from sglint.execution.verdict import unwatched

        return carried_out(settings, files, partial(_units, settings, files), watch or unwatched)
    except UsageError:
        raise
    except Exception as error:
        from sglint.execution.outcome import outcome

        return outcome((), (failure(error, next(iter(settings.paths), "")),), settings, files)


def judged(understood: Understood, settings: Settings) -> Outcome:
    """Judge what was understood. Raises UsageError when a policy that is named does not exist."""
    terms = TermsByPath(settings.terms, settings.overrides)
    policies = terms.general.policies
    texts = understood.files.texts if understood.texts is None else understood.texts
    suppressions, unread = suppressions_in(texts, understood.evaluated)
    if unread:
        understood = replace(understood, problems=tuple(sorted({*understood.problems, *unread})))
    faults: list[Problem] = []
    try:
        findings, acceptances, standings = _triaged(understood, settings, terms, suppressions, faults)
    except Exception as error:  # What is found is told all the same.
        findings = joined(each.finding for each in judge_by_path(understood.analyses, terms, (), faults))
        acceptances, standings = (), ()
        faults.append(failure(error, settings.configured or "", UNSETTLED))
    levels = worst_levels(understood.analyses)
    faults.extend(problem for analysis in understood.analyses for problem in analysis.pairs.problems)
    if faults:
        understood = replace(understood, problems=tuple(sorted({*understood.problems, *faults})))
    return Outcome(
        findings=findings,
        problems=understood.problems,
        policies=policies,
        units=understood.units,
        groups=len(levels),
        rules=sum(
            len(group.rules)
            for analysis, evaluated in zip(understood.analyses, understood.evaluated, strict=True)
            if not evaluated.is_repeated
            for group in analysis.groups
        ),
        lines=lines_of(findings, understood.problems, understood.files),
        acceptances=acceptances,
        notes=understood.notes,
        standings=standings,
        left_out=len(understood.left_out),
        levels=counts(levels.values()),
    )


def _triaged(
    understood: Understood,
    settings: Settings,
    terms: TermsByPath,
    suppressions: tuple[Suppression, ...],
    faults: list[Problem],
) -> tuple[tuple[Finding, ...], tuple[Acceptance, ...], tuple[Standing, ...]]:
    """The findings with what accepts them, how every accepted risk stands, and how the run stands to its baseline.

    `faults` takes what fails on the way.
    """
    record = _record(understood, settings)
    analyses = understood.analyses if record is None else record.analyses
    claims: tuple[Claim, ...] = (*suppressions, *settings.exempted)
    if not claims:
        found, standings = _settled([each.finding for each in judge_by_path(analyses, terms, (), faults)], record)
        return joined(found), (), standings
    from sglint.execution.outcome import conditions_of
    from sglint.triage.settling import apply, asked, concluded

    conditions = conditions_of(settings, understood.problems, is_partial=bool(understood.left_out))
    findings, applied = apply(judge_by_path(analyses, terms, asked(claims), faults), claims, conditions, faults)
    found, standings = _settled(findings, record)
    return (*concluded(found, applied, terms, conditions), standings)


def _record(understood: Understood, settings: Settings) -> Record | None:
    """The baseline beside what was understood."""
    if settings.baseline is None:
        return None
    from sglint.recorded import Record

    analyses, files = understood.analyses, understood.files
    return Record(settings.baseline, settings, analyses, understood.left_out, files, not understood.problems)


def _settled(findings: Sequence[Finding], record: Record | None) -> tuple[Sequence[Finding], tuple[Standing, ...]]:
    if record is None:
        return findings, ()
    settled, standing = record.settled(findings)
    return settled, (standing,)


def understand(settings: Settings, watch: Watch | None = None) -> Understood:
    """The model of the input, before any policy. `watch` is told how far it is."""
    files = _files(settings)
    with files.traced() as met:
        units, unread = _units(settings, files)
    problems = list(unread)
    analyses: list[Analysis] = []
    all_evaluated: list[Evaluated] = []
    units_judged = 0
    notes: list[str] = []
    by_kind = {kind: tuple(unit.path for unit in units if unit.kind is kind) for kind in UnitKind}
    paths = {kind: each for kind, each in by_kind.items() if each}
    models: Iterable[tuple[Evaluated, Estate]]
    texts: tuple[Source, ...] | None = None
    left_out: tuple[str, ...] = ()
    if settings.since is None:
        models = (model for kind, each in paths.items() for model in understood_of(kind, each, settings, files))
    else:
        from sglint.affected import candidates

        reached, others = settings.since.reached(tuple(candidates(paths, settings, files)), met, settings, files)
        models = [model for unit in reached for model in unit.models]
        if others:
            left_out = tuple(unit.path for unit in others)
            texts = tuple(dict.fromkeys(source for unit in reached for source in files.texts_of(unit.trace)))
            problems = [problem for problem in problems if settings.since.has_changed(problem.location.path)]
    for evaluated, estate in models:
        problems.extend(evaluated.problems)
        notes.extend(evaluated.notes)
        all_evaluated.append(evaluated)
        analyses.append(analysed(evaluated, estate, settings))
        units_judged += not evaluated.is_repeated
        if watch is not None:
            watch(units_judged, max(units_judged, len(units)))
    if settings.environments is not None:
        notes.extend(settings.environments.notes)
    notes.extend(files.remarks)
    return Understood(
        tuple(analyses),
        units_judged,
        tuple(all_evaluated),
        tuple(sorted(dict.fromkeys(problems))),
        files,
        tuple(dict.fromkeys(notes)),
        left_out,
        texts,
    )


def _files(settings: Settings) -> Files:
    on_disk = (*_on_disk(settings), *((settings.source,) if settings.source else ()))
    hold_to(settings.limits)
    return Files((*roots(on_disk), *settings.roots), settings.given, settings.tree, settings.named)


def _on_disk(settings: Settings) -> tuple[str, ...]:
    return tuple(path for path in settings.paths if path not in settings.given)


def _units(
    settings: Settings, files: Files, sieve: Sieve | None = None
) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """The units of the input, and what of it is none."""
    exclusion = _exclusion(settings, files)
    discovered = Discovery(files, settings.ignore_unrelated, exclusion, sieve).discover(_on_disk(settings))
    problems = list(discovered.problems)
    units = list(discovered.units)
    for name in settings.given:
        try:
            units.append(given_unit(files, name))
        except Unreadable as error:
            problems.append(error.problem)
    return tuple(units), tuple(problems)


def _exclusion(settings: Settings, files: Files) -> Exclusion:
    return Exclusion(settings.exclude, Gitignore(files) if settings.respects_gitignore else None)

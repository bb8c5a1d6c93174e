"""From the verdicts on units to the outcome of the run: whatever takes all of them to say."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sglint.analysis.levels import counts, worst
from sglint.dialects import outermost_templates
from sglint.discovery import UnitKind
from sglint.execution.judging import lines_at
from sglint.execution.verdict import Verdict
from sglint.model.acceptances import Acceptance, Means
from sglint.model.failure import UNSETTLED, failure
from sglint.model.location import Problem
from sglint.model.record import replace
from sglint.reading.files import Files
from sglint.reading.roots import holds
from sglint.reading.trees import DISK
from sglint.settings import Settings
from sglint.triage.finding import Outcome, SourceLines
from sglint.triage.judge import joined
from sglint.triage.settling import Applied, Conditions, apply, concluded
from sglint.triage.terms import TermsByPath


def outcome(
    verdicts: Sequence[tuple[UnitKind, str, Verdict]], problems: Sequence[Problem], settings: Settings, files: Files
) -> Outcome:
    """What the run found. Verdicts are those on its units, by kind and path, in their order.

    A template that is part of another one is judged through it. Where sglint fails on joining them, what each unit
    came to is told as it is.
    """
    shared = None
    if settings.shard is not None:
        from sglint.execution.shards import share

        shared = share(verdicts, problems)
    try:
        return replace(_joined(verdicts, problems, settings, files), share=shared)
    except Exception as error:
        each = [verdict for _, _, verdict in verdicts]
        told = (*problems, *(problem for verdict in each for problem in verdict.problems))
        return Outcome(
            findings=tuple(finding for verdict in each for finding in verdict.findings),
            problems=(*dict.fromkeys(told), failure(error, "", "what units come to together is not known")),
            policies=settings.terms.policies,
            units=sum(verdict.units for verdict in each),
            share=shared,
        )


def _joined(
    verdicts: Sequence[tuple[UnitKind, str, Verdict]], problems: Sequence[Problem], settings: Settings, files: Files
) -> Outcome:
    counted = _counted(verdicts, settings)
    all_problems = tuple(sorted({*problems, *(problem for each in counted for problem in each.problems)}))
    terms = TermsByPath(settings.terms, settings.overrides)
    found = [finding for verdict in counted for finding in verdict.findings]
    try:
        applied, conditions = _applied(counted, settings), conditions_of(settings, all_problems)
        findings, acceptances = concluded(found, applied, terms, conditions)
    except Exception as error:  # What is found is told all the same.
        findings, acceptances = joined(found), ()
        all_problems = (*all_problems, failure(error, settings.configured or "", UNSETTLED))
    levels = worst(((place, address), level) for verdict in counted for place, address, level in verdict.groups)
    lines: SourceLines = {place: line for verdict in counted for place, line in verdict.lines.items()}
    lines.update(lines_at([problem.location for problem in problems], files))
    lines.update(lines_at([each.acceptance.location for each in settings.exempted], files))
    notes = [note for verdict in counted for note in verdict.notes]
    if settings.environments is not None:
        notes.extend(settings.environments.notes)
    notes.extend(files.remarks)
    return Outcome(
        findings=findings,
        problems=all_problems,
        policies=terms.general.policies,
        units=sum(verdict.units for verdict in counted),
        groups=len(levels),
        rules=sum(verdict.rules for verdict in counted),
        lines=lines,
        acceptances=acceptances,
        notes=tuple(dict.fromkeys(notes)),
        levels=counts(levels.values()),
    )


def _counted(verdicts: Sequence[tuple[UnitKind, str, Verdict]], settings: Settings) -> list[Verdict]:
    """The verdicts on what is no part of another unit, and of the shard."""
    parts = {path: verdict.parts for kind, path, verdict in verdicts if kind is UnitKind.TEMPLATE}
    own = frozenset(outermost_templates(parts, settings.tree or DISK))
    outer = [each for each in verdicts if each[0] is not UnitKind.TEMPLATE or each[1] in own]
    if settings.shard is not None:
        from sglint.execution.shards import is_of_shard

        outer = [each for each in outer if is_of_shard(each[1], settings.shard)]
    return [verdict for _, _, verdict in outer]


def _applied(verdicts: Sequence[Verdict], settings: Settings) -> list[Applied]:
    """Every accepted risk that units state or were held against; those of the configuration even if there are none."""
    unused = apply((), settings.exempted, conditions_of(settings, ()), [])[1]
    return [*(each for verdict in verdicts for each in verdict.applied), *unused]


def conditions_of(settings: Settings, problems: Sequence[Problem], is_partial: bool = False) -> Conditions:
    """What decides whether acceptances hold. One is unused only where the run saw all that it can be for.

    `is_partial` says that units were left out.
    """
    broken = {problem.location.path for problem in problems}
    is_whole = (
        not is_partial
        and settings.governed is not None
        and any(_holds(path, settings.governed) for path in settings.paths)
    )

    def may_be_unused(acceptance: Acceptance) -> bool:
        if settings.shard is not None:
            return False
        if acceptance.means is Means.SUPPRESSION:
            return acceptance.location.path not in broken
        return is_whole and not broken

    return Conditions(settings.today, settings.forbidden, may_be_unused)


def _holds(path: str, directory: str) -> bool:
    """Whether a path is a directory that a directory lies in."""
    return os.path.isdir(path) and holds(path, directory)

"""A run against its baseline: what of it is known, and what has got worse."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

from sglint.analysis.analysis import Analysis
from sglint.model.record import replace
from sglint.policies.registry import POLICIES
from sglint.reading.files import Files
from sglint.settings import Settings
from sglint.triage.baseline import Baseline, Standing, belongs
from sglint.triage.baselining import Coverage, Names, groups_of, held, settle
from sglint.triage.finding import Finding
from sglint.triage.terms import TermsByPath

_IDS = frozenset(policy.id for policy in POLICIES)


class Record:
    """A baseline beside the units of a run."""

    def __init__(
        self,
        baseline: Baseline,
        settings: Settings,
        analyses: Sequence[Analysis],
        left_out: Collection[str],
        files: Files,
        is_complete: bool,
    ) -> None:
        """`left_out` are the paths of units that were found and not judged; `is_complete` says that all was read."""
        self._baseline = baseline
        self._settings = settings
        self._files = files
        self._names = Names(baseline.path, settings.given)
        self._terms = TermsByPath(settings.terms, settings.overrides)
        self._coverage = Coverage(
            frozenset(self._name(analysis.path) for analysis in analyses),
            frozenset(map(self._name, left_out)),
            tuple(self._name(path) for path in settings.paths if files.tree.is_directory(path)),
            self._is_in_force,
            self._exists,
            settings.environments is not None or not settings.variable_files,
            is_complete,
        )
        self._groups = groups_of(analyses, baseline, self._names, self._coverage)
        self.analyses = tuple(analyses)
        """The units, with what their groups are held to where the run is a ratchet."""
        if settings.ratchets and not settings.updates_baseline:
            self.analyses = tuple(held(each, self._groups, baseline, self._names) for each in analyses)

    def _name(self, path: str) -> str:
        return self._names.of(path or os.curdir)

    def _is_in_force(self, name: str, policy: str) -> bool:
        """Whether findings of a policy are told. A policy that is no more has none."""
        at = self._terms.at(self._names.path(name))
        return policy not in _IDS or any(each.id == policy for each in at.policies)

    def _exists(self, name: str) -> bool:
        path = self._names.path(name)
        return self._files.exists(path) or self._files.tree.is_directory(path)

    def settled(self, findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], Standing]:
        """The findings with whether the baseline has them. One that is written anew has all that it may."""
        marked, standing = settle(findings, self._groups, self._baseline, self._names, self._coverage)
        if self._settings.updates_baseline:
            marked = tuple(replace(each, is_baselined=True) if belongs(each) else each for each in marked)
        return marked, standing

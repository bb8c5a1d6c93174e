"""The terms that findings are judged under, and how they change from path to path."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sglint.model.record import field, frozen
from sglint.policies.policy import Parameters, Policy, Severity
from sglint.triage.selection import in_force

if TYPE_CHECKING:
    from sglint.triage.changes import Override


@frozen
class Terms:
    """Which policies are in force, how severe they are, and with which parameters they check."""

    select: tuple[str, ...] = ()
    """Policies by id or name; with any, exactly those."""
    ignore: tuple[str, ...] = ()
    profile: str = "default"
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """By policy id; the others are the violations' or their policies' own."""
    parameters: Parameters = field(default_factory=Parameters)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Those in force. ValueError for a name that is none."""
        return in_force(self.select, self.ignore, self.profile)

    @property
    def checked(self) -> tuple[Policy, ...]:
        """Those that are looked at. What is ignored is: it would otherwise come back as what it supersedes."""
        return in_force(self.select, (), self.profile)


class TermsByPath:
    """The terms for findings in a file: the general ones with every override that fits, in order."""

    def __init__(self, terms: Terms, overrides: Sequence[Override] = ()) -> None:
        self.general = terms
        self._overrides = tuple(overrides)
        self._terms: dict[tuple[int, ...], Terms] = {(): terms}
        self._fitting: dict[str, tuple[int, ...]] = {}

    @property
    def has_overrides(self) -> bool:
        return bool(self._overrides)

    def at(self, path: str) -> Terms:
        """The terms for a file; the same object for files that have the same ones."""
        if not self._overrides:
            return self.general
        if path not in self._fitting:
            absolute = os.path.abspath(path)
            fitting = tuple([n for n, override in enumerate(self._overrides) if override.matches(absolute)])
            self._fitting[path] = fitting
            if fitting not in self._terms:
                terms = self.general
                for number in fitting:
                    terms = self._overrides[number].change.of(terms)
                self._terms[fitting] = terms
        return self._terms[self._fitting[path]]

"""What judging one unit comes to: all that the run needs of it, and nothing of how it was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sglint.model.location import Location, Problem
from sglint.model.record import field, frozen
from sglint.triage.finding import Finding, SourceLines
from sglint.triage.settling import Applied


@frozen
class Verdict:
    """One unit under each of its environments. Findings are not joined yet: several units may find the same."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    applied: tuple[Applied, ...] = ()
    """The accepted risks that its files state, then those of the configuration."""
    groups: tuple[tuple[Location, str, int | None], ...] = ()
    """The groups by their places and addresses, each with its privilege level if it has one."""
    rules: int = 0
    units: int = 1
    """None when the file turns out to be no unit."""
    lines: SourceLines = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    """The paths of other templates that are part of it."""
    is_lasting: bool = True
    """Whether the same input gives it again: a fault of the program, or its end, may have other causes."""


Watch: TypeAlias = Callable[[int, int], None]
"""Is told how many units are judged, and of how many."""


def unwatched(done: int, total: int) -> None:
    """Nobody watches."""

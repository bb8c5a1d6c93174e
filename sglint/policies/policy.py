"""What a policy is: a value with a check, its own documentation and its own examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from sglint.analysis.analysis import Analysis
from sglint.model.location import Location, Step
from sglint.model.rules import Rule
from sglint.model.traffic import TCP


class Severity(IntEnum):
    NOTE = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    CRITICAL = 5

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Parameters:
    """What configuration may change about the policies."""

    authorized_ingress: tuple[tuple[int, int], ...] = ((TCP, 80), (TCP, 443))
    """(protocol, port) pairs that the world may reach."""
    authorized_egress: tuple[tuple[int, int], ...] = ((TCP, 443),)


@dataclass(frozen=True, slots=True)
class Violation:
    """A policy broken at a location. Pure: severity and triage come later.

    `subject` identifies what breaks it within its policy and address, independent of lines: the rule's notation, or
    empty for the resource itself. Violations of different policies supersede each other only on the same `rule`.
    """

    message: str
    location: Location
    address: str
    subject: str = ""
    rule: Rule | None = None
    related: tuple[Step, ...] = ()


Check: TypeAlias = Callable[[Analysis, Parameters], Iterator[Violation]]


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy. Its module's name is `name` with underscores; `bad` and `good` are notation and run as tests."""

    id: str
    name: str
    severity: Severity
    summary: str
    """One sentence: what it flags."""
    why: str
    """Why that is bad, in a paragraph."""
    fix: str
    """What to do, in the imperative, in one sentence."""
    check: Check
    bad: tuple[str, ...]
    good: tuple[str, ...]
    controls: tuple[str, ...] = ()
    """Security Hub controls it answers to."""
    supersedes: tuple[str, ...] = ()
    """Ids that are not reported on a rule that breaks this policy."""
    references: tuple[str, ...] = ()
    is_strict: bool = False
    """Off unless the strict profile or a selection asks for it."""
    is_open: bool = False
    """It says what could not be judged: told, never an alarm."""

"""What a policy is: a value with a check, its own documentation and its own examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import TypeAlias

from sglint.analysis.analysis import Analysis
from sglint.model.location import Edit, Location, Step
from sglint.model.record import frozen, replace
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


@frozen
class Parameters:
    """What configuration may change about the policies."""

    authorized_ingress: tuple[tuple[int, int], ...] = ((TCP, 80), (TCP, 443))
    """(protocol, port) pairs that the world may reach."""
    authorized_egress: tuple[tuple[int, int], ...] = ((TCP, 443),)
    max_ports: int = 100
    """How many ports one rule may open to a network."""
    widest_admin_networks: tuple[int, int] = (24, 64)
    """The shortest prefixes, IPv4 and IPv6, from which administration may be reached."""
    widest_data_networks: tuple[int, int] = (28, 124)
    """The shortest prefixes, IPv4 and IPv6, from which data stores may be reached."""
    max_rules: int = 60
    """AWS's quota of rules per group, direction and address family."""
    generic_names: str = (
        r"(my|the|test|new|tmp|temp)?[-_ ]?(sg|security[-_ ]?group|group)?[-_ ]?([0-9]+|[0-9a-f]{8,17})?"
        r"|launch-wizard(-[0-9]+)?|default|untitled|unnamed|foo|bar|baz|example|demo|dummy"
    )
    """A regular expression for group names that say nothing, matched as a whole in any case."""
    required_tags: tuple[str, ...] = ()
    """Tag keys that every group must have."""


@frozen
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
    severity: Severity | None = None
    """Where the violation weighs otherwise than its policy says in general."""
    others: tuple[Rule, ...] = ()
    """The further rules that break it only together with `rule`."""
    superseded_by: tuple[str, ...] = ()
    """Ids whose violation of the same rule says all that this one does, beside those that supersede its policy."""

    flow: tuple[Step, ...] = ()
    """The steps that lead to what is wrong, the first one first, where that is a way through the network."""

    is_strict: bool = False
    """Told only where the strict profile, or a selection of its policy, asks for it."""

    edit: Edit | None = None
    """What to write at its location instead, where that is certain."""

    construct: str | None = None
    """The path of the CDK construct that it is about, where that is neither a group nor a rule."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """What it is about: its own address, and of a rule its group's."""
        return (self.address,) if self.rule is None else (self.address, self.rule.group)

    def places(self, is_followed: bool = False) -> Iterator[Location]:
        """Where it arises; with `is_followed`, where that gets its values from, too."""
        yield self.location
        if self.rule is not None:
            yield self.rule.location
            if self.rule.places is not None:
                yield self.rule.places.block
        if is_followed:
            yield from (step.location for step in self.related)
            if self.rule is not None:
                yield from (step.location for step in self.rule.evidence)

    def with_steps(self, steps: tuple[Step, ...]) -> Violation:
        """The same with further places that explain it."""
        return replace(self, related=tuple(dict.fromkeys((*self.related, *steps))))


Check: TypeAlias = Callable[[Analysis, Parameters], Iterator[Violation]]


@frozen
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

    @property
    def is_about_traffic(self) -> bool:
        """Whether it speaks of what a rule admits, so that a rule of intent can answer it: the chapters SG1 and SG2."""
        return self.id.startswith(("SG1", "SG2"))

    @property
    def is_about_the_run(self) -> bool:
        """Whether it says what could not be judged or does not hold: the chapter SG9. Every profile has it."""
        return self.id.startswith("SG9")

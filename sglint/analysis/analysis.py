"""One unit's model with the questions that policies ask of it, each answered once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from sglint.analysis import levels
from sglint.analysis.admission import Admission
from sglint.analysis.attachments import Attachments
from sglint.analysis.exposure import Exposure, Way
from sglint.analysis.near_world import near_world
from sglint.analysis.pairs import Pairs
from sglint.analysis.world import admissions
from sglint.model.location import Location
from sglint.model.record import replace
from sglint.model.rules import Direction, Estate, Rule, SecurityGroup


class Analysis:
    """The view of an estate that policies check. Answers are computed on first use and kept."""

    def __init__(
        self,
        estate: Estate,
        environment: str = "",
        choices: Mapping[str, frozenset[str]] | None = None,
        path: str = "",
        pairs: Pairs | None = None,
    ) -> None:
        """`environment` names the set of inputs that the unit was evaluated with, where there are several.

        `choices` has the values that undecided things may take, where all of them are known. `path` is the unit's.
        `pairs` are those that are left to compare, where others have taken some.
        """
        self.estate = estate
        self.environment = environment
        self.choices = choices or {}
        self.path = path
        self.pairs = pairs or Pairs()
        self._world: dict[Direction, tuple[tuple[SecurityGroup, Admission], ...]] = {}
        self._opened: dict[Direction, Mapping[str, Sequence[Admission]]] = {}

    @cached_property
    def groups(self) -> tuple[SecurityGroup, ...]:
        """The groups, each rule under the group's own condition too; rules that can never exist are left out."""
        return tuple(_under_own_condition(group) if group.when else group for group in self.estate.groups)

    def rules(self, direction: Direction | None = None) -> Iterator[tuple[SecurityGroup, Rule]]:
        """Every rule with its group, of one direction or both."""
        for group in self.groups:
            for rule in group.rules:
                if direction is None or rule.direction is direction:
                    yield group, rule

    def world(self, direction: Direction) -> tuple[tuple[SecurityGroup, Admission], ...]:
        """What each group leaves open to the world (ingress), or may reach of it (egress)."""
        if direction not in self._world:
            self._world[direction] = tuple(
                (group, admission) for group in self.groups for admission in self._admissions(group, direction)
            )
        return self._world[direction]

    def opened(self, direction: Direction) -> Mapping[str, Sequence[Admission]]:
        """The same by group, for the groups that leave anything open; in their order."""
        if direction not in self._opened:
            found: dict[str, list[Admission]] = {}
            for group, admission in self.world(direction):
                found.setdefault(group.address, []).append(admission)
            self._opened[direction] = found
        return self._opened[direction]

    def opened_by(self, groups: Iterable[str], direction: Direction) -> Iterator[tuple[str, Admission]]:
        """What some groups leave open, by address, in the order of the groups of the unit."""
        opened = self.opened(direction)
        for name in sorted(opened.keys() & set(groups), key=self._positions.__getitem__):
            yield from ((name, admission) for admission in opened[name])

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {group.address: position for position, group in enumerate(self.groups)}

    def _admissions(self, group: SecurityGroup, direction: Direction) -> Iterator[Admission]:
        rules = [rule for rule in group.rules if rule.direction is direction]
        return self.pairs.within(group.location, lambda: admissions(rules, self.pairs))

    @cached_property
    def attachments(self) -> Attachments:
        """Who carries which group."""
        return Attachments(self.estate, self.groups)

    @cached_property
    def exposure(self) -> Exposure:
        """How traffic may go from the world and from resource to resource."""
        return Exposure(self.estate, self.groups, self.opened(Direction.INGRESS), self.pairs)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """By which way the world may come to each resource that carries groups, those it does not come to left out."""
        return self.exposure.ways()

    @cached_property
    def near_world(self) -> tuple[tuple[SecurityGroup, Admission], ...]:
        """What each group leaves open to much of the public internet, short of all of it."""
        return tuple((group, admission) for group in self.groups for admission in self._near_world(group))

    def _near_world(self, group: SecurityGroup) -> Iterator[Admission]:
        opened = self.opened(Direction.INGRESS).get(group.address, ())
        rules = [rule for rule in group.rules if rule.direction is Direction.INGRESS]
        return self.pairs.within(group.location, lambda: near_world(rules, opened, self.pairs))

    def level(self, rule: Rule) -> int | None:
        """The privilege level of a rule of `groups`: that of the world where others make it so together with it."""
        return self._levels.get(id(rule))

    def group_level(self, group: SecurityGroup) -> int | None:
        """The worst level of a group of `groups`, None where it has no rule with one."""
        found = (self.level(rule) for rule in group.rules)
        return min((level for level in found if level is not None), default=None)

    @cached_property
    def _levels(self) -> dict[int, int | None]:
        """By the identity of the rules of `groups`."""
        found = {id(rule): levels.level(rule) for _, rule in self.rules(Direction.INGRESS)}
        for _, admission in self.world(Direction.INGRESS):
            if admission.is_joint:
                together = levels.world_level(admission.traffic)
                for rule in admission.rules:
                    found[id(rule)] = min(together, found[id(rule)] or together)
        return found


def _under_own_condition(group: SecurityGroup) -> SecurityGroup:
    rules: list[Rule] = []
    for rule in group.rules:
        when = rule.when.conjoin(group.when)
        if when is not None:
            rules.append(rule if when == rule.when else replace(rule, when=when))
    return replace(group, rules=tuple(rules))


def worst_levels(analyses: Iterable[Analysis]) -> dict[tuple[Location, str], int | None]:
    """The groups of some units, by place and address, with the worst level of each; one may be in several."""
    return levels.worst(
        ((group.location, group.address), analysis.group_level(group))
        for analysis in analyses
        for group in analysis.groups
    )

"""Privilege levels: how much of the network an ingress rule trusts, from 1 (the world, everything) to 5.

1 world, all protocols or ports; 2 world, specific ports; 3 network range, all protocols or ports; 4 network range,
specific ports, or a group with all ports; 5 group, specific ports. A single protocol other than tcp and udp counts
as specific.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import TypeVar

from sglint.model.rules import Direction, GroupRef, Rule
from sglint.model.traffic import Traffic

T = TypeVar("T", bound=Hashable)


def level(rule: Rule) -> int | None:
    """The rule's level by itself. None for egress, for a rule that admits nobody, and where a part is unknown.

    A prefix list that the input does not define has no level: it may hold any address, the world included.
    """
    if rule.direction is Direction.EGRESS or rule.unknowns or not rule.traffic.selector:
        return None
    is_all = rule.traffic.is_all_ports
    if isinstance(rule.peer, GroupRef):
        return 4 if is_all else 5
    if not rule.addresses:
        return None
    if rule.addresses.is_world:
        return world_level(rule.traffic)
    return 3 if is_all else 4


def world_level(traffic: Traffic) -> int:
    """The level of what the world may use: 1 for all protocols or ports, else 2."""
    return 1 if traffic.is_all_ports else 2


def worst(found: Iterable[tuple[T, int | None]]) -> dict[T, int | None]:
    """The worst level of each thing, which may be told of several times."""
    levels: dict[T, int | None] = {}
    for thing, other in found:
        known = levels.get(thing)
        levels[thing] = other if known is None else known if other is None else min(known, other)
    return levels


def counts(levels: Iterable[int | None]) -> dict[int, int]:
    """How many there are of each level, the worst first; what has none is left out."""
    found = Counter(each for each in levels if each is not None)
    return {each: found[each] for each in sorted(found)}

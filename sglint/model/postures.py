"""How open a group is: its worst privilege level, and all that the world may use of it."""

from __future__ import annotations

from sglint.model.addresses import AddressSet
from sglint.model.record import frozen
from sglint.model.rules import Direction, Network, Rule
from sglint.model.traffic import Traffic
from sglint.model.values import When

WORLD = "world"
"""Stands for the group in rules that say what the world may use."""
_V4, _V6 = (Network(AddressSet.of(cidr), cidr) for cidr in ("0.0.0.0/0", "::/0"))


@frozen
class Posture:
    """How open a group is. `level` is None where no ingress has one: there is none, or nothing of it is known."""

    level: int | None = None
    world: tuple[Rule, ...] = ()
    """What the world may use: rules whose peer is all of an address family, each protocol and condition apart."""

    def __or__(self, other: Posture) -> Posture:
        """That of two groups that are one to whoever names them."""
        levels = [each.level for each in (self, other) if each.level is not None]
        return Posture(min(levels, default=None), tuple(dict.fromkeys((*self.world, *other.world))))

    def is_narrower_than(self, other: Posture) -> bool:
        """Whether the level is better, or less of the other's traffic is open to the world and nothing else."""
        if other.level is not None and (self.level is None or self.level > other.level):
            return True
        return self.level == other.level and set(self.world) < set(other.world)


def world_rule(traffic: Traffic, is_v6: bool, when: When) -> Rule:
    """Traffic that the world may use, over one address family."""
    return Rule(WORLD, Direction.INGRESS, traffic, _V6 if is_v6 else _V4, when=when)


def is_over_v6(rule: Rule) -> bool:
    """Whether a rule about the world is about IPv6."""
    return rule.peer == _V6


def as_world_rule(rule: Rule) -> Rule:
    """A rule as one about the world. ValueError where its peer is not all of an address family."""
    if rule.direction is Direction.INGRESS and rule.peer in (_V4, _V6):
        return world_rule(rule.traffic, is_over_v6(rule), rule.when)
    raise ValueError("it is not about ingress from 0.0.0.0/0 or ::/0")

"""Network access control lists: ordered, stateless filters of subnets."""

from __future__ import annotations

from sglint.model.addresses import AddressSet
from sglint.model.attachments import Facing
from sglint.model.location import Evidence, Location
from sglint.model.record import field, frozen
from sglint.model.rules import Direction
from sglint.model.traffic import Traffic
from sglint.model.values import ALWAYS, Unknown, When


@frozen
class AclEntry:
    """One numbered entry. The entry with the lowest number that matches a packet decides about it.

    `addresses` are sources for ingress and destinations for egress. Parts are Unknown when only the deployment knows
    them. An entry is one rule whatever its source, so `addresses` are of one family.
    """

    direction: Direction
    number: int | Unknown
    is_allow: bool | Unknown
    traffic: Traffic
    addresses: AddressSet | Unknown
    family: int | None = None
    """4 or 6 where addresses that are unknown are certain to be of that IP version."""
    when: When = ALWAYS
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)
    evidence: Evidence = field(default=(), compare=False)
    address: str = field(default="", compare=False)
    """The resource that holds it: its ACL when inline, itself when standalone."""

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        parts = (self.number, self.is_allow, self.addresses)
        return (*(part for part in parts if isinstance(part, Unknown)), *self.traffic.unknowns)


@frozen
class NetworkAcl:
    """An ACL with all entries of the unit that belong to it, in order of number where that is known.

    What no entry decides is denied. One that entries name but the unit does not define may have further entries
    (`is_defined` is false). `subnets` are named as attachments name theirs.
    """

    address: str
    entries: tuple[AclEntry, ...] = ()
    subnets: tuple[str, ...] = ()
    facing: Facing = Facing.UNKNOWN
    """Whether any of the subnets routes to an internet gateway."""
    is_default: bool = False
    is_defined: bool = True
    when: When = ALWAYS
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)
    evidence: Evidence = field(default=(), compare=False)
    construct: str | None = field(default=None, compare=False)
    """The path of the CDK construct that made it, where the input says."""

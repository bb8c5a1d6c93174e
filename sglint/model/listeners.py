"""What load balancers answer on, and what they pass it on to."""

from __future__ import annotations

from enum import Enum

from sglint.model.location import Evidence, Location
from sglint.model.record import field, frozen
from sglint.model.traffic import Traffic
from sglint.model.values import ALWAYS, When


class Source(Enum):
    """Whose address a target sees as the source of what a load balancer passes on to it."""

    BALANCER = "balancer"
    CALLER = "caller"
    """A network load balancer preserves the client's address."""
    UNKNOWN = "unknown"


@frozen
class Target:
    """A resource to which a listener passes callers on, in a connection or flow of its own traffic.

    `address` is that of what carries groups where the unit defines it: of instances that are scaled, what they are
    launched from.
    """

    address: str
    traffic: Traffic
    source: Source = Source.UNKNOWN
    when: When = ALWAYS
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)


@frozen
class Listener:
    """Traffic on which a load balancer answers, with the targets that it passes it on to.

    `may_have_others` says that it also passes on to targets that the unit does not name. One that only redirects, or
    answers by itself, has no targets.
    """

    address: str
    balancer: str
    traffic: Traffic
    targets: tuple[Target, ...] = ()
    may_have_others: bool = False
    when: When = ALWAYS
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)
    evidence: Evidence = field(default=(), compare=False)
    construct: str | None = field(default=None, compare=False)
    """The path of the CDK construct that made it, where the input says."""

"""Virtual private clouds."""

from __future__ import annotations

from dataclasses import dataclass, field

from sglint.model.location import Evidence, Location
from sglint.model.values import ALWAYS, When


@dataclass(frozen=True, slots=True)
class Vpc:
    """A VPC of the unit. `default_group` is the address of its default group where the unit manages that."""

    address: str
    default_group: str | None = None
    when: When = ALWAYS
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)
    evidence: Evidence = field(default=(), compare=False)

"""Virtual private clouds."""

from __future__ import annotations

from sglint.model.addresses import AddressSet
from sglint.model.location import Evidence, Location
from sglint.model.record import field, frozen
from sglint.model.values import ALWAYS, When


@frozen
class Vpc:
    """A VPC of the unit. `default_group` is the address of its default group where the unit manages that.

    `groups` and `subnets` are the unit's own that are certain to be in it, by address. `addresses` are those that the
    unit gives it, empty where they are not known. `endpoints` are the services that have an endpoint in it (`s3`), None
    where there may be others than the unit tells of. `is_logged` says whether flow logs record all its traffic: those
    of the VPC itself, or of each of its subnets; None where that cannot be told.
    """

    address: str
    default_group: str | None = None
    groups: tuple[str, ...] = ()
    subnets: tuple[str, ...] = ()
    addresses: AddressSet = field(default_factory=AddressSet)
    endpoints: tuple[str, ...] | None = ()
    is_logged: bool | None = False
    when: When = ALWAYS
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)
    evidence: Evidence = field(default=(), compare=False)
    construct: str | None = field(default=None, compare=False)
    """The path of the CDK construct that made it, where the input says."""

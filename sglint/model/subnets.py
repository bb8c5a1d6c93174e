"""Subnets of virtual private clouds."""

from __future__ import annotations

from sglint.model.addresses import AddressSet
from sglint.model.location import Location
from sglint.model.record import field, frozen


@frozen
class Subnet:
    """A subnet of the unit whose addresses are known under every condition."""

    address: str
    addresses: AddressSet
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)

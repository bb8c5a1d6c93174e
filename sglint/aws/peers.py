"""What a property of a rule names, and the network that a text stands for."""

from __future__ import annotations

from enum import Enum

from sglint.model.addresses import AddressSet
from sglint.model.cidrs import parse_cidr
from sglint.model.location import Edit, Location
from sglint.model.rules import NOBODY, Defect, DefectKind, Network, Peer
from sglint.model.values import Data, spelled


class PeerKind(Enum):
    """What the values of a property name."""

    IPV4 = 4
    IPV6 = 6
    GROUP = "group"
    PREFIX_LIST = "prefix list"


def read_network(data: Data, kind: PeerKind, place: Location) -> tuple[Peer, tuple[Defect, ...]]:
    """The network, and what is wrong with how it is written. What AWS refuses names nobody."""
    text = spelled(data)
    try:
        network = parse_cidr(text)
    except ValueError as error:
        return NOBODY, (Defect(DefectKind.CIDR_INVALID, str(error), place),)
    if network.version != kind.value:
        detail = f'"{text}" is an IPv{network.version} block where AWS takes IPv{kind.value}'
        return NOBODY, (Defect(DefectKind.CIDR_INVALID, detail, place),)
    defects: tuple[Defect, ...] = ()
    if network.has_host_bits:
        what = "every address" if network.length == 0 else str(network)
        detail = f'"{text}" has address bits set past its prefix: it stands for {what}'
        # A /0 with an address is a slip of the pen, and nobody knows which.
        edit = Edit(text, str(network)) if network.length else None
        defects = (Defect(DefectKind.CIDR_HOST_BITS, detail, place, edit),)
    return Network(AddressSet.of(text), text), defects

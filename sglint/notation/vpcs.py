"""One line of text for each VPC.

vpc ADDRESS default-group closed groups web,db subnets a,b addresses 10.0.0.0/16 endpoint s3,dynamodb logged
vpc ADDRESS endpoints unknown logged unknown when IsProd is true
"""

from __future__ import annotations

from sglint.model.record import replace
from sglint.model.vpcs import Vpc
from sglint.notation.words import (
    Line,
    read_addresses,
    read_names,
    read_when,
    unreadable,
    word,
    write_addresses,
    write_condition,
    write_names,
)

_UNKNOWN = "unknown"


def write_vpc(vpc: Vpc) -> str:
    parts = ["vpc", word(vpc.address)]
    if vpc.default_group is not None:
        parts += ["default-group", word(vpc.default_group)]
    parts += (*write_names("groups", vpc.groups), *write_names("subnets", vpc.subnets))
    if vpc.addresses:
        parts += ["addresses", write_addresses(vpc.addresses)]
    parts += ("endpoints", _UNKNOWN) if vpc.endpoints is None else write_names("endpoint", vpc.endpoints)
    if vpc.is_logged is not False:
        parts += ["logged"] if vpc.is_logged else ["logged", _UNKNOWN]
    return " ".join((*parts, *write_condition(vpc.when)))


def read_vpc(line: Line) -> Vpc:
    """What follows the word `vpc`."""
    found = Vpc(line.take("an address"))
    while line.words:
        if line.accept("default-group"):
            found = replace(found, default_group=line.take("a group"))
        elif line.accept("groups"):
            found = replace(found, groups=(*found.groups, *read_names(line)))
        elif line.accept("subnets"):
            found = replace(found, subnets=(*found.subnets, *read_names(line)))
        elif line.accept("addresses"):
            found = replace(found, addresses=read_addresses(line.take("addresses")))
        elif line.accept("endpoint"):
            found = replace(found, endpoints=(*(found.endpoints or ()), *read_names(line)))
        elif line.accept("endpoints"):
            line.expect(_UNKNOWN)
            found = replace(found, endpoints=None)
        elif line.accept("logged"):
            found = replace(found, is_logged=None if line.accept(_UNKNOWN) else True)
        elif line.accept("when"):
            found = replace(found, when=read_when(line))
        else:
            raise unreadable(line)
    return found

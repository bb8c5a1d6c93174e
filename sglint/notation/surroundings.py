"""One line of text for each thing around groups: what carries them, network ACLs, VPCs.

    attachment ADDRESS kind load-balancer tier edge service elb facing public groups web,alb subnets a,b
    acl ADDRESS subnets a,b facing public
    entry ACL ingress 100 allow tcp 22 from 0.0.0.0/0
    entry ACL egress 200 deny all to unknown("var.block") ipv6
    vpc ADDRESS default-group closed groups web,db subnets a,b addresses 10.0.0.0/16 endpoint s3 logged
    subnet ADDRESS 10.0.1.0/24
    statement POLICY allow actions ec2:* resources * conditional
    unused GROUP

Names that hold a comma stand in quotes after a `groups` or `subnets` of their own. A condition comes last.
"""

from __future__ import annotations

from sglint.model.acls import AclEntry, NetworkAcl
from sglint.model.addresses import AddressSet
from sglint.model.attachments import Attachment, Facing, Kind, Tier, WebAcl
from sglint.model.permissions import Statement
from sglint.model.record import replace
from sglint.model.rules import Direction
from sglint.model.subnets import Subnet
from sglint.model.values import Unknown, When
from sglint.model.vpcs import Vpc
from sglint.notation.listeners import Listeners
from sglint.notation.permissions import read_statement
from sglint.notation.vpcs import read_vpc
from sglint.notation.words import (
    Line,
    NotationError,
    read_addresses,
    read_direction,
    read_member,
    read_names,
    read_traffic,
    read_unknown,
    read_when,
    unreadable,
    word,
    write_addresses,
    write_condition,
    write_names,
    write_traffic,
    write_unknown,
)

# ---- writing


def write_attachment(attachment: Attachment) -> str:
    """The line for what carries groups."""
    parts = ["attachment", word(attachment.address), "kind", attachment.kind.value, "tier", attachment.tier.value]
    parts += ["service", word(attachment.service), "facing", attachment.facing.value]
    parts += write_names("groups", attachment.groups)
    parts += write_names("subnets", attachment.subnets)
    if attachment.is_in_default_group:
        parts.append("default")
    if attachment.web_acl is not None:
        parts += ["web-acl", attachment.web_acl.value]
    return " ".join((*parts, *write_condition(attachment.when)))


def write_acl(acl: NetworkAcl) -> tuple[str, ...]:
    """The line for the ACL itself, then one for each entry."""
    parts = ["acl", word(acl.address), *write_names("subnets", acl.subnets)]
    if acl.facing is not Facing.UNKNOWN:
        parts += ["facing", acl.facing.value]
    if acl.is_default:
        parts.append("default")
    if not acl.is_defined:
        parts.append("referenced")
    first = " ".join((*parts, *write_condition(acl.when)))
    return (first, *(write_entry(acl.address, entry) for entry in acl.entries))


def write_entry(acl: str, entry: AclEntry) -> str:
    """The line for one entry of an ACL, without its place."""
    number = write_unknown(entry.number) if isinstance(entry.number, Unknown) else str(entry.number)
    action = "allow" if entry.is_allow else "deny"
    if isinstance(entry.is_allow, Unknown):
        action = write_unknown(entry.is_allow)
    addresses = entry.addresses
    peer = write_unknown(addresses) if isinstance(addresses, Unknown) else write_addresses(addresses)
    if entry.family is not None:
        peer += f" ipv{entry.family}"
    side = "from" if entry.direction is Direction.INGRESS else "to"
    parts = ["entry", word(acl), entry.direction.value, number, action, write_traffic(entry.traffic), side, peer]
    return " ".join((*parts, *write_condition(entry.when)))


def write_subnet(subnet: Subnet) -> str:
    return f"subnet {word(subnet.address)} {write_addresses(subnet.addresses)}"


# ---- reading


class Surroundings:
    """Collects what the lines of an estate say about the surroundings of its groups."""

    def __init__(self) -> None:
        self.attachments: list[Attachment] = []
        self.vpcs: list[Vpc] = []
        self.subnets: list[Subnet] = []
        self.statements: list[Statement] = []
        self.unused: list[str] = []
        self.listeners = Listeners()
        self._acls: dict[str, NetworkAcl] = {}
        self._entries: dict[str, list[AclEntry]] = {}

    def accept(self, line: Line) -> bool:
        """Whether the line speaks of the surroundings; it is read then."""
        if line.accept("attachment"):
            self.attachments.append(_read_attachment(line))
        elif line.accept("acl"):
            acl = _read_acl(line)
            self._acls[acl.address] = acl
        elif line.accept("entry"):
            address = line.take("an ACL")
            self._acls.setdefault(address, NetworkAcl(address))
            self._entries.setdefault(address, []).append(_read_entry(line, address))
        elif line.accept("vpc"):
            self.vpcs.append(read_vpc(line))
        elif line.accept("statement"):
            self.statements.append(read_statement(line))
        elif line.accept("subnet"):
            self.subnets.append(Subnet(line.take("an address"), read_addresses(line.take("addresses"))))
        elif line.accept("unused"):
            self.unused.append(line.take("a group"))
        else:
            return self.listeners.accept(line)
        return True

    def acls(self) -> tuple[NetworkAcl, ...]:
        """The ACLs with their entries, by first mention."""
        return tuple(replace(acl, entries=tuple(self._entries.get(address, ()))) for address, acl in self._acls.items())


def _read_attachment(line: Line) -> Attachment:
    address = line.take("an address")
    line.expect("kind")
    kind = read_member(line, Kind)
    line.expect("tier")
    found = Attachment(address, kind, read_member(line, Tier), "")
    while line.words:
        if line.accept("service"):
            found = replace(found, service=line.take("a service"))
        elif line.accept("facing"):
            found = replace(found, facing=read_member(line, Facing))
        elif line.accept("groups"):
            found = replace(found, groups=(*found.groups, *read_names(line)))
        elif line.accept("subnets"):
            found = replace(found, subnets=(*found.subnets, *read_names(line)))
        elif line.accept("default"):
            found = replace(found, is_in_default_group=True)
        elif line.accept("web-acl"):
            found = replace(found, web_acl=read_member(line, WebAcl))
        elif line.accept("when"):
            found = replace(found, when=read_when(line))
        else:
            raise unreadable(line)
    return found


def _read_acl(line: Line) -> NetworkAcl:
    found = NetworkAcl(line.take("an address"))
    while line.words:
        if line.accept("subnets"):
            found = replace(found, subnets=(*found.subnets, *read_names(line)))
        elif line.accept("facing"):
            found = replace(found, facing=read_member(line, Facing))
        elif line.accept("default"):
            found = replace(found, is_default=True)
        elif line.accept("referenced"):
            found = replace(found, is_defined=False)
        elif line.accept("when"):
            found = replace(found, when=read_when(line))
        else:
            raise unreadable(line)
    return found


def _read_entry(line: Line, acl: str) -> AclEntry:
    direction = read_direction(line)
    number: int | Unknown
    if line.peek() == "unknown(":
        number = read_unknown(line)
    else:
        text = line.take("a number")
        if not text.isascii() or not text.isdigit():
            raise NotationError(f"{text!r} is no number of an entry, in: {line.text.strip()}")
        number = int(text)
    is_allow: bool | Unknown
    if line.peek() == "unknown(":
        is_allow = read_unknown(line)
    elif line.accept("allow"):
        is_allow = True
    else:
        line.expect("deny")
        is_allow = False
    traffic = read_traffic(line)
    line.expect("from" if direction is Direction.INGRESS else "to")
    addresses: AddressSet | Unknown
    addresses = read_unknown(line) if line.peek() == "unknown(" else read_addresses(line.take("addresses"))
    family = 4 if line.accept("ipv4") else 6 if line.accept("ipv6") else None
    when = read_when(line) if line.accept("when") else When()
    if line.words:
        raise unreadable(line)
    return AclEntry(direction, number, is_allow, traffic, addresses, family, when, address=acl)

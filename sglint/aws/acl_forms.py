"""What the dialects call network ACLs and their parts.

Sources: the argument references of `aws_network_acl`, `aws_default_network_acl`, `aws_network_acl_rule` and
`aws_network_acl_association`, and of `AWS::EC2::NetworkAcl`, `NetworkAclEntry` and `SubnetNetworkAclAssociation`.
"""

from __future__ import annotations

from sglint.model.record import frozen, replace
from sglint.model.rules import Direction


@frozen
class EntryForm:
    """The arguments of an entry, each a path."""

    number: str
    action: str
    protocol: str
    ports: tuple[str, str]
    icmp: tuple[str, str]
    blocks: tuple[str, str]
    """The source or destination, IPv4 and IPv6."""

    @property
    def paths(self) -> str:
        return " ".join((self.number, self.action, self.protocol, *self.ports, *self.icmp, *self.blocks))


@frozen
class AclForm:
    """What a dialect calls ACLs and their parts."""

    acl: str
    default_acl: str
    """A type that adopts the default ACL of a VPC, empty where there is none."""
    adopted: str
    """The argument of that type which names the ACL."""
    subnets: str
    inline: dict[Direction, str]
    """The arguments of an ACL that hold entries."""
    inline_entry: EntryForm
    entry: str
    """The type of a standalone entry."""
    entry_acl: str
    is_egress: str
    standalone_entry: EntryForm
    association: tuple[str, str, str]
    """The type of an association, and the arguments that name the ACL and the subnet."""
    identities: frozenset[str]
    """The attributes by which an ACL of the unit may be named."""
    default_attributes: frozenset[str]
    """The attributes of a VPC that name its default ACL."""

    @property
    def paths(self) -> dict[str, str]:
        """The arguments by resource type."""
        inline = " ".join((self.subnets, *self.inline.values())).strip()
        found = {
            self.acl: inline,
            self.entry: f"{self.entry_acl} {self.is_egress} {self.standalone_entry.paths}",
            self.association[0]: " ".join(self.association[1:]),
        }
        if self.default_acl:
            found[self.default_acl] = f"{self.adopted} {inline}"
        return found


_BLOCK = EntryForm(
    "rule_no",
    "action",
    "protocol",
    ("from_port", "to_port"),
    ("icmp_type", "icmp_code"),
    ("cidr_block", "ipv6_cidr_block"),
)
TERRAFORM = AclForm(
    acl="aws_network_acl",
    default_acl="aws_default_network_acl",
    adopted="default_network_acl_id",
    subnets="subnet_ids",
    inline={Direction.INGRESS: "ingress", Direction.EGRESS: "egress"},
    inline_entry=_BLOCK,
    entry="aws_network_acl_rule",
    entry_acl="network_acl_id",
    is_egress="egress",
    standalone_entry=replace(_BLOCK, number="rule_number", action="rule_action"),
    association=("aws_network_acl_association", "network_acl_id", "subnet_id"),
    identities=frozenset({"id", "arn"}),
    default_attributes=frozenset({"default_network_acl_id"}),
)
_PROPERTIES = EntryForm(
    "RuleNumber",
    "RuleAction",
    "Protocol",
    ("PortRange.From", "PortRange.To"),
    ("Icmp.Type", "Icmp.Code"),
    ("CidrBlock", "Ipv6CidrBlock"),
)
CLOUDFORMATION = AclForm(
    acl="AWS::EC2::NetworkAcl",
    default_acl="",
    adopted="",
    subnets="",
    inline={},
    inline_entry=_PROPERTIES,
    entry="AWS::EC2::NetworkAclEntry",
    entry_acl="NetworkAclId",
    is_egress="Egress",
    standalone_entry=_PROPERTIES,
    association=("AWS::EC2::SubnetNetworkAclAssociation", "NetworkAclId", "SubnetId"),
    identities=frozenset({"Ref", "Id", "NetworkAclId"}),
    default_attributes=frozenset({"DefaultNetworkAcl"}),
)

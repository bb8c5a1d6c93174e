"""CloudFormation's AWS resources to the model (template reference of AWS::EC2 resource types)."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.aws import legacy_groups
from sglint.aws.arguments import written_items
from sglint.aws.builder import Builder, RuleParts, group_of
from sglint.aws.cloudformation_network import NETWORK
from sglint.aws.network import with_network
from sglint.aws.peers import PeerKind
from sglint.aws.ports import default_ports
from sglint.aws.resources import Evaluated, Resource, Wanted
from sglint.aws.tags import of_stack
from sglint.model.addresses import AddressSet
from sglint.model.record import replace
from sglint.model.rules import Direction, Estate, Network, Origin, Rule
from sglint.model.traffic import ALL, Traffic
from sglint.model.values import Unknown, Value, When, alternatives

TYPES = frozenset(
    {
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::SecurityGroupIngress",
        "AWS::EC2::SecurityGroupEgress",
        "AWS::EC2::PrefixList",
        "Custom::VpcRestrictDefaultSG",
        "AWS::EC2::SecurityGroupVpcAssociation",
        *legacy_groups.TYPES,
    }
)
"""The resource types that make up groups and rules."""

READ: Wanted = {**NETWORK.paths, **dict.fromkeys(TYPES)}
"""The resource types that translation looks at."""

_DEFAULT_GROUP = "DefaultSecurityGroup"
"""The attribute of a VPC that is the id of its default group."""

_PROPERTY = {Direction.INGRESS: "SecurityGroupIngress", Direction.EGRESS: "SecurityGroupEgress"}
_PEERS = {
    Direction.INGRESS: (
        ("CidrIp", PeerKind.IPV4),
        ("CidrIpv6", PeerKind.IPV6),
        ("SourcePrefixListId", PeerKind.PREFIX_LIST),
        ("SourceSecurityGroupId", PeerKind.GROUP),
        ("SourceSecurityGroupName", PeerKind.GROUP),
    ),
    Direction.EGRESS: (
        ("CidrIp", PeerKind.IPV4),
        ("CidrIpv6", PeerKind.IPV6),
        ("DestinationPrefixListId", PeerKind.PREFIX_LIST),
        ("DestinationSecurityGroupId", PeerKind.GROUP),
    ),
}


def translate(evaluated: Evaluated) -> Estate:
    """The groups and rules that the resources of one unit come to."""
    builder = Builder(group_attributes=("Ref", "GroupId", "Id", "GroupName"), default_groups=(_DEFAULT_GROUP,))
    builder.add_ports(default_ports(evaluated.resources, NETWORK.ports))
    for resource in evaluated.resources:
        if resource.type == "AWS::EC2::SecurityGroup":
            _add_group(builder, resource)
        elif resource.type == "AWS::EC2::PrefixList":
            entries, size = _entries(resource.arguments.get("Entries")), resource.arguments.get("MaxEntries")
            builder.add_prefix_list(resource.address, entries, size)
        elif resource.type == "Custom::VpcRestrictDefaultSG":
            _add_closed_default_group(builder, resource)
        elif resource.type in legacy_groups.TYPES:
            legacy_groups.add_group(builder, resource)
    for resource in evaluated.resources:
        if resource.type == "AWS::EC2::SecurityGroup":
            for direction in Direction:
                _add_inline(builder, resource, direction)
        elif resource.type == "AWS::EC2::SecurityGroupIngress":
            _add_standalone(builder, resource, Direction.INGRESS)
        elif resource.type == "AWS::EC2::SecurityGroupEgress":
            _add_standalone(builder, resource, Direction.EGRESS)
        elif resource.type == "AWS::EC2::SecurityGroupVpcAssociation":
            builder.associate(resource.arguments.get("GroupId"), resource.arguments.get("VpcId"))
        elif resource.type in legacy_groups.TYPES:
            legacy_groups.add_rules(builder, resource)
    for resource in evaluated.resources:
        if resource.type == "AWS::EC2::SecurityGroup":
            _add_default_egress(builder, resource)
    return with_network(builder.estate(evaluated.unresolved), evaluated, builder, NETWORK)


def _add_group(builder: Builder, resource: Resource) -> None:
    properties = resource.arguments
    name = properties.get("GroupName")
    aliases = (name.data,) if name is not None and isinstance(name.data, str) else ()
    group = group_of(resource, name, properties.get("GroupDescription"), properties.get("VpcId"), of_stack(resource))
    builder.add_group(group, *aliases)


def _add_closed_default_group(builder: Builder, resource: Resource) -> None:
    """The default group of a VPC whose rules aws-cdk-lib's custom resource revokes (`restrictDefaultSecurityGroup`)."""
    named = resource.arguments.get("DefaultSecurityGroupId")
    for when, value in alternatives(named, resource.when) if named is not None else ():
        if isinstance(value.data, (str, Unknown)):
            group = group_of(resource, None, None, None, is_default=True)
            builder.add_group(replace(group, address=builder.group_name(value)[0], when=when))


def _add_inline(builder: Builder, resource: Resource, direction: Direction) -> None:
    for when, rule in written_items(resource.arguments.get(_PROPERTY[direction]), resource.when):
        if isinstance(rule.data, (dict, Unknown)):
            builder.add_rules(resource.address, _parts(rule, direction, when, resource))


def _add_standalone(builder: Builder, resource: Resource, direction: Direction) -> None:
    properties = resource.arguments
    group = properties.get("GroupId") or properties.get("GroupName") or resource.address
    parts = _parts(properties, direction, resource.when, resource)
    builder.add_rules(
        group, replace(parts, block=resource.location, origin=Origin.STANDALONE, address=resource.address)
    )


def _parts(rule: Value, direction: Direction, when: When, resource: Resource) -> RuleParts:
    """A rule's properties; of a rule that is Unknown as a whole, each part is."""
    if isinstance(rule.data, Unknown):
        protocol: Value | None = rule
        first: Value | None = rule
        last: Value | None = rule
        description = account = None
        peers: tuple[tuple[PeerKind, Value], ...] = ((PeerKind.IPV4, rule),)
    else:
        protocol, first, last = rule.get("IpProtocol"), rule.get("FromPort"), rule.get("ToPort")
        description, account = rule.get("Description"), rule.get("SourceSecurityGroupOwnerId")
        peers = tuple(_peers(rule, direction))
    return RuleParts(
        direction=direction,
        block=rule.location,
        protocol=protocol,
        first=first,
        last=last,
        description=description,
        peers=peers,
        account=account,
        when=when,
        evidence=(*rule.evidence, *resource.evidence),
        construct=resource.construct,
    )


def _peers(rule: Value, direction: Direction) -> Iterator[tuple[PeerKind, Value]]:
    for name, kind in _PEERS[direction]:
        value = rule.get(name)
        if value is not None:
            yield kind, value


def _entries(listed: Value | None) -> AddressSet | None:
    """The addresses of a prefix list, None when not all of them are known."""
    if listed is None or not isinstance(listed.data, tuple):
        return AddressSet() if listed is None else None
    found: list[AddressSet] = []
    for item in listed.items():
        cidr = item.get("Cidr")
        if cidr is None or not isinstance(cidr.data, str):
            return None
        try:
            found.append(AddressSet.of(cidr.data))
        except ValueError:
            return None
    return AddressSet.union(found)


def _add_default_egress(builder: Builder, resource: Resource) -> None:
    """AWS keeps its allow-all egress rule on a group to which the template gives no egress rule at all."""
    remaining: tuple[When, ...] = (resource.when,)
    for given in dict.fromkeys(builder.conditions(resource.address, Direction.EGRESS)):
        remaining = tuple(without for when in remaining for without in when.without(given))
    for when in remaining:
        builder.add_rule(
            Rule(
                resource.address,
                Direction.EGRESS,
                Traffic(ALL),
                Network(AddressSet.of("0.0.0.0/0"), "0.0.0.0/0"),
                origin=Origin.IMPLICIT,
                when=when,
                location=resource.location,
                evidence=resource.evidence,
                address=resource.address,
                construct=resource.construct,
            )
        )

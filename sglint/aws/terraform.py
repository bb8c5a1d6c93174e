"""Terraform's AWS resources to the model (argument reference of the AWS provider's documentation)."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.aws.arguments import written_items
from sglint.aws.builder import Builder, RuleParts, group_of
from sglint.aws.network import with_network
from sglint.aws.peers import PeerKind
from sglint.aws.ports import default_ports
from sglint.aws.resources import Evaluated, Resource, Wanted
from sglint.aws.tags import Tags
from sglint.aws.terraform_network import NETWORK
from sglint.model.addresses import AddressSet
from sglint.model.record import replace
from sglint.model.rules import Direction, Estate, Form, Origin, Writer
from sglint.model.values import Unknown, Value, When, alternatives

GROUP_TYPES = frozenset({"aws_security_group", "aws_default_security_group"})
RULE_TYPES = frozenset(
    {"aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"}
)
PREFIX_LIST_TYPES = frozenset({"aws_ec2_managed_prefix_list", "aws_ec2_managed_prefix_list_entry"})
_ASSOCIATION = "aws_vpc_security_group_vpc_association"
TYPES = GROUP_TYPES | RULE_TYPES | PREFIX_LIST_TYPES | {_ASSOCIATION}
"""The resource types that make up groups and rules."""
READ: Wanted = {**NETWORK.paths, **dict.fromkeys(TYPES)}
"""The resource types that translation looks at."""

_INLINE_PEERS = (
    ("cidr_blocks", PeerKind.IPV4),
    ("ipv6_cidr_blocks", PeerKind.IPV6),
    ("prefix_list_ids", PeerKind.PREFIX_LIST),
    ("security_groups", PeerKind.GROUP),
)
_RULE_PEERS = (
    ("cidr_blocks", PeerKind.IPV4),
    ("ipv6_cidr_blocks", PeerKind.IPV6),
    ("prefix_list_ids", PeerKind.PREFIX_LIST),
    ("source_security_group_id", PeerKind.GROUP),
)
_SINGLE_RULE_PEERS = (
    ("cidr_ipv4", PeerKind.IPV4),
    ("cidr_ipv6", PeerKind.IPV6),
    ("prefix_list_id", PeerKind.PREFIX_LIST),
    ("referenced_security_group_id", PeerKind.GROUP),
)


def translate(evaluated: Evaluated) -> Estate:
    """The groups and rules that the resources of one unit come to."""
    builder = Builder(("id", "arn", "name"), default_groups=("default_security_group_id",))
    builder.add_ports(default_ports(evaluated.resources, NETWORK.ports))
    resources = evaluated.resources
    for resource in resources:
        if resource.type in GROUP_TYPES:
            _add_group(builder, resource)
    _add_prefix_lists(builder, resources)
    for resource in resources:
        if resource.type in GROUP_TYPES:
            for direction in Direction:
                _add_inline(builder, resource, direction)
        elif resource.type == "aws_security_group_rule":
            _add_typed_rule(builder, resource)
        elif resource.type == _ASSOCIATION:
            builder.associate(resource.arguments.get("security_group_id"), resource.arguments.get("vpc_id"))
        elif resource.type in RULE_TYPES:
            is_ingress = resource.type == "aws_vpc_security_group_ingress_rule"
            direction = Direction.INGRESS if is_ingress else Direction.EGRESS
            _add_standalone(builder, resource, direction, "ip_protocol", _SINGLE_RULE_PEERS)
            _add_writer(builder, resource, direction, Form.SINGLE, resource.when)
    return with_network(builder.estate(evaluated.unresolved), evaluated, builder, NETWORK)


def _add_group(builder: Builder, resource: Resource) -> None:
    arguments = resource.arguments
    is_default = resource.type == "aws_default_security_group"
    vpc = arguments.get("vpc_id")
    aliases = []
    if is_default and vpc is not None and isinstance(vpc.data, Unknown) and vpc.data.reference is not None:
        aliases.append(f"{vpc.data.reference.address}.default_security_group_id")
    name = arguments.get("name")
    if name is None or name.data is None:
        name = arguments.get("name_prefix")
    tags = Tags().add_map(resource.attributes.get("default_tags")).add_map(arguments.get("tags"))
    builder.add_group(group_of(resource, name, arguments.get("description"), vpc, tags, is_default), *aliases)


def _add_inline(builder: Builder, resource: Resource, direction: Direction) -> None:
    if direction.value not in _unmanaged(resource):
        for when in _conditions(resource, direction.value):
            builder.add_writer(
                resource.address, Writer(resource.address, direction, Form.INLINE, when, resource.location)
            )
    for when, block in written_items(resource.arguments.get(direction.value), resource.when):
        if isinstance(block.data, dict):
            builder.add_rules(
                resource.address,
                RuleParts(
                    direction=direction,
                    block=block.location,
                    protocol=_given(block, "protocol"),
                    first=_given(block, "from_port"),
                    last=_given(block, "to_port"),
                    description=_given(block, "description"),
                    peers=tuple(_peers(block, _INLINE_PEERS)),
                    has_self=_given(block, "self"),
                    when=when,
                    evidence=(*block.evidence, *resource.evidence),
                    construct=resource.construct,
                ),
            )
        elif isinstance(block.data, Unknown):
            builder.add_rules(resource.address, _unknown_block(block, direction, resource, when))


def _unmanaged(resource: Resource) -> frozenset[str]:
    """The arguments that the provider does not keep as they are written."""
    names = resource.attributes.get("unmanaged")
    return frozenset(str(name.data) for name in (names.items() if names is not None else ()))


def _conditions(resource: Resource, name: str) -> tuple[When, ...]:
    """When an argument says what there is: under no condition if a part of it has none, or if it says that none is."""
    value = _given(resource.arguments, name)
    if value is None:
        return ()
    found = dict.fromkeys(when for when, _ in written_items(value, resource.when))
    return (resource.when,) if not found or resource.when in found else tuple(found)


def _unknown_block(block: Value, direction: Direction, resource: Resource, when: When) -> RuleParts:
    """Rules that only the deployment knows: one of which nothing is said but what blocks it."""
    return RuleParts(
        direction,
        block=block.location,
        protocol=block,
        first=block,
        last=block,
        description=None,
        peers=((PeerKind.IPV4, block),),
        when=when,
        evidence=resource.evidence,
        construct=resource.construct,
    )


def _add_typed_rule(builder: Builder, resource: Resource) -> None:
    kind = resource.arguments.get("type")
    if kind is None:
        return
    for when, value in alternatives(kind, resource.when):
        for direction in Direction:
            if value.data == direction.value:
                _add_standalone(builder, resource, direction, "protocol", _RULE_PEERS, when)
                _add_writer(builder, resource, direction, Form.LISTED, when)
        if isinstance(value.data, Unknown):
            parts = _unknown_block(value, Direction.INGRESS, resource, when)
            builder.add_rules(_owner(resource), replace(parts, origin=Origin.STANDALONE, address=resource.address))


def _add_standalone(
    builder: Builder,
    resource: Resource,
    direction: Direction,
    protocol: str,
    peers: tuple[tuple[str, PeerKind], ...],
    when: When | None = None,
) -> None:
    arguments = resource.arguments
    builder.add_rules(
        _owner(resource),
        RuleParts(
            direction=direction,
            block=resource.location,
            protocol=_given(arguments, protocol),
            first=_given(arguments, "from_port"),
            last=_given(arguments, "to_port"),
            description=_given(arguments, "description"),
            peers=tuple(_peers(arguments, peers)),
            has_self=_given(arguments, "self"),
            when=resource.when if when is None else when,
            evidence=resource.evidence,
            construct=resource.construct,
            origin=Origin.STANDALONE,
            address=resource.address,
        ),
    )


def _add_writer(builder: Builder, resource: Resource, direction: Direction, form: Form, when: When) -> None:
    builder.add_writer(_owner(resource), Writer(resource.address, direction, form, when, resource.location))


def _owner(resource: Resource) -> Value | str:
    """The group that a standalone rule belongs to."""
    return _given(resource.arguments, "security_group_id") or resource.address


def _given(block: Value, name: str) -> Value | None:
    """An argument, None when it is left out or null."""
    value = block.get(name)
    return None if value is None or value.data is None else value


def _peers(block: Value, names: tuple[tuple[str, PeerKind], ...]) -> Iterator[tuple[PeerKind, Value]]:
    for name, kind in names:
        value = _given(block, name)
        if value is not None:
            yield kind, value


def _add_prefix_lists(builder: Builder, resources: tuple[Resource, ...]) -> None:
    for resource in resources:
        if resource.type == "aws_ec2_managed_prefix_list":
            builder.add_prefix_list(resource.address, AddressSet(), resource.arguments.get("max_entries"))
    for resource in resources:
        if resource.type == "aws_ec2_managed_prefix_list":
            entries = resource.arguments.get("entry")
            if entries is not None:
                for item in entries.items() or (entries,):
                    builder.add_prefix_list(resource.address, _cidr(item.get("cidr")))
        elif resource.type == "aws_ec2_managed_prefix_list_entry":
            owner = resource.arguments.get("prefix_list_id")
            if owner is not None and isinstance(owner.data, Unknown) and owner.data.reference is not None:
                entry = _cidr(resource.arguments.get("cidr")) if not resource.when else None
                builder.add_prefix_list(owner.data.reference.address, entry)


def _cidr(value: Value | None) -> AddressSet | None:
    if value is None or not isinstance(value.data, str):
        return None
    try:
        return AddressSet.of(value.data)
    except ValueError:
        return None

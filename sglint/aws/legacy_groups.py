"""The group kinds that RDS, ElastiCache and Redshift had of their own before VPCs, in CloudFormation.

Such a group admits peers to the port of whatever carries it, which the group itself does not say, and has no egress
(template reference of AWS::RDS::DBSecurityGroup, AWS::ElastiCache::SecurityGroup, AWS::Redshift::ClusterSecurityGroup).
"""

from __future__ import annotations

from sglint.aws.arguments import written_items
from sglint.aws.builder import Builder, RuleParts, group_of
from sglint.aws.peers import PeerKind
from sglint.aws.resources import Resource
from sglint.aws.tags import of_stack
from sglint.model.record import frozen, replace
from sglint.model.rules import Direction, Origin
from sglint.model.values import Unknown, Value


@frozen
class _Kind:
    description: str
    """The group's property for its description."""
    inline: str | None
    """The group's property for its rules, where it has one."""


_GROUPS = {
    "AWS::RDS::DBSecurityGroup": _Kind("GroupDescription", "DBSecurityGroupIngress"),
    "AWS::ElastiCache::SecurityGroup": _Kind("Description", None),
    "AWS::Redshift::ClusterSecurityGroup": _Kind("Description", None),
}
_RULES = {
    "AWS::RDS::DBSecurityGroupIngress": "DBSecurityGroupName",
    "AWS::ElastiCache::SecurityGroupIngress": "CacheSecurityGroupName",
    "AWS::Redshift::ClusterSecurityGroupIngress": "ClusterSecurityGroupName",
}
"""The standalone rules, each with its property that names the group."""
_PEERS = (
    ("CIDRIP", PeerKind.IPV4),
    ("EC2SecurityGroupId", PeerKind.GROUP),
    ("EC2SecurityGroupName", PeerKind.GROUP),
)

TYPES = frozenset((*_GROUPS, *_RULES))


def add_group(builder: Builder, resource: Resource) -> None:
    """The group that a resource of these types defines, if it defines one."""
    kind = _GROUPS.get(resource.type)
    if kind is not None:
        description = resource.arguments.get(kind.description)
        builder.add_group(group_of(resource, None, description, resource.arguments.get("EC2VpcId"), of_stack(resource)))


def add_rules(builder: Builder, resource: Resource) -> None:
    """The rules that a resource of these types holds."""
    if resource.type in _RULES:
        group = resource.arguments.get(_RULES[resource.type])
        parts = replace(_parts(resource.arguments, resource), block=resource.location)
        builder.add_rules(group or resource.address, replace(parts, origin=Origin.STANDALONE, address=resource.address))
        return
    inline = _GROUPS[resource.type].inline
    written = resource.arguments.get(inline) if inline is not None else None
    for when, rule in written_items(written, resource.when):
        if isinstance(rule.data, dict):
            builder.add_rules(resource.address, replace(_parts(rule, resource), when=when))


def _parts(rule: Value, resource: Resource) -> RuleParts:
    port = Value(Unknown("port", f"the port of what carries {resource.address}"), rule.location)
    return RuleParts(
        direction=Direction.INGRESS,
        block=rule.location,
        protocol=Value("tcp", rule.location),
        first=port,
        last=port,
        # There is no place for one, so none is missing.
        description=Value(Unknown("description", resource.type), rule.location),
        peers=tuple((kind, value) for name, kind in _PEERS if (value := rule.get(name)) is not None),
        account=rule.get("EC2SecurityGroupOwnerId"),
        when=resource.when,
        evidence=(*rule.evidence, *resource.evidence),
        construct=resource.construct,
    )

"""By which ways the world comes to what carries groups: into an open group, and from member to member by references.

Every hop is a connection of its own. Into the first resource comes what its group opens to the world, where the
resource may face the internet and the ACL of its subnet lets any of it through; from there on, what a group admits from
a group of the resource before, as far as the egress of that one allows it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sglint.analysis.acls import passages
from sglint.analysis.admission import Admission
from sglint.analysis.segments import Family
from sglint.model.acls import NetworkAcl
from sglint.model.addresses import public
from sglint.model.attachments import Attachment, Facing
from sglint.model.rules import Direction, GroupRef, Network, Rule, SecurityGroup
from sglint.model.traffic import ALL, TCP, UDP, Traffic
from sglint.model.values import When


@dataclass(frozen=True, slots=True)
class Hop:
    """One connection: the traffic that reaches a resource by a rule of a group that it carries."""

    rule: Rule
    traffic: Traffic
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class Way:
    """How the world comes to a resource, the last hop's. The first hop's rules admit the world, alone or together.

    `is_certain` says that the first resource has a public address; otherwise it only may have one.
    """

    opening: Admission
    hops: tuple[Hop, ...]
    when: When
    is_certain: bool

    @property
    def attachment(self) -> Attachment:
        return self.hops[-1].attachment


def ways(
    groups: Sequence[SecurityGroup],
    attachments: Sequence[Attachment],
    acls: Sequence[NetworkAcl],
    world: Sequence[tuple[SecurityGroup, Admission]],
) -> tuple[Way, ...]:
    """For each resource that the world may come to, one of the shortest ways; a certain one before others.

    `world` is what the groups open to the world. What is unknown of a rule's traffic or peer opens no way.
    """
    graph = _Graph(groups, attachments, acls)
    found: dict[Attachment, Way] = {}
    first = tuple(graph.openings(world))
    for is_certain in (True, False):
        pending = deque(way for way in first if way.is_certain is is_certain)
        while pending:
            way = pending.popleft()
            if way.attachment not in found:
                found[way.attachment] = way
                pending.extend(graph.onward(way))
    return tuple(found.values())


class _Graph:
    def __init__(
        self, groups: Sequence[SecurityGroup], attachments: Sequence[Attachment], acls: Sequence[NetworkAcl]
    ) -> None:
        self._groups = {group.address: group for group in groups}
        self._carriers: dict[str, list[Attachment]] = {}
        self._own: dict[str, set[str]] = {}
        for attachment in attachments:
            for name in attachment.groups:
                self._carriers.setdefault(name, []).append(attachment)
                self._own.setdefault(attachment.address, set()).add(name)
        self._admitting: dict[str, list[Rule]] = {}
        for group in groups:
            for rule in group.rules:
                if rule.direction is Direction.INGRESS and isinstance(rule.peer, GroupRef):
                    self._admitting.setdefault(rule.peer.group, []).append(rule)
        self._acls: dict[str, NetworkAcl] = {subnet: acl for acl in acls for subnet in acl.subnets}

    def openings(self, world: Sequence[tuple[SecurityGroup, Admission]]) -> Iterator[Way]:
        """The ways of a single hop."""
        for group, admission in world:
            for attachment in self._carriers.get(group.address, ()):
                when = admission.when.conjoin(attachment.when)
                if when is None or attachment.facing is Facing.PRIVATE or self._is_held_back(attachment, admission):
                    continue
                hop = Hop(admission.rule, admission.traffic, attachment)
                yield Way(admission, (hop,), when, attachment.facing is Facing.PUBLIC)

    def onward(self, way: Way) -> Iterator[Way]:
        """The way, longer by one hop: to each resource that admits a group of the one it has come to."""
        source = way.attachment
        for group in source.groups:
            for rule in self._admitting.get(group, ()):
                when = way.when.conjoin(rule.when)
                traffic = self._leaving(source, rule)
                if when is None or traffic is None:
                    continue
                for attachment in self._carriers.get(rule.group, ()):
                    joined = when.conjoin(attachment.when)
                    if joined is not None and attachment.address != source.address:
                        yield Way(way.opening, (*way.hops, Hop(rule, traffic, attachment)), joined, way.is_certain)

    def _leaving(self, source: Attachment, rule: Rule) -> Traffic | None:
        """What of an ingress rule's traffic the groups of a resource let out towards it; None for nothing.

        Of several egress rules the one that lets out most is taken. A group whose rules are not all known lets out all.
        """
        if rule.traffic.unknowns:
            return None
        best: Traffic | None = None
        for name in self._own.get(source.address, ()):
            group = self._groups.get(name)
            if group is None or not group.is_defined:
                return rule.traffic if rule.traffic.selector else None
            for egress in group.rules:
                if egress.direction is not Direction.EGRESS or not _may_lead_to(egress, rule.group):
                    continue
                shared = rule.traffic if egress.unknowns else rule.traffic & egress.traffic
                if shared is not None and (best is None or best <= shared):
                    best = shared
        return best

    def _is_held_back(self, attachment: Attachment, admission: Admission) -> bool:
        """Whether the ACLs of all subnets of a resource are known in full, and let none of it in."""
        acls = [self._acls.get(subnet) for subnet in attachment.subnets]
        return bool(acls) and all(acl is not None and _holds_back(acl, admission) for acl in acls)


def _may_lead_to(egress: Rule, group: str) -> bool:
    """Whether an egress rule may be meant for the members of a group: it names the group, or addresses."""
    if isinstance(egress.peer, GroupRef):
        return egress.peer.group == group
    return not isinstance(egress.peer, Network) or bool(egress.peer.addresses)


def _holds_back(acl: NetworkAcl, admission: Admission) -> bool:
    """Whether an ACL lets in nothing that an admission opens to the world; only one that is known in full does."""
    if not acl.is_defined or any(entry.unknowns or entry.when for entry in acl.entries):
        return False
    protocols = (TCP, UDP) if admission.traffic.protocol == ALL else (admission.traffic.protocol,)
    sources = admission.addresses & public()
    for protocol in protocols:
        if not isinstance(protocol, int):
            return False
        wanted = admission.traffic.ports(protocol)
        for family in Family:
            for passage in passages(acl, Direction.INGRESS, protocol, family):
                if passage.selector.overlaps(wanted) and passage.addresses.overlaps(family.of(sources)):
                    return False
    return True

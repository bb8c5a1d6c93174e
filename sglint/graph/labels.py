"""What the picture calls things."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sglint.graph.document import Cluster, Graph, GroupNode, Node, Peer, PeerKind, ResourceNode
from sglint.model.attachments import Facing, Kind
from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.traffic import ALL, Traffic, protocol_name
from sglint.policies.wording import traffic_text

_DOT = re.compile(r'\.(?![^\[]*"\])')
"""A dot that is not inside the key of an instance."""

_PEERS = {
    PeerKind.WORLD: ("the internet", "the internet"),
    PeerKind.PUBLIC: ("public network", "public networks"),
    PeerKind.PRIVATE: ("private network", "private networks"),
    PeerKind.PREFIX_LIST: ("prefix list", "prefix lists"),
    PeerKind.GROUP: ("group outside this input", "groups outside this input"),
    PeerKind.UNKNOWN: ("known at deploy time", "known at deploy time"),
}

ABBREVIATIONS = {
    Kind.LOAD_BALANCER: "LB",
    Kind.VPN: "VPN",
    Kind.INSTANCE: "VM",
    Kind.INTERFACE: "ENI",
    Kind.TASK: "TASK",
    Kind.FUNCTION: "FN",
    Kind.CLUSTER: "CLU",
    Kind.JOB: "JOB",
    Kind.DATABASE: "DB",
    Kind.CACHE: "KV",
    Kind.SEARCH: "FIND",
    Kind.QUEUE: "MQ",
    Kind.FILE_SYSTEM: "FS",
    Kind.ENDPOINT: "EP",
    Kind.CONNECTOR: "CON",
    Kind.DESKTOP: "DESK",
}


def title(node: Node) -> str:
    """The name that people know a node by."""
    if isinstance(node, Peer):
        return f"{len(node.names)} {_PEERS[node.kind][1]}" if len(node.names) > 1 else node.names[0]
    if isinstance(node, GroupNode):
        name = node.group.name
        return name if isinstance(name, str) and name else short_address(node.group.address)
    return short_address(node.attachment.address)


def subtitle(node: Node) -> str:
    """What tells it apart, or what it is."""
    if isinstance(node, Peer):
        if len(node.names) > 1:
            return ", ".join(node.names)
        return ", ".join(node.details) if node.kind is PeerKind.WORLD else _PEERS[node.kind][0]
    if isinstance(node, GroupNode):
        return node.group.address
    return f"{node.attachment.service} {node.attachment.kind.value.replace('-', ' ')}"


def short_address(address: str) -> str:
    """A Terraform address without types and `module`: `web.this[0]`; a logical id as it is."""
    parts = _DOT.split(address)
    if len(parts) == 1:
        return address
    if parts[0] == "module":
        return ".".join((*parts[1:-2:2], parts[-1]))
    return parts[-1]


def cluster_title(cluster: Cluster, graph: Graph) -> str:
    """The unit and the VPC of a cluster."""
    unit = graph.units[cluster.unit]
    path = unit.path or "."
    return path + (f" ({unit.environment})" if unit.environment else "")


def vpc_title(cluster: Cluster) -> str:
    return f"VPC {cluster.vpc}" if cluster.vpc else "no VPC named"


def traffic_label(traffics: Iterable[Traffic]) -> str:
    """`tcp 22,443 · udp 53`: traffics joined by protocol."""
    known: dict[int, IntervalSet] = {}
    texts: dict[str, None] = {}
    for traffic in traffics:
        if isinstance(traffic.protocol, int) and isinstance(traffic.selector, IntervalSet):
            known[traffic.protocol] = known.get(traffic.protocol, NOTHING) | traffic.selector
        else:
            texts[traffic_text(traffic)] = None
    if ALL in known:
        known = {ALL: known[ALL]}
    return " · ".join((*(_known(Traffic(*entry)) for entry in known.items()), *texts))


def _known(traffic: Traffic) -> str:
    if traffic.protocol == ALL:
        return "all traffic"
    assert isinstance(traffic.protocol, int)
    return f"all {protocol_name(traffic.protocol)}" if traffic.is_all_ports else str(traffic)


def is_public(node: ResourceNode) -> bool:
    return any(attachment.facing is Facing.PUBLIC for attachment in node.attachments)

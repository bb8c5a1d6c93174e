"""Which column each node stands in: tiers from the world inward, and within one the way that traffic takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from sglint.graph.document import Edge, EdgeKind, Graph, GroupNode, Node, Peer, ResourceNode
from sglint.graph.tiers import TIERS
from sglint.model.attachments import Tier
from sglint.model.record import frozen
from sglint.model.rules import Direction

_DEEPEST = (2, 2, 2, 2, 3)
"""Into how many columns the groups of each lane are spread."""
_MANY = 6
"""From how many groups without connections on these are spread over several columns."""

_LOOSE = len(TIERS)
_TITLES = {
    Tier.EDGE: "Edge",
    Tier.COMPUTE: "Compute",
    Tier.DATA: "Data",
    Tier.ENDPOINT: "Endpoints",
}

_Place: TypeAlias = tuple[int, int]
"""A lane and the depth in it. They sort from the left."""


@frozen
class Columns:
    """The column of each node, counted from the left, and the lanes: titles with their first and last columns."""

    of: Mapping[str, int]
    below: Mapping[str, str]
    """The group that a resource stands below."""
    lanes: tuple[tuple[str, int, int], ...]
    count: int


def columns(graph: Graph, nodes: Iterable[Node]) -> Columns:
    """The columns of a picture that shows some nodes of a graph. Lanes that hold nothing are left out."""
    places: dict[str, _Place] = {}
    depths = _depths(graph)
    below = _below(graph)
    for node in nodes:
        if isinstance(node, Peer):
            places[node.id] = (_LOOSE + 1 if is_destination(node) else -1, 0)
        elif isinstance(node, GroupNode):
            places[node.id] = (_lane(node), depths[node.id])
        else:
            places[node.id] = places[below[node.id]] if node.id in below else (_tier(node), 0)
    used = sorted(set(places.values()))
    numbers = {place: number for number, place in enumerate(used)}
    lanes: dict[int, list[int]] = {}
    for place in used:
        lanes.setdefault(place[0], []).append(numbers[place])
    titled = tuple((_title(lane), found[0], found[-1]) for lane, found in lanes.items())
    return Columns({id_: numbers[place] for id_, place in places.items()}, below, titled, len(used))


def _lane(group: GroupNode) -> int:
    return TIERS.index(group.tiers[0]) if group.tiers else _LOOSE


def _tier(resource: ResourceNode) -> int:
    return min(TIERS.index(each.tier) for each in resource.attachments)


def _below(graph: Graph) -> dict[str, str]:
    """Each resource with the first of its groups that is in its own tier and on the same ground."""
    places = {group.id: (group.cluster, _lane(group)) for group in graph.groups}
    places |= {resource.id: (resource.cluster, _tier(resource)) for resource in graph.resources}
    found: dict[str, str] = {}
    for edge in graph.edges:
        if edge.kind is EdgeKind.CARRIES and places[edge.source] == places[edge.target]:
            found.setdefault(edge.target, edge.source)
    return found


def _title(lane: int) -> str:
    if lane == -1:
        return "World and networks"
    if lane > _LOOSE:
        return "Destinations"
    return "Not attached here" if lane == _LOOSE else _TITLES[TIERS[lane]]


def _depths(graph: Graph) -> dict[str, int]:
    """How far within its tier traffic has come to a group; those without connections are spread evenly."""
    lanes = {group.id: (group.cluster, _lane(group)) for group in graph.groups}
    inner = [edge for edge in graph.edges if edge.kind is EdgeKind.INGRESS and edge.source != edge.target]
    within = [edge for edge in inner if edge.source in lanes and lanes[edge.source] == lanes[edge.target]]
    depths = dict.fromkeys(lanes, 0)
    for _ in range(max(_DEEPEST) - 1):
        for edge in within:
            deepest = _DEEPEST[lanes[edge.target][1]] - 1
            depths[edge.target] = min(deepest, max(depths[edge.target], depths[edge.source] + 1))
    # Groups that admit each other in a circle have all gone as far as there is room for.
    least: dict[tuple[str, int], int] = {}
    for id_, place in lanes.items():
        least[place] = min(depths[id_], least.get(place, depths[id_]))
    depths = {id_: depth - least[lanes[id_]] for id_, depth in depths.items()}
    for (_, lane), single in _singles(graph.edges, lanes).items():
        if len(single) > _MANY:
            for number, id_ in enumerate(single):
                depths[id_] = number * _DEEPEST[lane] // len(single)
    return depths


def _singles(edges: Iterable[Edge], lanes: Mapping[str, tuple[str, int]]) -> dict[tuple[str, int], list[str]]:
    """By lane, the groups that no line leads to or from."""
    connected = {
        end
        for edge in edges
        if edge.kind in (EdgeKind.INGRESS, EdgeKind.FORWARDS) and edge.source != edge.target
        for end in (edge.source, edge.target)
    }
    found: dict[tuple[str, int], list[str]] = {}
    for id_, lane in lanes.items():
        if id_ not in connected:
            found.setdefault(lane, []).append(id_)
    return found


def is_destination(node: Node) -> bool:
    """Whether a node is there only for what goes out to it."""
    return isinstance(node, Peer) and node.direction is Direction.EGRESS

"""What stands on the card of a node, and how large that makes it. All measures are CSS pixels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sglint.graph.document import Edge, EdgeKind, Graph, GroupNode, Node, Peer, Reached, ResourceNode
from sglint.graph.labels import title, traffic_label
from sglint.model.record import field, frozen

HEAD = 46
ROW = 20
FOOT = 6
INDENT = 20
"""How far a resource stands in below its group."""
_WIDTHS = {Peer: 184, GroupNode: 272, ResourceNode: 272 - INDENT}
_MOST_INGRESS = 8
_MOST_EGRESS = 3


@frozen
class Row:
    """A line of a card: an edge that ends or begins there, or with several edges those that there is no room for."""

    edges: tuple[Edge, ...]
    text: str
    other: str
    """The node at the other end."""
    is_egress: bool = False

    @property
    def level(self) -> int | None:
        return min((edge.level for edge in self.edges if edge.level is not None), default=None)

    @property
    def reached(self) -> Reached:
        return max(edge.reached for edge in self.edges)


@frozen
class Card:
    """A node with the size of its card. Rows come in, then those that go out."""

    node: Node
    width: int
    rows: tuple[Row, ...] = ()
    edges: tuple[Edge, ...] = field(default=())
    """All that the node takes part in."""

    @property
    def height(self) -> int:
        return HEAD + len(self.rows) * ROW + (FOOT if self.rows else 0)


def cards(graph: Graph) -> dict[str, Card]:
    """The card of each node, rows in the order of the graph."""
    nodes = {node.id: node for node in graph.nodes}
    coming: dict[str, list[Edge]] = {}
    going: dict[str, list[Edge]] = {}
    touching: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        if edge.kind is EdgeKind.EGRESS:
            going.setdefault(edge.source, []).append(edge)
        elif edge.kind is not EdgeKind.CARRIES:
            coming.setdefault(edge.target, []).append(edge)
        for end in {edge.source, edge.target}:
            touching.setdefault(end, []).append(edge)
    return {
        id_: Card(
            node,
            _WIDTHS[type(node)],
            (
                *_rows(coming.get(id_, ()), _MOST_INGRESS, nodes),
                *_rows(going.get(id_, ()), _MOST_EGRESS, nodes),
            ),
            tuple(touching.get(id_, ())),
        )
        for id_, node in nodes.items()
    }


def _rows(edges: Sequence[Edge], most: int, nodes: dict[str, Node]) -> Iterable[Row]:
    """A row for each edge, as far as there is room: those that matter most."""
    shown, rest = list(edges), []
    if len(edges) > most:
        ranked = sorted(edges, key=lambda edge: (-edge.reached, edge.level or 9))
        kept = {edge.id for edge in ranked[: most - 1]}
        shown = [edge for edge in edges if edge.id in kept]
        rest = [edge for edge in edges if edge.id not in kept]
    for edge in shown:
        is_egress = edge.kind is EdgeKind.EGRESS
        other = nodes[edge.target if is_egress else edge.source]
        name = "itself" if edge.source == edge.target else title(other)
        yield Row((edge,), traffic_label(edge.traffics), name, is_egress)
    if rest:
        yield Row(tuple(rest), f"{len(rest)} more", "", rest[0].kind is EdgeKind.EGRESS)

"""Where everything stands: columns side by side, and clusters below each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from sglint.graph.cards import INDENT, Card, Row, cards
from sglint.graph.columns import Columns, columns, is_destination
from sglint.graph.document import Edge, EdgeKind, Graph
from sglint.graph.layers import Stop, Web
from sglint.graph.picture import LANES, MARGIN, NARROWEST, Band, Lane, Picture, Placed, Wire
from sglint.model.record import frozen, replace

_BAND_HEAD = 40
_BAND_GAP = 26
_GAP = 18
"""Between cards above each other."""
_STACK_GAP = 8
"""Between a group and the resources below it."""
_ALLEY = 72
"""Between columns."""


def lay_out(graph: Graph, with_egress: bool = False) -> Picture:
    """The picture of a graph. `with_egress` adds destinations, and lines to them; these may pass behind cards."""
    nodes = [node for node in graph.nodes if with_egress or not is_destination(node)]
    found = columns(graph, nodes)
    all_cards = cards(graph)
    widths = [0] * found.count
    for id_, column in found.of.items():
        indent = INDENT if id_ in found.below else 0
        widths[column] = max(widths[column], all_cards[id_].width + indent)
    lefts = list(accumulate((width + _ALLEY for width in widths[:-1]), initial=MARGIN * 2))
    grid = _Grid(lefts, widths)
    placed: dict[str, Placed] = {}
    ways: dict[str, list[tuple[int, float]]] = {}
    bands = []
    top = float(LANES)
    for cluster in graph.clusters:
        here = [all_cards[node.id] for node in nodes if node.cluster == cluster.id]
        heights, waypoints = _arranged(here, found)
        for card in here:
            x = lefts[found.of[card.node.id]] + (INDENT if card.node.id in found.below else 0)
            placed[card.node.id] = Placed(card, x, top + _BAND_HEAD + heights[card.node.id])
        for edge, passing in waypoints.items():
            ways[edge] = [(column, top + _BAND_HEAD + height) for column, height in passing]
        bottom = max((placed[card.node.id].y + card.height for card in here), default=top)
        bands.append(Band(cluster, top, bottom + MARGIN - top))
        top = bottom + MARGIN + _BAND_GAP
    placed = {id_: _sorted_rows(each, placed) for id_, each in placed.items()}
    wires = tuple(
        _wire(edge, placed, ways.get(edge.id, ()), found, grid)
        for edge in graph.edges
        if edge.source != edge.target and (with_egress or edge.kind is not EdgeKind.EGRESS)
    )
    lanes = tuple(
        Lane(title, lefts[first], lefts[last] + widths[last] - lefts[first]) for title, first, last in found.lanes
    )
    right = max(NARROWEST, lefts[-1] + widths[-1] + MARGIN * 2 if widths else 0)
    return Picture(
        graph, tuple(placed.values()), wires, tuple(bands), lanes, right, max(top - _BAND_GAP, LANES) + MARGIN
    )


@frozen
class _Grid:
    lefts: Sequence[float]
    widths: Sequence[int]

    def right(self, column: int) -> float:
        return self.lefts[column] + self.widths[column]


def _arranged(here: Sequence[Card], found: Columns) -> tuple[dict[str, float], dict[str, list[tuple[int, float]]]]:
    """The upper edge of each card of a cluster, and where each line passes through columns: (column, height)."""
    sizes = {card.node.id: card.height for card in here}
    stacks: dict[str, list[str]] = {id_: [id_] for id_ in sizes if id_ not in found.below}
    for id_ in sizes:
        if id_ in found.below:
            stacks[found.below[id_]].append(id_)
    web = Web()
    for head, ids in stacks.items():
        web.add(head, found.of[head], sum(sizes[id_] + _STACK_GAP for id_ in ids) - _STACK_GAP + _GAP)
    trunks: dict[str, list[Stop]] = {}
    for card in here:
        for edge in card.edges:
            if edge.source == card.node.id and edge.target in sizes and edge.kind is not EdgeKind.EGRESS:
                source, target = (found.below.get(end, end) for end in (edge.source, edge.target))
                trunks[edge.id] = web.connect(source, target)
    heights: dict[str, float] = {}
    passing: dict[Stop, float] = {}
    bottoms = [0.0] * found.count
    for part in web.arranged():
        start = max(bottoms[each.column] for each, _ in part) - min(middle - each.size / 2 for each, middle in part)
        for each, middle in part:
            top = start + middle - each.size / 2 + _GAP / 2
            bottoms[each.column] = max(bottoms[each.column], start + middle + each.size / 2)
            if isinstance(each.key, str):
                for id_ in stacks[each.key]:
                    heights[id_] = top
                    top += sizes[id_] + _STACK_GAP
            else:
                passing[each.key] = start + middle
    return heights, {edge: [(stop[1], passing[stop]) for stop in stops] for edge, stops in trunks.items()}


def _sorted_rows(placed: Placed, all_placed: Mapping[str, Placed]) -> Placed:
    """The card with rows in the order in which lines arrive, so that these do not cross in front of it."""

    def height(row: Row) -> tuple[bool, bool, float]:
        (edge, *more) = row.edges
        other = all_placed.get(edge.target if row.is_egress else edge.source)
        return row.is_egress, bool(more), other.middle if other is not None else 0

    rows = tuple(sorted(placed.card.rows, key=height))
    return placed if rows == placed.card.rows else replace(placed, card=replace(placed.card, rows=rows))


def _wire(
    edge: Edge, placed: Mapping[str, Placed], waypoints: Iterable[tuple[int, float]], found: Columns, grid: _Grid
) -> Wire:
    source, target = placed[edge.source], placed[edge.target]
    if found.below.get(edge.target) == edge.source:
        across = source.x + INDENT / 2
        return Wire(edge, ((across, source.y + source.card.height), (target.x, target.middle)), across)
    start, end = found.of[edge.source], found.of[edge.target]
    leaving = source.row(edge) if edge.kind is EdgeKind.EGRESS else source.middle
    arriving = target.middle if edge.kind is EdgeKind.EGRESS else target.row(edge)
    if start == end:
        right = source.right, target.right
        return Wire(edge, ((right[0], leaving), (right[1], arriving)), max(right) + _ALLEY / 2)
    is_forward = start < end
    points = [(source.right if is_forward else source.x, leaving)]
    for column, height in sorted(waypoints, reverse=not is_forward):
        passed = [(grid.lefts[column], height), (grid.right(column), height)]
        points.extend(passed if is_forward else reversed(passed))
    points.append((target.x if is_forward else target.right, arriving))
    return Wire(edge, tuple(points))

"""How high what stands in columns stands, with as few crossings of the lines between them as possible.

The order within columns and the heights are those of the Sugiyama method with Brandes' and Köpf's coordinates, as
grandalf implements them. Its layers are given here, since columns have a meaning of their own.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate, pairwise
from typing import TypeAlias

from grandalf.graphs import Edge, Vertex, graph_core
from grandalf.layouts import Layer, SugiyamaLayout, VertexViewer
from grandalf.utils import Poset

from sglint.model.record import frozen

_SPACE = 5
"""Between lines that pass through a column."""
_WIRE = 2
_LOOSENESS = 1.15
"""How many times as high as its fullest column what is connected may be."""
_ROUNDS = 3

Stop: TypeAlias = tuple[str, int]
"""A column where the lines of a card pass on their way, all of them at one height."""


@frozen
class Standing:
    """A card with what stands below it, by the id of its node, or a stop of lines. `size` is how high it is."""

    key: str | Stop
    column: int
    size: float


class Web:
    """What is drawn of a cluster: cards in columns, and lines that lead from each column to the next."""

    def __init__(self) -> None:
        self._standing: dict[str | Stop, Standing] = {}
        self._links: dict[tuple[str | Stop, str | Stop], None] = {}

    def add(self, key: str | Stop, column: int, size: float) -> None:
        self._standing[key] = Standing(key, column, size)

    def connect(self, source: str, target: str) -> list[Stop]:
        """Leads a line from card to card, and gives the columns that it passes; no line within a column."""
        start, end = self._standing[source].column, self._standing[target].column
        if start == end:
            return []
        step = 1 if start < end else -1
        stops: list[Stop] = [(source, column) for column in range(start + step, end, step)]
        for stop in stops:
            if stop not in self._standing:
                self.add(stop, stop[1], _WIRE)
        keys: list[str | Stop] = [source, *stops, target]
        for one, other in pairwise(keys):
            self._links[(one, other) if step > 0 else (other, one)] = None
        return stops

    def arranged(self) -> Iterator[list[tuple[Standing, float]]]:
        """What is connected, the largest first: everything with the height of its middle over any origin."""
        part_of = {key: [key] for key in self._standing}
        for one, other in self._links:
            small, large = sorted((part_of[one], part_of[other]), key=len)
            if small is not large:
                large.extend(small)
                part_of.update(dict.fromkeys(small, large))
        links: dict[int, list[tuple[str | Stop, str | Stop]]] = {}
        for ends in self._links:
            links.setdefault(id(part_of[ends[0]]), []).append(ends)
        for part in sorted({id(part): part for part in part_of.values()}.values(), key=len, reverse=True):
            yield _arranged([self._standing[key] for key in part], links.get(id(part), []))


def _arranged(
    standing: Sequence[Standing], links: Iterable[tuple[str | Stop, str | Stop]]
) -> list[tuple[Standing, float]]:
    if len(standing) == 1:
        return [(standing[0], 0.0)]
    vertices = {each.key: Vertex(each) for each in standing}
    for vertex in vertices.values():
        vertex.view = VertexViewer(w=vertex.data.size, h=1)
    # The library's own way to a connected graph compares all vertices with each other to find out that it is one.
    graph = graph_core()
    graph.sV = Poset(vertices.values())
    for one, other in links:
        link = Edge(vertices[one], vertices[other])
        graph.sE.add(link)
        link.attach()
    layout = _Layers(graph)
    layout.xspace = _SPACE
    with _deep_recursion(4 * len(standing) + 1000):
        layout.init_all(roots=[], inverted_edges=[])
        layout.draw(_ROUNDS)
    return list(_drawn_together(layout))


class _Layers(SugiyamaLayout):  # type: ignore[misc]
    """The library's layout with layers that are given: the columns."""

    conflicts: Collection[object]

    def rank_all(self, roots: object, optimize: bool = False) -> None:
        first = min(vertex.data.column for vertex in self.g.V())
        last = max(vertex.data.column for vertex in self.g.V())
        self.layers = [Layer() for _ in range(first, last + 1)]
        for vertex in self.g.V():
            rank = self.grx[vertex].rank = vertex.data.column - first
            self.layers[rank].append(vertex)

    def _detect_alignment_conflicts(self) -> None:
        super()._detect_alignment_conflicts()
        self.conflicts = set(self.conflicts)  # It is only looked up, which takes a list too long.


def _drawn_together(layout: _Layers) -> Iterator[tuple[Standing, float]]:
    """The middles that the library gives, drawn together where they leave much of the columns empty.

    It lines up what is connected at the cost of height, which grows out of measure with many nodes. All middles are
    moved together by one factor, and then as little as it takes to keep neighbours apart.
    """
    middles = [[vertex.view.xy[0] for vertex in layer] for layer in layout.layers]
    taken = max(sum(vertex.view.w + _SPACE for vertex in layer) for layer in layout.layers)
    height = max(map(max, middles)) - min(map(min, middles))
    factor = min(1.0, _LOOSENESS * taken / height) if height else 1.0
    for layer, wanted in zip(layout.layers, middles, strict=True):
        gaps = [(one.view.w + other.view.w) / 2 + _SPACE for one, other in pairwise(layer)]
        for vertex, middle in zip(layer, _apart([middle * factor for middle in wanted], gaps), strict=True):
            yield vertex.data, middle


def _apart(wanted: Sequence[float], gaps: Sequence[float]) -> Iterator[float]:
    """The heights nearest to those wanted, by least squares, that keep their order and the gaps between them."""
    offsets = list(accumulate(gaps, initial=0.0))
    blocks: list[tuple[float, int]] = []
    for height, offset in zip(wanted, offsets, strict=True):
        total, count = height - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    levels = (total / count for total, count in blocks for _ in range(count))
    return (level + offset for level, offset in zip(levels, offsets, strict=True))


@contextmanager
def _deep_recursion(depth: int) -> Iterator[None]:
    """The library places blocks by recursion, as deep as a column is long."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, depth))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)

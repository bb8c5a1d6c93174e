"""A graph as it is drawn: everything with its place. All measures are CSS pixels."""

from __future__ import annotations

from typing import TypeAlias

from sglint.graph.cards import HEAD, ROW, Card
from sglint.graph.document import Cluster, Edge, Graph
from sglint.model.record import frozen

MARGIN = 24
LANES = 44
"""The height of the line of lane titles."""
NARROWEST = 760
"""The width that the titles of clusters take."""

Point: TypeAlias = tuple[float, float]


@frozen
class Placed:
    """A card with its upper left corner. Its rows are in the order of the nodes that they lead to."""

    card: Card
    x: float
    y: float

    @property
    def right(self) -> float:
        return self.x + self.card.width

    @property
    def middle(self) -> float:
        """The height at which lines leave it."""
        return self.y + HEAD / 2

    def row(self, edge: Edge) -> float:
        """The height of the row that an edge has, or of its middle if it has none."""
        for number, row in enumerate(self.card.rows):
            if any(each is edge for each in row.edges):
                return self.y + HEAD + number * ROW + ROW / 2
        return self.middle


@frozen
class Wire:
    """The line of an edge: points between which it is level, or swings from one height to the next.

    Where it has but two points, `bend` may say towards which place across it swings between them.
    """

    edge: Edge
    points: tuple[Point, ...]
    bend: float | None = None


@frozen
class Band:
    """The ground that a cluster stands on."""

    cluster: Cluster
    y: float
    height: float


@frozen
class Lane:
    title: str
    x: float
    width: float


@frozen
class Picture:
    graph: Graph
    cards: tuple[Placed, ...]
    wires: tuple[Wire, ...]
    bands: tuple[Band, ...]
    lanes: tuple[Lane, ...]
    width: float
    height: float

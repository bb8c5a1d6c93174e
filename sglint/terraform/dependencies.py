"""Which symbols need which, as far as evaluation goes, and where they go round in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sglint.model.location import Location

MAX_CYCLES = 20
"""How many cycles of one root module are told."""


class Dependencies:
    """Symbols by their addresses, each with those that its definition names and where it names them."""

    def __init__(self) -> None:
        self._places: dict[str, dict[str, Location]] = {}

    def add(self, symbol: str, needed: str, at: Location) -> None:
        self._places.setdefault(symbol, {}).setdefault(needed, at)

    def cycles(self) -> Iterator[tuple[Location, tuple[str, ...]]]:
        """The circles: where the first reference of each stands, and its symbols, the one that makes it first."""
        from graphlib import CycleError, TopologicalSorter

        graph = {symbol: set(needed) for symbol, needed in self._places.items()}
        for _ in range(MAX_CYCLES):
            try:
                TopologicalSorter(graph).prepare()
                return
            except CycleError as error:
                circle: list[str] = error.args[1][::-1]
            steps = list(pairwise(circle))
            at, first = min((self._places[symbol][needed], symbol) for symbol, needed in steps)
            start = circle.index(first)
            yield at, (*circle[start:-1], *circle[:start])
            for symbol, needed in steps:
                graph[symbol].discard(needed)

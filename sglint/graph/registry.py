"""The formats of a graph by name. Each is one module with one door, loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias

from sglint.graph.document import Graph

FORMATS = {
    "html": "sglint.graph.html_page",
    "svg": "sglint.graph.svg",
    "dot": "sglint.graph.dot",
    "mermaid": "sglint.graph.mermaid",
    "json": "sglint.graph.json_graph",
}

_Render: TypeAlias = Callable[[Graph], str]


def render(format: str, graph: Graph) -> str:
    """The graph in a format of `FORMATS`; KeyError for any other."""
    door: _Render = import_module(FORMATS[format]).render
    return door(graph)

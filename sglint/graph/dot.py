"""The graph in Graphviz's language, for those who draw it themselves."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.graph.document import Edge, EdgeKind, Graph, GroupNode, Node, Peer, PeerKind, Reached
from sglint.graph.labels import cluster_title, subtitle, title, traffic_label, vpc_title
from sglint.reports.terminal import visible

_LINES = {
    EdgeKind.INGRESS: "",
    EdgeKind.EGRESS: ', style="dashed", constraint="false"',
    EdgeKind.CARRIES: ', style="dotted", arrowhead="none"',
    EdgeKind.FORWARDS: ', style="bold"',
}
_REACHED = {
    Reached.NO: ', color="#57616c"',
    Reached.POSSIBLY: ', color="#a65200", penwidth="1.6"',
    Reached.CERTAINLY: ', color="#c2112e", penwidth="2.2"',
}


def render(graph: Graph) -> str:
    """A digraph from left to right, with a cluster for each VPC of each unit."""
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    yield "digraph sglint {"
    yield '  graph [rankdir="LR", fontname="sans-serif"];'
    yield '  node [shape="box", style="rounded,filled", fillcolor="white", fontname="sans-serif", fontsize="11"];'
    yield '  edge [fontname="sans-serif", fontsize="9"];'
    for cluster in graph.clusters:
        label = f"{cluster_title(cluster, graph)}\n{vpc_title(cluster)}"
        yield f'  subgraph "cluster_{cluster.id}" {{'
        yield f"    label={_quoted(label)};"
        for node in graph.nodes:
            if node.cluster == cluster.id:
                yield f'    "{node.id}" [{_node(node, graph)}];'
        yield "  }"
    for edge in graph.edges:
        line = f"label={_quoted(_label(edge))}{_LINES[edge.kind]}{_REACHED[edge.reached]}"
        yield f'  "{edge.source}" -> "{edge.target}" [{line}];'
    yield "}"


def _node(node: Node, graph: Graph) -> str:
    text = f"{title(node)}\n{subtitle(node)}"
    if isinstance(node, Peer):
        is_world = node.kind is PeerKind.WORLD
        shape = ', shape="ellipse", fillcolor="#1f2937", fontcolor="white"' if is_world else ', shape="ellipse"'
        return f"label={_quoted(text)}{shape}"
    worst = graph.worst(node)
    if worst is not None:
        text += f"\n{worst}"
    shape = ', shape="box"' if isinstance(node, GroupNode) else ', shape="component"'
    return f"label={_quoted(text)}{shape}{_REACHED[node.reached]}"


def _label(edge: Edge) -> str:
    level = "" if edge.level is None else f" (level {edge.level})"
    return traffic_label(edge.traffics) + level


def _quoted(text: str) -> str:
    """A string of the language: backslashes begin escapes in labels, and a line break is one."""
    lines = (visible(line).replace("\\", "\\\\").replace('"', '\\"') for line in text.split("\n"))
    return '"' + "\\n".join(lines) + '"'

"""The graph as Mermaid, which GitHub and GitLab draw where it stands in Markdown.

GitHub's renderer takes 50,000 characters and 500 edges (Mermaid's `maxTextSize` and `maxEdges`), and refuses the whole
diagram beyond. What matters least is left out first, and the diagram says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sglint.graph.document import Edge, EdgeKind, Graph, GroupNode, Node, Peer, PeerKind, Reached
from sglint.graph.labels import cluster_title, subtitle, title, traffic_label, vpc_title
from sglint.graph.text import fitted_address
from sglint.reports.terminal import visible

MOST_CHARACTERS = 49_000
MOST_EDGES = 490
_LONGEST = 60
_RESERVE = 2_500
"""Characters kept for classes and for what is said of what is left out."""
_SPECIAL = re.compile(r"[^A-Za-z0-9 .,:/_-]|(?<=www)\.|(?<=:)/", re.IGNORECASE)
"""What Mermaid, or the Markdown that it reads in labels, could take for its own."""

_ARROWS = {EdgeKind.INGRESS: "-->", EdgeKind.EGRESS: "-.->", EdgeKind.CARRIES: "---", EdgeKind.FORWARDS: "==>"}
_CLASSES = (
    "  classDef world fill:#1f2937,color:#ffffff,stroke:#1f2937",
    "  classDef group fill:#eef2f7,color:#1b2129,stroke:#57616c",
    "  classDef resource fill:#ffffff,color:#1b2129,stroke:#57616c,stroke-dasharray:3 2",
    "  classDef possibly stroke:#a65200,stroke-width:2px",
    "  classDef certainly stroke:#c2112e,stroke-width:3px",
)


def render(graph: Graph) -> str:
    """A flowchart from left to right, with a subgraph for each VPC of each unit, within GitHub's limits."""
    nodes = {node.id: node for node in graph.nodes}
    texts = {id_: _node(node, graph) for id_, node in nodes.items()}
    heads = {cluster.id: _head(cluster_title(cluster, graph), vpc_title(cluster)) for cluster in graph.clusters}
    shown: dict[str, None] = {}
    clusters: set[str] = set()
    edges: list[Edge] = []
    room = MOST_CHARACTERS - _RESERVE

    def take(ids: Sequence[str], extra: int) -> bool:
        """Has nodes shown, if there is room for them and for some characters more."""
        nonlocal room
        new = [id_ for id_ in dict.fromkeys(ids) if id_ not in shown]
        opened = {nodes[id_].cluster for id_ in new} - clusters
        needed = extra + sum(len(texts[id_]) + 1 for id_ in new) + sum(len(heads[id_]) + 40 for id_ in opened)
        if needed > room:
            return False
        room -= needed
        shown.update(dict.fromkeys(new))
        clusters.update(opened)
        return True

    for edge in sorted(graph.edges, key=_importance):
        if len(edges) < MOST_EDGES and take((edge.source, edge.target), len(_edge(edge)) + 30):
            edges.append(edge)
    for group in graph.groups:
        take((group.id,), 0)
    edges.sort(key=lambda edge: int(edge.id[1:]))
    return "\n".join(_lines(graph, shown, edges, texts, heads)) + "\n"


def _importance(edge: Edge) -> tuple[bool, int, int]:
    """Sorts what the world comes by first, then by level; what is let out comes last."""
    return edge.kind is EdgeKind.EGRESS, -edge.reached, edge.level or 9


def _lines(
    graph: Graph, shown: dict[str, None], edges: Sequence[Edge], texts: dict[str, str], heads: dict[str, str]
) -> Iterator[str]:
    yield "flowchart LR"
    missing = [
        f"{count - drawn} {name} of {count}"
        for name, count, drawn in (
            ("groups", len(graph.groups), sum(group.id in shown for group in graph.groups)),
            ("lines", len(graph.edges), len(edges)),
        )
        if drawn < count
    ]
    if missing:
        left_out = f"left out, for the limits of GitHub: {' and '.join(missing)}"
        yield f"  %% {left_out}"
        yield f'  left_out["{_escaped(left_out)}"]'
    for cluster in graph.clusters:
        inside = [node for node in graph.nodes if node.cluster == cluster.id and node.id in shown]
        if not inside:
            continue
        yield f"  subgraph {cluster.id}{heads[cluster.id]}"
        yield "    direction LR"
        yield from (f"    {texts[node.id]}" for node in inside)
        yield "  end"
    yield from (f"  {_edge(edge)}" for edge in edges)
    yield from _CLASSES
    for reached, color in (
        (Reached.CERTAINLY, "#c2112e,stroke-width:3px"),
        (Reached.POSSIBLY, "#a65200,stroke-width:2px"),
    ):
        numbers = [str(number) for number, edge in enumerate(edges) if edge.reached is reached]
        if numbers:
            yield f"  linkStyle {','.join(numbers)} stroke:{color}"


def _head(path: str, vpc: str) -> str:
    return f'["{_escaped(fitted_address(path, _LONGEST, 1))}, {_escaped(fitted_address(vpc, _LONGEST, 1))}"]'


def _node(node: Node, graph: Graph) -> str:
    lines = [title(node), subtitle(node)]
    if not isinstance(node, Peer):
        worst = graph.worst(node)
        lines += [str(worst)] if worst is not None else []
    text = "<br>".join(_escaped(fitted_address(line, _LONGEST, 1)) for line in dict.fromkeys(lines) if line)
    if isinstance(node, Peer):
        return f'{node.id}(["{text}"])' + (":::world" if node.kind is PeerKind.WORLD else "")
    kind = "group" if isinstance(node, GroupNode) else "resource"
    shape = f'["{text}"]' if isinstance(node, GroupNode) else f'[["{text}"]]'
    return f"{node.id}{shape}:::{str(node.reached) if node.reached else kind}"


def _edge(edge: Edge) -> str:
    level = "" if edge.level is None else f" L{edge.level}"
    text = fitted_address(traffic_label(edge.traffics), _LONGEST, 1) + level
    label = f'|"{_escaped(text)}"|' if edge.traffics else ""
    return f"{edge.source} {_ARROWS[edge.kind]}{label} {edge.target}"


def _escaped(text: str) -> str:
    """Text that Mermaid shows as it is: with its entities for all that could mean something."""
    return _SPECIAL.sub(lambda match: f"#{ord(match[0])};", visible(text))

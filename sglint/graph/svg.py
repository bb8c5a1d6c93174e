"""The graph as SVG, which the page shows, too."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.graph.cards import HEAD, ROW, Card, Row
from sglint.graph.document import EdgeKind, Graph, GroupNode, Peer, PeerKind, Reached, ResourceNode
from sglint.graph.labels import ABBREVIATIONS, cluster_title, is_public, subtitle, title, traffic_label, vpc_title
from sglint.graph.layout import lay_out
from sglint.graph.palette import inlined
from sglint.graph.picture import LANES, MARGIN, NARROWEST, Band, Lane, Picture, Placed, Wire
from sglint.graph.resources import resource
from sglint.graph.text import fitted, fitted_address, xml

_TIPS = ("ingress", "forwards", "possibly", "certainly")
_REACHED = {Reached.CERTAINLY: "exposed", Reached.POSSIBLY: "may be exposed"}
_TITLE = 8.2
"""The width of a character of a title, on the safe side; those below likewise."""
_ADDRESS = 6.05
_SMALL = 6.1
_TRAFFIC = 6.65
_PILL = 6.3
_BAND_TITLE = 340
"""The room for the name of a unit, and for that of a VPC."""
_LABEL = "Security groups and the traffic between them"
_GLOBE = "M13 23a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M13 23h20M23 13v20M23 13q-9 10 0 20M23 13q9 10 0 20"


def render(graph: Graph) -> str:
    """A file that stands by itself, in the colours of the system. Egress stands on the cards, without lines."""
    return drawing(lay_out(graph), f"<style>\n{inlined(resource('picture.css'))}</style>\n") + "\n"


def drawing(picture: Picture, style: str = "") -> str:
    """The picture as an `svg` element, with `style` in front of what is drawn."""
    width, height = f"{picture.width:.0f}", f"{picture.height:.0f}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" data-narrowest="{NARROWEST}" role="group" aria-label="{_LABEL}">',
        style + "<defs>",
        *(_tip(name) for name in _TIPS),
        "</defs>",
        '<g class="bands">',
        *(line for band in picture.bands for line in _band(band, picture)),
        "</g>",
        '<g class="wires">',
        *(_wire(wire) for wire in sorted(picture.wires, key=_drawn_last)),
        "</g>",
        '<g class="cards">',
        *(line for placed in picture.cards for line in _card(placed, picture.graph)),
        "</g>",
        '<g class="lanes">',
        f'<rect class="lane-ground" width="{width}" height="{LANES - 8}"/>',
        *(_lane(lane) for lane in picture.lanes),
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines)


def _tip(name: str) -> str:
    return (
        f'<marker id="tip-{name}" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="8" refX="8" refY="4" '
        f'orient="auto"><path class="tip {name}" d="M0 0L9 4L0 8Z"/></marker>'
    )


def _lane(lane: Lane) -> str:
    return (
        f'<g class="lane"><text class="lane-title" x="{lane.x:.0f}" y="20">{xml(lane.title)}</text>'
        f'<path class="lane-line" d="M{lane.x:.0f} 29H{lane.x + lane.width:.0f}"/></g>'
    )


def _band(band: Band, picture: Picture) -> Iterator[str]:
    width = picture.width - 2 * MARGIN
    size = f'y="{band.y:.0f}" width="{width:.0f}" height="{band.height:.0f}"'
    name = xml(fitted_address(cluster_title(band.cluster, picture.graph), _BAND_TITLE, _TITLE))
    vpc = xml(fitted_address(vpc_title(band.cluster), _BAND_TITLE, _TITLE))
    yield f'<g class="band" data-id="{band.cluster.id}">'
    yield f'<rect class="band-ground" x="{MARGIN}" {size} rx="10"/>'
    yield f'<text x="{2 * MARGIN - 8}" y="{band.y + 23:.0f}"><tspan class="band-title">{name}</tspan>'
    yield f'<tspan class="band-vpc" dx="10">{vpc}</tspan></text></g>'


def _drawn_last(wire: Wire) -> tuple[int, bool]:
    """What matters more is drawn over the rest."""
    return wire.edge.reached, wire.edge.kind is not EdgeKind.CARRIES


def _wire(wire: Wire) -> str:
    edge = wire.edge
    names = ["wire", edge.kind.value] + ([str(edge.reached)] if edge.reached else [])
    tip = ""
    if edge.kind is not EdgeKind.CARRIES:
        known = str(edge.reached) if edge.reached else edge.kind.value
        tip = f' marker-end="url(#tip-{known if known in _TIPS else "ingress"})"'
    label = f"<title>{xml(traffic_label(edge.traffics))}</title>" if edge.traffics else ""
    return f'<path class="{" ".join(names)}" data-id="{edge.id}"{tip} d="{path(wire)}">{label}</path>'


def path(wire: Wire) -> str:
    """The line as absolute moves, lines and curves."""
    (x, y), *rest = wire.points
    parts = [f"M{x:.1f} {y:.1f}"]
    for right, down in rest:
        if y == down and wire.bend is None:
            parts.append(f"L{right:.1f} {down:.1f}")
        else:
            middle = (x + right) / 2 if wire.bend is None else wire.bend
            parts.append(f"C{middle:.1f} {y:.1f} {middle:.1f} {down:.1f} {right:.1f} {down:.1f}")
        x, y = right, down
    return "".join(parts)


def _card(placed: Placed, graph: Graph) -> Iterator[str]:
    card = placed.card
    node = card.node
    names = ["card", *_kinds(card)]
    yield (
        f'<g class="{" ".join(names)}" data-id="{node.id}" transform="translate({placed.x:.1f} {placed.y:.1f})">'
        f"<title>{xml(title(node))}\n{xml(subtitle(node))}</title>"
    )
    yield f'<rect class="box" width="{card.width}" height="{card.height}" rx="7"/>'
    if isinstance(node, Peer):
        yield from _peer(node, card)
    elif isinstance(node, GroupNode):
        yield from _group(node, card, graph)
    else:
        yield from _resource(node, card, graph)
    is_mixed = False
    for number, row in enumerate(card.rows):
        top = HEAD + number * ROW
        if number == 0 or (row.is_egress and not is_mixed):
            yield f'<path class="row-line" d="M0 {top - 1}H{card.width}"/>'
        is_mixed = row.is_egress
        yield from _row(row, card, top + ROW // 2)
    # What carries a group stands below it, and says the same.
    if (isinstance(node, ResourceNode) or (isinstance(node, GroupNode) and not node.tiers)) and node.reached:
        yield from _pill(str(node.reached), _REACHED[node.reached], 12, -9)
    yield "</g>"


def _kinds(card: Card) -> Iterator[str]:
    node = card.node
    if isinstance(node, Peer):
        yield "peer"
        yield node.kind.value
        if node.direction.value == "egress":
            yield "destination"
        return
    yield "group" if isinstance(node, GroupNode) else "resource"
    if node.reached:
        yield str(node.reached)
    if isinstance(node, GroupNode) and not node.group.is_defined:
        yield "referenced"
    if node.group.when if isinstance(node, GroupNode) else all(each.when for each in node.attachments):
        yield "conditional"


def _peer(node: Peer, card: Card) -> Iterator[str]:
    left = 14
    if node.kind is PeerKind.WORLD:
        left = 44
        yield f'<path class="globe" d="{_GLOBE}"/>'
    yield from _heading(title(node), subtitle(node), left, card.width - left - 10, "subtitle")


def _group(node: GroupNode, card: Card, graph: Graph) -> Iterator[str]:
    room = card.width - 26.0
    worst = graph.worst(node)
    if worst is not None:
        count = sum(graph.findings[position].finding.is_alarm for position in node.findings)
        text = f"{worst} · {count}" if count > 1 else str(worst)
        width = _pill_width(text)
        yield f'<path class="stripe {worst}" d="M5 0H7Q0 0 0 7V{card.height - 7}Q0 {card.height} 7 {card.height}H5Z"/>'
        yield from _pill(str(worst), text, card.width - width - 10, 7)
        room -= width
    yield from _heading(title(node), subtitle(node), 14, room, "subtitle address", card.width - 26)


def _resource(node: ResourceNode, card: Card, graph: Graph) -> Iterator[str]:
    yield '<rect class="chip" x="10" y="13" width="32" height="20" rx="5"/>'
    yield f'<text class="chip-text" x="26" y="26.5">{ABBREVIATIONS[node.attachment.kind]}</text>'
    worst = graph.worst(node)
    if worst is not None:
        yield from _pill(str(worst), str(worst), card.width - _pill_width(str(worst)) - 8, -8)
    below = subtitle(node) + (" · public" if is_public(node) else "")
    yield from _heading(title(node), below, 50, card.width - 60, "subtitle")


def _heading(first: str, second: str, left: int, room: float, names: str, below: float = 0) -> Iterator[str]:
    """Both lines; the second one may have more room than the first, which may share it with a mark."""
    name = fitted_address(first, room, _TITLE) if "." in first else fitted(first, room, _TITLE)
    is_address = "address" in names
    rest = fitted_address(second, below, _ADDRESS) if is_address else fitted(second, below or room, _SMALL)
    yield f'<text class="title" x="{left}" y="20">{xml(name)}</text>'
    yield f'<text class="{names}" x="{left}" y="36">{xml(rest)}</text>'


def _row(row: Row, card: Card, middle: float) -> Iterator[str]:
    edge = row.edges[0]
    names = ["row", "egress" if row.is_egress else edge.kind.value] + ([] if row.other else ["more"])
    level = row.level
    room = card.width - 24 - (34 if level is not None else 0)
    sign = "→ " if row.is_egress else ""
    text = fitted(sign + row.text, room * 0.55 if row.other else room, _TRAFFIC)
    yield f'<g class="{" ".join(names)}" data-id="{edge.id}">'
    yield f'<text class="traffic" x="14" y="{middle + 4}">{xml(text)}</text>'
    if row.other:
        left = 14 + max(room * 0.36, len(text) * _TRAFFIC + 10)
        other = xml(fitted(row.other, room + 14 - left, _SMALL))
        yield f'<text class="other" x="{left:.0f}" y="{middle + 4}">{other}</text>'
    if level is not None:
        yield from _pill(f"level-{level}", f"L{level}", card.width - 34, middle - 7.5)
    yield "</g>"


def _pill_width(text: str) -> float:
    return len(text) * _PILL + 12


def _pill(name: str, text: str, left: float, top: float) -> Iterator[str]:
    width = _pill_width(text)
    yield f'<rect class="pill {name}" x="{left:.1f}" y="{top}" width="{width:.1f}" height="15" rx="7.5"/>'
    yield f'<text class="pill-text" x="{left + width / 2:.1f}" y="{top + 11}">{xml(text)}</text>'

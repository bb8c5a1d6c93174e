from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sglint.analysis.analysis import Analysis
from sglint.graph.building import build
from sglint.graph.document import EdgeKind, Graph, GroupNode
from sglint.graph.labels import title
from sglint.graph.layout import lay_out
from sglint.graph.picture import Picture, Placed
from sglint.graph.svg import drawing
from sglint.model.record import replace
from tests.graph.drawing import SHOP, drawn, hostile, judgement, large


def _overlap(one: Placed, other: Placed) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.y + other.card.height
        and other.y < one.y + one.card.height
    )


def _check(picture: Picture) -> None:
    """What holds of every picture."""
    by_column: dict[int, list[Placed]] = {}
    for placed in picture.cards:
        assert placed.x >= 0 and placed.right <= picture.width
        assert placed.y >= 0 and placed.y + placed.card.height <= picture.height
        by_column.setdefault(int(placed.x) // 60, []).append(placed)
    for column in by_column.values():
        column.sort(key=lambda placed: placed.y)
        for one, other in pairwise(column):
            assert not _overlap(one, other), (title(one.card.node), title(other.card.node))
    bands = {band.cluster.id: band for band in picture.bands}
    for placed in picture.cards:
        band = bands[placed.card.node.cluster]
        assert band.y < placed.y and placed.y + placed.card.height <= band.y + band.height
    for upper, lower in pairwise(picture.bands):
        assert upper.y + upper.height < lower.y
    cards = {placed.card.node.id: placed for placed in picture.cards}
    for wire in picture.wires:
        source, target = cards[wire.edge.source], cards[wire.edge.target]
        start, end = wire.points[0], wire.points[-1]
        assert source.x <= start[0] <= source.right and source.y <= start[1] <= source.y + source.card.height
        assert end[0] in (target.x, target.right) and target.y <= end[1] <= target.y + target.card.height


def _lines_cross_no_cards(picture: Picture) -> None:
    """Where a line is level on its way, it passes through a column: beside the cards of it."""
    for wire in picture.wires:
        if wire.edge.kind is EdgeKind.EGRESS:
            continue
        for (left, height), (right, same) in pairwise(wire.points):
            if height != same or wire.bend is not None:
                continue
            for placed in picture.cards:
                is_end = placed.card.node.id in (wire.edge.source, wire.edge.target)
                if not is_end and min(left, right) < placed.right and placed.x < max(left, right):
                    assert not placed.y < height < placed.y + placed.card.height, title(placed.card.node)


@pytest.mark.parametrize("with_egress", [False, True])
@pytest.mark.parametrize("graph", [drawn(SHOP), drawn(SHOP, SHOP), hostile(), large(60), Graph()])
def test_cards_stand_apart_and_lines_end_on_them(graph: Graph, with_egress: bool) -> None:
    picture = lay_out(graph, with_egress)
    _check(picture)
    _lines_cross_no_cards(picture)


_TIERS = ("edge", "compute", "data", "endpoint")


@st.composite
def _estates(draw: st.DrawFn) -> str:
    count = draw(st.integers(1, 9))
    lines = [f"group g{number}" for number in range(count)]
    for source, target in draw(
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=3 * count)
    ):
        lines.append(f"g{target} ingress tcp {source + 1} from group g{source}")
    for target in draw(st.lists(st.integers(0, count - 1), max_size=count)):
        lines.append(f"g{target} ingress tcp 443 from {draw(st.sampled_from(['0.0.0.0/0', '10.0.0.0/8']))}")
    for number in draw(st.lists(st.integers(0, count - 1), max_size=count)):
        tier = draw(st.sampled_from(_TIERS))
        lines.append(
            f"attachment r{number} kind instance tier {tier} service x facing public "
            f"groups g{number},g{(number + 1) % count}"
        )
    return "\n".join(lines)


@given(_estates())
@settings(max_examples=60, deadline=None)
def test_any_estate_can_be_laid_out(notation: str) -> None:
    picture = lay_out(drawn(notation), with_egress=True)
    _check(picture)


def test_tiers_stand_from_the_world_inward() -> None:
    picture = lay_out(drawn(SHOP), with_egress=True)
    across = {title(placed.card.node): placed.x for placed in picture.cards if placed.card.node.id != "p2"}
    order = [across[name] for name in ("10.0.0.0/8", "shop-alb", "shop-app", "shop-db", "idle")]
    assert order == sorted(order) and len(set(order)) == len(order)
    assert [lane.title for lane in picture.lanes] == [
        "World and networks",
        "Edge",
        "Compute",
        "Data",
        "Not attached here",
        "Destinations",
    ]


def test_a_resource_stands_right_below_its_group() -> None:
    picture = lay_out(drawn(SHOP))
    cards = {title(placed.card.node): placed for placed in picture.cards}
    group, resource = cards["shop-db"], cards["pg"]
    assert 0 < resource.y - (group.y + group.card.height) < 20
    assert 0 < resource.x - group.x < 40


def test_a_resource_may_carry_groups_of_several_vpcs() -> None:
    notation = "group a\ngroup b\nattachment i kind interface tier compute service ec2 facing private groups a,b\n"
    judged = judgement(notation)
    (analysis,) = judged.analyses
    groups = tuple(replace(group, vpc=f"vpc-{group.address}") for group in analysis.estate.groups)
    for order in (groups, groups[::-1]):
        estate = replace(analysis.estate, groups=order)
        picture = lay_out(build([replace(judged, analyses=(Analysis(estate),))]))
        _check(picture)
        assert len(picture.bands) == 2
        assert len(picture.wires) == 2


def test_within_a_tier_groups_stand_the_way_that_traffic_takes() -> None:
    picture = lay_out(drawn("group a\ngroup b\ngroup c\nb ingress tcp 1 from group a\nc ingress tcp 1 from group b\n"))
    across = {title(placed.card.node): placed.x for placed in picture.cards}
    assert across["a"] < across["b"] < across["c"]


def test_groups_that_admit_each_other_can_be_drawn() -> None:
    picture = lay_out(drawn("group a\ngroup b\nb ingress tcp 1 from group a\na ingress tcp 2 from group b\n"))
    _check(picture)
    assert len(picture.wires) == 2
    assert [lane.width for lane in picture.lanes] == [272], "and take no more columns than they need"


def test_cards_with_many_rows_count_the_rest() -> None:
    rules = "".join(f"many ingress tcp {port} from 10.0.{port}.0/24\n" for port in range(1, 40))
    picture = lay_out(drawn(f"group many\nmany ingress tcp 22 from 0.0.0.0/0\n{rules}"))
    (card,) = (placed.card for placed in picture.cards if isinstance(placed.card.node, GroupNode))
    assert len(card.rows) == 8
    assert card.rows[-1].text == "33 more"
    assert "tcp 22" in {row.text for row in card.rows}, "what the world may do is shown first"


def test_connected_cards_lie_closer_than_chance() -> None:
    graph = large(80)
    picture = lay_out(graph)
    heights = {placed.card.node.id: placed.middle for placed in picture.cards}
    connected = [
        abs(heights[edge.source] - heights[edge.target]) for edge in graph.edges if edge.kind is EdgeKind.INGRESS
    ]
    any_two = [abs(one - other) for one, other in combinations(heights.values(), 2)]
    assert sum(connected) / len(connected) < 0.8 * sum(any_two) / len(any_two)


def test_the_same_graph_gives_the_same_picture() -> None:
    assert drawing(lay_out(large(40))) == drawing(lay_out(large(40)))


def test_five_hundred_groups_in_reasonable_height() -> None:
    picture = lay_out(large(500))
    _check(picture)
    taken: dict[int, float] = {}
    for placed in picture.cards:
        taken[int(placed.x) // 60] = taken.get(int(placed.x) // 60, 0) + placed.card.height
    assert picture.height < 3 * max(taken.values())

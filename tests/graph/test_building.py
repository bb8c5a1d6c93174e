from __future__ import annotations

from sglint.graph.building import build
from sglint.graph.document import Edge, EdgeKind, Graph, PeerKind, Reached
from sglint.graph.labels import title
from sglint.model.attachments import Tier
from sglint.model.rules import Direction
from tests.graph.drawing import SHOP, drawn, judgement

_INSIDE = "attachment pg kind database tier data service rds facing private groups a\n"


def _edges(graph: Graph, *kinds: EdgeKind) -> list[tuple[str, str, str]]:
    """The kind and the titles at both ends."""
    nodes = {node.id: title(node) for node in graph.nodes}
    return [(edge.kind.value, nodes[edge.source], nodes[edge.target]) for edge in graph.edges if edge.kind in kinds]


def _edge(graph: Graph, source: str, target: str) -> Edge:
    nodes = {node.id: title(node) for node in graph.nodes}
    (found,) = (
        edge
        for edge in graph.edges
        if (nodes[edge.source], nodes[edge.target]) == (source, target) and edge.kind is not EdgeKind.EGRESS
    )
    return found


def test_traffic_leads_from_peers_and_groups_to_the_groups_that_admit_it() -> None:
    assert _edges(drawn(SHOP), EdgeKind.INGRESS) == [
        ("ingress", "World", "shop-alb"),
        ("ingress", "shop-alb", "shop-app"),
        ("ingress", "bastion", "shop-app"),
        ("ingress", "shop-app", "shop-db"),
        ("ingress", "2 public networks", "shop-db"),
        ("ingress", "10.0.0.0/8", "shop-db"),
        ("ingress", "World", "bastion"),
        ("ingress", "World", "idle"),
    ]


def test_egress_leads_to_nodes_of_its_own() -> None:
    graph = drawn(SHOP)
    assert _edges(graph, EdgeKind.EGRESS) == [
        ("egress", "shop-alb", "shop-app"),
        ("egress", "shop-app", "World"),
        ("egress", "bastion", "shop-app"),
    ]
    worlds = [peer for peer in graph.peers if peer.kind is PeerKind.WORLD]
    assert [peer.direction for peer in worlds] == [Direction.INGRESS, Direction.EGRESS]


def test_resources_hang_on_the_groups_that_they_carry() -> None:
    assert _edges(drawn(SHOP), EdgeKind.CARRIES) == [
        ("carries", "shop-alb", "lb"),
        ("carries", "shop-app", "web"),
        ("carries", "bastion", "jump"),
        ("carries", "shop-db", "pg"),
    ]


def test_a_group_has_the_tiers_of_what_carries_it() -> None:
    graph = drawn(
        "group shared\n"
        "attachment pg kind database tier data service rds facing private groups shared\n"
        "attachment lb kind load-balancer tier edge service elb facing private groups shared\n"
    )
    assert [group.tiers for group in graph.groups] == [(Tier.EDGE, Tier.DATA)]


def test_the_way_of_the_world_is_marked() -> None:
    graph = drawn(SHOP)
    reached = {title(group): group.reached for group in graph.groups}
    reached |= {title(resource): resource.reached for resource in graph.resources}
    assert {name for name, value in reached.items() if value is Reached.CERTAINLY} == {
        *("shop-alb", "shop-app", "shop-db", "bastion"),
        *("lb", "web", "pg", "jump"),
    }
    assert reached["idle"] is Reached.POSSIBLY, "nothing is known to carry it"
    assert _edge(graph, "shop-app", "shop-db").reached is Reached.CERTAINLY
    assert _edge(graph, "10.0.0.0/8", "shop-db").reached is Reached.NO
    edges = {edge.id: edge for edge in graph.edges}
    titles = {node.id: title(node) for node in graph.nodes}
    (path,) = (path for path in graph.paths if titles[path.stages[-1].resource] == "pg")
    assert [titles[stage.resource] for stage in path.stages] == ["lb", "web", "pg"]
    assert {(edges[id_].kind, titles[edges[id_].target]) for id_ in path.edges} == {
        (EdgeKind.INGRESS, "shop-alb"),
        (EdgeKind.CARRIES, "lb"),
        (EdgeKind.INGRESS, "shop-app"),
        (EdgeKind.CARRIES, "web"),
        (EdgeKind.INGRESS, "shop-db"),
        (EdgeKind.CARRIES, "pg"),
    }


def test_what_only_may_face_the_internet_is_only_possibly_reached() -> None:
    graph = drawn(SHOP.replace("facing public groups alb", "facing unknown groups alb"))
    assert _edge(graph, "shop-alb", "lb").reached is Reached.POSSIBLY


def test_every_opening_is_marked_even_where_a_shorter_way_is_certain() -> None:
    graph = drawn(
        SHOP.replace("facing private groups app", "facing unknown groups app") + "app ingress tcp 22 from 0.0.0.0/0\n"
    )
    assert _edge(graph, "World", "shop-app").reached is Reached.POSSIBLY
    assert _edge(graph, "shop-alb", "shop-app").reached is Reached.CERTAINLY


def test_what_faces_the_inside_is_not_reached_by_an_opening() -> None:
    graph = drawn("group a\na ingress tcp 22 from 0.0.0.0/0\n" + _INSIDE)
    assert [group.reached for group in graph.groups] == [Reached.NO]
    assert [resource.reached for resource in graph.resources] == [Reached.NO]
    assert [edge.reached for edge in graph.edges] == [Reached.NO, Reached.NO]


def test_networks_that_are_alike_in_everything_are_one_node() -> None:
    graph = drawn(
        "group a\n"
        "a ingress tcp 22 from 198.51.7.0/24\n"
        "a ingress tcp 22 from 198.51.8.0/24\n"
        "a ingress tcp 23 from 198.51.9.0/24\n"
        "a ingress tcp 22 from 10.0.0.0/24\n"
    )
    assert [peer.names for peer in graph.peers] == [
        ("198.51.7.0/24", "198.51.8.0/24"),
        ("198.51.9.0/24",),
        ("10.0.0.0/24",),
    ]


def test_every_kind_of_peer() -> None:
    graph = drawn(
        "group a\n"
        "a ingress tcp 1 from 0.0.0.0/0\n"
        "a ingress tcp 2 from ::/0\n"
        "a ingress tcp 3 from 198.51.7.0/24\n"
        "a ingress tcp 4 from fd00::/8\n"
        "a ingress tcp 5 from prefix-list pl-1\n"
        "a ingress tcp 6 from group sg-outside\n"
        'a ingress tcp 7 from unknown("var.cidr")\n'
        "a ingress tcp 8 from group a\n"
        "a ingress tcp 9 from nobody\n"
    )
    assert [(peer.kind.value, peer.names) for peer in graph.peers] == [
        ("world", ("World",)),
        ("public", ("198.51.7.0/24",)),
        ("private", ("fd00::/8",)),
        ("prefix-list", ("pl-1",)),
        ("group", ("sg-outside",)),
        ("unknown", ("var.cidr",)),
    ]
    assert ("ingress", "a", "a") in _edges(graph, EdgeKind.INGRESS)
    assert len(graph.groups[0].rules) == 9, "a rule that admits nobody is listed all the same"


def test_units_and_vpcs_are_apart() -> None:
    graph = drawn(SHOP, SHOP)
    assert [(unit.path, len([c for c in graph.clusters if c.unit == n])) for n, unit in enumerate(graph.units)] == [
        ("unit-1", 1),
        ("unit-2", 1),
    ]
    assert len(graph.groups) == 10
    assert len({node.id for node in graph.nodes}) == len(graph.nodes)
    clusters = {node.id: node.cluster for node in graph.nodes}
    assert all(clusters[edge.source] == clusters[edge.target] for edge in graph.edges)


def test_findings_stand_on_what_they_are_about() -> None:
    graph = drawn(SHOP)
    marked = {title(group): group.findings for group in graph.groups}
    marked |= {title(resource): resource.findings for resource in graph.resources}
    found = {name: {graph.findings[each].finding.policy.id for each in marks} for name, marks in marked.items()}
    assert "SG102" in found["bastion"] and "SG102" not in found["shop-alb"]
    assert found["jump"] == {"SG409"}
    ssh = graph.groups[3].rules[0]
    assert [graph.findings[position].finding.policy.id for position in ssh.findings] == ["SG102"]
    names = {node.id: title(node) for node in graph.nodes}
    assert all(
        names[id_] == "bastion" for each in graph.findings if each.finding.policy.id == "SG102" for id_ in each.nodes
    )


def test_a_finding_that_units_have_in_common_stands_on_each() -> None:
    graph = drawn(SHOP, SHOP)
    bastions = [group for group in graph.groups if title(group) == "bastion"]
    positions = [{p for p in group.findings if graph.findings[p].finding.policy.id == "SG102"} for group in bastions]
    assert positions[0] == positions[1] != set()
    (position,) = positions[0]
    assert graph.findings[position].nodes == ("g4", "g9")


def test_a_finding_of_one_environment_stands_on_that_alone() -> None:
    closed = SHOP.replace("bastion ingress tcp 22 from 0.0.0.0/0", "bastion ingress tcp 22 from 10.0.0.0/28")
    graph = build([judgement(SHOP, closed, environments=("open", "closed"))])
    assert [unit.environment for unit in graph.units] == ["open", "closed"]
    found = [
        any(graph.findings[position].finding.policy.id == "SG102" for position in group.findings)
        for group in graph.groups
        if title(group) == "bastion"
    ]
    assert found == [True, False]


def test_several_runs_keep_their_findings_apart() -> None:
    graph = build([judgement(SHOP), judgement("group a\na ingress tcp 3389 from 0.0.0.0/0\n")], 2)
    assert graph.problems == 2
    last = graph.groups[-1]
    assert {graph.findings[position].finding.policy.id for position in last.findings} >= {"SG103"}
    assert {graph.findings[position].finding.violation.address for position in last.findings} == {"a"}


def test_what_a_load_balancer_passes_on_is_an_edge() -> None:
    graph = drawn(SHOP + "listener front of lb on tcp 443\ntarget front web source balancer on tcp 8080\n")
    assert _edges(graph, EdgeKind.FORWARDS) == [("forwards", "lb", "web")]
    (edge,) = (edge for edge in graph.edges if edge.kind is EdgeKind.FORWARDS)
    assert edge.reached is Reached.CERTAINLY


def test_the_same_input_gives_the_same_graph() -> None:
    assert drawn(SHOP) == drawn(SHOP)

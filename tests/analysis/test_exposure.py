"""The ways from the world to what carries groups."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.notation import read_estate

CARRIERS = """
attachment lb kind load-balancer tier edge facing public groups lb subnets s
attachment web kind instance tier compute facing private groups web
attachment db kind database tier data facing private groups db
"""
RULES = """
lb ingress tcp 443 from 0.0.0.0/0
lb egress all to 0.0.0.0/0
web ingress tcp 8080 from group lb
web egress tcp 1-9999 to 10.0.0.0/8
db ingress tcp 5432-5433 from group web
"""


def ways(text: str) -> list[str]:
    """Each way as the resources on it, with the traffic that comes to each, and the condition."""
    return [
        " > ".join(f"{hop.attachment.address} {', '.join(map(str, hop.traffics))}" for hop in way.hops)
        + ("" if way.is_certain else " perhaps")
        + (f" when {way.when}" if way.when else "")
        for way in Analysis(read_estate(text)).ways
    ]


def test_references_lead_on_from_resource_to_resource() -> None:
    assert ways(CARRIERS + RULES) == [
        "lb tcp 443",
        "lb tcp 443 > web tcp 8080",
        "lb tcp 443 > web tcp 8080 > db tcp 5432-5433",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("web egress tcp 1-9999 to 10.0.0.0/8", "", ["lb", "web"]),
        ("web egress tcp 1-9999 to 10.0.0.0/8", "web egress tcp 443 to 0.0.0.0/0", ["lb", "web"]),
        ("web egress tcp 1-9999 to 10.0.0.0/8", "web egress tcp 5432 to group db", ["lb", "web", "db"]),
        ("web egress tcp 1-9999 to 10.0.0.0/8", "web egress tcp 5432 to group other", ["lb", "web"]),
        ("facing public", "facing private", []),
        ("lb ingress tcp 443 from 0.0.0.0/0", "lb ingress tcp 443 from 198.51.100.0/24", []),
        ("web ingress tcp 8080 from group lb", 'web ingress tcp unknown("var.port") from group lb', ["lb"]),
        ("web ingress tcp 8080 from group lb", "web ingress tcp 8080 from group web", ["lb"]),
    ],
)
def test_where_a_way_ends(old: str, new: str, expected: list[str]) -> None:
    text = CARRIERS + RULES
    assert old in text
    reached = [way.attachment.address for way in Analysis(read_estate(text.replace(old, new))).ways]
    assert reached == expected


def test_egress_limits_what_comes_to_the_next() -> None:
    text = (CARRIERS + RULES).replace("tcp 1-9999 to", "tcp 5433-9999 to")
    assert ways(text)[-1] == "lb tcp 443 > web tcp 8080 > db tcp 5433"


def test_a_certain_way_is_told_before_a_shorter_one_that_may_not_be() -> None:
    text = """
        attachment lb kind load-balancer tier edge facing public groups lb
        attachment web kind instance tier compute facing unknown groups web
        lb ingress tcp 443 from 0.0.0.0/0
        lb egress all to 0.0.0.0/0
        web ingress tcp 443 from 0.0.0.0/0
        web ingress tcp 80 from group lb
    """
    assert ways(text) == ["lb tcp 443", "lb tcp 443 > web tcp 80"]
    assert ways(text.replace("facing public", "facing private")) == ["web tcp 443 perhaps"]


def test_conditions_along_a_way_must_go_together() -> None:
    text = (CARRIERS + RULES).replace("from group lb", "from group lb when A is x")
    assert ways(text)[1] == "lb tcp 443 > web tcp 8080 when A is x"
    assert len(ways(text.replace("from group web", "from group web when A is y"))) == 2


def test_circles_end() -> None:
    assert len(ways(CARRIERS + RULES + "lb ingress tcp 1 from group db\ndb egress all to 0.0.0.0/0")) == 3


@pytest.mark.parametrize(
    ("acl", "is_open"),
    [
        ("acl main subnets s\nentry main ingress 10 allow tcp 443 from 0.0.0.0/0", True),
        ("acl main subnets s\nentry main ingress 10 allow tcp 443 from 10.0.0.0/8", False),
        ("acl main subnets s\nentry main ingress 10 allow tcp 443 from 8.0.0.0/8", True),
        ("acl main subnets s\nentry main ingress 10 allow tcp 80 from 0.0.0.0/0", False),
        ("acl main subnets other", True),
        ("acl main subnets s", False),
        ("acl main subnets s referenced", True),
        ('acl main subnets s\nentry main ingress 10 allow tcp unknown("var.port") from 0.0.0.0/0', True),
        ("acl main subnets s\nentry main ingress 10 allow all from 0.0.0.0/0 when A is x", True),
    ],
)
def test_acls_that_hold_the_world_back(acl: str, is_open: bool) -> None:
    assert bool(ways(f"{CARRIERS}{RULES}\n{acl}")) == is_open


BALANCED = """
attachment lb kind load-balancer tier edge facing public groups lb
attachment web kind instance tier compute facing private groups web
attachment app kind instance tier compute facing private groups app
lb ingress tcp 1-9999 from 0.0.0.0/0
lb egress all to 0.0.0.0/0
web ingress tcp 8000-8999 from group lb
app ingress tcp 8000-8999 from group lb
listener in of lb on tcp 443
target in web source balancer on tcp 8080
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ["lb tcp 443", "lb tcp 443 > web tcp 8080"]),
        (
            "of lb on",
            "of lb others on",
            ["lb tcp 443", "lb tcp 443 > web tcp 8000-8999", "lb tcp 443 > app tcp 8000-8999"],
        ),
        ("target in web source balancer on tcp 8080", "", ["lb tcp 443"]),
        (
            "target in web",
            "target in elsewhere",
            ["lb tcp 443", "lb tcp 443 > web tcp 8000-8999", "lb tcp 443 > app tcp 8000-8999"],
        ),
        ("listener in of lb on tcp 443", "listener in of lb on udp 443", []),
        (
            "listener in of lb on tcp 443",
            'listener in of lb on tcp unknown("x")',
            ["lb tcp 1-9999", "lb tcp 1-9999 > web tcp 8080"],
        ),
        (
            "web ingress tcp 8000-8999 from group lb",
            "web ingress tcp 8080 from 10.0.0.0/8",
            ["lb tcp 443", "lb tcp 443 > web tcp 8080"],
        ),
        ("web ingress tcp 8000-8999 from group lb", "web ingress tcp 8080 from 198.51.100.0/24", ["lb tcp 443"]),
        ("web ingress tcp 8000-8999 from group lb", "web ingress tcp 9090 from group lb", ["lb tcp 443"]),
        ("source balancer", "source caller", ["lb tcp 443", "lb tcp 443 > web tcp 8080"]),
        ("lb egress all to 0.0.0.0/0", "lb egress tcp 9090 to 0.0.0.0/0", ["lb tcp 443"]),
    ],
)
def test_a_load_balancer_passes_on_what_its_listeners_take(old: str, new: str, expected: list[str]) -> None:
    assert old in BALANCED
    assert ways(BALANCED.replace(old, new)) == expected


NETWORK = """
attachment nlb kind load-balancer tier edge facing public
attachment web kind instance tier compute facing private groups web
listener in of nlb on tcp 443
target in web source caller on tcp 8443
"""


@pytest.mark.parametrize(
    ("text", "is_reached"),
    [
        ("web ingress tcp 8443 from 0.0.0.0/0", True),
        ("web ingress tcp 8443 from 0.0.0.0/1\nweb ingress tcp 8443 from 128.0.0.0/1", True),
        ("web ingress tcp 443 from 0.0.0.0/0", False),
        ("web ingress tcp 8443 from 10.0.0.0/8", False),
    ],
)
def test_a_network_load_balancer_may_keep_the_addresses_of_callers(text: str, is_reached: bool) -> None:
    expected = ["nlb tcp 443"] + ["nlb tcp 443 > web tcp 8443"] * is_reached
    assert ways(NETWORK + text) == expected


@pytest.mark.parametrize(
    ("acls", "is_reached"),
    [
        ("entry inner ingress 1 allow tcp 8080 from 10.0.1.0/24", True),
        ("entry inner ingress 1 allow tcp 8080 from 10.0.2.0/24", False),
        ("entry inner ingress 1 allow tcp 9090 from 10.0.1.0/24", False),
        (
            "entry inner ingress 1 allow all from 0.0.0.0/0\nacl outer subnets a\n"
            "entry outer ingress 1 allow all from ::/0",
            False,
        ),
        (
            "entry inner ingress 1 allow all from 0.0.0.0/0\nacl outer subnets a\n"
            "entry outer ingress 1 allow all from 0.0.0.0/0\nentry outer egress 1 allow tcp 8080 to 10.0.2.0/24",
            True,
        ),
        (
            "entry inner ingress 1 allow all from 0.0.0.0/0\nacl outer subnets a\n"
            "entry outer ingress 1 allow all from 0.0.0.0/0\nentry outer egress 1 allow tcp 8080 to 10.0.3.0/24",
            False,
        ),
    ],
)
def test_acls_on_every_hop(acls: str, is_reached: bool) -> None:
    text = f"""
        attachment lb kind load-balancer tier edge facing public groups lb subnets a
        attachment web kind instance tier compute facing private groups web subnets b
        subnet a 10.0.1.0/24
        subnet b 10.0.2.0/24
        lb ingress tcp 443 from 0.0.0.0/0
        lb egress all to 0.0.0.0/0
        web ingress tcp 8080 from group lb
        acl inner subnets b
        {acls}
    """
    assert ("web" in [way.attachment.address for way in Analysis(read_estate(text)).ways]) == is_reached

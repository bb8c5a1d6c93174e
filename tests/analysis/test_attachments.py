"""Who carries which group, and whether it is in use."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.analysis.attachments import Use, is_edge
from sglint.notation import read_estate

CARRIED = """
    group web
    group db
    group clients
    group old
    group exported
    db ingress tcp 5432 from group clients
    old ingress tcp 22 from group old
    attachment web-1 kind instance tier compute groups web,db
    attachment web-2 kind instance tier compute groups web when A is x
    unused clients
    unused old
"""


def test_carriers_of_a_group() -> None:
    analysis = Analysis(read_estate(CARRIED))
    assert [each.address for each in analysis.attachments.of("web")] == ["web-1", "web-2"]
    assert [each.address for each in analysis.attachments.of("db")] == ["web-1"]
    excluding = read_estate("vpc v when A is y").vpcs[0].when
    assert [each.address for each in analysis.attachments.of("web", excluding)] == ["web-1"]


def test_use() -> None:
    analysis = Analysis(read_estate(CARRIED))
    assert {group.address: analysis.attachments.use(group) for group in analysis.groups} == {
        "web": Use.ATTACHED,
        "db": Use.ATTACHED,
        "clients": Use.ATTACHED,
        "old": Use.UNATTACHED,
        "exported": Use.UNKNOWN,
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("lb kind load-balancer tier edge facing public", True),
        ("lb kind load-balancer tier edge facing unknown", True),
        ("lb kind load-balancer tier edge facing private", False),
        ("vpn kind vpn tier edge facing public", True),
        ('"module.net.aws_instance.jump-host[0]" kind instance tier compute', True),
        ("aws_instance.natural kind instance tier compute", False),
        ("aws_db_proxy.main kind database tier data", False),
        ("aws_instance.web kind instance tier compute facing public", False),
    ],
)
def test_edges(line: str, expected: bool) -> None:
    (attachment,) = read_estate(f"attachment {line} groups web").attachments
    assert is_edge(attachment) == expected

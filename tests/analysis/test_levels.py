"""Privilege levels, by the catalogue's own definition."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.analysis.levels import counts, level, worst
from sglint.notation import read_estate, read_rule


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("web ingress all from 0.0.0.0/0", 1),
        ("web ingress tcp 0-65535 from ::/0", 1),
        ("web ingress udp 1-65535 from 2000::/3", 1),
        ("web ingress all from prefix-list pl-1 entries 0.0.0.0/0", 1),
        ("web ingress tcp 443 from 0.0.0.0/0", 2),
        ("web ingress icmp from 0.0.0.0/0", 2),
        ("web ingress 50 from ::/0", 2),
        ("web ingress tcp 22 from prefix-list pl-1 entries ::/0", 2),
        ("web ingress all from 10.0.0.0/8", 3),
        ("web ingress tcp 0-65535 from 203.0.113.7/32", 3),
        ("web ingress all from 0.0.0.0/1", 3),
        ("web ingress tcp 443 from 10.0.0.0/8", 4),
        ("web ingress tcp 443 from prefix-list pl-1 entries 10.0.0.0/8", 4),
        ("web ingress all from group app", 4),
        ("web ingress tcp 0-65535 from group app", 4),
        ("web ingress tcp 443 from group app", 5),
        ("web ingress icmp from group app", 5),
        ("web egress all to 0.0.0.0/0", None),
        ('web ingress tcp unknown("var.port") from 0.0.0.0/0', None),
        ('web ingress tcp 22 from unknown("var.cidr")', None),
        ('web ingress unknown("var.protocol") from 10.0.0.0/8', None),
        ("web ingress tcp 22 from prefix-list pl-1", None),
        ("web ingress tcp 22 from nobody", None),
        ("web ingress tcp none from 0.0.0.0/0", None),
        ("web ingress tcp none from group app", None),
    ],
)
def test_a_rule_by_itself(line: str, expected: int | None) -> None:
    assert level(read_rule(line)) == expected


def test_rules_that_are_the_world_together_have_its_level() -> None:
    analysis = Analysis(
        read_estate(
            """
            web ingress tcp 22 from 0.0.0.0/1
            web ingress all from 128.0.0.0/1
            web ingress tcp 80 from 0.0.0.0/1
            other ingress tcp 22 from 0.0.0.0/1
            """
        )
    )
    levels = {(rule.group, str(rule.traffic), str(rule.peer)): analysis.level(rule) for _, rule in analysis.rules()}
    assert levels == {
        ("web", "tcp 22", "0.0.0.0/1"): 2,
        ("web", "all", "128.0.0.0/1"): 2,
        ("web", "tcp 80", "0.0.0.0/1"): 2,
        ("other", "tcp 22", "0.0.0.0/1"): 4,
    }


def test_the_worst_level_of_each_group_is_counted() -> None:
    told = [("web", 5), ("web", 2), ("web", None), ("db", None), ("app", 5), ("db", None), ("web", 4)]
    assert worst(told) == {"web": 2, "db": None, "app": 5}
    assert counts(worst(told).values()) == {2: 1, 5: 1}

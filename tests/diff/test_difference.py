"""What lies between two sides, told exactly."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.analysis.difference import Side, compare
from sglint.model.cases import complement
from sglint.model.rules import Estate, SecurityGroup
from sglint.model.values import When
from sglint.notation import read_rule
from tests.diff.differing import diff, shown

NOTHING_BETWEEN = {
    "the same": ("web ingress tcp 22 from 10.0.0.0/8", "web ingress tcp 22 from 10.0.0.0/8"),
    "another order": (
        "web ingress tcp 22 from 10.0.0.0/8\nweb egress all to 0.0.0.0/0",
        "web egress all to 0.0.0.0/0\nweb ingress tcp 22 from 10.0.0.0/8",
    ),
    "a rule split by ports": (
        "web ingress tcp 20-25 from 10.0.0.0/8",
        "web ingress tcp 20-22 from 10.0.0.0/8\nweb ingress tcp 23-25 from 10.0.0.0/8",
    ),
    "a rule split by addresses": (
        "web ingress tcp 22 from 0.0.0.0/0",
        "web ingress tcp 22 from 0.0.0.0/1\nweb ingress tcp 22 from 128.0.0.0/1",
    ),
    "rules cut another way": (
        "web ingress tcp 1-10 from 10.0.0.0/9\nweb ingress tcp 1-10 from 10.128.0.0/9",
        "web ingress tcp 1-5 from 10.0.0.0/8\nweb ingress tcp 6-10 from 10.0.0.0/8",
    ),
    "a redundant rule": (
        "web ingress tcp 22 from 10.0.0.0/8",
        "web ingress tcp 22 from 10.0.0.0/8\nweb ingress tcp 22 from 10.1.0.0/16",
    ),
    "a redundant rule under all": (
        "web ingress all from 10.0.0.0/8",
        "web ingress all from 10.0.0.0/8\nweb ingress 47 from 10.0.0.0/8\nweb ingress icmp 8/0 from 10.0.0.0/8",
    ),
    "a standalone rule": (
        'web ingress tcp 22 from 10.0.0.0/8 "ssh"',
        'web ingress tcp 22 from 10.0.0.0/8 "admin" standalone',
    ),
    "a prefix list written out": (
        "web ingress tcp 22 from prefix-list pl-1 entries 10.0.0.0/8,192.0.2.0/24",
        "web ingress tcp 22 from 10.0.0.0/8\nweb ingress tcp 22 from 192.0.2.0/24",
    ),
    "both arms of a condition": (
        "web ingress tcp 22 from 10.0.0.0/8",
        "web ingress tcp 22 from 10.0.0.0/8 when P is true\nweb ingress tcp 22 from 10.0.0.0/8 when P is false",
    ),
    "a value and every other": (
        "web ingress tcp 22 from 10.0.0.0/8",
        'web ingress tcp 22 from 10.0.0.0/8 when Env is a\nweb ingress tcp 22 from 10.0.0.0/8 when Env is "not a"',
    ),
    "conditions under which something else is admitted": (
        "web ingress tcp 22 from 10.0.0.0/8 when P is true and Q is true\n"
        "web ingress tcp 22 from 10.0.0.0/8 when P is false",
        "web ingress tcp 22 from 10.0.0.0/8 when Q is true\n"
        "web ingress tcp 22 from 10.0.0.0/8 when P is false and Q is false",
    ),
    "a rule that admits nobody": ("group web", "group web\nweb ingress tcp none from 0.0.0.0/0"),
    "groups alone": ("group web", "group web\ngroup api"),
    "unknown peers in another order": (
        'web ingress tcp 22 from unknown("var.a")\nweb ingress tcp 22 from unknown("var.b")',
        'web ingress tcp 22 from unknown("var.b")\nweb ingress tcp 22 from unknown("var.a")',
    ),
    "unknown ports of a peer split": (
        'web ingress tcp unknown("var.port") from 10.0.0.0/8',
        'web ingress tcp unknown("var.port") from 10.0.0.0/9\nweb ingress tcp unknown("var.port") from 10.128.0.0/9',
    ),
}


@pytest.mark.parametrize("name", NOTHING_BETWEEN)
def test_nothing_lies_between(name: str) -> None:
    one, other = NOTHING_BETWEEN[name]
    assert diff(one, other) == []
    assert diff(other, one) == []


SOMETHING_BETWEEN = {
    "a new rule": ("group web", "web ingress tcp 22 from 10.0.0.0/8", ["+ ingress tcp 22 from 10.0.0.0/8 (appears)"]),
    "more peers": (
        "web ingress tcp 22 from 10.0.0.0/8",
        "web ingress tcp 22 from 0.0.0.0/0",
        ["+ ingress tcp 22 from 0.0.0.0/0 except 10.0.0.0/8 (widens)"],
    ),
    "more ports": (
        "web ingress tcp 22 from 10.0.0.0/8",
        "web ingress tcp 20-25 from 10.0.0.0/8",
        ["+ ingress tcp 20-21,23-25 from 10.0.0.0/8 (widens)"],
    ),
    "more of both": (
        "web ingress tcp 22 from 10.0.0.0/8",
        "web ingress tcp 22-23 from 0.0.0.0/0",
        [
            "+ ingress tcp 23 from 0.0.0.0/0 (widens)",
            "+ ingress tcp 22 from 0.0.0.0/0 except 10.0.0.0/8 (widens)",
        ],
    ),
    "all protocols": (
        "web ingress tcp 22 from 10.0.0.0/8",
        "web ingress all from 10.0.0.0/8",
        ["+ ingress all except tcp 22 from 10.0.0.0/8 (widens)"],
    ),
    "another port": (
        "web ingress tcp 22 from 10.0.0.0/8",
        "web ingress tcp 23 from 10.0.0.0/8",
        ["+ ingress tcp 23 from 10.0.0.0/8 (appears)", "- ingress tcp 22 from 10.0.0.0/8 (disappears)"],
    ),
    "the other direction": (
        "web ingress tcp 22 from 10.0.0.0/8",
        "web ingress tcp 22 from 10.0.0.0/8\nweb egress tcp 22 to 10.0.0.0/8",
        ["+ egress tcp 22 to 10.0.0.0/8 (appears)"],
    ),
    "IPv6 beside IPv4": (
        "web ingress tcp 22 from 0.0.0.0/0",
        "web ingress tcp 22 from 0.0.0.0/0\nweb ingress tcp 22 from ::/0",
        ["+ ingress tcp 22 from ::/0 (appears)"],
    ),
    "icmp": (
        "web ingress icmp 8/0 from 0.0.0.0/0",
        "web ingress icmp 8 from 0.0.0.0/0",
        ["+ ingress icmp " + ",".join(f"8/{code}" for code in range(1, 256)) + " from 0.0.0.0/0 (widens)"],
    ),
    "overlapping new rules, each part once": (
        "group web",
        "web ingress tcp 20-30 from 10.0.0.0/8\nweb ingress tcp 25-40 from 10.0.0.0/8",
        ["+ ingress tcp 20-24 from 10.0.0.0/8 (appears)", "+ ingress tcp 25-40 from 10.0.0.0/8 (appears)"],
    ),
    "a new rule within another": (
        "group web",
        "web ingress tcp 22 from 10.1.0.0/16\nweb ingress tcp 22 from 10.0.0.0/8",
        ["+ ingress tcp 22 from 10.0.0.0/8 (appears)"],
    ),
    "a condition that goes": (
        "web ingress tcp 22 from 10.0.0.0/8 when P is true",
        "web ingress tcp 22 from 10.0.0.0/8",
        ["+ ingress tcp 22 from 10.0.0.0/8 when P is false (widens)"],
    ),
    "a condition turned round": (
        "web ingress tcp 22 from 10.0.0.0/8 when P is true",
        "web ingress tcp 22 from 10.0.0.0/8 when P is false",
        [
            "+ ingress tcp 22 from 10.0.0.0/8 when P is false (appears)",
            "- ingress tcp 22 from 10.0.0.0/8 when P is true (disappears)",
        ],
    ),
    "values that are not all there are": (
        "web ingress tcp 22 from 10.0.0.0/8 when Env is a\nweb ingress tcp 22 from 10.0.0.0/8 when Env is b",
        "web ingress tcp 22 from 10.0.0.0/8",
        ["+ ingress tcp 22 from 10.0.0.0/8 when Env is none of a, b (widens)"],
    ),
    "another group": (
        "web ingress tcp 22 from group a",
        "web ingress tcp 22 from group b",
        ["+ ingress tcp 22 from group b (appears)", "- ingress tcp 22 from group a (disappears)"],
    ),
    "a group of another account": (
        "web ingress tcp 22 from group sg-1",
        "web ingress tcp 22 from group sg-1 of account 123456789012",
        [
            "+ ingress tcp 22 from group sg-1 of account 123456789012 (appears)",
            "- ingress tcp 22 from group sg-1 (disappears)",
        ],
    ),
    "a prefix list that nobody defines": (
        "web ingress tcp 22 from prefix-list pl-1",
        "web ingress tcp 22-23 from prefix-list pl-1",
        ["+ ingress tcp 23 from prefix-list pl-1 (widens)"],
    ),
    "an entry of a prefix list": (
        "web ingress tcp 22 from prefix-list pl-1 entries 10.0.0.0/8",
        "web ingress tcp 22 from prefix-list pl-1 entries 10.0.0.0/8,192.0.2.0/24",
        ["+ ingress tcp 22 from 192.0.2.0/24 (widens)"],
    ),
    "another unknown value": (
        'web ingress tcp 22 from unknown("var.a")',
        'web ingress tcp 22 from unknown("var.b")',
        [
            '+ ingress tcp 22 from unknown("var.b") (appears)',
            '- ingress tcp 22 from unknown("var.a") (disappears)',
        ],
    ),
    "an unknown port that another protocol has": (
        'web ingress tcp unknown("var.port") from 10.0.0.0/8',
        'web ingress udp unknown("var.port") from 10.0.0.0/8',
        [
            '+ ingress udp unknown("var.port") from 10.0.0.0/8 (appears)',
            '- ingress tcp unknown("var.port") from 10.0.0.0/8 (disappears)',
        ],
    ),
}


@pytest.mark.parametrize("name", SOMETHING_BETWEEN)
def test_exactly_what_lies_between(name: str) -> None:
    old, new, expected = SOMETHING_BETWEEN[name]
    assert diff(old, new) == ["web", *expected]


@pytest.mark.parametrize("name", SOMETHING_BETWEEN)
def test_the_way_back_opens_what_closed(name: str) -> None:
    """The same parts, whichever rules they are told by."""
    old, new, expected = SOMETHING_BETWEEN[name]
    back = diff(new, old)[1:]
    assert {line[0] for line in back} == {{"+": "-", "-": "+"}[line[0]] for line in expected}


def test_groups_that_come_and_go() -> None:
    web, api = "web ingress tcp 22 from 10.0.0.0/8", "api ingress tcp 443 from 10.0.0.0/8"
    assert diff(web, f"{web}\n{api}") == ["api (new)", "+ ingress tcp 443 from 10.0.0.0/8 (appears)"]
    assert diff(f"{web}\n{api}", web) == ["api (gone)", "- ingress tcp 443 from 10.0.0.0/8 (disappears)"]


def test_the_condition_of_the_group_counts() -> None:
    rule = "web ingress tcp 22 from 10.0.0.0/8"
    assert diff(f"group web when P is true\n{rule}", f"group web\n{rule}") == [
        "web",
        "+ ingress tcp 22 from 10.0.0.0/8 when P is false (widens)",
    ]


def _conditional(when: When) -> Side:
    rule = read_rule("web ingress tcp 22 from 10.0.0.0/8")
    group = SecurityGroup("web", (type(rule)(rule.group, rule.direction, rule.traffic, rule.peer, when=when),))
    return Side((Analysis(Estate((group,))),))


def test_a_condition_that_keeps_its_name_and_changes_its_meaning() -> None:
    meaning = When((("Env", "prod"),)).cases
    old = _conditional(When((("IsProd", "true"),), (meaning,), meaning))
    opposite = complement(meaning)
    new = _conditional(When((("IsProd", "true"),), (opposite,), opposite))
    assert shown(compare(old, old)) == []
    assert shown(compare(old, new)) == [
        "web",
        "+ ingress tcp 22 from 10.0.0.0/8 when IsProd is true (appears)",
        "- ingress tcp 22 from 10.0.0.0/8 when IsProd is true (disappears)",
    ]


def test_listed_choices_count_only_where_every_side_that_asks_lists_them() -> None:
    both = Estate(
        (
            SecurityGroup(
                "web",
                tuple(read_rule(f"web ingress tcp 22 from 10.0.0.0/8 when Env is {value}") for value in ("a", "b")),
            ),
        )
    )
    plain = Estate((SecurityGroup("web", (read_rule("web ingress tcp 22 from 10.0.0.0/8"),)),))
    listed = {"Env": frozenset(("a", "b"))}
    assert shown(compare(Side((Analysis(both, choices=listed),)), Side((Analysis(plain),)))) == []
    assert shown(compare(Side((Analysis(both),)), Side((Analysis(plain, choices=listed),)))) == [
        "web",
        "+ ingress tcp 22 from 10.0.0.0/8 when Env is none of a, b (widens)",
    ]

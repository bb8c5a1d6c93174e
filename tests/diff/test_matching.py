"""Which groups of two sides are taken for the same one."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.analysis.difference import Side, compare
from sglint.notation import read_estate
from tests.diff.differing import diff, shown

SSH = "ingress tcp 22 from 10.0.0.0/8"

SAME = {
    "a name": (
        f'group aws_security_group.web name "web" description "a"\naws_security_group.web {SSH}',
        f'group module.m.aws_security_group.this name "web" description "b"\nmodule.m.aws_security_group.this {SSH}',
    ),
    "a label and all that it admits": (
        f'group aws_security_group.web_alb description "a"\naws_security_group.web_alb {SSH}',
        f'group WebAlb description "b"\nWebAlb {SSH}',
    ),
    "a description and all that it admits": (
        f'group aws_security_group.web description "Web servers"\naws_security_group.web {SSH}',
        f'group module.m.aws_security_group.this description "Web servers"\nmodule.m.aws_security_group.this {SSH}',
    ),
    "a count and a for_each": (
        f"aws_security_group.web[0] {SSH}\naws_security_group.web[1] egress all to 0.0.0.0/0",
        f'aws_security_group.web["a"] {SSH}\naws_security_group.web["b"] egress all to 0.0.0.0/0',
    ),
    "several alike": (
        f"module.a.this {SSH}\nmodule.b.this {SSH}",
        f"module.c.this {SSH}\nmodule.d.this {SSH}",
    ),
    "groups that name each other": (
        "web ingress tcp 443 from group api\napi ingress tcp 443 from group web\n"
        'group web name "web"\ngroup api name "api"',
        "WebSG ingress tcp 443 from group ApiSG\nApiSG ingress tcp 443 from group WebSG\n"
        'group WebSG name "web"\ngroup ApiSG name "api"',
    ),
    "groups that name each other and have no name": (
        'web ingress tcp 443 from group api\napi ingress tcp 80 from group api\ngroup web description "w"\n'
        'group api description "a"',
        'm.x ingress tcp 443 from group m.y\nm.y ingress tcp 80 from group m.y\ngroup m.x description "w"\n'
        'group m.y description "a"',
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_group(name: str) -> None:
    old, new = SAME[name]
    assert diff(old, new) == []
    assert diff(new, old) == []


DIFFERENT = {
    "another name": (
        f'group a.this name "web" description "x"\na.this {SSH}',
        f'group b.this name "api" description "x"\nb.this {SSH}',
    ),
    "another description and label": (
        f'group a.web description "x"\na.web {SSH}',
        f'group b.api description "y"\nb.api {SSH}',
    ),
    "groups known by reference alone": (f"group sg-1 referenced\nsg-1 {SSH}", f"group sg-2 referenced\nsg-2 {SSH}"),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_another_group(name: str) -> None:
    lines = diff(*DIFFERENT[name])
    assert [line[:1] for line in lines if line[0] in "+-"] in (["+", "-"], ["-", "+"])
    assert sum(line.endswith("(new)") for line in lines) == sum(line.endswith("(gone)") for line in lines) == 1


def test_a_moved_group_with_a_change_shows_the_change_alone() -> None:
    old = f'group aws_security_group.web name "web"\naws_security_group.web {SSH}'
    new = 'group module.m.this name "web"\nmodule.m.this ingress tcp 22-23 from 10.0.0.0/8'
    assert diff(old, new) == [
        "module.m.this (was aws_security_group.web)",
        "+ ingress tcp 23 from 10.0.0.0/8 (widens)",
    ]


def test_a_peer_that_moves_is_the_same_peer_and_another_is_not() -> None:
    groups = 'group db name "db"\ngroup web name "web"\ngroup api name "api"\n'
    moved = groups.replace("group web", "group module.w.this")
    old = groups + "db ingress tcp 5432 from group web"
    assert diff(old, moved + "db ingress tcp 5432 from group module.w.this") == []
    assert diff(old, moved + "db ingress tcp 5432 from group api") == [
        "db",
        "+ ingress tcp 5432 from group api (appears)",
        "- ingress tcp 5432 from group web (disappears)",
    ]


def _side(*units: tuple[str, str, str]) -> Side:
    return Side(tuple(Analysis(read_estate(text), environment, path=path) for path, environment, text in units))


OPEN, CLOSED = "web ingress tcp 22 from 0.0.0.0/0", f"web {SSH}"


def test_units_with_the_same_addresses_are_told_apart_by_their_paths() -> None:
    old = _side(("prod", "", CLOSED), ("test", "", OPEN))
    assert shown(compare(old, _side(("test", "", OPEN), ("prod", "", CLOSED)))) == []
    assert shown(compare(old, _side(("prod", "", OPEN), ("test", "", CLOSED)))) == [
        "web",
        "+ ingress tcp 22 from 0.0.0.0/0 except 10.0.0.0/8 (widens)",
        "web",
        "- ingress tcp 22 from 0.0.0.0/0 except 10.0.0.0/8 (narrows)",
    ]


def test_converted_and_renamed_units() -> None:
    old = _side(("a.yaml", "", CLOSED), ("b.yaml", "", OPEN))
    assert shown(compare(old, _side(("b.json", "", OPEN), ("a.json", "", CLOSED)))) == []
    assert shown(compare(old, _side(("a.yaml", "", CLOSED), ("c.yaml", "", OPEN)))) == []


def test_environments_are_compared_each_with_itself() -> None:
    old = _side((".", "prod", CLOSED), (".", "test", OPEN))
    assert shown(compare(old, old)) == []
    assert shown(compare(old, _side((".", "prod", OPEN), (".", "test", OPEN)))) == [
        "web in prod",
        "+ ingress tcp 22 from 0.0.0.0/0 except 10.0.0.0/8 (widens)",
    ]
    assert shown(compare(_side((".", "", CLOSED)), _side((".", "prod", CLOSED)))) == []

"""Redundant rules: taking all of them away changes nothing that is admitted, and nothing redundant is left."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sglint.analysis.coverage import redundant_rules
from sglint.analysis.pairs import Pairs
from sglint.model.addresses import AddressSet
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Direction, GroupRef, Network, Peer, PrefixList, Rule
from sglint.model.traffic import ALL, ICMP, TCP, UDP, Traffic
from sglint.model.values import When
from sglint.notation import read_estate, write_rule

BLOCKS = ("10.0.0.0/30", "10.0.0.0/31", "10.0.0.2/31", "10.0.0.1/32", "10.0.0.0/8", "fd00::/127", "fd00::1/128")
HOSTS = tuple(AddressSet.of(f"{host}") for host in ("10.0.0.0/32", "10.0.0.1/32", "10.0.0.2/32", "10.9.0.0/32",
                                                     "fd00::/128", "fd00::1/128"))  # fmt: skip
EDGES = (0, 22, 23, 65535)
PORTS = (*EDGES, 10, 100)
PACKETS = tuple(product((TCP, UDP, ICMP, 47), PORTS))
CASES = ({"A": "x"}, {"A": "y"})

edges = st.sampled_from(EDGES)
port_sets = st.tuples(edges, edges).map(lambda pair: IntervalSet.of((min(pair), max(pair))))
traffics = st.one_of(
    st.builds(Traffic, st.sampled_from((TCP, TCP, UDP)), port_sets), st.builds(Traffic, st.sampled_from((ALL, 47)))
)
blocks = st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=2).map(lambda cidrs: AddressSet.of(*cidrs))
peers: st.SearchStrategy[Peer] = st.one_of(
    st.sampled_from(BLOCKS).map(lambda cidr: Network(AddressSet.of(cidr), cidr)),
    st.builds(PrefixList, st.sampled_from(("pl-1", "pl-2")), blocks),
    st.builds(PrefixList, st.just("pl-3")),
    st.builds(GroupRef, st.sampled_from(("app", "web"))),
)
whens = st.sampled_from((When(), When(), When((("A", "x"),)), When((("A", "y"),))))
rules = st.builds(Rule, st.just("web"), st.just(Direction.INGRESS), traffics, peers, when=whens)


def admitted(found: list[Rule], case: dict[str, str]) -> set[tuple[object, tuple[int, int]]]:
    """Everyone in the small universe with every packet they may send."""
    everyone: set[tuple[object, tuple[int, int]]] = set()
    for rule in found:
        if any(case[name] != value for name, value in rule.when.choices):
            continue
        packets = [packet for packet in PACKETS if rule.traffic.admits(*packet)]
        who: list[object] = [host for host in HOSTS if host <= rule.addresses]
        if not rule.addresses:
            who.append(rule.peer)
        everyone.update(product(who, packets))
    return everyone


def without_redundant(found: list[Rule]) -> list[Rule]:
    gone = {id(rule) for rule, _ in redundant_rules(found, lambda cover, rule: True, Pairs())}
    return [rule for rule in found if id(rule) not in gone]


@settings(max_examples=200, deadline=None)
@given(st.lists(rules, max_size=6))
def test_taking_them_away_changes_nothing(found: list[Rule]) -> None:
    kept = without_redundant(found)
    for case in CASES:
        assert admitted(kept, case) == admitted(found, case)


@settings(max_examples=200, deadline=None)
@given(st.lists(rules, max_size=6))
def test_what_covers_a_rule_admits_all_of_it(found: list[Rule]) -> None:
    for rule, covers in redundant_rules(found, lambda cover, rule: True, Pairs()):
        assert all(cover is not rule for cover in covers)
        for case in CASES:
            assert admitted([rule], case) <= admitted(list(covers), case)


@settings(max_examples=200, deadline=None)
@given(st.lists(rules, max_size=5))
def test_nothing_redundant_is_left(found: list[Rule]) -> None:
    kept = without_redundant(found)
    assert redundant_rules(kept, lambda cover, rule: True, Pairs()) == ()


def told(text: str) -> list[tuple[str, list[str]]]:
    (group,) = read_estate(text).groups
    found = redundant_rules(group.rules, lambda cover, rule: True, Pairs())
    return [(write_rule(rule), [write_rule(cover) for cover in covers]) for rule, covers in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("web ingress tcp 22 from 10.0.0.0/8\nweb ingress tcp 22 from 10.0.0.0/8", [
            "web ingress tcp 22 from 10.0.0.0/8",
        ]),
        ("web ingress tcp 22 from 10.0.0.0/8\nweb ingress tcp 20-25 from 10.0.0.0/8", [
            "web ingress tcp 22 from 10.0.0.0/8",
        ]),
        ("web ingress tcp 22 from 10.0.0.0/8\nweb ingress all from 10.0.0.0/8", [
            "web ingress tcp 22 from 10.0.0.0/8",
        ]),
        ("web ingress icmp 8 from 10.0.0.0/8\nweb ingress icmp from 10.0.0.0/8", [
            "web ingress icmp 8 from 10.0.0.0/8",
        ]),
        ("web ingress tcp 22 from group app\nweb ingress tcp 22 from group db", []),
        ("web ingress tcp 22 from prefix-list pl-1\nweb ingress tcp 22 from prefix-list pl-1", [
            "web ingress tcp 22 from prefix-list pl-1",
        ]),
        ("web ingress tcp 22 from prefix-list pl-1 entries 10.0.0.0/8\nweb ingress tcp 22 from 10.1.0.0/16", [
            "web ingress tcp 22 from 10.1.0.0/16",
        ]),
        ("web ingress tcp 22 from nobody\nweb ingress tcp 22 from 10.1.0.0/16", []),
        ("web ingress tcp none from 10.0.0.0/8\nweb ingress tcp 22 from 10.1.0.0/16", []),
        ('web ingress tcp unknown("p") from 10.1.0.0/16\nweb ingress all from 10.0.0.0/8', []),
    ],
)  # fmt: skip
def test_which_rules_can_go(text: str, expected: list[str]) -> None:
    assert [rule for rule, _ in told(text)] == expected


def test_a_rule_of_two_ranges_may_be_covered_by_two() -> None:
    text = """
    web ingress tcp 20-30 from 10.0.0.0/24
    web ingress tcp 20-25 from 10.0.0.0/8
    web ingress tcp 26-31 from 10.0.0.0/25
    web ingress tcp 26-31 from 10.0.0.128/25
    """
    assert told(text) == [
        (
            "web ingress tcp 20-30 from 10.0.0.0/24",
            [
                "web ingress tcp 20-25 from 10.0.0.0/8",
                "web ingress tcp 26-31 from 10.0.0.0/25",
                "web ingress tcp 26-31 from 10.0.0.128/25",
            ],
        )
    ]


def test_a_cover_that_is_not_fit_to_stay_does_not_count() -> None:
    (group,) = read_estate("web ingress all from 10.0.0.0/8\nweb ingress tcp 22 from 10.0.0.0/24").groups
    assert redundant_rules(group.rules, lambda cover, rule: not cover.traffic.is_all_ports, Pairs()) == ()

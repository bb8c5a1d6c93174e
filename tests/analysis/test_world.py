"""What is open to the world, against every packet and every way that conditions can fall."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sglint.analysis.admission import Admission
from sglint.analysis.analysis import Analysis
from sglint.analysis.pairs import Pairs
from sglint.analysis.world import admissions
from sglint.model.addresses import AddressSet, everything, private
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Direction, Network, PrefixList, Rule
from sglint.model.traffic import ALL, ICMP, TCP, UDP, Traffic
from sglint.model.values import When
from sglint.notation import read_estate, read_rule, write_rule

NETWORKS = (
    "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2", "10.0.0.0/8",
    "::/0", "2000::/3", "2000::/4", "3000::/4", "fd00::/8",
)  # fmt: skip
PORTS = (0, 21, 22, 23, 443, 65535)
PACKETS = tuple(product((TCP, UDP, ICMP, 47), PORTS))
VALUES = ("true", "false")
CONDITIONS = ("A", "B", "C")

blocks = st.lists(st.sampled_from(NETWORKS[1:]), min_size=1, max_size=3).map(lambda cidrs: AddressSet.of(*cidrs))
peers = st.one_of(
    st.sampled_from(NETWORKS).map(lambda cidr: Network(AddressSet.of(cidr), cidr)),
    st.builds(PrefixList, st.just("pl-1"), blocks),
)
edges = st.sampled_from(PORTS)
port_sets = st.tuples(edges, edges).map(lambda pair: IntervalSet.of((min(pair), max(pair))))
traffics = st.one_of(
    st.builds(Traffic, st.sampled_from((TCP, TCP, UDP)), port_sets),
    st.builds(Traffic, st.sampled_from((ALL, ICMP, 47))),
)
whens = st.dictionaries(st.sampled_from(CONDITIONS), st.sampled_from(VALUES), max_size=2).map(
    lambda choices: When(tuple(sorted(choices.items())))
)
rules = st.builds(Rule, st.just("web"), st.just(Direction.INGRESS), traffics, peers, when=whens)


def holds(when: When, case: dict[str, str]) -> bool:
    return all(case[name] == value for name, value in when.choices)


def reached(found: Iterable[Rule], packet: tuple[int, int]) -> set[int]:
    """The families of which the peers of the rules that admit the packet are the world, taken together."""
    peers = AddressSet()
    for rule in found:
        if rule.traffic.admits(*packet):
            peers |= rule.addresses
    return {family for family, is_world in ((4, peers.is_world_v4), (6, peers.is_world_v6)) if is_world}


CASES = [dict(zip(CONDITIONS, values, strict=True)) for values in product(VALUES, repeat=len(CONDITIONS))]


@settings(max_examples=150, deadline=None)
@given(st.lists(rules, max_size=6))
def test_it_is_exact_for_every_packet_in_every_case(found: list[Rule]) -> None:
    admitted = tuple(admissions(found, Pairs()))
    for case in CASES:
        existing = [rule for rule in found if holds(rule.when, case)]
        for packet in PACKETS:
            told = any(holds(each.when, case) and each.traffic.admits(*packet) for each in admitted)
            assert told == bool(reached(existing, packet)), (case, packet)


@settings(max_examples=150, deadline=None)
@given(st.lists(rules, max_size=6))
def test_joint_admissions_need_each_of_their_rules(found: list[Rule]) -> None:
    for admission in admissions(found, Pairs()):
        packets = [packet for packet in PACKETS if admission.traffic.admits(*packet)]
        for packet in packets:
            together = reached(admission.rules, packet)
            assert together
            for left_out in admission.rules:
                assert reached((rule for rule in admission.rules if rule is not left_out), packet) < together


def told(text: str, direction: Direction = Direction.INGRESS) -> list[str]:
    """What the analysis says of a group, one line per admission."""
    analysis = Analysis(read_estate(text))
    return [describe(admission) for _, admission in analysis.world(direction)]


def describe(admission: Admission) -> str:
    peers = " + ".join(str(rule.peer) for rule in admission.rules)
    return f"{admission.traffic} {peers}" + (f" when {admission.when}" if admission.when else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("web ingress tcp 22 from 0.0.0.0/0", ["tcp 22 0.0.0.0/0"]),
        ("web ingress tcp 22 from 10.0.0.0/8", []),
        ("web ingress tcp 22 from group app", []),
        ('web ingress tcp unknown("var.port") from 0.0.0.0/0', []),
        ('web ingress tcp 22 from unknown("var.cidr")', []),
        ("web ingress tcp none from 0.0.0.0/0", []),
        ("web egress tcp 22 to 0.0.0.0/0", []),
        (
            "web ingress tcp 20-25 from 0.0.0.0/1\nweb ingress tcp 22-30 from 128.0.0.0/1",
            ["tcp 22-25 0.0.0.0/1 + 128.0.0.0/1"],
        ),
        ("web ingress tcp 22 from 0.0.0.0/1\nother ingress tcp 22 from 128.0.0.0/1", []),
        ("web ingress tcp 22 from 0.0.0.0/1\nweb ingress udp 22 from 128.0.0.0/1", []),
        ("web ingress all from 0.0.0.0/1\nweb ingress udp 22 from 128.0.0.0/1", ["udp 22 0.0.0.0/1 + 128.0.0.0/1"]),
        ("web ingress all from 0.0.0.0/1\nweb ingress all from 128.0.0.0/1", ["all 0.0.0.0/1 + 128.0.0.0/1"]),
        ("web ingress 50 from 2000::/4\nweb ingress 50 from 3000::/4", ["50 2000::/4 + 3000::/4"]),
        (
            "web ingress tcp 22 from 0.0.0.0/1 when A is x\nweb ingress tcp 22 from 128.0.0.0/1 when A is y",
            [],
        ),
        (
            "web ingress tcp 22 from 0.0.0.0/1 when A is x\nweb ingress tcp 22 from 128.0.0.0/1 when B is y",
            ["tcp 22 0.0.0.0/1 + 128.0.0.0/1 when A is x and B is y"],
        ),
        (
            """
            web ingress tcp 22 from 0.0.0.0/1
            web ingress tcp 22 from 128.0.0.0/1 when A is x
            web ingress tcp 20-25 from 128.0.0.0/1 when A is y
            """,
            [
                "tcp 22 0.0.0.0/1 + 128.0.0.0/1 when A is x",
                "tcp 22 0.0.0.0/1 + 128.0.0.0/1 when A is y",
            ],
        ),
        (
            """
            web ingress tcp 22 from 0.0.0.0/0 when A is x
            web ingress tcp 22 from 0.0.0.0/1
            web ingress tcp 22 from 128.0.0.0/1
            """,
            ["tcp 22 0.0.0.0/0 when A is x", "tcp 22 0.0.0.0/1 + 128.0.0.0/1"],
        ),
        (
            """
            web ingress tcp 20-25 from 0.0.0.0/0
            web ingress tcp 22-30 from 0.0.0.0/1
            web ingress tcp 22-30 from 128.0.0.0/1
            """,
            ["tcp 20-25 0.0.0.0/0", "tcp 26-30 0.0.0.0/1 + 128.0.0.0/1"],
        ),
        (
            """
            web ingress tcp 22 from 0.0.0.0/1
            web ingress tcp 22 from 64.0.0.0/2
            web ingress tcp 22 from 128.0.0.0/1
            web ingress tcp 22 from 10.0.0.0/8
            """,
            ["tcp 22 0.0.0.0/1 + 128.0.0.0/1"],
        ),
    ],
)
def test_what_is_told(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_egress_is_told_apart() -> None:
    text = "web egress all to 0.0.0.0/0\nweb ingress tcp 22 from 0.0.0.0/0"
    assert told(text, Direction.EGRESS) == ["all 0.0.0.0/0"]


def test_the_condition_of_the_group_is_that_of_its_rules() -> None:
    text = "group web when A is x\nweb ingress tcp 22 from 0.0.0.0/0\nweb ingress tcp 80 from ::/0 when A is y"
    assert told(text) == ["tcp 22 0.0.0.0/0 when A is x"]


def test_lists_that_leave_out_private_networks_are_the_world() -> None:
    blocks = list((everything() - private()).cidrs())
    lines = (write_rule(read_rule(f"web ingress tcp 22 from {block}")) for block in blocks if ":" not in block)
    (admission,) = (each for _, each in Analysis(read_estate("\n".join(lines))).world(Direction.INGRESS))
    assert admission.is_joint and str(admission.traffic) == "tcp 22"


def test_hundreds_of_rules_that_almost_cover_the_world_take_no_time() -> None:
    # Every /8 twice over, each with ports of its own beside the shared ones: 223 is the last public one, 1 the first.
    lines = [f"web ingress tcp {number}-{number + 300} from {number}.0.0.0/8" for number in range(256)] * 2
    found = told("\n".join(lines))
    assert len(found) == 1
    assert found[0].startswith("tcp 223-301 1.0.0.0/8 + 2.0.0.0/8 + ")

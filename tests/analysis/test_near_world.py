"""What is open to more than 1/256 of the public addresses, and that this says nothing of what is open to all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sglint.analysis.analysis import Analysis
from sglint.analysis.near_world import near_world, share
from sglint.analysis.pairs import Pairs
from sglint.analysis.segments import Family
from sglint.analysis.world import admissions
from sglint.model.addresses import AddressSet, public
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Direction, Network, Rule
from sglint.model.traffic import ALL, TCP, UDP, Traffic
from sglint.notation import read_estate

NETWORKS = (
    "8.0.0.0/7", "12.0.0.0/9", "12.128.0.0/9", "13.0.0.0/9", "20.0.0.0/10", "10.0.0.0/8", "0.0.0.0/1", "128.0.0.0/1",
    "0.0.0.0/0", "2600::/11", "2400::/12", "2800::/12", "fd00::/8", "2000::/3", "9.9.9.9/32",
)  # fmt: skip
EDGES = (0, 22, 23, 65535)
PACKETS = tuple((protocol, port) for protocol in (TCP, UDP) for port in (*EDGES, 10, 100))

edges = st.sampled_from(EDGES)
port_sets = st.tuples(edges, edges).map(lambda pair: IntervalSet.of((min(pair), max(pair))))
traffics = st.one_of(st.builds(Traffic, st.sampled_from((TCP, UDP)), port_sets), st.just(Traffic(ALL)))
networks = st.sampled_from(NETWORKS).map(lambda cidr: Network(AddressSet.of(cidr), cidr))
rules = st.builds(Rule, st.just("web"), st.just(Direction.INGRESS), traffics, networks)


def is_near(addresses: AddressSet) -> bool:
    """Whether some family holds more than 1/256 of the public addresses, and not all."""
    for family in Family:
        whole = family.of(public())
        held = family.of(addresses) & whole
        if held != whole and held.size * 256 > whole.size:
            return True
    return False


@settings(max_examples=200, deadline=None)
@given(st.lists(rules, max_size=6))
def test_it_is_exact_for_every_packet(found: list[Rule]) -> None:
    opened = tuple(admissions(found, Pairs()))
    near = near_world(found, opened, Pairs())
    for packet in PACKETS:
        peers = AddressSet()
        for rule in found:
            if rule.traffic.admits(*packet):
                peers |= rule.addresses
        telling = [admission for admission in near if admission.traffic.admits(*packet)]
        if is_near(peers):
            assert telling
        else:
            # All protocols cannot be told without one port that happens to be open to the world.
            assert all(admission.traffic.protocol == ALL for admission in telling)


def told(text: str) -> list[str]:
    return [
        f"{admission.traffic} {' + '.join(str(rule.peer) for rule in admission.rules)}"
        + (f" when {admission.when}" if admission.when else "")
        for _, admission in Analysis(read_estate(text)).near_world
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("web ingress tcp 22 from 8.0.0.0/8", ["tcp 22 8.0.0.0/8"]),
        ("web ingress tcp 22 from 8.0.0.0/9", []),
        ("web ingress tcp 22 from 10.0.0.0/8", []),
        ("web ingress tcp 22 from 0.0.0.0/0", []),
        ("web egress tcp 22 to 8.0.0.0/8", []),
        ("web ingress tcp 22 from 8.0.0.0/9\nweb ingress tcp 23 from 9.0.0.0/9", []),
        (
            "web ingress tcp 20-22 from 8.0.0.0/9\nweb ingress tcp 22-23 from 9.0.0.0/9",
            ["tcp 22 8.0.0.0/9 + 9.0.0.0/9"],
        ),
        (
            "web ingress all from 8.0.0.0/9\nweb ingress all from 9.0.0.0/9\nweb ingress tcp 22 from 11.0.0.0/9",
            ["all 8.0.0.0/9 + 9.0.0.0/9"],
        ),
        ("web ingress tcp 22 from 8.0.0.0/9 when A is x\nweb ingress tcp 22 from 9.0.0.0/9 when A is y", []),
        (
            "web ingress tcp 22 from 8.0.0.0/9\nweb ingress tcp 22 from 9.0.0.0/9 when A is y",
            ["tcp 22 8.0.0.0/9 + 9.0.0.0/9 when A is y"],
        ),
        ("web ingress tcp 20-25 from 8.0.0.0/8\nweb ingress tcp 22-30 from 0.0.0.0/0", ["tcp 20-21 8.0.0.0/8"]),
        ("web ingress tcp 22 from 8.0.0.0/8\nweb ingress tcp 22 from ::/0", ["tcp 22 8.0.0.0/8"]),
    ],
)
def test_what_is_told(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_the_share_is_that_of_the_larger_family() -> None:
    ((_, admission),) = Analysis(read_estate("web ingress tcp 22 from 2000::/4")).near_world
    family, part = share(admission)
    assert family is Family.V6
    assert round(part, 2) == 0.5

"""Traffic against packets written out, and protocols as AWS names them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.intervals import IntervalSet
from sglint.model.traffic import (
    ALL,
    EVERY_PORT,
    ICMP,
    ICMPV6,
    TCP,
    UDP,
    Traffic,
    icmp_selector,
    ports_text,
    protocol_name,
    protocol_number,
)
from sglint.model.values import Unknown

GRE = 47
EDGES = (0, 1, 2, 3, 100, 65534, 65535)
PORTS = (*EDGES, 50, 1000)
"""Ports on the edges of intervals and one in each gap between them, so that they tell any two intervals apart."""
PACKETS = frozenset((protocol, port) for protocol in (TCP, UDP, ICMP, ICMPV6, GRE) for port in PORTS)
UNKNOWN = Unknown("var.x", "var.x")

edges = st.sampled_from(EDGES)
selectors = st.lists(st.tuples(edges, edges), max_size=3).map(lambda intervals: IntervalSet.of(*intervals))
traffics = st.one_of(
    st.builds(Traffic, st.sampled_from((TCP, UDP, ICMP, ICMPV6)), selectors),
    st.builds(Traffic, st.sampled_from((TCP, UDP, GRE, ALL))),
)


def packets(traffic: Traffic | None) -> frozenset[tuple[int, int]]:
    if traffic is None:
        return frozenset()
    return frozenset(packet for packet in PACKETS if traffic.admits(*packet))


@given(traffics, traffics)
def test_what_two_share_is_what_both_admit(one: Traffic, other: Traffic) -> None:
    assert packets(one & other) == packets(one) & packets(other)
    assert ((one & other) is None) == (not packets(one) & packets(other))


@given(traffics, traffics)
def test_part_of_means_every_packet(one: Traffic, other: Traffic) -> None:
    if one.protocol == ALL and other.protocol != ALL:
        assert not one <= other
    else:
        assert (one <= other) == (packets(one) <= packets(other))


@given(traffics)
def test_traffic_is_part_of_itself_and_of_everything(traffic: Traffic) -> None:
    assert traffic <= traffic
    assert traffic <= Traffic(ALL)


@pytest.mark.parametrize("traffic", [Traffic(TCP, UNKNOWN), Traffic(UNKNOWN), Traffic(UNKNOWN, UNKNOWN)])
def test_nothing_is_certain_of_unknown_traffic(traffic: Traffic) -> None:
    assert traffic & Traffic(ALL) is None
    assert Traffic(ALL) & traffic is None
    assert not traffic <= Traffic(ALL)
    assert not packets(traffic)
    assert not traffic.is_all_ports
    assert traffic.unknowns


@pytest.mark.parametrize(
    ("traffic", "expected"),
    [
        (Traffic(ALL), True),
        (Traffic(TCP), True),
        (Traffic(UDP, IntervalSet.of((1, 65535))), True),
        (Traffic(TCP, IntervalSet.of((0, 65534))), False),
        (Traffic(TCP, IntervalSet.of((2, 65535))), False),
        (Traffic(ICMP), False),
        (Traffic(GRE), False),
    ],
)
def test_all_ports_are_those_that_can_be_in_use(traffic: Traffic, expected: bool) -> None:
    assert traffic.is_all_ports is expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tcp", 6), ("TCP", 6), ("6", 6), ("06", 6), (" udp ", 17), ("icmpv6", 58), ("58", 58), ("icmp", 1),
        ("all", -1), ("-1", -1), ("ALL", -1), ("50", 50), ("255", 255),
    ],
)  # fmt: skip
def test_protocols_as_aws_takes_them(text: str, number: int) -> None:
    assert protocol_number(text) == number
    assert protocol_number(protocol_name(number)) == number


@pytest.mark.parametrize("text", ["", "256", "-2", "tcpp", "6.0", "٦", "esp", "any", "tcp,udp"])
def test_what_is_no_protocol(text: str) -> None:
    assert protocol_number(text) is None


@given(st.integers(0, 255), st.integers(0, 255))
def test_icmp_types_and_codes(type_: int, code: int) -> None:
    assert icmp_selector(None, None) == icmp_selector(None, code) == EVERY_PORT
    assert icmp_selector(type_, None).size == 256
    assert icmp_selector(type_, code) <= icmp_selector(type_, None)
    assert (type_ << 8 | code) in icmp_selector(type_, code)


@pytest.mark.parametrize(
    ("ports", "text"),
    [
        (EVERY_PORT, "0-65535"),
        (IntervalSet.single(22), "22"),
        (IntervalSet.of((20, 25), (80, 80)), "20-25,80"),
        (IntervalSet(), "none"),
    ],
)
def test_ports_read_well(ports: IntervalSet, text: str) -> None:
    assert ports_text(ports) == text

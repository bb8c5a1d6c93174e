"""The difference of two sides against brute force: packet by packet, condition by condition."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from sglint.analysis.difference import GroupDifference, Passage, compare
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Direction, GroupRef, Rule
from sglint.model.traffic import ALL
from sglint.notation import read_rule
from tests.diff.differing import side

_NETWORKS = ("10.0.0.0/30", "10.0.0.0/31", "10.0.0.1/32", "10.0.0.2/31", "10.0.0.0/29", "::/127", "::1/128")
_PEERS = (*_NETWORKS, "group g", 'unknown("var.x")')
_TRAFFIC = ("tcp 1", "tcp 1-3", "tcp 2-4", "tcp 3", "udp 2-3", "all", "icmp 8/0", "icmp 8", "47")
_CONDITIONS = (
    "",
    " when P is true",
    " when P is false",
    " when E is a",
    ' when E is "not a"',
    " when E is b and P is true",
)
_SIDES = ("ingress {} from {}", "egress {} to {}")

rules = st.lists(
    st.builds(
        lambda form, traffic, peer, when: f"web {form.format(traffic, peer)}{when}",
        st.sampled_from(_SIDES),
        st.sampled_from(_TRAFFIC),
        st.sampled_from(_PEERS),
        st.sampled_from(_CONDITIONS),
    ),
    max_size=6,
)

_PACKETS = (*product((6, 17), (0, 1, 2, 3, 4, 5)), (1, 8 << 8), (1, 8 << 8 | 1), (47, 0), (99, 7))
_ADDRESSES = (*((4, 0x0A000000 + n) for n in range(9)), *((6, n) for n in range(3)))
_WORLDS = tuple({"P": p, "E": e} for p, e in product(("true", "false"), ("a", "b", "c")))


def _holds(text: str, world: dict[str, str]) -> bool:
    """Whether a condition in words holds: `P is true and E is not a`, with `or` between such."""
    return (
        any(all(_choice(part, world) for part in case.split(" and ")) for case in text.split(" or ")) if text else True
    )


def _choice(text: str, world: dict[str, str]) -> bool:
    name, _, value = text.partition(" is ")
    if value.startswith("none of "):
        return world[name] not in value.removeprefix("none of ").split(", ")
    return world[name] != value.removeprefix("not ") if value.startswith("not ") else world[name] == value


def _admits(rule: Rule, direction: Direction, packet: tuple[int, int], peer: object, world: dict[str, str]) -> bool:
    protocol, selector = packet
    traffic = rule.traffic
    assert isinstance(traffic.protocol, int) and isinstance(traffic.selector, IntervalSet)
    if rule.direction is not direction or traffic.protocol not in (ALL, protocol):
        return False
    if traffic.protocol != ALL and selector not in traffic.selector:
        return False
    if not all(_choice(f"{name} is {value}", world) for name, value in rule.when.choices):
        return False
    if isinstance(peer, tuple):
        family, number = peer
        addresses = rule.addresses
        return number in (addresses.v4 if family == 4 else addresses.v6)
    return not rule.addresses and isinstance(rule.peer, GroupRef) is (peer == "group")


def _tells(
    passage: Passage, direction: Direction, packet: tuple[int, int], peer: object, world: dict[str, str]
) -> bool:
    protocol, selector = packet
    if passage.direction is not direction or not _holds(passage.when, world):
        return False
    assert passage.traffic is not None
    if not any(
        each.protocol == ALL or (each.protocol == protocol and selector in each.selector)  # type: ignore[operator]
        for each in passage.traffic
    ):
        return False
    if isinstance(peer, tuple):
        family, number = peer
        return passage.peers is not None and number in (passage.peers.v4 if family == 4 else passage.peers.v6)
    return passage.peers is None and isinstance(passage.rule.peer, GroupRef) is (peer == "group")


@settings(max_examples=150, deadline=None)
@given(rules, rules)
def test_every_packet_is_told_once(old: list[str], new: list[str]) -> None:
    found = compare(side("\n".join(("group web", *old))), side("\n".join(("group web", *new))))
    difference = found[0] if found else GroupDifference(None, None, (), ())
    before, after = [read_rule(line) for line in old], [read_rule(line) for line in new]
    peers = (*_ADDRESSES, "group", "unknown")
    for case in product(Direction, _PACKETS, peers, _WORLDS):
        was = any(_admits(rule, *case) for rule in before)
        now = any(_admits(rule, *case) for rule in after)
        assert sum(_tells(passage, *case) for passage in difference.opened) == (now and not was), case
        assert sum(_tells(passage, *case) for passage in difference.closed) == (was and not now), case


@settings(max_examples=100, deadline=None)
@given(rules, st.randoms())
def test_an_order_is_no_difference(given_rules: list[str], random: object) -> None:
    other = list(given_rules)
    random.shuffle(other)  # type: ignore[attr-defined]
    header = "group web\n"
    assert compare(side(header + "\n".join(given_rules)), side(header + "\n".join(other))) == ()

"""Rules that have something in common, against a look at every pair; and how few pairs are looked at."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from sglint.analysis.coverage import redundant_rules
from sglint.analysis.overlaps import Overlaps
from sglint.analysis.pairs import Pairs
from sglint.model.rules import Rule
from sglint.notation import read_rule

peers = st.sampled_from(
    (
        "0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.1.0/24", "10.2.0.0/16", "192.168.0.0/16,10.1.0.0/16", "::/0",
        "2001:db8::/32", "2001:db8::/32,10.0.0.0/8", "group app", "group db", "prefix-list pl", "nobody",
        "prefix-list known entries 10.1.0.0/16",
    )
)  # fmt: skip
traffics = st.sampled_from(("all", "tcp 22", "tcp 20-25", "tcp 80,443", "tcp 0-65535", "udp 22", "icmp 8", "47"))
rules = st.lists(st.builds("g ingress {} from {}".format, traffics, peers).map(read_rule), max_size=10)


@given(rules)
def test_the_same_as_a_look_at_every_pair(found: list[Rule]) -> None:
    overlaps = Overlaps(found, Pairs())
    for rule in found:
        assert overlaps.of(rule) == [place for place, other in enumerate(found) if _shares(rule, other)]


def _shares(one: Rule, other: Rule) -> bool:
    has_peer = one.addresses.overlaps(other.addresses) or (not one.addresses and one.peer == other.peer)
    return (
        has_peer and (one.traffic & other.traffic) is not None and other.traffic.protocol in (-1, one.traffic.protocol)
    )


def test_rules_that_have_nothing_in_common_are_not_compared() -> None:
    asked: list[Rule] = []

    def may_cover(cover: Rule, rule: Rule) -> bool:
        asked.append(cover)
        return True

    many = [read_rule(f"g ingress tcp 443 from 10.{number // 256}.{number % 256}.0/24") for number in range(2000)]
    many += [read_rule(f"g ingress tcp {number} from 10.0.0.0/8") for number in range(1000, 3000)]
    assert redundant_rules(many, may_cover, Pairs()) == ()
    assert asked == []

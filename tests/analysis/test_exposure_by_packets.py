"""Ways against an oracle that sends packets, one at a time, through every filter of random small estates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from sglint.analysis.analysis import Analysis
from sglint.analysis.flows import EVERY_FLOW, certain_flows
from sglint.model.acls import NetworkAcl
from sglint.model.addresses import AddressSet
from sglint.model.attachments import Attachment, Facing, Kind
from sglint.model.listeners import Listener, Source
from sglint.model.rules import Direction, Estate, GroupRef, Rule
from sglint.model.traffic import TCP, UDP
from sglint.model.values import When
from sglint.notation import read_estate

GROUPS = ("g", "h", "i")
SUBNETS = {"a": "10.0.1.0/24", "b": "10.0.2.0/24"}
INSIDE = {name: AddressSet.of(block.replace("0/24", "5/32")) for name, block in SUBNETS.items()}
OUTSIDE = AddressSet.of("8.8.8.8/32")
PACKETS = tuple(product((TCP, UDP), (22, 80, 443)))
CONDITIONS = ("", " when A is x", " when A is y")

traffics = st.sampled_from(("all", "tcp 0-65535", "tcp 80-443", "tcp 22", "udp 80", "udp 0-65535"))
networks = st.sampled_from(("0.0.0.0/0", *SUBNETS.values()))
conditions = st.sampled_from(("", *CONDITIONS))


@st.composite
def lines(draw: st.DrawFn, most_subnets: int) -> list[str]:
    found = [f"subnet {name} {block}" for name, block in SUBNETS.items()]
    places = st.lists(st.sampled_from(sorted(SUBNETS)), min_size=1, max_size=most_subnets, unique=True)
    for name in ("lb", "inner", "web", "app", "db"):
        kind = "load-balancer tier edge" if name in ("lb", "inner") else "instance tier compute"
        groups = draw(st.lists(st.sampled_from(GROUPS), min_size=kind.startswith("instance"), max_size=2, unique=True))
        facing = draw(st.sampled_from(Facing)).value
        parts = ["attachment", name, "kind", kind, "facing", facing, *(["groups", ",".join(groups)] if groups else [])]
        found.append(" ".join([*parts, "subnets", ",".join(draw(places))]))
    for group in GROUPS:
        found.append(f"group {group}")
        found += [f"{group} egress all to 0.0.0.0/0"] if draw(st.integers(0, 3)) else []
        found += [f"{group} ingress tcp 80-443 from 0.0.0.0/0"] if draw(st.booleans()) else []
    peers = st.sampled_from(GROUPS).map("group {}".format) | networks
    for _ in range(draw(st.integers(3, 10))):
        owner, side = draw(st.sampled_from(GROUPS)), draw(st.sampled_from(("ingress", "egress")))
        to = "from" if side == "ingress" else "to"
        found.append(f"{owner} {side} {draw(traffics)} {to} {draw(peers)}{draw(conditions)}")
    for number in range(draw(st.integers(1, 3))):
        balancer, port = draw(st.sampled_from(("lb", "inner"))), draw(st.sampled_from(("tcp 80", "tcp 443", "udp 80")))
        others = draw(st.sampled_from(("", " others")))
        found.append(f"listener l{number} of {balancer}{others} on {port}{draw(conditions)}")
        for _ in range(draw(st.integers(1, 3))):
            target = draw(st.sampled_from(("inner", "web", "app", "db", "elsewhere")))
            source = draw(st.sampled_from(("", "source caller ", "source balancer ")))
            found.append(
                f"target l{number} {target} {source}on {draw(st.sampled_from(('tcp 443', 'tcp 22', 'udp 80')))}"
            )
    for subnet in draw(st.sets(st.sampled_from(sorted(SUBNETS)))):
        found.append(f"acl acl-{subnet} subnets {subnet}")
        for side, to in (("ingress", "from"), ("egress", "to")) if draw(st.integers(0, 3)) else ():
            found.append(f"entry acl-{subnet} {side} 9 allow all {to} 0.0.0.0/0")
        for number in range(draw(st.integers(0, 4))):
            side, action = draw(st.sampled_from(("ingress", "egress"))), draw(st.sampled_from(("allow", "deny")))
            to = "from" if side == "ingress" else "to"
            found.append(f"entry acl-{subnet} {side} {number} {action} {draw(traffics)} {to} {draw(networks)}")
    return found


class Oracle:
    """Which resources the world comes to under one value of the condition, packet by packet."""

    def __init__(self, estate: Estate, value: str) -> None:
        holds = When((("A", value),))
        self.attachments = estate.attachments
        self.rules = [rule for group in estate.groups for rule in group.rules if holds.conjoin(rule.when) is not None]
        self.listeners = [each for each in estate.listeners if holds.conjoin(each.when) is not None]
        self.known = {each.balancer for each in estate.listeners}
        self.acls = {subnet: acl for acl in estate.acls for subnet in acl.subnets}

    def reached(self) -> set[str]:
        places = set(self.first())
        pending = list(places)
        while pending:
            for place in self.onward(*pending.pop()):
                if place not in places:
                    places.add(place)
                    pending.append(place)
        return {attachment.address for attachment, _, _ in places}

    def first(self) -> Iterator[tuple[Attachment, Listener | None, Attachment | None]]:
        for target, packet in product(self.attachments, PACKETS):
            is_admitted = not target.groups or any(self.admits(rule, target, packet, OUTSIDE) for rule in self.rules)
            is_let_in = any(self.lets(subnet, Direction.INGRESS, packet, OUTSIDE) for subnet in target.subnets)
            if target.facing is not Facing.PRIVATE and is_admitted and is_let_in:
                yield from self.taken(target, packet, None)

    def onward(
        self, source: Attachment, listener: Listener | None, before: Attachment | None
    ) -> Iterator[tuple[Attachment, Listener | None, Attachment | None]]:
        by_address = {each.address: each for each in self.attachments}
        has_strangers = listener is not None and any(
            not getattr(by_address.get(target.address), "groups", ()) for target in listener.targets
        )
        if listener is None or listener.may_have_others or has_strangers:
            for target, packet in product(self.attachments, PACKETS):
                if target is not source and self.goes(source, target, packet, source.subnets):
                    references = (rule for rule in self.rules if isinstance(rule.peer, GroupRef))
                    if any(self.admits(rule, target, packet, None, source) for rule in references):
                        yield from self.taken(target, packet, source)
        for goal in listener.targets if listener is not None else ():
            target_of = by_address.get(goal.address)
            for packet in PACKETS if target_of is not None else ():
                assert target_of is not None
                if not goal.traffic.admits(*packet):
                    continue
                senders = [source.subnets] if goal.source is not Source.CALLER else []
                if goal.source is not Source.BALANCER:
                    senders.append(before.subnets if before is not None else ())
                for subnets in senders:
                    addresses = [INSIDE[subnet] for subnet in subnets] or [OUTSIDE]
                    is_admitted = not target_of.groups or any(
                        self.admits(rule, target_of, packet, address, source)
                        for rule in self.rules
                        for address in addresses
                    )
                    if is_admitted and self.goes(source, target_of, packet, subnets):
                        yield from self.taken(target_of, packet, source)

    def taken(
        self, target: Attachment, packet: tuple[int, int], source: Attachment | None
    ) -> Iterator[tuple[Attachment, Listener | None, Attachment | None]]:
        if target.kind is Kind.LOAD_BALANCER and target.address in self.known:
            for listener in self.listeners:
                if listener.balancer == target.address and listener.traffic.admits(*packet):
                    yield target, listener, source
        elif target.groups:
            yield target, None, None

    def admits(
        self,
        rule: Rule,
        target: Attachment,
        packet: tuple[int, int],
        address: AddressSet | None,
        source: Attachment | None = None,
    ) -> bool:
        """Whether a rule of the target lets a packet in from an address, or from a member of its source's groups."""
        if rule.direction is not Direction.INGRESS or rule.group not in target.groups:
            return False
        is_meant = address is not None and address <= rule.addresses
        if isinstance(rule.peer, GroupRef):
            is_meant = source is not None and rule.peer.group in source.groups
        return is_meant and rule.traffic.admits(*packet)

    def goes(self, source: Attachment, target: Attachment, packet: tuple[int, int], senders: tuple[str, ...]) -> bool:
        """Whether a packet leaves its source and crosses the subnets, those of its sender to the target's."""
        leaves = not source.groups or any(
            rule.direction is Direction.EGRESS
            and rule.group in source.groups
            and rule.traffic.admits(*packet)
            and (
                rule.peer.group in target.groups
                if isinstance(rule.peer, GroupRef)
                else any(INSIDE[subnet] <= rule.addresses for subnet in target.subnets)
            )
            for rule in self.rules
        )
        if not senders:
            crosses = any(self.lets(subnet, Direction.INGRESS, packet, OUTSIDE) for subnet in target.subnets)
        else:
            crosses = any(
                one == other
                or (
                    self.lets(one, Direction.EGRESS, packet, INSIDE[other])
                    and self.lets(other, Direction.INGRESS, packet, INSIDE[one])
                )
                for one, other in product(senders, target.subnets)
            )
        return leaves and crosses

    def lets(self, subnet: str, direction: Direction, packet: tuple[int, int], address: AddressSet) -> bool:
        """What the first entry that matches says; a subnet without an ACL lets everything through."""
        acl: NetworkAcl | None = self.acls.get(subnet)
        if acl is None:
            return True
        for entry in sorted(acl.entries, key=lambda entry: str(entry.number)):
            assert isinstance(entry.addresses, AddressSet)
            if entry.direction is direction and entry.traffic.admits(*packet) and address <= entry.addresses:
                return entry.is_allow is True
        return False


@pytest.mark.parametrize("most_subnets", [1, 2])
@given(st.data())
@settings(max_examples=150, deadline=None)
def test_ways_are_where_packets_come(most_subnets: int, data: st.DataObject) -> None:
    estate = read_estate("\n".join(data.draw(lines(most_subnets))))
    shown = {way.attachment.address for way in Analysis(estate).ways}
    reached = Oracle(estate, "x").reached() | Oracle(estate, "y").reached()
    if most_subnets == 1:
        assert shown == reached
    else:
        # Every filter is asked by itself, so that subnets which differ may give a way that no single packet takes.
        assert shown >= reached


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_the_traffic_of_a_hop_is_what_its_rule_and_its_listener_let_in(data: st.DataObject) -> None:
    for way in Analysis(read_estate("\n".join(data.draw(lines(1))))).ways:
        assert way.hops[0].attachment.facing is not Facing.PRIVATE
        assert way.is_certain == (way.hops[0].attachment.facing is Facing.PUBLIC)
        for hop in way.hops:
            admitted = [EVERY_FLOW] if hop.admission is None else [certain_flows(hop.admission.traffic)]
            admitted += [certain_flows(hop.listener.traffic)] if hop.listener is not None else []
            admitted += [certain_flows(hop.target.traffic)] if hop.target is not None else []
            assert hop.flows
            assert all(hop.flows <= each for each in admitted)

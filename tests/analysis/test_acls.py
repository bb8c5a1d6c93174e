"""What an ACL lets through is what its entries decide one after the other, packet by packet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sglint.analysis.acls import idle_entries, lets_world, passages, repeated_numbers
from sglint.analysis.pairs import Pairs
from sglint.analysis.segments import Family
from sglint.model.acls import AclEntry, NetworkAcl
from sglint.model.addresses import AddressSet
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Direction
from sglint.model.traffic import ALL, TCP, UDP, Traffic
from sglint.model.values import When
from sglint.notation import read_estate
from sglint.notation.surroundings import write_entry

BLOCKS = ("0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "10.1.0.0/16", "203.0.113.0/24")
SOURCES = tuple(
    AddressSet.of(f"{address}/32") for address in ("10.1.2.3", "10.9.9.9", "203.0.113.7", "8.8.8.8", "200.1.1.1")
)
PORTS = (0, 21, 22, 23, 80, 443, 65535)

ports = st.sampled_from(((0, 65535), (22, 22), (20, 80), (23, 65535), (443, 443))).map(
    lambda pair: IntervalSet((pair,))
)
traffics = st.just(Traffic(ALL)) | st.builds(Traffic, st.sampled_from((TCP, UDP)), ports)


@st.composite
def acls(draw: st.DrawFn) -> NetworkAcl:
    numbers = draw(st.lists(st.integers(1, 50), max_size=6, unique=True))
    entries = tuple(
        AclEntry(
            Direction.INGRESS,
            number,
            draw(st.booleans()),
            draw(traffics),
            AddressSet.of(draw(st.sampled_from(BLOCKS))),
        )
        for number in numbers
    )
    return NetworkAcl("main", entries)


def decides(acl: NetworkAcl, source: AddressSet, protocol: int, port: int) -> AclEntry | None:
    """The entry that decides about one packet, as AWS goes through them."""
    for entry in sorted(acl.entries, key=lambda entry: entry.number if isinstance(entry.number, int) else 0):
        assert isinstance(entry.addresses, AddressSet)
        if entry.traffic.admits(protocol, port) and source <= entry.addresses:
            return entry
    return None


def lets(acl: NetworkAcl, source: AddressSet, protocol: int, port: int) -> bool:
    return any(
        port in passage.selector and source.v4 <= passage.addresses
        for passage in passages(acl, Direction.INGRESS, protocol, Family.V4, Pairs())
    )


@given(acls())
def test_every_packet_passes_that_an_entry_allows_first(acl: NetworkAcl) -> None:
    for source in SOURCES:
        for protocol in (TCP, UDP):
            for port in PORTS:
                deciding = decides(acl, source, protocol, port)
                assert lets(acl, source, protocol, port) == (deciding is not None and deciding.is_allow is True)


@given(acls())
def test_an_idle_entry_decides_no_packet(acl: NetworkAcl) -> None:
    idle = {id(each.entry) for each in idle_entries(acl, Direction.INGRESS, Pairs())}
    for source in SOURCES:
        for protocol in (TCP, UDP):
            for port in PORTS:
                deciding = decides(acl, source, protocol, port)
                assert deciding is None or id(deciding) not in idle


def acl(*lines: str) -> NetworkAcl:
    (found,) = read_estate("\n".join(f"entry main {line}" for line in lines)).acls
    return found


def idle(*lines: str) -> list[tuple[str, list[int]]]:
    found = idle_entries(acl(*lines), Direction.INGRESS, Pairs())
    return [(write_entry("main", each.entry), [entry.number for entry in each.by]) for each in found]  # type: ignore[misc]


def test_an_idle_entry_names_those_that_decide_it_together() -> None:
    lines = (
        "ingress 10 allow tcp 0-79 from 10.0.0.0/8",
        "ingress 20 deny tcp 80-65535 from 10.0.0.0/8",
        "ingress 30 allow tcp 22-100 from 10.1.0.0/16",
    )
    assert idle(*lines) == [(f"entry main {lines[2]}", [10, 20])]


def test_an_entry_of_all_protocols_is_not_decided_by_those_of_some() -> None:
    assert idle("ingress 10 allow tcp 0-65535 from 0.0.0.0/0", "ingress 20 deny all from 0.0.0.0/0") == []


def test_an_entry_that_may_not_exist_decides_nothing_for_certain() -> None:
    assert idle("ingress 10 allow all from 0.0.0.0/0 when A is x", "ingress 20 allow all from 10.0.0.0/8") == []
    assert idle("ingress 10 allow all from 0.0.0.0/0 when A is x", "ingress 20 allow all from 10.0.0.0/8 when A is x")


def test_order_is_by_number_not_by_place() -> None:
    found = acl("ingress 20 allow tcp 22 from 0.0.0.0/0", "ingress 10 deny tcp 22 from 0.0.0.0/0")
    assert passages(found, Direction.INGRESS, TCP, Family.V4, Pairs()) == ()


def world(*lines: str, when: str = "", family: Family = Family.V4) -> bool:
    given = read_estate(f"vpc x when {when}").vpcs[0].when if when else When()
    return any(map(lets_world, passages(acl(*lines), Direction.INGRESS, TCP, family, Pairs(), given)))


def test_the_world_is_let_in_where_almost_nothing_is_held_back() -> None:
    assert world("ingress 10 deny tcp 22 from 203.0.113.0/24", "ingress 20 allow tcp 22 from 0.0.0.0/0")
    assert not world("ingress 10 deny tcp 22 from 0.0.0.0/1", "ingress 20 allow tcp 22 from 0.0.0.0/0")


def test_unknown_parts_never_open_anything() -> None:
    allow = "ingress 20 allow tcp 22 from 0.0.0.0/0"
    for deny in (
        'ingress 10 deny tcp 22 from unknown("var.x")',
        'ingress 10 unknown("var.x") tcp 22 from 0.0.0.0/0',
        'ingress unknown("var.x") deny tcp 22 from 0.0.0.0/0',
        'ingress 10 deny tcp unknown("var.x") from 0.0.0.0/0',
        'ingress 10 deny unknown("var.x") from 0.0.0.0/0',
        "ingress 10 deny all from 0.0.0.0/0 when A is x",
    ):
        assert not world(deny, allow)
    assert not world('ingress 10 allow tcp unknown("var.x") from 0.0.0.0/0')


def test_an_unknown_ipv6_block_holds_nothing_of_ipv4_back() -> None:
    lines = ('ingress 10 deny all from unknown("var.x") ipv6', "ingress 20 allow all from 0.0.0.0/0")
    assert world(*lines)
    assert not world(*lines, "ingress 30 allow all from ::/0", family=Family.V6)


def test_each_condition_is_looked_at() -> None:
    lines = ("ingress 10 deny all from 0.0.0.0/0 when A is x", "ingress 20 allow all from 0.0.0.0/0")
    assert not world(*lines)
    assert world(*lines, when="A is y")


def test_repeated_numbers() -> None:
    found = acl(
        "ingress 10 allow tcp 80 from 10.0.0.0/8",
        "egress 10 allow tcp 80 to 10.0.0.0/8",
        "ingress 20 allow tcp 80 from 10.0.0.0/8 when A is x",
        "ingress 20 allow tcp 81 from 10.0.0.0/8 when A is y",
        "ingress 10 allow tcp 82 from 10.0.0.0/8",
    )
    pairs = [(str(one.traffic), str(two.traffic)) for one, two in repeated_numbers(found, Direction.INGRESS)]
    assert pairs == [("tcp 80", "tcp 82")]

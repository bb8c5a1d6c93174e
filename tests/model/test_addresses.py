"""Address sets against addresses written out, CIDR notation both ways, and what counts as public and as the world."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.addresses import AddressSet, everything, private, public
from sglint.model.cidrs import parse_cidr

V4_BASE, V6_BASE = int(ip_address("10.0.0.0")), int(ip_address("fd00::"))


@st.composite
def small_cidrs(draw: st.DrawFn) -> str:
    """A block inside 10.0.0.0/28 or fd00::/124, host bits allowed."""
    offset = draw(st.integers(0, 15))
    if draw(st.booleans()):
        return f"{ip_address(V4_BASE + offset)}/{draw(st.integers(28, 32))}"
    return f"{ip_address(V6_BASE + offset)}/{draw(st.integers(124, 128))}"


small_sets = st.lists(small_cidrs(), max_size=5).map(lambda cidrs: AddressSet.of(*cidrs))


def members(addresses: AddressSet) -> set[str]:
    v4 = {str(ip_address(V4_BASE + i)) for i in range(-1, 17) if V4_BASE + i in addresses.v4}
    return v4 | {str(ip_address(V6_BASE + i)) for i in range(-1, 17) if V6_BASE + i in addresses.v6}


def hosts(cidr: str) -> set[str]:
    return {str(address) for address in ip_network(cidr, strict=False)}


@given(st.lists(small_cidrs(), max_size=5))
def test_of_is_the_union_of_its_blocks(cidrs: list[str]) -> None:
    assert members(AddressSet.of(*cidrs)) == {host for cidr in cidrs for host in hosts(cidr)}


@given(small_sets, small_sets)
def test_algebra_is_that_of_sets(one: AddressSet, other: AddressSet) -> None:
    assert members(one | other) == members(one) | members(other)
    assert members(one & other) == members(one) & members(other)
    assert members(one - other) == members(one) - members(other)
    assert (one <= other) == (members(one) <= members(other))
    assert one.overlaps(other) == bool(members(one) & members(other))
    assert bool(one) == bool(members(one))


@given(small_sets)
def test_cidrs_say_the_set_again(addresses: AddressSet) -> None:
    assert AddressSet.of(*addresses.cidrs()) == addresses


@given(st.integers(0, 2**32 - 1), st.integers(0, 32))
def test_one_ipv4_block_is_written_as_it_was_read(address: int, length: int) -> None:
    network = ip_network((address, length), strict=False)
    assert list(AddressSet.of(str(network)).cidrs()) == [str(network)]


@given(st.integers(0, 2**128 - 1), st.integers(0, 128))
def test_one_ipv6_block_is_written_as_it_was_read(address: int, length: int) -> None:
    network = ip_network((address, length), strict=False)
    assert list(AddressSet.of(str(network)).cidrs()) == [str(network)]


@given(st.integers(0, 2**32 - 1), st.integers(0, 32))
def test_host_bits_are_ignored_and_noticed(address: int, length: int) -> None:
    network = ip_network((address, length), strict=False)
    text = f"{ip_address(address)}/{length}"
    assert AddressSet.of(text) == AddressSet.of(str(network))
    assert parse_cidr(text).has_host_bits == (int(network.network_address) != address)


@given(st.integers(0, 2**32 - 1))
def test_public_ipv4_follows_the_registry(address: int) -> None:
    # Python's is_global reads the same registries; multicast is global there and unicast only here.
    host = ip_address(address)
    exceptions = ("192.0.0.0/24", "192.88.99.0/24")  # Mixed or withdrawn blocks, which sglint takes as not public.
    if any(host in ip_network(block) for block in exceptions):
        return
    assert (address in public().v4) == (host.is_global and not host.is_multicast)


@pytest.mark.parametrize(
    "cidrs",
    [
        ("0.0.0.0/0",),
        ("::/0",),
        ("0::/0",),
        ("0:0:0:0:0:0:0:0/0",),
        ("10.1.2.3/0",),
        ("0.0.0.0/1", "128.0.0.0/1"),
        ("::/1", "8000::/1"),
        ("2000::/3",),
        ("0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/3"),
    ],
)
def test_the_world_however_it_is_written(cidrs: tuple[str, ...]) -> None:
    assert AddressSet.of(*cidrs).is_world


@pytest.mark.parametrize(
    "cidrs",
    [
        (),
        ("0.0.0.0/1",),
        ("128.0.0.0/1",),
        ("0.0.0.0/32",),
        ("0.0.0.0/8",),
        ("::/128",),
        ("2000::/4",),
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
        ("0.0.0.0/1", "8000::/1"),
    ],
)
def test_not_the_world(cidrs: tuple[str, ...]) -> None:
    assert not AddressSet.of(*cidrs).is_world


def test_the_world_is_told_by_family() -> None:
    assert AddressSet.of("0.0.0.0/0").is_world_v4 and not AddressSet.of("0.0.0.0/0").is_world_v6
    assert AddressSet.of("::/0").is_world_v6 and not AddressSet.of("::/0").is_world_v4
    assert everything().is_world_v4 and everything().is_world_v6


def test_all_public_space_without_private_blocks_is_the_world() -> None:
    assert public().is_world
    assert (everything() - private()).is_world
    assert not (public() - AddressSet.of("8.8.8.8/32", "2001:4860:4860::8888/128")).is_world


@pytest.mark.parametrize("cidr", ["10.1.0.0/16", "172.31.0.0/16", "192.168.1.1/32", "100.64.0.0/10", "fd12::/48"])
def test_private_networks(cidr: str) -> None:
    assert AddressSet.of(cidr).is_private
    assert not AddressSet.of(cidr).overlaps(public())


@pytest.mark.parametrize("cidr", ["172.32.0.0/16", "8.8.8.8/32", "192.0.0.0/8", "2600::/12", "0.0.0.0/0"])
def test_networks_that_are_not_private(cidr: str) -> None:
    assert not AddressSet.of(cidr).is_private


def test_nothing_is_neither_private_nor_the_world() -> None:
    assert not AddressSet().is_private
    assert not AddressSet().is_world
    assert str(AddressSet()) == "nothing"


@pytest.mark.parametrize(
    "text",
    [
        "", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0", " 10.0.0.0/8", "10.0.0.0/8 ", "10.0.0.0/8\n", "010.0.0.0/8", "10.0.0.0/٨", "sg-1/8",
        "fe80::1%eth0/64", "::ffff:300.0.0.1/128", "${var.cidr}/8", "1/8", "0x0a000000/8",
    ],
)  # fmt: skip
def test_what_is_no_cidr_block_says_so(text: str) -> None:
    with pytest.raises(ValueError, match="CIDR block") as error:
        parse_cidr(text)
    assert f'"{text}"' in str(error.value)

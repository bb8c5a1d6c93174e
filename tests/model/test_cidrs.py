"""CIDR notation is what `ipaddress` says it is, whether it is read by that or without it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network, summarize_address_range

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sglint.model.cidrs import Cidr, cidrs, parse_cidr

octets = st.integers(0, 300).map(str) | st.sampled_from(("", "0", "00", "01", "٣", "+1", "1_0", " 1"))
groups = st.integers(0, 0x1FFFF).map("{:x}".format) | st.sampled_from(("", "0", "0x1", "+1", "1_0", "FFFF", "g"))
lengths = st.integers(0, 140).map(str) | st.sampled_from(("", "08", "0000000008", "+8", "8 ", "9" * 5000))
texts = st.builds(
    "{}/{}".format,
    st.lists(octets, min_size=3, max_size=5).map(".".join)
    | st.builds("{}{}".format, st.lists(groups, max_size=8).map(":".join), st.sampled_from(("", ":", "::", "::1")))
    | st.integers(0, 2**32 - 1).map(IPv4Address)
    | st.integers(0, 2**128 - 1).map(IPv6Address)
    | st.integers(0, 2**32 - 1).map(lambda top: IPv6Address(top << 96)),
    lengths,
)


@given(texts)
@example("::/0")
@example("2001:DB8::/32")
@example("1:2:3:4:5:6:7::/128")
@example("1:2:3:4:5:6:7:8::/128")
@example(":::/0")
@example("0::/0")
def test_blocks_are_read_as_ipaddress_reads_them(text: str) -> None:
    address, _, length = text.partition("/")
    try:
        network = ip_network(text, strict=False) if length.isascii() and length.isdigit() else None
    except ValueError:
        network = None
    if network is None:
        with pytest.raises(ValueError, match="CIDR block"):
            parse_cidr(text)
        return
    found = parse_cidr(text)
    assert (found.version, found.first, found.last) == (
        network.version,
        int(network.network_address),
        int(network.broadcast_address),
    )
    assert (found.length, str(found)) == (network.prefixlen, str(network))
    assert found.has_host_bits == (ip_address(address) != network.network_address)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
@example(0, 2**32 - 1)
@example(0, 0)
@example(2**32 - 1, 2**32 - 1)
def test_ranges_are_written_as_ipaddress_writes_them(one: int, other: int) -> None:
    first, last = sorted((one, other))
    four = summarize_address_range(IPv4Address(first), IPv4Address(last))
    assert list(cidrs(4, first, last)) == [str(network) for network in four]
    six = summarize_address_range(IPv6Address(first << 90), IPv6Address(last << 90))
    assert list(cidrs(6, first << 90, last << 90)) == [str(network) for network in six]


def test_every_address_is_one_block() -> None:
    assert list(cidrs(4, 0, 2**32 - 1)) == ["0.0.0.0/0"]
    assert list(cidrs(6, 0, 2**128 - 1)) == ["::/0"]
    assert parse_cidr("::/0") == Cidr(6, 0, 0)

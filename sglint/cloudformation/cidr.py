"""`Fn::Cidr`: consecutive address blocks out of a larger one."""

from __future__ import annotations

_MAX_COUNT = 256


def subnets(block: str, count: str, bits: str) -> tuple[str, ...]:
    """The first `count` blocks of `bits` host bits in `block`, in order.

    Template reference, `Fn::Cidr`: a count of 1 to 256; `bits` is the inverse of the mask, so that 8 gives /24 in
    IPv4 and 64 gives /64 in IPv6. ValueError says what is wrong.
    """
    from ipaddress import ip_network

    network = ip_network(block, strict=False)
    if not count.isdecimal() or not 1 <= int(count) <= _MAX_COUNT:
        raise ValueError(f"the number of blocks must be from 1 to {_MAX_COUNT}, not {count!r}")
    if not bits.isdecimal() or int(bits) > network.max_prefixlen:
        raise ValueError(f"the number of subnet bits must be from 0 to {network.max_prefixlen}, not {bits!r}")
    prefix = network.max_prefixlen - int(bits)
    if prefix < network.prefixlen or int(count) > 1 << (prefix - network.prefixlen):
        raise ValueError(f"{block} does not hold {count} blocks of {bits} bits")
    size = 1 << int(bits)
    first = network.network_address
    return tuple(f"{first + index * size}/{prefix}" for index in range(int(count)))

"""CIDR notation, read and written.

`ipaddress` decides what is a block. To load it takes as long as to judge a small file, though, so what most rules
name is read and written here: IPv4, and IPv6 networks that end in `::`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sglint.model.record import frozen

_BITS = {4: 32, 6: 128}
_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")


@frozen
class Cidr:
    """A network: its first and last address, and whether the text that it was read from has host bits set."""

    version: int
    first: int
    length: int
    has_host_bits: bool = False

    @property
    def last(self) -> int:
        return self.first | (1 << _BITS[self.version] - self.length) - 1

    def __str__(self) -> str:
        return f"{_address(self.version, self.first)}/{self.length}"


@lru_cache(maxsize=4096)
def parse_cidr(text: str) -> Cidr:
    """A network from CIDR notation with its prefix length written out; host bits are cleared.

    ValueError with a plain sentence otherwise, also for an IPv6 zone (`fe80::1%eth0`), which no network has.
    """
    address, slash, length = text.partition("/")
    if not slash or not length.isascii() or not length.isdigit():
        raise ValueError(f'"{text}" is not a CIDR block: an address, a slash and a prefix length are expected')
    version = 6 if ":" in address else 4
    number = _ipv6(address) if version == 6 else _ipv4(address)
    if number is None or len(length) > 3 or int(length) > _BITS[version]:
        return _parsed(text, version)
    first = number >> (host := _BITS[version] - int(length)) << host
    return Cidr(version, first, int(length), first != number)


def cidrs(version: int, first: int, last: int) -> Iterator[str]:
    """The fewest networks that make up a range of addresses, ascending."""
    while first <= last:
        # The largest block that may begin here, and that does not go beyond the end.
        aligned = (first & -first).bit_length() - 1 if first else _BITS[version]
        host = min(aligned, (last - first + 1).bit_length() - 1)
        yield str(Cidr(version, first, _BITS[version] - host))
        first += 1 << host


def _ipv4(text: str) -> int | None:
    parts = text.split(".")
    number = 0
    for part in parts:
        if not part.isdigit() or not part.isascii() or len(part) > 3 or (part[0] == "0" and part != "0"):
            return None
        number = number << 8 | int(part)
        if int(part) > 255:
            return None
    return number if len(parts) == 4 else None


def _ipv6(text: str) -> int | None:
    groups = text[:-2].split(":") if text != "::" else []
    if not text.endswith("::") or len(groups) > 7:
        return None
    number = 0
    for group in groups:
        if not 1 <= len(group) <= 4 or not _HEXADECIMAL.issuperset(group):
            return None
        number = number << 16 | int(group, 16)
    return number << 128 - 16 * len(groups)


def _parsed(text: str, version: int) -> Cidr:
    from ipaddress import ip_address, ip_network

    try:
        if "%" not in text:
            network = ip_network(text, strict=False)
            first = int(network.network_address)
            return Cidr(version, first, network.prefixlen, first != int(ip_address(text.partition("/")[0])))
    except ValueError:
        pass
    raise ValueError(f'"{text}" is not a valid IPv{version} CIDR block')


def _address(version: int, number: int) -> str:
    if version == 4:
        return f"{number >> 24}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    if not number:
        return "::"
    from ipaddress import IPv6Address

    return str(IPv6Address(number))

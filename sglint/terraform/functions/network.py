"""Functions on addresses in CIDR notation."""

from __future__ import annotations

from decimal import Decimal
from ipaddress import IPv4Address, IPv6Address

from sglint.model.record import frozen
from sglint.model.values import Value
from sglint.terraform.functions.calling import Implementation, Invocation, Rejected
from sglint.terraform.functions.numeric import integer
from sglint.terraform.values import ListItems, evidence_of

_UINT64 = 2**64


@frozen
class _Prefix:
    """A network: its first address as a number, its length, and how many bits its addresses have."""

    first: int
    length: int
    bits: int

    def __str__(self) -> str:
        return f"{_address(self.first, self.bits)}/{self.length}"


def _address(number: int, bits: int) -> str:
    return str(IPv4Address(number) if bits == 32 else IPv6Address(number))


def _prefix(text: str) -> _Prefix:
    """ValueError unless the text is an address, a slash and a length. Octets may have leading zeros: Terraform's."""
    address, slash, length_text = text.partition("/")
    if not slash or not length_text.isascii() or not length_text.isdigit():
        raise ValueError
    bits = 128 if ":" in address else 32
    number = int(IPv6Address(address)) if bits == 128 and "%" not in address else _ipv4(address)
    length = int(length_text) if len(length_text) < 6 else bits + 1
    if length > bits:
        raise ValueError
    host = bits - length
    return _Prefix(number >> host << host, length, bits)


def _ipv4(text: str) -> int:
    octets = text.split(".")
    if len(octets) != 4 or not all(octet.isascii() and octet.isdigit() and len(octet) < 9 for octet in octets):
        raise ValueError
    number = 0
    for octet in octets:
        if int(octet) > 255:
            raise ValueError
        number = number << 8 | int(octet)
    return number


def _parsed(invocation: Invocation, argument: int | None = None) -> _Prefix:
    text = invocation.text(0)
    try:
        return _prefix(text)
    except ValueError:
        raise Rejected(f"invalid CIDR expression: invalid CIDR address: {text}", argument) from None


def _whole(invocation: Invocation, index: int) -> int:
    number = invocation.number(index)
    if isinstance(number, Decimal):
        raise Rejected("value must be a whole number")
    return number


def _host(invocation: Invocation) -> Value:
    number = _whole(invocation, 1)
    prefix = _parsed(invocation)
    last = 2 ** (prefix.bits - prefix.length) - 1
    if number < 0:
        asked, number = -number - 1, last + number + 1
    else:
        low = number % _UINT64
        asked = low if low < _UINT64 // 2 else low - _UINT64
    if asked > last:
        raise Rejected(f"prefix of {prefix.length} does not accommodate a host numbered {number}")
    return invocation.result(_address(_inserted(prefix, number, 0), prefix.bits))


def _inserted(prefix: _Prefix, number: int, shift: int) -> int:
    """The number in place of the bits above `shift`; a negative one comes out as Go's big integers have it."""
    return abs(prefix.first | number << shift) & ((1 << prefix.bits) - 1)


def _netmask(invocation: Invocation) -> Value:
    prefix = _parsed(invocation)
    if prefix.bits != 32:
        raise Rejected(f"IPv6 addresses cannot have a netmask: {invocation.text(0)}")
    host = 32 - prefix.length
    return invocation.result(_address(2**32 - 1 >> host << host, 32))


def _subnet(invocation: Invocation) -> Value:
    new_bits, number = integer(invocation, 1), _whole(invocation, 2)
    prefix = _parsed(invocation)
    length = prefix.length + new_bits
    if length > prefix.bits:
        raise Rejected(f"insufficient address space to extend prefix of {prefix.length} by {new_bits}")
    if length < 0:
        raise Rejected(f"prefix of {prefix.length} cannot be shortened by {-new_bits}")
    if new_bits >= 0 and abs(number) % _UINT64 > (2**new_bits - 1) % _UINT64:
        raise Rejected(f"prefix extension of {new_bits} does not accommodate a subnet numbered {number}")
    return invocation.result(str(_Prefix(_inserted(prefix, number, prefix.bits - length), length, prefix.bits)))


def _subnets(invocation: Invocation) -> Value:
    prefix = _parsed(invocation, 0)
    end = prefix.first + 2 ** (prefix.bits - prefix.length)
    evidence = evidence_of(invocation.arguments)
    following, current = prefix.first, prefix
    found: list[Value] = []
    for index in range(1, len(invocation.arguments)):
        length = _extended(invocation, index, prefix)
        size = 1 << (prefix.bits - length)
        if not found:
            current = _Prefix((following - size) % (1 << prefix.bits), length, prefix.bits)
        first = -(-following // size) * size
        # Terraform starts from the subnet before the first, and there is none before address zero.
        if first + size > end or not prefix.first:
            raise Rejected(
                f"not enough remaining address space for a subnet with a prefix of {length} bits after {current}", index
            )
        current = _Prefix(first, length, prefix.bits)
        following = first + size
        found.append(Value(str(current), invocation.location, evidence))
    return invocation.collected(ListItems(found))


def _extended(invocation: Invocation, index: int, prefix: _Prefix) -> int:
    try:
        new_bits = integer(invocation, index)
    except Rejected as error:
        raise Rejected(error.reason, index) from None
    if new_bits < 1:
        raise Rejected("must extend prefix by at least one bit", index)
    if new_bits > 32:
        raise Rejected("may not extend prefix by more than 32 bits", index)
    length = prefix.length + new_bits
    if length > prefix.bits:
        family = "IPv4" if prefix.bits == 32 else "IPv6"
        raise Rejected(f"would extend prefix to {length} bits, which is too long for an {family} address", index)
    return length


IMPLEMENTATIONS: dict[str, Implementation] = {
    "cidrhost": _host,
    "cidrnetmask": _netmask,
    "cidrsubnet": _subnet,
    "cidrsubnets": _subnets,
}

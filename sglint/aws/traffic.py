"""From the protocol and the two numbers of a rule to its traffic, as EC2 takes them.

EC2 refuses tcp, udp and icmp without both numbers, and numbers out of range ("Must specify both from and to ports
with TCP/UDP", "TCP/UDP port (-1) out of range"): such a rule admits nothing and carries a defect. For every other
protocol the numbers are ignored (EC2 API reference, IpPermission).
"""

from __future__ import annotations

from decimal import Decimal

from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.location import Location
from sglint.model.record import frozen
from sglint.model.rules import Defect, DefectKind
from sglint.model.traffic import EVERY_PORT, ICMPV6, Traffic, icmp_selector, is_icmp, protocol_name, protocol_number
from sglint.model.values import Data, Unknown, Value, spelled

_SAYS_ALL = ((0, 0), (-1, -1), (0, 65535))
"""Pairs that people write where ports do not count; anything else looks like a restriction and is none.

So does the protocol's own number twice, which is what CDK's `Port.esp()` and `Port.ah()` write.
"""

_RESERVED = 255
"""IANA's reserved protocol number, for a protocol that is none."""


@frozen
class Admitted:
    """The traffic of a rule and what is wrong with how it is written."""

    traffic: Traffic
    defects: tuple[Defect, ...] = ()


def read_traffic(protocol: Value | None, first: Value | None, last: Value | None, block: Location) -> Admitted:
    """`first` and `last` are ports, or ICMP type and code. No value may be Conditional; None stands for not given."""
    place = protocol.location if protocol else block
    data = protocol.data if protocol else None
    if isinstance(data, Unknown):
        return Admitted(Traffic(data, _unresolved(first, last) or EVERY_PORT))
    number = None if data is None or isinstance(data, (bool, tuple, dict)) else protocol_number(str(data))
    if number is None:
        detail = "the protocol is missing" if data is None else f"{_shown(data)} is not a protocol that AWS knows"
        return _refused(_RESERVED, DefectKind.PROTOCOL_UNKNOWN, detail, place)
    if number in (6, 17):
        return _ports(number, first, last, block)
    if is_icmp(number):
        return _icmp(number, first, last, block)
    numbers = (_integer(first), _integer(last))
    if any(isinstance(each, int) for each in numbers) and numbers not in (*_SAYS_ALL, (number, number)):
        written = " to ".join(str(each) for each in numbers if isinstance(each, int))
        detail = f"AWS ignores the ports ({written}) for protocol {protocol_name(number)}: all its traffic is admitted"
        if not _unresolved(first, last):
            return Admitted(Traffic(number), (Defect(DefectKind.PORTS_IGNORED, detail, _place(first, last, block)),))
    return Admitted(Traffic(number))


def _ports(protocol: int, first: Value | None, last: Value | None, block: Location) -> Admitted:
    unknown = _unresolved(first, last)
    if unknown:
        return Admitted(Traffic(protocol, unknown))
    low, high, place = _integer(first), _integer(last), _place(first, last, block)
    name = protocol_name(protocol)
    if low is None or high is None:
        missing = "first and last port are" if low is high else "first port is" if low is None else "last port is"
        return _refused(
            protocol, DefectKind.PORTS_MISSING, f"the {missing} missing, which AWS refuses for {name}", place
        )
    for value, number in ((first, low), (last, high)):
        if not isinstance(number, int) or not 0 <= number <= 65535:
            detail = f"{_shown(value.data if value else None)} is not a port (0 to 65535)"
            return _refused(protocol, DefectKind.PORTS_OUT_OF_RANGE, detail, value.location if value else place)
    assert isinstance(low, int) and isinstance(high, int)
    if low > high:
        detail = f"the first port ({low}) is above the last ({high})"
        return _refused(protocol, DefectKind.PORTS_REVERSED, detail, place)
    return Admitted(Traffic(protocol, IntervalSet(((low, high),))))


def _icmp(protocol: int, first: Value | None, last: Value | None, block: Location) -> Admitted:
    unknown = _unresolved(first, last)
    if unknown:
        return Admitted(Traffic(protocol, unknown))
    type_, code, place = _integer(first), _integer(last), _place(first, last, block)
    if type_ is None or code is None:
        if protocol == ICMPV6 and type_ is code:
            return Admitted(Traffic(protocol))
        detail = f"type or code is missing, which AWS refuses for {protocol_name(protocol)}; -1 stands for all"
        return _refused(protocol, DefectKind.PORTS_MISSING, detail, place)
    for value, number, what in ((first, type_, "type"), (last, code, "code")):
        if not isinstance(number, int) or not -1 <= number <= 255:
            detail = f"{_shown(value.data if value else None)} is not an ICMP {what} (0 to 255, or -1 for all)"
            return _refused(protocol, DefectKind.PORTS_OUT_OF_RANGE, detail, value.location if value else place)
    assert isinstance(type_, int) and isinstance(code, int)
    return Admitted(Traffic(protocol, icmp_selector(None if type_ < 0 else type_, None if code < 0 else code)))


def _refused(protocol: int, kind: DefectKind, detail: str, place: Location) -> Admitted:
    return Admitted(Traffic(protocol, NOTHING), (Defect(kind, detail, place),))


def _unresolved(first: Value | None, last: Value | None) -> Unknown | None:
    for value in (first, last):
        if value is not None and isinstance(value.data, Unknown):
            return value.data
    return None


def _integer(value: Value | None) -> int | str | None:
    """The number of a value, None when it is not given, its text when it is no integer."""
    if value is None or value.data is None:
        return None
    data = value.data
    if isinstance(data, int) and not isinstance(data, bool):
        return data
    if isinstance(data, str):
        text = data.strip()
        digits = text[1:] if text[:1] in "+-" else text
        return int(text) if digits.isascii() and digits.isdigit() else text
    if isinstance(data, Decimal) and data == data.to_integral_value():
        return int(data)
    return str(data)


def _place(first: Value | None, last: Value | None, block: Location) -> Location:
    value = first or last
    return value.location if value else block


def _shown(data: Data) -> str:
    return f'"{data}"' if isinstance(data, str) else spelled(data)

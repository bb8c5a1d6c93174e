"""How EC2 takes a protocol and two numbers."""

from __future__ import annotations

import pytest

from sglint.aws.traffic import read_traffic
from sglint.model.location import Location
from sglint.model.rules import DefectKind
from sglint.model.values import Data, Unknown, Value

HERE = Location("main.tf", 1, 1, 1, 2)
MISSING = object()


def _value(data: object) -> Value | None:
    if data is MISSING:
        return None
    assert data is None or isinstance(data, (bool, int, str, Unknown))
    known: Data = data
    return Value(known, HERE)


def _read(protocol: object, first: object, last: object) -> tuple[str, tuple[DefectKind, ...]]:
    admitted = read_traffic(_value(protocol), _value(first), _value(last), HERE)
    return str(admitted.traffic), tuple(defect.kind for defect in admitted.defects)


@pytest.mark.parametrize(
    ("protocol", "first", "last", "expected"),
    [
        ("tcp", 22, 22, "tcp 22"),
        ("TCP", "22", "25", "tcp 22-25"),
        (6, 0, 65535, "tcp 0-65535"),
        ("17", 0, 0, "udp 0"),
        ("-1", 0, 0, "all"),
        (-1, MISSING, MISSING, "all"),
        ("all", -1, -1, "all"),
        ("ALL", 0, 65535, "all"),
        ("icmp", -1, -1, "icmp"),
        ("icmp", 8, 0, "icmp 8/0"),
        ("1", "3", "-1", "icmp 3"),
        ("icmpv6", MISSING, MISSING, "icmpv6"),
        (58, 128, 0, "icmpv6 128/0"),
        (50, 0, 0, "50"),
        ("47", MISSING, None, "47"),
        ("50", 50, 50, "50"),
    ],
)
def test_sound(protocol: object, first: object, last: object, expected: str) -> None:
    assert _read(protocol, first, last) == (expected, ())


@pytest.mark.parametrize(
    ("protocol", "first", "last", "expected", "kind"),
    [
        ("tcp", MISSING, MISSING, "tcp none", DefectKind.PORTS_MISSING),
        ("tcp", 22, MISSING, "tcp none", DefectKind.PORTS_MISSING),
        ("udp", None, 53, "udp none", DefectKind.PORTS_MISSING),
        ("tcp", -1, -1, "tcp none", DefectKind.PORTS_OUT_OF_RANGE),
        ("tcp", 0, 65536, "tcp none", DefectKind.PORTS_OUT_OF_RANGE),
        ("tcp", "ssh", "ssh", "tcp none", DefectKind.PORTS_OUT_OF_RANGE),
        ("tcp", True, 22, "tcp none", DefectKind.PORTS_OUT_OF_RANGE),
        ("tcp", 443, 80, "tcp none", DefectKind.PORTS_REVERSED),
        ("icmp", MISSING, MISSING, "icmp none", DefectKind.PORTS_MISSING),
        ("icmpv6", 128, MISSING, "icmpv6 none", DefectKind.PORTS_MISSING),
        ("icmp", 0, 65535, "icmp none", DefectKind.PORTS_OUT_OF_RANGE),
        ("icmp", -2, -1, "icmp none", DefectKind.PORTS_OUT_OF_RANGE),
        ("tpc", 22, 22, "255 none", DefectKind.PROTOCOL_UNKNOWN),
        (300, 22, 22, "255 none", DefectKind.PROTOCOL_UNKNOWN),
        (MISSING, 22, 22, "255 none", DefectKind.PROTOCOL_UNKNOWN),
        ("-1", 22, 22, "all", DefectKind.PORTS_IGNORED),
        (50, 500, 500, "50", DefectKind.PORTS_IGNORED),
    ],
)
def test_defects(protocol: object, first: object, last: object, expected: str, kind: DefectKind) -> None:
    assert _read(protocol, first, last) == (expected, (kind,))


def test_what_the_deployment_decides_is_unknown() -> None:
    unknown = Unknown("var.port", "var.port")
    assert _read("tcp", unknown, 22) == ("tcp unknown(var.port)", ())
    assert _read(unknown, 22, 22)[0] == "unknown(var.port)"
    assert _read("-1", unknown, unknown) == ("all", ())

"""Plain values: what scalars say, and their text where CloudFormation wants text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from itertools import groupby

from sglint.model.location import Evidence, Location
from sglint.model.record import frozen
from sglint.model.values import EMPTY, GAP, Data, Unknown, Value, spelled
from sglint.reading.document import Scalar

_DYNAMIC_REFERENCE = re.compile(r"\{\{\s*resolve:([^{}]*)\}\}")


@frozen
class Compound(Unknown):
    """Text of which only parts are known: plain text and `Unknown`s in turn."""

    parts: tuple[str | Unknown, ...] = ()


def scalar(node: Scalar) -> Value:
    """What a plain scalar says; a string with a dynamic reference is known only to the deployment."""
    data = node.value
    if isinstance(data, float):
        return Value(_number(node.text), node.location)
    if isinstance(data, str):
        return text_value(data, node.location)
    return Value(data, node.location)


def _number(text: str) -> Data:
    try:
        number = Decimal(text.replace("_", ""))
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > 100:
        return text
    return int(number) if number == number.to_integral_value() else number


def text_value(text: str, location: Location, evidence: Evidence = ()) -> Value:
    """A string as a value. CloudFormation replaces `{{resolve:…}}` after it has evaluated all functions."""
    found = _DYNAMIC_REFERENCE.search(text) if "{{" in text else None
    return Value(Unknown(text, found[1].strip()) if found else text, location, evidence)


def as_text(data: Data) -> str | None:
    """A scalar's text as CloudFormation writes it, None for what is none."""
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, (int, Decimal)):
        return str(data)
    return data if isinstance(data, str) else None


def shown(value: Value) -> str:
    """A value in the expression of an Unknown."""
    return spelled(value.data) or EMPTY


def first_unknown(data: Data) -> Unknown | None:
    """The first Unknown in a value, at any depth; of a Conditional that its alternatives make it one."""
    if isinstance(data, Unknown):
        return data
    parts: Sequence[Value] = ()
    if isinstance(data, tuple):
        parts = data
    elif isinstance(data, dict):
        parts = tuple(data.values())
    for part in parts:
        found = first_unknown(part.data)
        if found is not None:
            return found
    return None


def concatenated(parts: tuple[Value, ...], location: Location) -> Value:
    """Text put together from plain values. What is unknown stays in it as `${expression}`; what is absent adds none."""
    evidence = tuple(step for part in parts for step in part.evidence)
    if len(parts) == 1 and isinstance(parts[0].data, Unknown):
        return Value(parts[0].data, location, evidence)
    pieces: list[str | Unknown] = []
    for part in parts:
        if part.data is None:
            continue
        piece = part.data if isinstance(part.data, Unknown) else as_text(part.data)
        if piece is None:
            piece = first_unknown(part.data) or Unknown(shown(part), "a list where text is wanted")
        _append(pieces, piece)
    return _composed(pieces, location, evidence)


def length(part: Value) -> int:
    """How many characters a plain value adds to a text."""
    return len((part.data.outline if isinstance(part.data, Unknown) else as_text(part.data)) or "")


def _append(pieces: list[str | Unknown], piece: str | Unknown) -> None:
    if isinstance(piece, Compound):
        for inner in piece.parts:
            _append(pieces, inner)
    elif piece != "":
        pieces.append(piece)


def _composed(parts: list[str | Unknown], location: Location, evidence: Evidence) -> Value:
    pieces: list[str | Unknown] = []
    for is_text, run in groupby(parts, key=lambda part: isinstance(part, str)):
        alike = list(run)
        pieces.extend(["".join(map(str, alike))] if is_text else alike)
    blocking = [piece for piece in pieces if isinstance(piece, Unknown)]
    if not blocking:
        return text_value("".join(piece for piece in pieces if isinstance(piece, str)), location, evidence)
    if len(pieces) == 1:
        return Value(blocking[0], location, evidence)
    expression = "".join(piece if isinstance(piece, str) else f"${{{piece.expression}}}" for piece in pieces)
    outline = "".join(piece if isinstance(piece, str) else GAP for piece in pieces)
    found = Compound(expression, blocking[0].blocked_by, outline=outline, parts=tuple(pieces))
    return Value(found, location, evidence)


def split(text: Value, delimiter: str) -> tuple[Value, ...] | None:
    """The pieces of a text, or None when unknown parts of it could hold the delimiter themselves.

    A resource's id or attribute is taken not to: `Fn::Join` of ids and `Fn::Split` undo each other.
    """
    if isinstance(text.data, Compound):
        return _split_parts(text.data.parts, delimiter, text)
    plain = as_text(text.data)
    if plain is None:
        return None
    return tuple(Value(piece, text.location, text.evidence) for piece in plain.split(delimiter))


def _split_parts(parts: tuple[str | Unknown, ...], delimiter: str, whole: Value) -> tuple[Value, ...] | None:
    found: list[list[str | Unknown]] = [[]]
    for part in parts:
        if isinstance(part, Unknown):
            if part.reference is None:
                return None
            found[-1].append(part)
            continue
        first, *rest = part.split(delimiter)
        _append(found[-1], first)
        for piece in rest:
            found.append([])
            _append(found[-1], piece)
    return tuple(_composed(pieces, whole.location, whole.evidence) for pieces in found)

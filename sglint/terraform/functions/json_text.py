"""JSON as Terraform writes and reads it: Go's escapes, keys in order, exact numbers."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from sglint.model.record import replace
from sglint.model.values import Data, EncodedText, Value
from sglint.terraform import numbers
from sglint.terraform.functions.calling import Implementation, Invocation, Rejected, Undecidable
from sglint.terraform.values import evidence_of, normalised

_ESCAPED = re.compile('[\x00-\x1f"\\\\<>&\u2028\u2029\ud800-\udfff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_SURROGATES = re.compile("[\ud800-\udfff]")


def quote(text: str) -> str:
    """A JSON string with the characters escaped that Go's encoder escapes: also `<`, `>` and `&`."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def encode(value: Value) -> str:
    """A wholly known value as JSON without white space."""
    data = value.data
    if isinstance(data, str):
        return quote(data)
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, (int, Decimal)):
        return numbers.text(data)
    if isinstance(data, tuple):
        return "[" + ",".join(map(encode, data)) + "]"
    if isinstance(data, dict):
        return "{" + ",".join(f"{quote(key)}:{encode(data[key])}" for key in sorted(data)) + "}"
    return "null"


def _encode(invocation: Invocation) -> Value:
    argument = invocation.arguments[0]
    result = invocation.result(encode(argument))
    return replace(result, data=EncodedText.of(str(result.data), argument))


_TOO_DEEP = "a text that nests too deeply to be read"


class _NotJson(ValueError):
    """A constant that Python's reader knows and JSON does not."""


def _constant(text: str) -> None:
    raise _NotJson(f"invalid character {text[0]!r} looking for beginning of value")


def _number(text: str) -> numbers.Number:
    parsed = numbers.parse(text)
    assert parsed is not None
    return parsed


def _decode(invocation: Invocation) -> Value:
    try:
        decoded = json.loads(invocation.text(0), parse_int=_number, parse_float=_number, parse_constant=_constant)
    except RecursionError:
        raise Undecidable(_TOO_DEEP) from None
    except (_NotJson, json.JSONDecodeError) as error:
        message = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise Rejected(message[:1].lower() + message[1:]) from None
    evidence = evidence_of(invocation.arguments)

    def value(part: object) -> Value:
        return Value(_data(part), invocation.location, evidence)

    def _data(part: object) -> Data:
        if isinstance(part, list):
            return tuple(map(value, part))
        if isinstance(part, dict):
            return {_text(key): value(part[key]) for key in sorted(part)}
        if isinstance(part, str):
            return _text(part)
        assert part is None or isinstance(part, (bool, int, Decimal))
        return part

    try:
        return value(decoded)
    except RecursionError:
        raise Undecidable(_TOO_DEEP) from None


def _text(text: str) -> str:
    return normalised(_SURROGATES.sub("\ufffd", text))


IMPLEMENTATIONS: dict[str, Implementation] = {"jsondecode": _decode, "jsonencode": _encode}

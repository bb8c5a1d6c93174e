"""What a scalar of YAML means to Terraform."""

from __future__ import annotations

import re
from datetime import datetime

from sglint.model.values import Data
from sglint.terraform import numbers
from sglint.terraform.functions.calling import Undecidable
from sglint.terraform.functions.encoding import decode_base64
from sglint.terraform.quoting import go_quote

_TAG = "tag:yaml.org,2002:"
_STR, _BOOL, _INT, _FLOAT, _NULL, _TIMESTAMP, _BINARY = (
    _TAG + name for name in ("str", "bool", "int", "float", "null", "timestamp", "binary")
)
_WORDS: dict[str, bool | None] = {
    word: value
    for value, words in (
        (True, "y Y yes Yes YES true True TRUE on On ON"),
        (False, "n N no No NO false False FALSE off Off OFF"),
        (None, "~ null Null NULL"),
    )
    for word in words.split()
} | {"": None}
_INFINITY = re.compile(r"[+-]?\.(?:inf|Inf|INF)")
_NAN = re.compile(r"\.(?:nan|NaN|NAN)")
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_TIME = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(Z|[+-]\d\d:\d\d)| (\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?",
    re.ASCII,
)


class ScalarError(ValueError):
    """A scalar that its tag does not allow."""


def resolve(tag: str, text: str, is_quoted: bool) -> Data:
    """The value of a scalar with this tag ("" for none). ScalarError when the two do not fit."""
    if tag not in ("", _STR, _BOOL, _INT, _FLOAT, _NULL, _TIMESTAMP, _BINARY):
        raise ScalarError(f"unsupported tag {go_quote(tag)}")
    if tag not in (_STR, _BINARY) and (not text or text[0] in "+-0123456789yYnNtTfFoO~."):
        if is_quoted:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INFINITY.fullmatch(text):
            raise Undecidable("infinity, which is not computed")
        if not tag and _NAN.fullmatch(text):
            raise ScalarError("floating point NaN is not supported")
        if text[0] == ".":
            number = numbers.parse(text)
            if number is not None:
                return number
        elif text[0] in "+-0123456789":
            moment = _moment(text) if tag in ("", _TIMESTAMP) else None
            if moment is not None:
                return moment
            if _INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text):
                tag = _INT
    return _tagged(tag, text)


def _tagged(tag: str, text: str) -> Data:
    cannot = f"cannot parse {go_quote(text)} as {tag}"
    if tag == _BINARY:
        try:
            decode_base64(text)
        except ValueError:
            raise ScalarError(f"{cannot}: not valid base64") from None
    if tag in ("", _STR, _BINARY):
        return text
    if tag == _NULL:
        return None
    if tag == _BOOL and isinstance(_WORDS.get(text), bool):
        return _WORDS[text]
    found = _number(text) if tag in (_INT, _FLOAT) else _moment(text) if tag == _TIMESTAMP else None
    if found is None:
        raise ScalarError(cannot)
    return found


def _number(text: str) -> numbers.Number | None:
    plain = text.replace("_", "")
    number = numbers.parse(plain)
    if number is not None:
        return number
    try:
        return int(plain, 0)
    except ValueError:
        return None


def _moment(text: str) -> str | None:
    """A timestamp in RFC 3339's form, where the text is one of those that YAML knows."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    year, month, day, *rest = match.groups()
    hour, minute, second = rest[:3] if rest[0] else rest[4:] if rest[4] else ("0", "0", "0")
    try:
        moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second))
    except ValueError:
        return None
    zone = rest[3] if rest[3] and rest[3] not in ("+00:00", "-00:00") else "Z"
    return moment.isoformat() + zone

"""Functions that write text in another form, or read it."""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import a2b_base64

from sglint.model.values import Value
from sglint.terraform.functions.calling import Implementation, Invocation, Rejected
from sglint.terraform.functions.charsets import CHARSETS, Charset
from sglint.terraform.quoting import go_quote
from sglint.terraform.values import ListItems, evidence_of, normalised

_BASE64 = re.compile(r"[A-Za-z0-9+/]")


class _Corrupt(ValueError):
    """Text that is not base64, and the offset of the first bad byte."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def decode_base64(text: str) -> bytes:
    """Standard base64 with padding; line ends are passed over, as Go does. _Corrupt otherwise."""
    kept = text.replace("\r", "").replace("\n", "")
    body = kept.rstrip("=")
    padding = len(kept) - len(body)
    for position, character in enumerate(text):
        if character not in "\r\n=" and not _BASE64.fullmatch(character):
            raise _Corrupt(len(text[:position].encode("utf-8", "surrogatepass")))
    if "=" in body or (len(body) + padding) % 4 or padding > 2:
        raise _Corrupt(text.find("=") if "=" in body else len(text))
    return a2b_base64(kept)


def _base64_decode(invocation: Invocation) -> Value:
    text = invocation.text(0)
    try:
        decoded = decode_base64(text)
    except _Corrupt:
        raise Rejected(f"failed to decode base64 data {go_quote(text)}") from None
    try:
        return invocation.result(decoded.decode())
    except UnicodeDecodeError:
        raise Rejected("the result of decoding the provided string is not valid UTF-8") from None


def _base64_encode(invocation: Invocation) -> Value:
    return invocation.result(b64encode(invocation.text(0).encode("utf-8", "surrogatepass")).decode())


def _charset(invocation: Invocation) -> Charset:
    name = invocation.text(1)
    charset = CHARSETS.get(name.lower())
    if charset is None:
        raise Rejected(f"{go_quote(name)} is not a supported IANA encoding name or alias in this Terraform version", 1)
    return charset


def _text_encode(invocation: Invocation) -> Value:
    charset = _charset(invocation)
    try:
        encoded = charset.mark + invocation.text(0).encode(charset.codec)
    except UnicodeEncodeError:
        raise Rejected(
            f"the given string contains characters that cannot be represented in {charset.name}", 0
        ) from None
    return invocation.result(b64encode(encoded).decode())


def _text_decode(invocation: Invocation) -> Value:
    charset = _charset(invocation)
    try:
        data = decode_base64(invocation.text(0))
    except _Corrupt as error:
        raise Rejected(f"the given value is has an invalid base64 symbol at offset {error.offset}", 0) from None
    try:
        text = charset.decode(data)
    except UnicodeDecodeError:
        text = "\ufffd"
    if "\ufffd" in text:
        raise Rejected(f"the given string contains symbols that are not defined for {charset.name}", 0)
    return invocation.result(text)


def _url_encode(invocation: Invocation) -> Value:
    from urllib.parse import quote_plus

    return invocation.result(quote_plus(invocation.text(0), safe="~"))


# ---- CSV


def _csv_decode(invocation: Invocation) -> Value:
    records = _records(invocation.text(0))
    if not records:
        raise Rejected("missing header line")
    (_, header), *rows = records
    for position, name in enumerate(header):
        if name in header[:position]:
            raise Rejected(f"duplicate column name {go_quote(name)}")
    evidence = evidence_of(invocation.arguments)
    objects: list[Value] = []
    for line, row in rows:
        if len(row) != len(header):
            raise Rejected(f"CSV parse error on line {line}: wrong number of fields")
        members = dict(sorted(zip(map(normalised, header), row, strict=True)))
        objects.append(
            invocation.collected(
                {name: Value(normalised(text), invocation.location, evidence) for name, text in members.items()}
            )
        )
    return invocation.collected(ListItems(objects))


def _records(text: str) -> list[tuple[int, list[str]]]:
    """The records as Go's `encoding/csv` reads them, each with the line on which it starts. Blank lines are none."""
    lines = text.replace("\r\n", "\n").split("\n")
    records: list[tuple[int, list[str]]] = []
    number = 0
    while number < len(lines):
        start = number
        line = lines[number]
        number += 1
        if not line or (number == len(lines) and line == "\r"):
            continue
        fields: list[str] = []
        rest: str | None = line
        while rest is not None:
            if rest.startswith('"'):
                field, rest, number = _quoted_field(rest[1:], lines, number)
            else:
                field, comma, following = rest.partition(",")
                if '"' in field:
                    raise Rejected(f'CSV parse error on line {number}: bare " in non-quoted-field')
                rest = following if comma else None
            fields.append(field)
        records.append((start + 1, fields))
    return records


def _quoted_field(rest: str, lines: list[str], number: int) -> tuple[str, str | None, int]:
    """The field behind an opening quote, what follows its comma, and the number of the next line."""
    parts: list[str] = []
    while True:
        before, quote, rest = rest.partition('"')
        parts.append(before)
        if not quote:
            if number >= len(lines):
                raise Rejected(f'CSV parse error on line {number}: extraneous or missing " in quoted-field')
            parts.append("\n")
            rest = lines[number]
            number += 1
        elif rest.startswith('"'):
            parts.append('"')
            rest = rest[1:]
        elif rest.startswith(","):
            return "".join(parts), rest[1:], number
        elif not rest:
            return "".join(parts), None, number
        else:
            raise Rejected(f'CSV parse error on line {number}: extraneous or missing " in quoted-field')


IMPLEMENTATIONS: dict[str, Implementation] = {
    "base64decode": _base64_decode,
    "base64encode": _base64_encode,
    "csvdecode": _csv_decode,
    "textdecodebase64": _text_decode,
    "textencodebase64": _text_encode,
    "urlencode": _url_encode,
}

"""What HCL's literal tokens mean: numbers and the text of quoted and unquoted templates."""

from __future__ import annotations

import re
from decimal import Decimal

_LARGEST_INT_DIGITS = 1000

_ESCAPE = r"""\\(?:([nrt"\\])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|\$\$\{|%%\{"""
_TEMPLATE_ESCAPE = r"\$\$\{|%%\{"
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def number(text: str) -> int | Decimal:
    """A number as written: int when integral, else the exact Decimal.

    Integers too long to be worth expanding (`1e999999`) stay Decimal.
    """
    if len(text) <= _LARGEST_INT_DIGITS and text.isdigit():
        return int(text)
    exact = Decimal(text)
    if exact.adjusted() > _LARGEST_INT_DIGITS or exact != exact.to_integral_value():
        return exact
    return int(exact)


def quoted_text(raw: str) -> str:
    """The text that the inside of a quoted string stands for: backslash and template escapes undone."""
    if "\\" not in raw and "{" not in raw:
        return raw
    return re.sub(_ESCAPE, _unescape, raw)


def unquoted_text(raw: str) -> str:
    """The text of a heredoc or of a template standing alone, where a backslash is a backslash."""
    return re.sub(_TEMPLATE_ESCAPE, lambda match: match[0][1:], raw) if "{" in raw else raw


def _unescape(match: re.Match[str]) -> str:
    simple, short, long = match.groups()
    if simple:
        return _SIMPLE[simple]
    if short or long:
        code = int(short or long, 16)
        # Go, in which HCL is written, has no text for surrogates and beyond Unicode's end.
        return "\ufffd" if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)
    return match[0][1:]

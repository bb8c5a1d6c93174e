"""How Go quotes text, which shows in Terraform's messages, in `format("%q")` and in the order of sets."""

from __future__ import annotations

_ESCAPES = {
    "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v", "\\": "\\\\", '"': '\\"',
}  # fmt: skip


def go_quote(text: str) -> str:
    """The text in double quotes with Go's escapes (`strconv.Quote`)."""
    return '"' + "".join(_quoted(character) for character in text) + '"'


def _quoted(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if _is_printable(character):
        return character
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_printable(character: str) -> bool:
    """Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols, and the ASCII space."""
    if character.isascii():
        return " " <= character <= "~"
    from unicodedata import category

    return category(character)[0] in "LMNPS"


def go_quote_character(character: str) -> str:
    """The character in single quotes (`strconv.QuoteRune`)."""
    return f"'{character}'" if character == '"' else "'\\''" if character == "'" else f"'{_quoted(character)}'"

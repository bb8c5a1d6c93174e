"""Text from the input made safe to print, and how much room it takes."""

from __future__ import annotations

from unicodedata import category, east_asian_width

_HOSTILE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode categories that act on a terminal or hide in it: controls, bidi and other format marks, line separators,
and halves of surrogate pairs, which cannot be encoded."""
_STACKED = frozenset(("Mn", "Me"))


def visible(text: str) -> str:
    """The text with everything that could act on a terminal written as an escape: `\\x1b`, `\\u202e`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if category(character) in _HOSTILE:
        return character.encode("unicode_escape").decode("ascii")
    return character


def cells(text: str) -> int:
    """How many cells of a terminal visible text takes: two for wide characters (UAX #11), none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if category(character) in _STACKED:
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1

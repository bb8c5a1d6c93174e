"""Text of the input as it may stand in a drawing: escaped, and no longer than its place."""

from __future__ import annotations

from html import escape

from sglint.reports.terminal import cells, visible

_CUT = "…"


def xml(text: str) -> str:
    """Text for elements and quoted attributes of XML and HTML alike, with nothing in it that acts or hides."""
    return escape(visible(text), quote=True)


def fitted(text: str, room: float, width: float) -> str:
    """The text cut to its beginning so that it takes no more than `room`, at `width` for each narrow character."""
    text = " ".join(visible(text).split())
    most = int(room / width)
    if cells(text) <= most:
        return text
    kept = ""
    for character in text:
        if cells(kept) + cells(character) > most - 1:
            break
        kept += character
    return kept + _CUT


def fitted_address(text: str, room: float, width: float) -> str:
    """The same for what is told apart by its end: cut in the middle."""
    text = " ".join(visible(text).split())
    most = int(room / width)
    if cells(text) <= most:
        return text
    head = fitted(text, most // 3, 1)
    return head + fitted(text[::-1], most - cells(head) + 1, 1).rstrip(_CUT)[::-1]

"""Long lines of a report, broken for the width of a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.reports.terminal import cells

_NARROWEST = 40
"""A terminal of fewer cells gets lines for this many: what is left beside the margin would hold no word."""


def wrapped(text: str, margin: str, width: int | None) -> Iterator[str]:
    """Visible text as lines that begin with the margin, those after the first with two spaces more.

    Lines break at spaces only, so that an address or a link stays in one piece. No width gives one line.
    """
    if width is None:
        yield margin + text
        return
    width = max(width, _NARROWEST)
    line, room = margin, 0
    for word in text.split(" "):
        if room and cells(line) + 1 + cells(word) > width:
            yield line
            line, room = f"{margin}  {word}", 1
        else:
            line, room = f"{line} {word}" if room else line + word, 1
    yield line

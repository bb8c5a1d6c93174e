"""The report on a change for people, at a terminal."""

from __future__ import annotations

from sglint.reports.difference_lines import Mark, lines, summary
from sglint.triage.opening import Comparison

_RENDITIONS = {Mark.GROUP: "1", Mark.OPENED: "31", Mark.CLOSED: "32", Mark.FINDING: "1;31"}
"""Select Graphic Rendition parameters (ECMA-48, 8.3.117)."""
_BEFORE = {Mark.GROUP: "", Mark.OPENED: "  + ", Mark.CLOSED: "  - ", Mark.FINDING: "    ! "}


def render(comparison: Comparison, color: bool = False) -> str:
    """Group by group what is opened and closed, then a summary; one line when that is nothing."""
    shown = []
    for mark, text in lines(comparison):
        line = _BEFORE[mark] + text
        shown.append(f"\x1b[{_RENDITIONS[mark]}m{line}\x1b[0m" if color else line)
    return "".join(f"{line}\n" for line in (*shown, *([""] if shown else []), summary(comparison)))

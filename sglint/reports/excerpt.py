"""A source line with a marker under the part that matters."""

from __future__ import annotations

from sglint.model.location import Location
from sglint.reports.terminal import cells, visible

_TAB = 4
_LONGEST = 120
"""Characters of a line to show. Machine-written JSON puts a whole template on one line."""
_LEAD = 40
"""Characters to show before the marker in a line that is cut."""


def excerpt(line: str, location: Location) -> tuple[str, str]:
    """The line as it can be printed, and the marker to print below it.

    A region of several lines is marked to the end of its first. A place past the end of the line is marked there.
    """
    line = line.rstrip()
    start = min(location.column - 1, len(line))
    end = len(line) if location.end_line > location.line else min(location.end_column - 1, len(line))
    before, after = "", ""
    if len(line) > _LONGEST:
        first = min(max(0, start - _LEAD), len(line) - _LONGEST)
        before, after = "..." if first else "", "..." if first + _LONGEST < len(line) else ""
        line, start, end = line[first : first + _LONGEST], start - first, end - first
    shown = before
    room = cells(before)
    edges = []
    for character in line:
        edges.append(room)
        piece = " " * (_TAB - room % _TAB) if character == "\t" else visible(character)
        shown += piece
        room += cells(piece)
    edges.append(room)
    left, right = edges[start], edges[max(start, min(end, len(line)))]
    return shown + after, " " * left + "^" * max(1, right - left)

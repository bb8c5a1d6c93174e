"""A source line with a marker under the part that matters."""

from __future__ import annotations

from sglint.model.location import Location
from sglint.reports.terminal import cells, visible

_TAB = 4
_LONGEST = 120
"""Characters of a line to show. Machine-written JSON puts a whole template on one line."""
_SHORTEST = 30
_CUT = "..."


def excerpt(line: str, location: Location, room: int | None = None) -> tuple[str, str]:
    """The line as it can be printed, and the marker to print below it.

    A line of more than `room` characters, or of more than 120, is cut around the marker. A region of several lines is
    marked to the end of its first. A place past the end of the line is marked there.
    """
    line = line.rstrip()
    start = min(location.column - 1, len(line))
    end = len(line) if location.end_line > location.line else min(location.end_column - 1, len(line))
    before, after = "", ""
    longest = _LONGEST if room is None else max(_SHORTEST, min(_LONGEST, room))
    if len(line) > longest:
        if room is not None:
            longest -= 2 * len(_CUT)
        first = min(max(0, start - longest // 3), len(line) - longest)
        before, after = _CUT if first else "", _CUT if first + longest < len(line) else ""
        line, start, end = line[first : first + longest], start - first, end - first
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

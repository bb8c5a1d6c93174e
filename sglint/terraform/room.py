"""How much syntax one root module may come to, with all modules that it calls: all of it is held at once."""

from __future__ import annotations

from sglint.model.limits import limits, raising
from sglint.model.location import Problem, whole_file
from sglint.reading.files import Source
from sglint.reading.hcl_signs import signs


class Room:
    """What is left of the limit. Bytes are counted until there are so many that what they hold could be too much.

    A file for which there is no room leaves the room that there is to others.
    """

    def __init__(self) -> None:
        self._most = limits().tokens
        self._signs = 0
        self._bytes = 0
        self._uncounted: list[bytes] = []

    def take(self, source: Source) -> Problem | None:
        """Have a file be part of the root module, unless that is the problem."""
        if self._signs + self._bytes + len(source.data) <= self._most:
            self._uncounted.append(source.data)
            self._bytes += len(source.data)
            return None
        self._signs += sum(map(signs, self._uncounted))
        self._bytes = 0
        self._uncounted.clear()
        own = signs(source.data)
        if self._signs + own <= self._most:
            self._signs += own
            return None
        hint = raising("tokens", "what it holds is not judged", "it read")
        message = f"is not read: with it the root module has more than {self._most} signs and lines"
        return Problem(whole_file(source.path), message, hint)

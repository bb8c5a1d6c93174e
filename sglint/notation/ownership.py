"""One line of text for each tag of a group, and for each resource that writes its rules.

    tag GROUP Owner "web team"
    other-tags GROUP
    writer GROUP ingress listed ADDRESS when IsProd is true

`other-tags` says that the group may have tags with keys that are not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from sglint.model.record import replace
from sglint.model.rules import Form, SecurityGroup, Writer
from sglint.model.values import ALWAYS, Unknown
from sglint.notation.words import (
    Line,
    quote,
    read_direction,
    read_member,
    read_text,
    read_when,
    unreadable,
    word,
    write_condition,
    write_unknown,
)


def write_ownership(group: SecurityGroup) -> Iterator[str]:
    """The lines for a group's tags and writers."""
    for key, value in group.tags.items():
        text = write_unknown(value) if isinstance(value, Unknown) else quote(value)
        yield f"tag {word(group.address)} {word(key)} {text}"
    if group.may_have_other_tags:
        yield f"other-tags {word(group.address)}"
    for writer in group.writers:
        parts = ["writer", word(group.address), writer.direction.value, writer.form.value, word(writer.address)]
        yield " ".join((*parts, *write_condition(writer.when)))


class Ownership:
    """Collects what the lines of an estate say about tags and writers, by group."""

    def __init__(self) -> None:
        self._tags: dict[str, dict[str, str | Unknown]] = {}
        self._open: set[str] = set()
        self._writers: dict[str, list[Writer]] = {}

    def accept(self, line: Line) -> bool:
        """Whether the line speaks of tags or writers; it is read then."""
        if line.accept("tag"):
            group, key = line.take("a group"), line.take("a key")
            self._tags.setdefault(group, {})[key] = read_text(line)
        elif line.accept("other-tags"):
            self._open.add(line.take("a group"))
        elif line.accept("writer"):
            group, direction, form = line.take("a group"), read_direction(line), read_member(line, Form)
            address = line.take("an address")
            when = read_when(line) if line.accept("when") else ALWAYS
            self._writers.setdefault(group, []).append(Writer(address, direction, form, when))
        else:
            return False
        if line.words:
            raise unreadable(line)
        return True

    def of(self, group: SecurityGroup) -> SecurityGroup:
        """A group with its tags and writers."""
        address = group.address
        tags, writers = self._tags.get(address, {}), tuple(self._writers.get(address, ()))
        return replace(group, tags=tags, may_have_other_tags=address in self._open, writers=writers)

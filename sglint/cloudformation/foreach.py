"""`Fn::ForEach` of the `AWS::LanguageExtensions` transform: repeats a fragment for each item of a collection.

Template reference, `Fn::ForEach`: in the output key and value, `${Identifier}` becomes the item and `&{Identifier}`
the item without what is not alphanumeric; a `Ref` to the identifier is the item. Fragments may hold loops.

What is repeated for an item that a collection has only under some condition exists under that condition: a resource or
output carries its name under `PRESENT`, a member of anything else stands in an `Fn::If`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from sglint.cloudformation.forms import FOR_EACH, Report, intrinsic, items, text
from sglint.cloudformation.pseudo import NO_VALUE
from sglint.model.cases import NEVER_HOLDS, Cases, complement, either
from sglint.model.limits import limits, raising
from sglint.model.location import Location
from sglint.model.record import replace
from sglint.model.values import When
from sglint.reading.document import Mapping, Node, Scalar, Sequence

PRESENT = "Fn::ForEach"
"""The key, in what a loop made, of the condition under which it exists."""

Collection: TypeAlias = Callable[[Node], list[tuple[When, tuple[str, ...]]] | str]
"""The items that a node comes to, by condition, or the symbol that keeps them unknown."""

Leave: TypeAlias = Callable[[str, str, Location], None]
"""Takes note of a loop that is not expanded: its name, why, where."""

_NOT_ALPHANUMERIC = re.compile(r"[^A-Za-z0-9]")
_SHAPE = "a list of an identifier, a collection and an object of one output key"


class Loops:
    """Expands the loops of one template."""

    def __init__(self, collection: Collection, report: Report, leave: Leave, prefix: str) -> None:
        """`prefix` tells the conditions of nested stacks apart."""
        self._prefix = prefix
        self._collection = collection
        self._report = report
        self._leave = leave
        self._count = 0
        self.presences: dict[str, tuple[When, When]] = {}
        """The conditions under which repeated things exist: when they do and when not, by name."""

    def section(self, node: Mapping) -> Mapping:
        """A section of the template with its loops unrolled."""
        found = self._expanded(node, is_section=True)
        return found if isinstance(found, Mapping) else node

    def _expanded(self, node: Node, is_section: bool = False) -> Node:
        """A node with every loop in it replaced by what it repeats. What holds none comes back as it is."""
        if isinstance(node, Mapping):
            entries = tuple(self._entries(node, is_section))
            if len(entries) == len(node.entries) and all(
                new[1] is old[1] for new, old in zip(entries, node.entries, strict=True)
            ):
                return node
            return replace(node, entries=entries)
        if isinstance(node, Sequence):
            expanded = tuple(self._expanded(item) for item in node.items)
            unchanged = all(new is old for new, old in zip(expanded, node.items, strict=True))
            return node if unchanged else replace(node, items=expanded)
        return node

    def _entries(self, node: Mapping, is_section: bool) -> Iterator[tuple[Scalar, Node]]:
        for key, value in node.entries:
            if key.text.startswith(FOR_EACH):
                yield from self._repeated(key, value, is_section)
            else:
                yield key, self._expanded(value)

    def _repeated(self, key: Scalar, value: Node, is_section: bool) -> Iterator[tuple[Scalar, Node]]:
        parts = items(value) or ()
        identifier = text(parts[0]) if len(parts) == 3 else None
        if not identifier or not isinstance(parts[2], Mapping):
            self._report(value.location, f"{key.text} must be {_SHAPE}")
            return
        found = self._collection(parts[1])
        if isinstance(found, str):
            self._leave(key.text, f"the items to repeat it for are not known: {found}", key.location)
            return
        seen: set[str] = set()
        for item, whens in _by_item(found).items():
            presence = self._presence(key.text, item, whens) if len(whens) < len(found) else None
            for name, body in self._entries(_substituted(parts[2], identifier, item), is_section):
                self._count += 1
                if self._count > limits().repetitions:
                    self._overflow(key)
                    return
                if name.text in seen:
                    self._report(name.location, f"{key.text} gives the key {name.text} more than once")
                seen.add(name.text)
                yield name, body if presence is None else _present(body, presence, is_section)

    def _overflow(self, key: Scalar) -> None:
        reason = f"more than {limits().repetitions} repetitions"
        self._leave(key.text, reason, key.location)
        if self._count == limits().repetitions + 1:
            hint = raising("repetitions", "those beyond are not judged", "them judged")
            self._report(key.location, f"Too many repetitions: more than {limits().repetitions}", hint)

    def _presence(self, loop: str, item: str, whens: list[When]) -> str:
        """The name of the condition that a collection has an item."""
        name = f"{loop} of {item}"
        holds: Cases = NEVER_HOLDS
        for when in whens:
            holds = either(holds, when.cases)
        fails = complement(holds)
        label = self._prefix + name
        present = whens[0] if len(whens) == 1 else When(((label, "true"),), (holds,), holds)
        self.presences[name] = (present, When(((label, "false"),), (fails,), fails))
        return name


def _by_item(found: list[tuple[When, tuple[str, ...]]]) -> dict[str, list[When]]:
    """The conditions under which each item is there, in the items' order."""
    whens: dict[str, list[When]] = {}
    for when, each in found:
        for item in dict.fromkeys(each):
            whens.setdefault(item, []).append(when)
    return whens


def _present(body: Node, name: str, is_section: bool) -> Node:
    place = body.location
    condition = Scalar(name, name, place)
    if not is_section:
        absent = Scalar(NO_VALUE, NO_VALUE, place, tag="Ref")
        return Sequence((condition, body, absent), place, tag="If")
    if not isinstance(body, Mapping):
        return body
    outer = body.get(PRESENT)
    names = (*outer.items, condition) if isinstance(outer, Sequence) else (condition,)
    rest = tuple(entry for entry in body.entries if entry[0].text != PRESENT)
    return replace(body, entries=(*rest, (Scalar(PRESENT, PRESENT, place), Sequence(names, place))))


def _substituted(fragment: Mapping, identifier: str, item: str) -> Mapping:
    plain = _NOT_ALPHANUMERIC.sub("", item)

    def fill(written: str) -> str:
        return written.replace(f"${{{identifier}}}", item).replace(f"&{{{identifier}}}", plain)

    def scalar(node: Scalar) -> Scalar:
        if not isinstance(node.value, str) or "{" not in node.value:
            return node
        return replace(node, value=fill(node.value), text=fill(node.text))

    def visit(node: Node) -> Node:
        function = intrinsic(node)
        if function is not None and function.name == "Ref" and text(function.argument) == identifier:
            return Scalar(item, item, function.location)
        if isinstance(node, Scalar):
            return scalar(node)
        if isinstance(node, Sequence):
            return replace(node, items=tuple(visit(each) for each in node.items))
        return replace(node, entries=tuple((scalar(key), visit(value)) for key, value in node.entries))

    return replace(fragment, entries=tuple((scalar(key), visit(value)) for key, value in fragment.entries))

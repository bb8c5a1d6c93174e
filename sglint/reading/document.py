"""The syntax of YAML and JSON documents with every place kept: scalars, sequences and mappings.

Aliases are resolved (the same node stands in both places) and merge keys (`<<`) are applied by the reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from sglint.model.limits import limits, raising
from sglint.model.location import Location, Problem
from sglint.model.record import frozen


@frozen
class Scalar:
    """`value` is what YAML 1.1 core rules or JSON make of it as CloudFormation reads it; `text` is as written.

    `tag` is a short-form tag without its `!` (`Ref`, `Sub`, …), None when there is none.
    """

    value: None | bool | int | float | str
    text: str
    location: Location
    tag: str | None = None


@frozen
class Sequence:
    items: tuple[Node, ...]
    location: Location
    tag: str | None = None


@frozen
class Mapping:
    """Entries in source order. Duplicate keys are kept: the last one counts, as in CloudFormation's own reader."""

    entries: tuple[tuple[Scalar, Node], ...]
    location: Location
    tag: str | None = None

    def get(self, key: str) -> Node | None:
        for name, node in reversed(self.entries):
            if name.text == key:
                return node
        return None

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its location."""
        for name, _ in reversed(self.entries):
            if name.text == key:
                return name
        return None


Node: TypeAlias = Scalar | Sequence | Mapping


def too_many_nodes(at: Location) -> Problem:
    """That a document is larger than documents that are read."""
    hint = raising("nodes", "what the file holds is not judged", "it read")
    return Problem(at, f"is not read: it has more than {limits().nodes} values and keys", hint)


def scalars(node: Node) -> Iterator[Scalar]:
    """Every scalar in a node, keys too, in source order."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for key, value in node.entries:
            yield key
            yield from scalars(value)

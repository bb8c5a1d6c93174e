"""Planned values: `after` and `after_unknown` of a plan taken together, as evaluated values with their places.

`after` leaves out what is not known yet; `after_unknown` has the same shape and says `true` there (Terraform's
documentation, "JSON Output Format", change representation).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from sglint.model.values import Data, Reference, Unknown, Value
from sglint.reading.document import Mapping, Node, Scalar, Sequence

Path: TypeAlias = tuple[str | int, ...]
Describe: TypeAlias = Callable[[Path, int], tuple[Unknown, ...] | Unknown]
"""What to say of an unknown value at a path: one Unknown, or those that it has as a list. The number is how many
siblings the block around it has, itself included."""


def merged(
    after: Node | None, unknown: Node | None, path: Path, describe: Describe, ids: dict[str, str], siblings: int = 1
) -> Value | None:
    """The value that the two nodes come to; None when neither says anything.

    `ids` are the ids of resources that exist already, by id: such a text stands for the resource.
    """
    if isinstance(unknown, Scalar) and unknown.value is True:
        found = describe(path, siblings)
        if isinstance(found, Unknown):
            return Value(found, unknown.location)
        return Value(tuple(Value(each, unknown.location) for each in found), unknown.location)
    if isinstance(after, Mapping):
        data: dict[str, Value] = {}
        keys = [key.text for key, _ in after.entries]
        if isinstance(unknown, Mapping):
            keys += [key.text for key, _ in unknown.entries]
        for key in dict.fromkeys(keys):
            flags = unknown.get(key) if isinstance(unknown, Mapping) else None
            member = merged(after.get(key), flags, (*path, key), describe, ids, siblings)
            if member is not None:
                data[key] = member
        return Value(data, after.location)
    if isinstance(after, Sequence):
        flagged = unknown.items if isinstance(unknown, Sequence) else ()
        items = []
        for index, item in enumerate(after.items):
            flag = flagged[index] if index < len(flagged) else None
            each = merged(item, flag, (*path, index), describe, ids, len(after.items))
            if each is not None:
                items.append(each)
        return Value(tuple(items), after.location)
    if isinstance(after, Scalar):
        return Value(_scalar(after, ids), after.location)
    return None


def text_of(path: Path) -> str:
    """A path as Terraform writes it: `ingress[0].cidr_blocks`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def has_unknown(node: Node | None) -> bool:
    """Whether a node of `after_unknown` says `true` anywhere."""
    if isinstance(node, Mapping):
        return any(has_unknown(value) for _, value in node.entries)
    if isinstance(node, Sequence):
        return any(has_unknown(item) for item in node.items)
    return isinstance(node, Scalar) and node.value is True


def _scalar(node: Scalar, ids: dict[str, str]) -> Data:
    if isinstance(node.value, float):
        exact = Decimal(node.text)
        return int(exact) if exact == exact.to_integral_value() else exact
    if isinstance(node.value, str) and node.value in ids:
        return Unknown(node.value, node.value, Reference(ids[node.value], "id"))
    return node.value

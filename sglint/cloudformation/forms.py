"""Intrinsic functions as they stand in a template: short form, long form, either one in YAML and JSON."""

from __future__ import annotations

from typing import Protocol

from sglint.model.location import Location
from sglint.model.record import frozen, replace
from sglint.reading.document import Mapping, Node, Scalar, Sequence
from sglint.reading.short_forms import long_form

FOR_EACH = "Fn::ForEach::"
TRANSFORM = "Fn::Transform"


class Report(Protocol):
    """Takes note of something CloudFormation would reject, or that is too large: where, what, and what to do."""

    def __call__(self, location: Location, message: str, hint: str = "") -> None: ...


@frozen
class Intrinsic:
    """A function applied to an argument. `location` is where its value is used."""

    name: str
    argument: Node
    location: Location


def intrinsic(node: Node) -> Intrinsic | None:
    """The function that a node applies, `Ref` and `Condition` by these names and all others as `Fn::…`; or None."""
    if node.tag is not None:
        return _applied(long_form(node.tag), replace(node, tag=None), node.location)
    if not isinstance(node, Mapping) or len(node.entries) != 1:
        return None
    key, argument = node.entries[0]
    if key.text == "Ref" or (key.text.startswith("Fn::") and not key.text.startswith(FOR_EACH)):
        return _applied(key.text, argument, node.location)
    return None


def condition_reference(node: Node) -> Scalar | None:
    """The name in `Condition: Name` or `!Condition Name`, which stand for a condition only inside a condition."""
    if node.tag == "Condition" and isinstance(node, Scalar):
        return node
    if node.tag is None and isinstance(node, Mapping) and len(node.entries) == 1:
        key, argument = node.entries[0]
        if key.text == "Condition" and isinstance(argument, Scalar) and argument.tag is None:
            return argument
    return None


def _applied(name: str, argument: Node, location: Location) -> Intrinsic:
    return Intrinsic(name, argument, argument.location if isinstance(argument, Scalar) else location)


def items(node: Node) -> tuple[Node, ...] | None:
    """The items of a plain sequence, None for anything else."""
    return node.items if isinstance(node, Sequence) and node.tag is None else None


def text(node: Node | None) -> str | None:
    """The text of a plain string, None for anything else."""
    if isinstance(node, Scalar) and node.tag is None and isinstance(node.value, str):
        return node.value
    return None


def section(template: Mapping, name: str, report: Report) -> Mapping:
    """A section of the template; an empty one where it is missing or, which is reported, no mapping."""
    node = template.get(name)
    if isinstance(node, Mapping):
        return node
    if node is not None:
        report(node.location, f"[/{name}] must be an object")
    return Mapping((), template.location)


def members(node: Mapping) -> dict[str, tuple[Scalar, Node]]:
    """The entries by key. Of a key that is there twice the last one counts, as in CloudFormation's own reader."""
    return {key.text: (key, value) for key, value in node.entries}

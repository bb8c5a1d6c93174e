"""The parts of a resource's declaration."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as ByName

from sglint.cloudformation.alternatives import joined
from sglint.cloudformation.evaluator import Evaluator
from sglint.cloudformation.forms import TRANSFORM, intrinsic, text
from sglint.model.location import Location
from sglint.model.record import replace
from sglint.model.values import Conditional, Unknown, Value, When
from sglint.reading.document import Mapping, Node, Scalar, Sequence


def properties_of(body: Mapping, evaluator: Evaluator, when: When) -> Value:
    """A resource's properties: an object, or Unknown where a macro makes all of them."""
    node = body.get("Properties")
    if node is None:
        return Value({}, body.location)
    value = evaluator.value(node, when)
    if isinstance(value.data, Conditional):
        return joined(value)
    if isinstance(value.data, (dict, Unknown)):
        return value
    if value.data is not None:
        evaluator.report(node.location, "Properties must be an object")
    return Value({}, node.location)


def limited(body: Mapping, paths: Collection[str]) -> Mapping:
    """A resource's declaration with the properties alone that lie on one of the paths.

    A function on the way is kept whole, and so is what a transform may add to.
    """
    steps = tuple(tuple(path.split(".")) for path in paths)
    entries = ((key, _limited(node, steps) if key.text == "Properties" else node) for key, node in body.entries)
    return replace(body, entries=tuple(entries))


def _limited(node: Node, paths: tuple[tuple[str, ...], ...]) -> Node:
    if () in paths or intrinsic(node) is not None:
        return node
    if isinstance(node, Sequence):
        return replace(node, items=tuple(_limited(item, paths) for item in node.items))
    if not isinstance(node, Mapping) or TRANSFORM in (key.text for key, _ in node.entries):
        return node
    kept = ((key, value, tuple(path[1:] for path in paths if path[0] == key.text)) for key, value in node.entries)
    return replace(node, entries=tuple((key, _limited(value, rest)) for key, value, rest in kept if rest))


def attributes_of(
    key: Scalar, body: Mapping, tags: ByName[str, Value], evaluator: Evaluator, when: When
) -> dict[str, Value]:
    """What the template says beside the properties: `stack_tags`, and the metadata `sglint`."""
    found: dict[str, Value] = {}
    if tags:
        found["stack_tags"] = Value(dict(tags), key.location)
    suppressions = _metadata(body, "sglint")
    if suppressions is not None:
        found["sglint"] = evaluator.value(suppressions, when)
    return found


def extent(key: Scalar, body: Mapping) -> Location:
    """The whole resource, its logical id included."""
    start, end = key.location, body.location
    return Location(start.path, start.line, start.column, end.end_line, end.end_column)


def construct_path(body: Mapping) -> str | None:
    """The path of the CDK construct that wrote a resource, from the metadata that the CDK's command line adds."""
    return text(_metadata(body, "aws:cdk:path"))


def _metadata(body: Mapping, name: str) -> Node | None:
    metadata = body.get("Metadata")
    return metadata.get(name) if isinstance(metadata, Mapping) else None

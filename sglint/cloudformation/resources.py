"""The parts of a resource's declaration."""

from __future__ import annotations

from collections.abc import Mapping as ByName

from sglint.cloudformation.alternatives import joined
from sglint.cloudformation.evaluator import Evaluator
from sglint.cloudformation.forms import text
from sglint.model.location import Location
from sglint.model.values import Conditional, Unknown, Value, When
from sglint.reading.document import Mapping, Node, Scalar


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

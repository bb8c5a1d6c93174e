"""Which property of a resource stands at a place of a template."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.model.location import Location
from sglint.reading.document import Mapping, Node, Scalar, Sequence


def property_path(document: Node, logical_id: str, place: Location) -> str | None:
    """The path of the innermost value at a place, below its resource: `Properties.SecurityGroupIngress.0.CidrIp`.

    None where the place is not inside the resource, or is that of its name.
    """
    resources = document.get("Resources") if isinstance(document, Mapping) else None
    resource = resources.get(logical_id) if isinstance(resources, Mapping) else None
    if resource is None or not _holds(resource, place):
        return None
    return ".".join(_steps(resource, place)) or None


def _steps(node: Node, place: Location) -> Iterator[str]:
    while not isinstance(node, Scalar):
        for name, inner in _parts(node):
            if _holds(inner, place):
                yield name
                node = inner
                break
        else:
            return


def _parts(node: Mapping | Sequence) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Sequence):
        yield from ((str(index), item) for index, item in enumerate(node.items))
    else:
        yield from ((key.text, value) for key, value in node.entries)


def _holds(node: Node, place: Location) -> bool:
    whole = node.location
    return (whole.line, whole.column) <= (place.line, place.column) and (place.end_line, place.end_column) <= (
        whole.end_line,
        whole.end_column,
    )

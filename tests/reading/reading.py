"""Syntax trees as plain text and data, so that tests can say what they expect in a line."""

from __future__ import annotations

from typing import Any

from sglint.model.location import Location
from sglint.reading.document import Mapping, Node, Scalar
from sglint.reading.files import Source, decode
from sglint.reading.hcl import read_hcl
from sglint.reading.syntax import Body, Expression, File


def source(text: str, path: str = "main.tf") -> Source:
    return decode(path, text.encode())


def hcl(text: str) -> File:
    return read_hcl(source(text))


def expression(text: str) -> Expression:
    """The expression of the attribute `a`, which must be the whole file's only content."""
    file = hcl(f"a = {text}\n")
    assert file.problems == ()
    assert list(file.body.attributes) == ["a"]
    return file.body.attributes["a"].expression


def shown(node: object) -> str:
    """A syntax node without its locations: `BinaryOp('+', Literal(1), Name('x'))`."""
    if isinstance(node, tuple):
        return "(" + ", ".join(shown(item) for item in node) + ")"
    if not hasattr(node, "__match_args__"):
        return repr(node)
    inside = ", ".join(shown(getattr(node, field)) for field in node.__match_args__ if field != "location")
    return f"{type(node).__name__}({inside})"


def span(location: Location) -> str:
    return f"{location.line}:{location.column}-{location.end_line}:{location.end_column}"


def content(body: Body) -> tuple[object, ...]:
    """Everything a body holds, locations included, for comparison."""
    attributes = tuple((name, a.location, a.expression) for name, a in body.attributes.items())
    blocks = tuple((b.type, b.labels, b.location, b.extent, content(b.body)) for b in body.blocks)
    return attributes, blocks, body.extent


def plain(node: Node) -> Any:
    """A document as plain data; the last of duplicate keys counts."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items]

"""Terraform's JSON syntax as the same tree that native files come to.

By https://developer.hashicorp.com/terraform/language/syntax/json and HCL's JSON specification: labels are nested
keys, a list of objects is a block several times, and strings are templates where the native syntax would have an
expression. Inside a block everything is an attribute, for only a provider's schema tells its blocks from attributes;
`dynamic` and `lifecycle` are blocks in any resource. The property `//`, a comment in which CDK for Terraform keeps the
construct's metadata, stays an attribute of that name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sglint.model.location import Location, Problem, whole_file
from sglint.reading.document import Mapping, Node, Scalar, Sequence
from sglint.reading.files import Source, Unreadable
from sglint.reading.hcl_json_strings import reference, template
from sglint.reading.hcl_literals import number
from sglint.reading.json_document import read_json
from sglint.reading.syntax import Attribute, Block, Body, Expression, File, Literal, ObjectCons, TupleCons

_LABELS = {
    "resource": 2,
    "data": 2,
    "ephemeral": 2,
    "module": 1,
    "variable": 1,
    "output": 1,
    "provider": 1,
    "check": 1,
    "locals": 0,
    "terraform": 0,
    "moved": 0,
    "import": 0,
    "removed": 0,
}
_INNER_LABELS = {"dynamic": 1, "content": 0, "lifecycle": 0}
_BLOCKS_IN = {
    "resource": ("dynamic", "lifecycle"),
    "data": ("dynamic", "lifecycle"),
    "ephemeral": ("dynamic", "lifecycle"),
    "provider": ("dynamic",),
    "dynamic": ("content",),
    "content": ("dynamic",),
}
_LITERALS = {
    "variable": frozenset(["default", "description", "sensitive", "nullable", "ephemeral", "deprecated"]),
    "module": frozenset(["source", "version"]),
    "output": frozenset(["description", "sensitive", "ephemeral", "deprecated"]),
    "provider": frozenset(["alias", "version"]),
}
_REFERENCES = {
    "resource": frozenset(["provider", "depends_on"]),
    "data": frozenset(["provider", "depends_on"]),
    "ephemeral": frozenset(["provider", "depends_on"]),
    "module": frozenset(["providers", "depends_on"]),
    "output": frozenset(["depends_on"]),
    "variable": frozenset(["type"]),
    "lifecycle": frozenset(["ignore_changes", "replace_triggered_by"]),
    "moved": frozenset(["from", "to"]),
    "import": frozenset(["to", "provider"]),
    "removed": frozenset(["from"]),
    "dynamic": frozenset(["iterator"]),
}


def read_hcl_json(source: Source) -> File:
    """The syntax of a `.tf.json` file, or of a `.tfvars.json`, in which every string is literal.

    A block in which something cannot be read is left out, and named in the problems.
    """
    try:
        document = read_json(source)
        reader = _Reader(source)
        body = reader.variables(document) if source.path.endswith(".tfvars.json") else reader.root(document)
        return File(source.path, body, tuple(reader.problems))
    except Unreadable as error:
        return File(source.path, Body({}, (), whole_file(source.path)), (error.problem,))


class _Reader:
    def __init__(self, source: Source) -> None:
        self._source = source
        self.problems: list[Problem] = []

    def variables(self, document: Node) -> Body:
        values = {key.text: _attribute(key, self._literal(value)) for key, value in _properties(document)}
        return Body(values, (), document.location)

    def root(self, document: Node) -> Body:
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        for key, value in _properties(document):
            if key.text not in _LABELS:
                attributes[key.text] = _attribute(key, self._literal(value))
                continue
            for labels, content in _labelled(value, (key,), _LABELS[key.text]):
                try:
                    blocks.append(self._block(labels, content))
                except Unreadable as error:
                    self.problems.append(error.problem)
        return Body(attributes, tuple(blocks), document.location)

    def _block(self, labels: tuple[Scalar, ...], content: Mapping) -> Block:
        body = self._body(labels[0].text, content)
        last, end = labels[-1].location, content.location
        extent = Location(last.path, last.line, last.column, end.end_line, end.end_column)
        return Block(labels[0].text, tuple(label.text for label in labels[1:]), last, extent, body)

    def _body(self, type_: str, content: Mapping) -> Body:
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        for key, value in content.entries:
            if key.text in _BLOCKS_IN.get(type_, ()):
                for labels, inner in _labelled(value, (key,), _INNER_LABELS[key.text]):
                    blocks.append(self._block(labels, inner))
            else:
                attributes[key.text] = _attribute(key, self._value(type_, key.text, value))
        return Body(attributes, tuple(blocks), content.location)

    def _value(self, type_: str, name: str, value: Node) -> Expression:
        if type_ == "terraform" or name == "//" or name in _LITERALS.get(type_, ()):
            return self._literal(value)
        if name in _REFERENCES.get(type_, ()):
            return self._convert(value, reference)
        return self._convert(value, template)

    def _literal(self, node: Node) -> Expression:
        return self._convert(node, _plain)

    def _convert(self, node: Node, text: Callable[[Scalar, Source], Expression]) -> Expression:
        """A value as an expression. `text` is what becomes of the strings in it."""
        if isinstance(node, Sequence):
            return TupleCons(tuple(self._convert(item, text) for item in node.items), node.location)
        if isinstance(node, Mapping):
            keys = text if text is template else _plain
            pairs = ((keys(key, self._source), self._convert(value, text)) for key, value in node.entries)
            return ObjectCons(tuple(pairs), node.location)
        if isinstance(node.value, str):
            return text(node, self._source)
        if node.value is None or isinstance(node.value, bool):
            return Literal(node.value, node.location)
        return Literal(number(node.text), node.location)


def _attribute(key: Scalar, expression: Expression) -> Attribute:
    return Attribute(key.text, key.location, expression)


def _plain(scalar: Scalar, source: Source) -> Expression:
    return Literal(scalar.text, scalar.location)


def _properties(node: Node) -> Iterator[tuple[Scalar, Node]]:
    """The properties of an object, or of a list of objects, which HCL takes for one."""
    for content in node.items if isinstance(node, Sequence) else (node,):
        if not isinstance(content, Mapping):
            raise Unreadable(Problem(content.location, f"expected an object, found {_kind(content)}"))
        yield from content.entries


def _labelled(node: Node, labels: tuple[Scalar, ...], missing: int) -> Iterator[tuple[tuple[Scalar, ...], Mapping]]:
    """Each block that a property stands for: its type and labels, and its content."""
    if missing:
        for key, value in _properties(node):
            if key.text != "//":
                yield from _labelled(value, (*labels, key), missing - 1)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _labelled(item, labels, 0)
    elif isinstance(node, Mapping):
        yield labels, node
    elif node.value is not None:
        raise Unreadable(Problem(node.location, f"expected an object, found {_kind(node)}"))


def _kind(node: Node) -> str:
    if isinstance(node, Scalar):
        return "text" if isinstance(node.value, str) else node.text
    return "a list" if isinstance(node, Sequence) else "an object"

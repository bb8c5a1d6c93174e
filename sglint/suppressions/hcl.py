"""The smallest part of an HCL file that a suppression can stand on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from sglint.model.location import Location
from sglint.reading.syntax import (
    Attribute,
    Block,
    Body,
    Call,
    ConditionalOp,
    Expression,
    For,
    ObjectCons,
    TupleCons,
)
from sglint.reading.syntax import Literal as Text
from sglint.suppressions.on_line import OnLine, span
from sglint.suppressions.suppression import Region

_RULES = frozenset(("ingress", "egress", "dynamic", "content", "statement"))
"""The blocks and lists of a resource whose parts are judged one by one: rules, and statements of IAM policies."""
_DOCUMENTS = frozenset(("policy", "inline_policy"))
"""The arguments that hold the document of an IAM policy."""
_PEERS = frozenset(
    (
        "cidr_blocks",
        "ipv6_cidr_blocks",
        "prefix_list_ids",
        "security_groups",
        "self",
        "source_security_group_id",
        "cidr_ipv4",
        "cidr_ipv6",
        "prefix_list_id",
        "referenced_security_group_id",
    )
)
"""The arguments of rules that name peers."""
_META = frozenset(("source", "version", "count", "for_each", "providers", "depends_on"))
"""The arguments of a module call that say nothing about its inputs."""


class Regions:
    """The regions of one file."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._on_line = OnLine()
        self._attributes: dict[int, list[Attribute]] = {}
        """Those of each body in their order, by its identity."""

    def on(self, line: int) -> Region | None:
        """What stands on a line: a list item, else the value of a peer or input, else a rule, resource or call."""
        for block in self._blocks(self._body, line):
            return self._in_block(block, line)
        attribute = self._attribute(self._body, line)
        return None if attribute is None else self._value(attribute.expression, line)

    def _in_block(self, block: Block, line: int) -> Region | None:
        if block.type in ("resource", "data"):
            return self._in_rules(block, line) or Region(block.extent)
        attribute = self._attribute(block.body, line)
        if block.type == "module":
            is_input = attribute is not None and attribute.name not in _META
            if is_input and attribute:
                return self._value(attribute.expression, line)
            return Region(block.extent, is_followed=True)
        if attribute is not None:
            return self._value(attribute.expression, line)
        return Region(block.extent, is_followed=True) if block.type == "variable" else None

    def _in_rules(self, block: Block, line: int) -> Region | None:
        """The rule or peer on a line of a resource, None when the line says something of the resource itself."""
        for inner in self._blocks(block.body, line):
            found = self._in_rules(inner, line)
            return found or (Region(inner.extent) if inner.type in _RULES else None)
        attribute = self._attribute(block.body, line)
        if attribute is None:
            return None
        if attribute.name in _PEERS:
            return self._value(attribute.expression, line)
        if attribute.name in _DOCUMENTS:
            return self._statement(attribute.expression, line)
        return self._rule(attribute.expression, line) if attribute.name in _RULES else None

    def _value(self, expression: Expression, line: int) -> Region:
        """The items of a list on a line, else the whole value."""
        return self._item(expression, line) or Region(expression.location, is_followed=True)

    def _item(self, expression: Expression, line: int) -> Region | None:
        """The items of the innermost list on a line, the values of an object's key, or None when neither is there."""
        if isinstance(expression, TupleCons):
            on_line = self._items(expression, line)
            if len(on_line) == 1:
                return self._item(on_line[0], line) or Region(on_line[0].location, is_followed=True)
            return Region(span(on_line[0].location, on_line[-1].location), is_followed=True) if on_line else None
        if isinstance(expression, ObjectCons):
            for key, value in self._on_line.of(expression.items, line, _entry):
                is_peer = isinstance(key, Text) and key.value in _PEERS
                is_collection = isinstance(value, (TupleCons, ObjectCons))
                return self._value(value, line) if is_peer or is_collection else None
            return None
        return _first(self._item(part, line) for part in _parts(expression))

    def _rule(self, expression: Expression, line: int) -> Region | None:
        """A rule of `ingress = [{…}]`: its peer on the line, else the rule."""
        if isinstance(expression, TupleCons):
            return _first(self._item(item, line) or Region(item.location) for item in self._items(expression, line))
        return _first(self._rule(part, line) for part in _parts(expression))

    def _statement(self, expression: Expression, line: int) -> Region | None:
        """A statement of `jsonencode({ Statement = [{…}] })`."""
        if isinstance(expression, ObjectCons):
            return _first(self._statement(value, line) for _, value in expression.items)
        if isinstance(expression, TupleCons):
            return _first(Region(item.location) for item in self._items(expression, line))
        return _first(self._statement(part, line) for part in _parts(expression))

    def _blocks(self, body: Body, line: int) -> list[Block]:
        return self._on_line.of(body.blocks, line, lambda block: block.extent)

    def _items(self, expression: TupleCons, line: int) -> list[Expression]:
        return self._on_line.of(expression.items, line, lambda item: item.location)

    def _attribute(self, body: Body, line: int) -> Attribute | None:
        """The attribute on a line: the last one whose name does not stand past it, if its expression goes as far."""
        if id(body) not in self._attributes:
            self._attributes[id(body)] = sorted(body.attributes.values(), key=_line)
        listed = self._attributes[id(body)]
        before = bisect_right(listed, line, key=_line)
        attribute = listed[before - 1] if before else None
        return attribute if attribute is not None and line <= attribute.expression.location.end_line else None


def _line(attribute: Attribute) -> int:
    return attribute.location.line


def _first(found: Iterable[Region | None]) -> Region | None:
    return next((each for each in found if each is not None), None)


def _entry(entry: tuple[Expression, Expression]) -> Location:
    key, value = entry
    return span(key.location, value.location)


def _parts(expression: Expression) -> Iterable[Expression]:
    """Where lists may stand in an expression."""
    if isinstance(expression, Call):
        return expression.arguments
    if isinstance(expression, ConditionalOp):
        return (expression.then, expression.otherwise)
    return (expression.collection,) if isinstance(expression, For) else ()

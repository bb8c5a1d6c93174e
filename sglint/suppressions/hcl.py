"""The smallest part of an HCL file that a suppression can stand on."""

from __future__ import annotations

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


def region(body: Body, line: int) -> Region | None:
    """What stands on a line: a list item, else the value of a peer or input, else a rule, resource or call."""
    for block in body.blocks:
        if _covers(block.extent, line):
            return _in_block(block, line)
    attribute = _attribute(body, line)
    return None if attribute is None else _value(attribute.expression, line)


def _in_block(block: Block, line: int) -> Region | None:
    if block.type in ("resource", "data"):
        return _in_rules(block, line) or Region(block.extent)
    attribute = _attribute(block.body, line)
    if block.type == "module":
        is_input = attribute is not None and attribute.name not in _META
        return _value(attribute.expression, line) if is_input and attribute else Region(block.extent, is_followed=True)
    if attribute is not None:
        return _value(attribute.expression, line)
    return Region(block.extent, is_followed=True) if block.type == "variable" else None


def _in_rules(block: Block, line: int) -> Region | None:
    """The rule or peer on a line of a resource, None when the line says something of the resource itself."""
    for inner in block.body.blocks:
        if _covers(inner.extent, line):
            found = _in_rules(inner, line)
            return found or (Region(inner.extent) if inner.type in _RULES else None)
    attribute = _attribute(block.body, line)
    if attribute is None:
        return None
    if attribute.name in _PEERS:
        return _value(attribute.expression, line)
    if attribute.name in _DOCUMENTS:
        return _statement(attribute.expression, line)
    return _rule(attribute.expression, line) if attribute.name in _RULES else None


def _value(expression: Expression, line: int) -> Region:
    """The items of a list on a line, else the whole value."""
    return _item(expression, line) or Region(expression.location, is_followed=True)


def _item(expression: Expression, line: int) -> Region | None:
    """The items of the innermost list on a line, the values of an object's key, or None when neither is there."""
    if isinstance(expression, TupleCons):
        on_line = [item for item in expression.items if _covers(item.location, line)]
        if len(on_line) == 1:
            return _item(on_line[0], line) or Region(on_line[0].location, is_followed=True)
        return Region(_span(on_line[0].location, on_line[-1].location), is_followed=True) if on_line else None
    if isinstance(expression, ObjectCons):
        for key, value in expression.items:
            if _covers(_span(key.location, value.location), line):
                is_peer = isinstance(key, Text) and key.value in _PEERS
                is_collection = isinstance(value, (TupleCons, ObjectCons))
                return _value(value, line) if is_peer or is_collection else None
        return None
    return next((found for part in _parts(expression) if (found := _item(part, line)) is not None), None)


def _rule(expression: Expression, line: int) -> Region | None:
    """A rule of `ingress = [{…}]`: its peer on the line, else the rule."""
    if isinstance(expression, TupleCons):
        for item in expression.items:
            if _covers(item.location, line):
                return _item(item, line) or Region(item.location)
        return None
    return next((found for part in _parts(expression) if (found := _rule(part, line)) is not None), None)


def _statement(expression: Expression, line: int) -> Region | None:
    """A statement of `jsonencode({ Statement = [{…}] })`."""
    if isinstance(expression, ObjectCons):
        listed = (value for _, value in expression.items)
        return next((found for value in listed if (found := _statement(value, line)) is not None), None)
    if isinstance(expression, TupleCons):
        return next((Region(item.location) for item in expression.items if _covers(item.location, line)), None)
    return next((found for part in _parts(expression) if (found := _statement(part, line)) is not None), None)


def _parts(expression: Expression) -> Iterable[Expression]:
    """Where lists may stand in an expression."""
    if isinstance(expression, Call):
        return expression.arguments
    if isinstance(expression, ConditionalOp):
        return (expression.then, expression.otherwise)
    return (expression.collection,) if isinstance(expression, For) else ()


def _attribute(body: Body, line: int) -> Attribute | None:
    """The attribute on a line. The expression is only read where the name does not stand past the line."""
    for attribute in body.attributes.values():
        if attribute.location.line <= line and _covers(_span(attribute.location, attribute.expression.location), line):
            return attribute
    return None


def _covers(location: Location, line: int) -> bool:
    return location.line <= line <= location.end_line


def _span(first: Location, last: Location) -> Location:
    return Location(first.path, first.line, first.column, last.end_line, last.end_column)

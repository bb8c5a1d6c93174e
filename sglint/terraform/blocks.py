"""The arguments of a block: attributes evaluated, nested and `dynamic` blocks expanded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sglint.model.limits import limits
from sglint.model.location import Location
from sglint.model.values import Alternative, Conditional, Unknown, Value, When, alternatives, spelled
from sglint.reading.syntax import Block, Body, Expression, Literal, Name
from sglint.terraform.attributes import Attributes, Blocks
from sglint.terraform.comprehensions import Round, iterate
from sglint.terraform.scope import Operand, Referable, Scope
from sglint.terraform.symbols import symbols

if TYPE_CHECKING:
    from sglint.terraform.evaluator import Evaluator


def arguments(evaluator: Evaluator, body: Body, scope: Scope, address: str) -> dict[str, Value]:
    """Every argument of a block by name. Nested blocks come as a tuple of objects.

    A block that exists only under a condition is Conditional, with that alternative alone. A `dynamic` block over an
    unknown collection comes as one block whose iterator is unknown.
    """
    found: dict[str, Value] = {}
    for name, blocks in written(body).items():
        value = argument(evaluator, body, scope, name, blocks, address)
        if value is not None:
            found[name] = value
    return found


def written(body: Body) -> dict[str, list[Block]]:
    """The arguments that a body writes, in the order in which they first occur, with the blocks that write them."""
    found: dict[str, list[Block]] = {name: [] for name in body.attributes}
    for block in body.blocks:
        found.setdefault(block.nested_type, []).append(block)
    return found


def argument(
    evaluator: Evaluator, body: Body, scope: Scope, name: str, blocks: list[Block], address: str
) -> Value | None:
    """One argument of a block, whether written as an attribute or as `blocks`; None when it is not written.

    `address` is that of the block the argument belongs to.
    """
    attribute = body.attributes.get(name)
    if attribute is not None:
        value = evaluator.value(attribute.expression, scope)
        if not blocks or not isinstance(value.data, tuple):
            return value
        return Value((*value.items(), *_generate(evaluator, blocks, scope, f"{address}.{name}")), value.location)
    if not blocks:
        return None
    return Value(Blocks(_generate(evaluator, blocks, scope, f"{address}.{name}")), blocks[0].location)


def _generate(evaluator: Evaluator, blocks: list[Block], scope: Scope, address: str) -> Iterator[Value]:
    for block in blocks:
        if block.type == "dynamic" and block.labels:
            yield from _dynamic(evaluator, block, scope, address)
        else:
            yield _object(evaluator, block.body, scope, address, block.location)


def _object(evaluator: Evaluator, body: Body, scope: Scope, address: str, at: Location) -> Value:
    return Value(Attributes(arguments(evaluator, body, scope, address), address, is_resource=False), at)


def _dynamic(evaluator: Evaluator, block: Block, scope: Scope, address: str) -> Iterator[Value]:
    body = block.body
    for_each = body.attributes.get("for_each")
    content = next((inner for inner in body.blocks if inner.type == "content"), None)
    if for_each is None or content is None:
        missing = (
            'The argument "for_each" is required, but no definition was found'
            if for_each is None
            else 'A dynamic content block is required: "content"'
        )
        evaluator.fail(
            "Missing required argument" if for_each is None else "Missing content block", missing, block.location
        )
        return
    iterator = _iterator(evaluator, block)
    for when, rounds in _rounds(evaluator, for_each.expression, scope):
        for key, element in rounds:
            bound: dict[str, Operand] = {iterator: symbols(evaluator, iterator, {"key": key, "value": element})}
            inner = scope.inner(bound, f"{iterator}.key {spelled(key.data)}")
            value = _object(evaluator, content.body, inner, address, block.location)
            yield Value(Conditional((Alternative(when, value),)), block.location) if when else value


def _iterator(evaluator: Evaluator, block: Block) -> str:
    attribute = block.body.attributes.get("iterator")
    if attribute is None:
        return block.labels[0]
    match attribute.expression:
        case Name(name=name) | Literal(value=str(name)):
            return name
    detail = "Dynamic iterator must be a single variable name"
    evaluator.fail("Invalid dynamic iterator name", detail, attribute.expression.location)
    return block.labels[0]


def _rounds(evaluator: Evaluator, expression: Expression, scope: Scope) -> Iterator[tuple[When, list[Round]]]:
    at = expression.location
    operand = evaluator.operand(expression, scope)
    if isinstance(operand, Referable):
        elements = operand.elements()
        if elements is not None:
            yield When(), list(elements)
            return
        operand = operand.value(at)
    for when, collection in alternatives(operand):
        yield when, _checked_rounds(evaluator, collection, at)


def _checked_rounds(evaluator: Evaluator, collection: Value, at: Location) -> list[Round]:
    data = collection.data
    summary = "Invalid dynamic for_each value"
    if data is None:
        collection = evaluator.fail(summary, "Cannot use a null value in for_each", at)
    elif not isinstance(data, (tuple, dict, Unknown)):
        detail = "Cannot use a value of this type in for_each. An iterable collection is required"
        collection = evaluator.fail(summary, detail, at)
    elif isinstance(data, (tuple, dict)) and len(data) > limits().instances:
        collection = evaluator.too_many("blocks", at)
    rounds = iterate(evaluator, collection, at)
    if not isinstance(rounds, Unknown):
        return rounds
    parts = (
        Value(Unknown(f"{part} of {rounds.expression}", rounds.blocked_by), collection.location, collection.evidence)
        for part in ("key", "value")
    )
    key, value = parts
    return [(key, value)]

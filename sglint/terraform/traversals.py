"""Attribute access, indexing and splats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sglint.model.location import Location
from sglint.model.record import replace
from sglint.model.values import Conditional, Unknown, Value, When, conditional
from sglint.reading.syntax import GetAttr, Index, Splat, SplatItem
from sglint.terraform.attributes import Attributes, Blocks
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.scope import SPLAT, Operand, Referable, Scope
from sglint.terraform.types import NUMBER, STRING, name, typeof
from sglint.terraform.values import ListItems, MapEntries, SetItems, is_number, kind

if TYPE_CHECKING:
    from sglint.terraform.evaluator import Evaluator

MAX_CHOICES = 16
"""Of a collection no larger than this, an unknown key picks one of the entries; of a larger one, something unknown."""


def get_attribute(evaluator: Evaluator, expression: GetAttr, scope: Scope) -> Operand:
    operand = evaluator.operand(expression.source, scope)
    at = expression.location
    if not isinstance(operand, Value):
        return operand.attribute(expression.name, at)
    return evaluator.lifted(lambda value: attribute_of(evaluator, value, expression.name, at), (operand,), at, scope)


def attribute_of(evaluator: Evaluator, value: Value, attribute: str, at: Location) -> Value:
    """An attribute of a plain value."""
    data = value.data
    if isinstance(data, Unknown):
        return Value(Unknown(f"{data.expression}.{attribute}", data.blocked_by), at, value.evidence)
    if isinstance(data, dict):
        found = value.get(attribute)
        if found is not None:
            return _placed(found, at)
        if isinstance(data, Attributes):
            return data.missing(attribute, at)
        if isinstance(data, MapEntries):
            detail = f'This map does not have an element with the key "{attribute}"'
            return evaluator.fail("Missing map element", detail, at)
        return evaluator.fail("Unsupported attribute", _no_attribute(attribute), at)
    if isinstance(data, Blocks):
        return _block_attribute(evaluator, value, data, attribute, at)
    if data is None:
        detail = "This value is null, so it does not have any attributes"
        return evaluator.fail("Attempt to get attribute from null value", detail, at)
    if isinstance(data, (ListItems, SetItems)):
        detail = (
            f'Can\'t access attributes on a {_plural(value)}. Did you mean to access attribute "{attribute}" for a '
            "specific element of the list, or across all elements of the list?"
        )
        return evaluator.fail("Unsupported attribute", detail, at)
    if isinstance(data, tuple):
        return evaluator.fail("Unsupported attribute", "This value does not have any attributes", at)
    detail = f"Can't access attributes on a primitive-typed value ({kind(data)})"
    return evaluator.fail("Unsupported attribute", detail, at)


def _block_attribute(evaluator: Evaluator, value: Value, blocks: Blocks, attribute: str, at: Location) -> Value:
    """An attribute of the one block that a provider may take for an object, not a list."""
    if len(blocks) == 1:
        block = value.items()[0]
        return evaluator.lifted(lambda block: attribute_of(evaluator, block, attribute, at), (block,), at, Scope({}))
    text = f"{evaluator.text(at)}"
    return Value(Unknown(text, text), at, value.evidence)


def index(evaluator: Evaluator, expression: Index, scope: Scope) -> Operand:
    operand = evaluator.operand(expression.source, scope)
    key = evaluator.value(expression.key, scope)
    at = expression.location
    if not isinstance(operand, Value):
        if not isinstance(key.data, Conditional):
            return operand.index(key, at)
        handle = operand

        def pick(key: Value) -> Value:
            found = handle.index(key, at)
            return found.value(at) if isinstance(found, Referable) else found

        return evaluator.lifted(pick, (key,), at, scope)
    return evaluator.lifted(lambda value, key: element_of(evaluator, value, key, at), (operand, key), at, scope)


def element_of(evaluator: Evaluator, value: Value, key: Value, at: Location) -> Value:
    """An element of a plain value under a plain key; under an unknown key, each element there is."""
    data = value.data
    if isinstance(data, Unknown):
        return Value(Unknown(f"{data.expression}[{_shown(key)}]", data.blocked_by), at, value.evidence)
    if data is None:
        detail = "This value is null, so it does not have any indices"
        return evaluator.fail("Attempt to index null value", detail, at)
    if isinstance(data, SetItems):
        detail = (
            "Elements of a set are identified only by their value and don't have any separate index or key to select "
            "with, so it's only possible to perform operations across all elements of the set"
        )
        return evaluator.fail("Invalid index", detail, at)
    if not isinstance(data, (tuple, dict)):
        return evaluator.fail("Invalid index", "This value does not have any indices", at)
    if key.data is None:
        return evaluator.fail("Invalid index", "Can't use a null value as an indexing key", at)
    if isinstance(key.data, Unknown):
        return _any_element(value, key, key.data, at)
    return (
        _item(evaluator, value, data, key, at) if isinstance(data, tuple) else _entry(evaluator, value, data, key, at)
    )


def _item(evaluator: Evaluator, value: Value, data: tuple[Value, ...], key: Value, at: Location) -> Value:
    does_not = "The given key does not identify an element in this collection value"
    try:
        number = convert(key, NUMBER).data
    except ConversionError as error:
        return evaluator.fail("Invalid index", f"{does_not}: {error.message}", at)
    if not isinstance(number, int):
        detail = f"{does_not}: indexing a sequence requires a whole number, but the given index has a fractional part"
        return evaluator.fail("Invalid index", detail, at)
    if number < 0:
        return evaluator.fail("Invalid index", f"{does_not}: a negative number is not a valid index for a sequence", at)
    if number >= len(data):
        if isinstance(data, ListItems) and data:
            return evaluator.fail("Invalid index", does_not, at)
        reason = "the given index is greater than or equal to the length of the collection"
        reason = reason if data else "the collection has no elements"
        return evaluator.fail("Invalid index", f"{does_not}: {reason}", at)
    return _placed(value.item(number), at)


def _entry(evaluator: Evaluator, value: Value, data: dict[str, Value], key: Value, at: Location) -> Value:
    does_not = "The given key does not identify an element in this collection value"
    try:
        text = convert(key, STRING).data
    except ConversionError as error:
        return evaluator.fail("Invalid index", f"{does_not}: {error.message}", at)
    assert isinstance(text, str)
    found = value.get(text)
    if found is not None:
        return _placed(found, at)
    if isinstance(data, Attributes):
        return data.missing(text, at)
    if is_number(key.data) and not isinstance(data, MapEntries):
        does_not += ". An object only supports looking up attributes by name, not by numeric index"
    return evaluator.fail("Invalid index", does_not, at)


def _any_element(value: Value, key: Value, unknown: Unknown, at: Location) -> Value:
    entries = value.entries() or {str(number): item for number, item in enumerate(value.items())}
    if not entries or len(entries) > MAX_CHOICES:
        text = f"{value.evidence[0].text}[{unknown.expression}]" if value.evidence else unknown.expression
        return Value(Unknown(text, unknown.blocked_by), at, (*value.evidence, *key.evidence))
    chosen = ((When(((unknown.expression, name),)), _placed(item, at)) for name, item in entries.items())
    return conditional(chosen, at, unknown.expression)


def _placed(part: Value, at: Location) -> Value:
    """A part of a value that was referred to stands where the reference does; one written in place, where it is."""
    return replace(part, location=at) if part.evidence else part


def _shown(key: Value) -> str:
    data = key.data
    return f'"{data}"' if isinstance(data, str) else data.expression if isinstance(data, Unknown) else str(data)


def _no_attribute(attribute: str) -> str:
    return f'This object does not have an attribute named "{attribute}"'


def _plural(value: Value) -> str:
    """A collection in Terraform's words: `list of objects`."""
    described = name(typeof(value))
    return f"{described}s" if described.endswith(" of object") else described


# ---- splats


def splat(evaluator: Evaluator, expression: Splat, scope: Scope) -> Value:
    """`source[*].item`: of null nothing, of what is no sequence the one item."""
    at = expression.location
    operand = evaluator.operand(expression.source, scope)

    def across(elements: tuple[Operand, ...]) -> tuple[Value, ...]:
        return tuple(
            evaluator.value(expression.item, scope.inner({SPLAT: element}, f"item {number}"))
            for number, element in enumerate(elements)
        )

    if isinstance(operand, Referable):
        elements = operand.sequence()
        if elements is not None:
            return Value(across(elements), at)
        operand = operand.value(expression.source.location)

    def apply(source: Value) -> Value:
        data = source.data
        if isinstance(data, Unknown):
            return evaluator.unknown(data, at, scope, source)
        if data is None:
            return Value((), at)
        if not isinstance(data, tuple):
            return Value(across((source,)), at)
        items = across(source.items())
        return Value(ListItems(items) if isinstance(data, (ListItems, SetItems)) else items, at)

    return evaluator.lifted(apply, (operand,), at, scope)


def splat_item(evaluator: Evaluator, expression: SplatItem, scope: Scope) -> Operand:
    found = scope.resolve(SPLAT)
    if found is None:
        return evaluator.fail("Invalid expression", "A splat item stands outside of a splat", expression.location)
    return found

"""Functions on sets."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from math import prod

from sglint.model.limits import limits, many_items
from sglint.model.values import Unknown, Value
from sglint.terraform.functions.calling import Exceeding, Implementation, Invocation, Rejected
from sglint.terraform.functions.collection import converted_to
from sglint.terraform.types import ANY, SetOf, TupleOf, Type, typeof
from sglint.terraform.unification import unify
from sglint.terraform.values import ListItems, SetItems, first_unknown, identity, set_of


def _sets(invocation: Invocation) -> list[tuple[Value, ...]]:
    """The arguments as sets of one element type."""
    elements: list[Type] = []
    for argument in invocation.arguments:
        type_ = typeof(argument)
        if isinstance(type_, SetOf):
            elements.append(type_.element)
    common = unify(elements)
    if common is None:
        raise Rejected("given sets must all have compatible element types")
    return [converted_to(invocation, index, SetOf(common)).items() for index in range(len(invocation.arguments))]


def _union(invocation: Invocation) -> Value:
    return invocation.collected(set_of(item for items in _sets(invocation) for item in items))


def _intersection(invocation: Invocation) -> Value:
    first, *others = _sets(invocation)
    for other in others:
        kept = _identities(other)
        first = tuple(item for item in first if identity(item.data) in kept)
    return invocation.collected(SetItems(first))


def _subtract(invocation: Invocation) -> Value:
    first, second = _sets(invocation)
    dropped = _identities(second)
    return invocation.collected(SetItems(item for item in first if identity(item.data) not in dropped))


def _identities(items: Iterable[Value]) -> set[object]:
    return {identity(item.data) for item in items}


def _product(invocation: Invocation) -> Value:
    if len(invocation.arguments) < 2:
        raise Rejected("at least two arguments are required")
    lists: list[tuple[Value, ...]] = []
    blocking: Unknown | None = None
    for index, argument in enumerate(invocation.arguments):
        if isinstance(argument.data, Unknown):
            blocking = blocking or argument.data
            continue
        if not isinstance(argument.data, tuple):
            raise Rejected("a set or a list is required", index)
        lists.append(_elements(invocation, index, argument))
        if isinstance(argument.data, SetItems) and len(argument.data) > 1:
            blocking = blocking or first_unknown(argument)
    if blocking is not None:
        return invocation.unknown(blocking)
    if prod(map(len, lists)) > limits().items:
        raise Exceeding(many_items())
    found = [invocation.collected(combination) for combination in product(*lists)]
    are_lists = not any(isinstance(argument.data, SetItems) for argument in invocation.arguments)
    return invocation.collected(ListItems(found) if are_lists else set_of(found))


def _elements(invocation: Invocation, index: int, argument: Value) -> tuple[Value, ...]:
    """The items, those of a tuple converted to their common type."""
    type_ = typeof(argument)
    if not isinstance(type_, TupleOf):
        return argument.items()
    common = unify(type_.elements)
    if common is None:
        raise Rejected("all elements must be of the same type", index)
    return (
        argument.items()
        if common is ANY
        else converted_to(invocation, index, TupleOf((common,) * len(type_.elements))).items()
    )


IMPLEMENTATIONS: dict[str, Implementation] = {
    "setintersection": _intersection,
    "setproduct": _product,
    "setsubtract": _subtract,
    "setunion": _union,
}

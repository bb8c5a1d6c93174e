"""Terraform's types: what a value's type is, and what a type constraint asks for.

`ANY` stands for a type that is not determined: of a null, of an unknown value, of the constraint `any`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeAlias

from sglint.model.record import field, frozen
from sglint.model.values import Conditional, Unknown, Value
from sglint.terraform.values import ListItems, MapEntries, SetItems


class Primitive(Enum):
    STRING = "string"
    NUMBER = "number"
    BOOL = "bool"
    ANY = "any"


STRING, NUMBER, BOOL, ANY = Primitive.STRING, Primitive.NUMBER, Primitive.BOOL, Primitive.ANY


@frozen
class ListOf:
    element: Type


@frozen
class SetOf:
    element: Type


@frozen
class MapOf:
    element: Type


@frozen
class TupleOf:
    elements: tuple[Type, ...]


@frozen
class ObjectOf:
    """`optional` names the attributes that may be missing, `defaults` the values that then stand in for null."""

    attributes: Mapping[str, Type]
    optional: frozenset[str] = frozenset()
    defaults: Mapping[str, Value] = field(default_factory=dict, compare=False)


Type: TypeAlias = Primitive | ListOf | SetOf | MapOf | TupleOf | ObjectOf


def name(type_: Type) -> str:
    """A wanted type in the words of Terraform's messages: `list of string`, `object`, `any type`."""
    return _name(type_, "any type", "any single type")


def name_of(value: Value) -> str:
    """The type of a value in the words of Terraform's messages."""
    return _name(typeof(value), "dynamic", "dynamic")


def _name(type_: Type, undetermined: str, undetermined_element: str) -> str:
    match type_:
        case Primitive():
            return undetermined if type_ is ANY else type_.value
        case ListOf(element):
            return f"list of {_name(element, undetermined_element, undetermined_element)}"
        case SetOf(element):
            return f"set of {_name(element, undetermined_element, undetermined_element)}"
        case MapOf(element):
            return f"map of {_name(element, undetermined_element, undetermined_element)}"
        case TupleOf():
            return "tuple"
        case ObjectOf():
            return "object"


def typeof(value: Value) -> Type:
    """The type that a value shows. What is unknown or null counts as ANY, at any depth."""
    data = value.data
    if isinstance(data, str):
        return STRING
    if isinstance(data, bool):
        return BOOL
    if data is None or isinstance(data, Unknown):
        return ANY
    if isinstance(data, Conditional):
        return meet(typeof(alternative.value) for alternative in data.alternatives)
    if isinstance(data, ListItems):
        return ListOf(meet(map(typeof, data)))
    if isinstance(data, SetItems):
        return SetOf(meet(map(typeof, data)))
    if isinstance(data, tuple):
        return TupleOf(tuple(map(typeof, data)))
    if isinstance(data, MapEntries):
        return MapOf(meet(map(typeof, data.values())))
    if isinstance(data, dict):
        return ObjectOf({key: typeof(item) for key, item in data.items()})
    return NUMBER


def meet(types: Iterable[Type]) -> Type:
    """The one type that each of these may be, every ANY filled in from the others; ANY when there is none."""
    result: Type = ANY
    for type_ in types:
        found = _meet(result, type_)
        if found is None:
            return ANY
        result = found
    return result


def _meet(one: Type, other: Type) -> Type | None:
    if one == other or other is ANY:
        return one
    if one is ANY:
        return other
    match one, other:
        case (ListOf(a), ListOf(b)):
            element = _meet(a, b)
            return None if element is None else ListOf(element)
        case (SetOf(a), SetOf(b)):
            element = _meet(a, b)
            return None if element is None else SetOf(element)
        case (MapOf(a), MapOf(b)):
            element = _meet(a, b)
            return None if element is None else MapOf(element)
        case (TupleOf(a), TupleOf(b)) if len(a) == len(b):
            elements = [_meet(x, y) for x, y in zip(a, b, strict=True)]
            known = [element for element in elements if element is not None]
            return TupleOf(tuple(known)) if len(known) == len(elements) else None
        case (ObjectOf(a), ObjectOf(b)) if a.keys() == b.keys():
            attributes: dict[str, Type] = {}
            for key, type_ in a.items():
                attribute = _meet(type_, b[key])
                if attribute is None:
                    return None
                attributes[key] = attribute
            return ObjectOf(attributes)
    return None

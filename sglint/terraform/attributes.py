"""The attributes of resources: those that are written, and those that only the deployment knows."""

from __future__ import annotations

from collections.abc import Mapping

from sglint.model.location import Location
from sglint.model.values import Alternative, Conditional, Reference, Unknown, Value
from sglint.terraform.types import ListOf, MapOf, ObjectOf, SetOf, Type
from sglint.terraform.values import ListItems


class Attributes(dict[str, Value]):
    """What is written of an object that the provider completes: a resource, or a block inside one.

    The provider's schema is not known here, so an attribute that is not written is unknown, not an error.
    """

    __slots__ = ("address", "is_resource")

    def __init__(self, written: Mapping[str, Value], address: str, is_resource: bool = True) -> None:
        super().__init__(written)
        self.address = address
        self.is_resource = is_resource

    def missing(self, name: str, at: Location) -> Value:
        """An attribute that is not written."""
        return unwritten(self.address, name, at, self.is_resource)


class Blocks(ListItems):
    """The nested blocks of one type in a resource. To the provider they are a list, a set, or a single object."""

    __slots__ = ()


def unwritten(address: str, name: str, at: Location, is_resource: bool = True) -> Value:
    """An attribute that only the deployment knows."""
    text = f"{address}.{name}"
    return Value(Unknown(text, text, Reference(address, name) if is_resource else None), at)


def completed(value: Value, want: Type) -> Value:
    """The value with every attribute that `want` names and a resource in it does not write, as unknown."""
    data = value.data
    filled: object = data
    if isinstance(data, Conditional):
        filled = Conditional(tuple(Alternative(one.when, completed(one.value, want)) for one in data.alternatives))
    elif isinstance(want, ObjectOf) and isinstance(data, dict):
        members = {key: completed(item, want.attributes[key]) for key, item in data.items() if key in want.attributes}
        if isinstance(data, Attributes):
            for name in want.attributes.keys() - data.keys():
                members[name] = data.missing(name, value.location)
        filled = members
    elif isinstance(want, MapOf) and isinstance(data, dict):
        filled = type(data)((key, completed(item, want.element)) for key, item in data.items())
    elif isinstance(want, (ListOf, SetOf)) and isinstance(data, tuple):
        filled = type(data)(completed(item, want.element) for item in data)
    return value if filled is data else Value(filled, value.location, value.evidence)  # type: ignore[arg-type]

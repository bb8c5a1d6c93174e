"""Functions on maps and objects. Items keep their own places and evidence, and may be unknown."""

from __future__ import annotations

from sglint.model.values import Unknown, Value
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.functions.calling import Implementation, Invocation, Rejected
from sglint.terraform.quoting import go_quote
from sglint.terraform.types import MapOf, name_of, typeof
from sglint.terraform.values import ListItems, MapEntries, SetItems, first_unknown


def _keys(invocation: Invocation) -> Value:
    data = invocation.data(0)
    if isinstance(data, Unknown):
        return invocation.unknown(data)
    if not isinstance(data, dict):
        raise Rejected("must have map or object type", 0)
    found = (Value(key, item.location, item.evidence) for key, item in invocation.entries(0).items())
    return invocation.collected(ListItems(found) if isinstance(data, MapEntries) else tuple(found))


def _lookup(invocation: Invocation) -> Value:
    if len(invocation.arguments) > 3:
        raise Rejected(f"lookup() takes two or three arguments, got {len(invocation.arguments)}")
    data, default = invocation.data(0), invocation.arguments[2] if len(invocation.arguments) == 3 else None
    if isinstance(data, Unknown):
        return invocation.unknown(data)
    if not isinstance(data, dict):
        raise Rejected("lookup() requires a map as the first argument", 0)
    if isinstance(data, MapEntries) and default is not None:
        element = typeof(invocation.arguments[0])
        assert isinstance(element, MapOf)
        try:
            default = convert(default, element.element)
        except ConversionError:
            raise Rejected("the default value must have the same type as the map elements", 2) from None
    key = invocation.data(1)
    if isinstance(key, Unknown):
        return invocation.unknown(key)
    found = invocation.arguments[0].get(invocation.text(1))
    if found is not None:
        return found
    if default is not None:
        return default
    if isinstance(data, MapEntries):
        raise Rejected(f"lookup failed to find key {go_quote(invocation.text(1))}")
    raise Rejected(f"the given object has no attribute {go_quote(invocation.text(1))}", 0)


def _merge(invocation: Invocation) -> Value:
    merged: dict[str, Value] = {}
    are_maps = bool(invocation.arguments)
    for argument in invocation.arguments:
        if argument.data is not None and not isinstance(argument.data, dict):
            raise Rejected(f"arguments must be maps or objects, got {go_quote(name_of(argument))}")
        are_maps = are_maps and isinstance(argument.data, MapEntries)
        merged |= argument.entries()
    ordered = {key: merged[key] for key in sorted(merged)}
    if are_maps and len({repr(typeof(argument)) for argument in invocation.arguments if argument.data}) <= 1:
        return invocation.collected(MapEntries(ordered))
    return invocation.collected(ordered)


def _transpose(invocation: Invocation) -> Value:
    transposed: dict[str, list[Value]] = {}
    for key, items in invocation.entries(0).items():
        if items.data is None:
            raise Rejected("input must not contain null list")
        for item in items.items():
            if not isinstance(item.data, str):
                raise Rejected("input list must not contain null string")
            transposed.setdefault(item.data, []).append(Value(key, item.location, item.evidence))
    return invocation.collected(
        MapEntries((key, invocation.collected(ListItems(transposed[key]))) for key in sorted(transposed))
    )


def _values(invocation: Invocation) -> Value:
    data = invocation.data(0)
    if not isinstance(data, dict):
        raise Rejected("values() requires a map as the first argument")
    found = tuple(invocation.entries(0).values())
    return invocation.collected(ListItems(found) if isinstance(data, MapEntries) else found)


def _zipmap(invocation: Invocation) -> Value:
    keys, values = invocation.items(0), invocation.arguments[1]
    if not isinstance(values.data, tuple) or isinstance(values.data, SetItems):
        raise Rejected("values argument must be a list or tuple value")
    blocking = first_unknown(invocation.arguments[0])
    if blocking is not None:
        return invocation.unknown(blocking)
    if len(keys) != len(values.data):
        raise Rejected(f"number of keys ({len(keys)}) does not match number of values ({len(values.data)})")
    zipped: dict[str, Value] = {}
    for position, (key, value) in enumerate(zip(keys, values.items(), strict=True)):
        if not isinstance(key.data, str):
            raise Rejected(f"keys list has null value at index {position}")
        zipped[key.data] = value
    ordered = {key: zipped[key] for key in sorted(zipped)}
    return invocation.collected(MapEntries(ordered) if isinstance(values.data, ListItems) else ordered)


IMPLEMENTATIONS: dict[str, Implementation] = {
    "keys": _keys,
    "lookup": _lookup,
    "merge": _merge,
    "transpose": _transpose,
    "values": _values,
    "zipmap": _zipmap,
}

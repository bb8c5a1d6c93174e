"""Values of several alternatives: made fewer, put together, used elsewhere."""

from __future__ import annotations

from sglint.model.location import Location
from sglint.model.values import (
    Alternative,
    Conditional,
    Unknown,
    Value,
    When,
    alternatives,
    conditional,
    lift,
)


def narrowed(value: Value, given: When) -> Value:
    """A value without the alternatives that `given` excludes."""
    if not given or not isinstance(value.data, Conditional):
        return value
    kept = tuple(each for each in value.data.alternatives if given.conjoin(each.when) is not None)
    if len(kept) == 1:
        (_, only), *_ = alternatives(Value(Conditional(kept), value.location, value.evidence))
        return only
    return Value(Conditional(kept), value.location, value.evidence) if kept else value


def used(value: Value, symbol: str, location: Location) -> Value:
    """A value as used at `location`, each of its alternatives with the way back to where it is written."""
    if not isinstance(value.data, Conditional):
        return value.referenced(symbol, location)
    through = (Alternative(each.when, each.value.referenced(symbol, location)) for each in value.data.alternatives)
    return Value(Conditional(tuple(through)), location, value.evidence)


def joined(value: Value) -> Value:
    """Alternative objects as one object of alternative members; a member that an object has not is absent there."""
    chosen = tuple(alternatives(value))
    blocking = next((inner for _, inner in chosen if isinstance(inner.data, Unknown)), None)
    if blocking is not None:
        return blocking
    names = dict.fromkeys(name for _, inner in chosen for name in inner.entries())
    absent = Value(None, value.location)
    members = {
        name: conditional(((when, inner.get(name) or absent) for when, inner in chosen), value.location, name)
        for name in names
    }
    return Value(members, value.location)


def settled(value: Value) -> Value:
    """A list without the items that `AWS::NoValue` takes away in some alternatives: one list for each of those."""
    items = value.items()
    if not any(isinstance(item.data, Conditional) and _may_be_absent(item) for item in items):
        return value

    def present(*chosen: Value) -> Value:
        return Value(tuple(item for item in chosen if item.data is not None), value.location, value.evidence)

    return lift(present, items, value.location, "list")


def _may_be_absent(item: Value) -> bool:
    return any(inner.data is None for _, inner in alternatives(item))

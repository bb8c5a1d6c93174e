"""Functions on lists and tuples, and on any collection. Items keep their places and evidence, and may be unknown."""

from __future__ import annotations

from sglint.model.limits import limits, many_items
from sglint.model.values import Conditional, Unknown, Value
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.functions.calling import Exceeding, Implementation, Invocation, Rejected
from sglint.terraform.functions.numeric import integer
from sglint.terraform.graphemes import count as count_characters
from sglint.terraform.types import STRING, Type, name_of, typeof
from sglint.terraform.unification import unify
from sglint.terraform.values import (
    ListItems,
    SetItems,
    equal,
    first_unknown,
    identity,
)


def _all_true(invocation: Invocation) -> Value:
    for item in invocation.items(0):
        if isinstance(item.data, (Unknown, Conditional)):
            return invocation.unknown(_cause(item))
        if item.data is not True:
            return invocation.result(False)
    return invocation.result(True)


def _any_true(invocation: Invocation) -> Value:
    undecided: Unknown | None = None
    for item in invocation.items(0):
        if isinstance(item.data, (Unknown, Conditional)):
            undecided = undecided or _cause(item)
        elif item.data is True:
            return invocation.result(True)
    return invocation.result(False) if undecided is None else invocation.unknown(undecided)


def _cause(value: Value) -> Unknown:
    found = first_unknown(value)
    assert found is not None
    return found


def _chunklist(invocation: Invocation) -> Value:
    items = invocation.items(0)
    try:
        size = integer(invocation, 1)
    except Rejected as error:
        raise Rejected(f"invalid size: {error.reason}") from None
    if size < 0:
        raise Rejected("the size argument must be positive")
    if not items:
        return invocation.collected(ListItems())
    size = size or len(items)
    chunks = (items[start : start + size] for start in range(0, len(items), size))
    return invocation.collected(ListItems(invocation.collected(ListItems(chunk)) for chunk in chunks))


def _coalesce(invocation: Invocation) -> Value:
    common = unify([typeof(argument) for argument in invocation.arguments])
    if common is None or not invocation.arguments:
        raise Rejected("all arguments must have the same type")
    for argument in invocation.arguments:
        if isinstance(argument.data, Unknown):
            return invocation.unknown(argument.data)
        if argument.data is None:
            continue
        try:
            converted = convert(argument, common)
        except ConversionError as error:
            raise Rejected(error.message) from None
        if converted.data == "" and common is STRING:
            continue
        return converted
    raise Rejected("no non-null, non-empty-string arguments")


def _coalescelist(invocation: Invocation) -> Value:
    if not invocation.arguments:
        raise Rejected("at least one argument is required")
    for argument in invocation.arguments:
        data = argument.data
        if isinstance(data, Unknown):
            break
        if not isinstance(data, tuple) or isinstance(data, SetItems):
            raise Rejected("coalescelist arguments must be lists or tuples")
    for argument in invocation.arguments:
        if isinstance(argument.data, Unknown):
            return invocation.unknown(argument.data)
        if argument.data:
            return argument
    raise Rejected("no non-null arguments")


def _compact(invocation: Invocation) -> Value:
    return invocation.collected(ListItems(item for item in invocation.items(0) if item.data not in (None, "")))


def _concat(invocation: Invocation) -> Value:
    if not invocation.arguments:
        raise Rejected("at least one argument is required")
    if (
        sum(len(argument.data) for argument in invocation.arguments if isinstance(argument.data, tuple))
        > limits().items
    ):
        raise Exceeding(many_items())
    if all(isinstance(argument.data, ListItems) for argument in invocation.arguments):
        common = unify([typeof(argument) for argument in invocation.arguments])
        if common is not None:
            parts = (converted_to(invocation, index, common) for index in range(len(invocation.arguments)))
            return invocation.collected(ListItems(item for part in parts for item in part.items()))
    for index, argument in enumerate(invocation.arguments):
        if not isinstance(argument.data, tuple) or isinstance(argument.data, SetItems):
            raise Rejected(f"all arguments must be lists or tuples; got {name_of(argument)}", index)
    return invocation.collected(tuple(item for argument in invocation.arguments for item in argument.items()))


def converted_to(invocation: Invocation, index: int, want: Type) -> Value:
    """An argument as a type that was chosen by all of them. Rejected when its value does not allow that."""
    try:
        return convert(invocation.arguments[index], want)
    except ConversionError as error:
        raise Rejected(error.message, index) from None


def _contains(invocation: Invocation) -> Value:
    if not isinstance(invocation.data(0), tuple):
        raise Rejected("argument must be list, tuple, or set")
    wanted = invocation.arguments[1]
    undecided: Unknown | None = None
    for item in invocation.items(0):
        answer = equal(wanted, item)
        if answer is True:
            return invocation.result(True)
        if isinstance(answer, Unknown):
            undecided = undecided or answer
    return invocation.result(False) if undecided is None else invocation.unknown(undecided)


def _distinct(invocation: Invocation) -> Value:
    unique: dict[object, Value] = {}
    for item in invocation.items(0):
        unique.setdefault(identity(item.data), item)
    return invocation.collected(ListItems(unique.values()))


def _element(invocation: Invocation) -> Value:
    data = invocation.data(0)
    if not isinstance(data, tuple) or isinstance(data, SetItems):
        raise Rejected(f"cannot read elements from {name_of(invocation.arguments[0])}")
    try:
        index = integer(invocation, 1)
    except Rejected as error:
        raise Rejected(f"invalid index: {error.reason}") from None
    if not data:
        raise Rejected("cannot use element function with an empty list")
    return invocation.items(0)[index % len(data)]


def _flatten(invocation: Invocation) -> Value:
    if not isinstance(invocation.data(0), tuple):
        raise Rejected("can only flatten lists, sets and tuples")
    flat: list[Value] = []
    blocking = _flatten_into(flat, invocation.arguments[0])
    return invocation.collected(tuple(flat)) if blocking is None else invocation.unknown(blocking)


def _flatten_into(flat: list[Value], value: Value) -> Unknown | None:
    """An unknown item is kept when it is surely no list: an attribute that names a resource."""
    for item in value.items():
        data = item.data
        if isinstance(data, tuple):
            blocking = _flatten_into(flat, item)
            if blocking is not None:
                return blocking
        elif isinstance(data, Conditional) or (isinstance(data, Unknown) and data.reference is None):
            return _cause(item)
        elif len(flat) >= limits().items:
            raise Exceeding(many_items())
        else:
            flat.append(item)
    return None


def _index(invocation: Invocation) -> Value:
    data = invocation.data(0)
    if not isinstance(data, tuple) or isinstance(data, SetItems):
        raise Rejected("argument must be a list or tuple")
    if not data:
        raise Rejected("cannot search an empty list")
    for position, item in enumerate(data):
        answer = equal(item, invocation.arguments[1])
        if isinstance(answer, Unknown):
            return invocation.unknown(answer)
        if answer:
            return invocation.result(position)
    raise Rejected("item not found")


def _length(invocation: Invocation) -> Value:
    data = invocation.data(0)
    if isinstance(data, Unknown):
        return invocation.unknown(data)
    if isinstance(data, str):
        return invocation.result(count_characters(data))
    if not isinstance(data, (tuple, dict)):
        raise Rejected("argument must be a string, a collection type, or a structural type")
    undecided = first_unknown(*data) if isinstance(data, SetItems) and len(data) > 1 else None
    return invocation.result(len(data)) if undecided is None else invocation.unknown(undecided)


def _matchkeys(invocation: Invocation) -> Value:
    common = unify([typeof(invocation.arguments[1]), typeof(invocation.arguments[2])])
    if common is None:
        raise Rejected("keys and searchset must be of the same type")
    values = invocation.items(0)
    if len(values) != len(invocation.items(1)):
        raise Rejected("length of keys and values should be equal")
    if not invocation.items(2):
        return invocation.collected(ListItems())
    blocking = first_unknown(*invocation.arguments)
    if blocking is not None:
        return invocation.unknown(blocking)
    keys, searchset = (converted_to(invocation, index, common).items() for index in (1, 2))
    wanted = {identity(item.data) for item in searchset}
    return invocation.collected(
        ListItems(value for value, key in zip(values, keys, strict=True) if identity(key.data) in wanted)
    )


def _one(invocation: Invocation) -> Value:
    argument = invocation.arguments[0]
    data = argument.data
    if isinstance(data, Unknown):
        return invocation.unknown(data)
    if not isinstance(data, tuple) or len(data) > 1:
        raise Rejected("must be a list, set, or tuple value with either zero or one elements", 0)
    return argument.items()[0] if data else invocation.result(None)


def _reverse(invocation: Invocation) -> Value:
    data = invocation.data(0)
    if not isinstance(data, tuple):
        raise Rejected(f"can only reverse list or tuple values, not {name_of(invocation.arguments[0])}", 0)
    items = reversed(invocation.items(0))
    return invocation.collected(ListItems(items) if isinstance(data, (ListItems, SetItems)) else tuple(items))


def _slice(invocation: Invocation) -> Value:
    data = invocation.data(0)
    if isinstance(data, SetItems):
        raise Rejected(
            "cannot slice a set, because its elements do not have indices; explicitly convert to a list if the "
            "ordering of the result is not important",
            0,
        )
    if not isinstance(data, tuple):
        raise Rejected("must be a list or tuple value", 0)
    start, end = (_bound(invocation, index, word, len(data)) for index, word in ((1, "start"), (2, "end")))
    if start > end:
        raise Rejected("start index must not be greater than end index", 1)
    items = invocation.items(0)[start:end]
    return invocation.collected(ListItems(items) if isinstance(data, ListItems) else items)


def _bound(invocation: Invocation, index: int, word: str, length: int) -> int:
    try:
        bound = integer(invocation, index)
    except Rejected as error:
        raise Rejected(f"invalid {word} index: {error.reason}", index) from None
    if bound < 0:
        raise Rejected(f"{word} index must not be less than zero", index)
    if bound > length:
        raise Rejected(f"{word} index must not be greater than the length of the list", index)
    return bound


IMPLEMENTATIONS: dict[str, Implementation] = {
    "alltrue": _all_true,
    "anytrue": _any_true,
    "chunklist": _chunklist,
    "coalesce": _coalesce,
    "coalescelist": _coalescelist,
    "compact": _compact,
    "concat": _concat,
    "contains": _contains,
    "distinct": _distinct,
    "element": _element,
    "flatten": _flatten,
    "index": _index,
    "length": _length,
    "matchkeys": _matchkeys,
    "one": _one,
    "reverse": _reverse,
    "slice": _slice,
}

"""Which types become which others, the common type of several, and why there is none.

The rules are those of cty's `convert` package, which Terraform documents under "Type constraints"; messages are in
its words. An undetermined type (`ANY`) never stands in the way.
"""

from __future__ import annotations

from collections.abc import Sequence

from sglint.terraform.quoting import go_quote
from sglint.terraform.types import ANY, STRING, ListOf, MapOf, ObjectOf, Primitive, SetOf, TupleOf, Type, name


def is_convertible(got: Type, want: Type, unsafe: bool = True) -> bool:
    """Whether values of one type may become the other. Unsafe conversions may still fail for a given value."""
    if want is ANY or got == want:
        return True
    if got is ANY:
        return True
    match got, want:
        case (Primitive(), Primitive()):
            return want is STRING or (unsafe and got is STRING)
        case (ObjectOf(), ObjectOf()):
            return all(
                is_convertible(got.attributes[key], attribute, unsafe)
                if key in got.attributes
                else key in want.optional
                for key, attribute in want.attributes.items()
            )
        case (TupleOf(have), TupleOf(elements)):
            return len(have) == len(elements) and all(
                is_convertible(*pair, unsafe) for pair in zip(have, elements, strict=True)
            )
        case (ListOf(have), ListOf(element)) | (SetOf(have), ListOf(element) | SetOf(element)):
            return is_convertible(have, element, unsafe)
        case (ListOf(have), SetOf(element)):
            return unsafe and is_convertible(have, element, unsafe)
        case (MapOf(have), MapOf(element)):
            return is_convertible(have, element, unsafe)
        case (TupleOf(elements), ListOf(element) | SetOf(element)):
            return _all_convertible(elements, element, unsafe)
        case (ObjectOf(attributes), MapOf(element)):
            return _all_convertible(tuple(attributes.values()), element, unsafe)
        case (MapOf(have), ObjectOf()):
            return unsafe and all(
                key in want.optional or is_convertible(have, attribute, unsafe)
                for key, attribute in want.attributes.items()
            )
    return False


def _all_convertible(types: Sequence[Type], element: Type, unsafe: bool) -> bool:
    if not types:
        return True
    if element is ANY:
        return unify(types, unsafe) is not None
    return all(is_convertible(type_, element, unsafe) for type_ in types)


def unify(types: Sequence[Type], unsafe: bool = True) -> Type | None:
    """The most general of these types, or a new one, to which all of them convert; None when there is none."""
    known: list[Type] = []
    for type_ in types:
        if type_ is not ANY and type_ not in known:
            known.append(type_)
    if not known:
        return ANY
    if all(type_ == known[0] for type_ in known[1:]):
        return known[0]
    classes = {type(type_) for type_ in known}
    if len(classes) == 1:
        match known[0]:
            case MapOf() | ListOf() | SetOf():
                return _unify_collections(known, unsafe)
            case ObjectOf():
                return _unify_objects([type_ for type_ in known if isinstance(type_, ObjectOf)], unsafe)
            case TupleOf():
                return _unify_tuples([type_ for type_ in known if isinstance(type_, TupleOf)], unsafe)
    if classes == {MapOf, ObjectOf}:
        found = _unify_mixed(known, ObjectOf, MapOf, unsafe)
        if found is not None:
            return found
    if classes == {ListOf, TupleOf}:
        found = _unify_mixed(known, TupleOf, ListOf, unsafe)
        if found is not None:
            return found
    if ObjectOf in classes and TupleOf in classes:
        return None
    for candidate in _by_preference(known):
        if all(is_convertible(type_, candidate, unsafe) for type_ in known):
            return candidate
    return None


def _unify_collections(types: list[Type], unsafe: bool) -> Type | None:
    element = unify([element_of(type_) for type_ in types], unsafe)
    if element is None:
        return None
    match types[0]:
        case MapOf():
            return MapOf(element)
        case SetOf():
            return SetOf(element)
    return ListOf(element)


def _unify_objects(types: list[ObjectOf], unsafe: bool) -> Type | None:
    keys = types[0].attributes.keys()
    if any(type_.attributes.keys() != keys for type_ in types):
        element = unify([attribute for type_ in types for attribute in type_.attributes.values()], unsafe)
        return None if element is None else MapOf(element)
    attributes: dict[str, Type] = {}
    for key in keys:
        attribute = unify([type_.attributes[key] for type_ in types], unsafe)
        if attribute is None:
            return None
        attributes[key] = attribute
    return ObjectOf(attributes)


def _unify_tuples(types: list[TupleOf], unsafe: bool) -> Type | None:
    if any(len(type_.elements) != len(types[0].elements) for type_ in types):
        element = unify([element for type_ in types for element in type_.elements], unsafe)
        return None if element is None else ListOf(element)
    elements: list[Type] = []
    for across in zip(*(type_.elements for type_ in types), strict=True):
        found = unify(across, unsafe)
        if found is None:
            return None
        elements.append(found)
    return TupleOf(tuple(elements))


def _unify_mixed(
    types: list[Type], structural: type[ObjectOf | TupleOf], collection: type[MapOf | ListOf], unsafe: bool
) -> Type | None:
    """Objects are often maps in disguise, and tuples lists: the structures become one collection first."""
    parts: list[Type] = []
    for type_ in types:
        if isinstance(type_, structural):
            parts += type_.attributes.values() if isinstance(type_, ObjectOf) else type_.elements
    element = unify(parts, unsafe)
    if element is None:
        return None
    return unify([collection(element) if isinstance(type_, structural) else type_ for type_ in types], unsafe)


def _by_preference(types: list[Type]) -> list[Type]:
    """The more general before the less; where none is, in the given order (cty's topological sort)."""
    count = len(types)
    below: list[list[int]] = [[] for _ in types]
    above = [0] * count
    for i in range(count):
        for j in range(i + 1, count):
            order = _compare(types[i], types[j])
            if order:
                first, second = (i, j) if order < 0 else (j, i)
                below[first].append(second)
                above[second] += 1
    queue = [index for index in range(count) if not above[index]]
    for index in queue:
        for lower in below[index]:
            above[lower] -= 1
            if not above[lower]:
                queue.append(lower)
    return [types[index] for index in queue]


def _compare(one: Type, other: Type) -> int:
    """Negative when the first is the more general, by kind alone."""
    match one, other:
        case (Primitive(), Primitive()):
            return (other is STRING) - (one is STRING)
        case (ListOf(a), ListOf(b)) | (SetOf(a), SetOf(b)) | (MapOf(a), MapOf(b)):
            return _compare(a, b)
        case (TupleOf() | ListOf(), SetOf()) | (ListOf(), TupleOf()) | (MapOf(), ObjectOf()):
            return -1
        case (SetOf(), TupleOf() | ListOf()) | (TupleOf(), ListOf()) | (ObjectOf(), MapOf()):
            return 1
        case (ObjectOf(a), ObjectOf(b)) if a.keys() == b.keys():
            return _compare_parts([(a[key], b[key]) for key in a])
        case (TupleOf(a), TupleOf(b)) if len(a) == len(b):
            return _compare_parts(list(zip(a, b, strict=True)))
    return 0


def _compare_parts(pairs: list[tuple[Type, Type]]) -> int:
    orders = {(order > 0) - (order < 0) for order in (_compare(*pair) for pair in pairs)} - {0}
    return orders.pop() if len(orders) == 1 else 0


# ---- messages


def mismatch(got: Type, want: Type) -> str:
    """Why a type cannot become another, in Terraform's words."""
    match got, want:
        case (ObjectOf(), ObjectOf()):
            return _mismatch_objects(got, want)
        case (TupleOf(), ListOf(element)) if element is ANY:
            return "all list elements must have the same type"
        case (TupleOf(), SetOf(element)) if element is ANY:
            return "all set elements must have the same type"
        case (ObjectOf(), MapOf(element)) if element is ANY:
            return "all map elements must have the same type"
        case (TupleOf(elements), ListOf(element) | SetOf(element)):
            for index, type_ in enumerate(elements):
                if not is_convertible(type_, element):
                    return f"element {index}: {mismatch(type_, element)}"
            return f"all elements must be {name(element)}"
        case (ObjectOf(attributes), MapOf(element)):
            for key, type_ in sorted(attributes.items()):
                if not is_convertible(type_, element):
                    return f"element {go_quote(key)}: {mismatch(type_, element)}"
            return f"all elements must be {name(element)}"
        case (ListOf(have) | SetOf(have), ListOf(element)):
            return f"incorrect list element type: {mismatch(have, element)}"
        case (ListOf(have) | SetOf(have), SetOf(element)):
            return f"incorrect set element type: {mismatch(have, element)}"
        case (MapOf(have), MapOf(element)):
            return f"incorrect map element type: {mismatch(have, element)}"
    return f"{name(want)} required"


def _mismatch_objects(got: ObjectOf, want: ObjectOf) -> str:
    missing = sorted(want.attributes.keys() - got.attributes.keys() - want.optional)
    quoted = [go_quote(key) for key in missing]
    if len(quoted) == 1:
        return f"attribute {quoted[0]} is required"
    if len(quoted) == 2:
        return f"attributes {quoted[0]} and {quoted[1]} are required"
    if quoted:
        return f"attributes {', '.join(quoted[:-1])}, and {quoted[-1]} are required"
    for key, attribute in sorted(want.attributes.items()):
        if key in got.attributes and not is_convertible(got.attributes[key], attribute):
            return f"attribute {go_quote(key)}: {mismatch(got.attributes[key], attribute)}"
    return "incorrect object attributes"


def element_of(type_: Type) -> Type:
    """The one type for the elements of a collection or of a structure that becomes one."""
    match type_:
        case ListOf(element) | SetOf(element) | MapOf(element):
            return element
        case TupleOf(elements):
            return unify(elements) or ANY
        case ObjectOf(attributes):
            return unify(tuple(attributes.values())) or ANY
    return ANY

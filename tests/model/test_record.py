"""Records mean what the standard library's dataclasses mean: the same classes, declared both ways, say the same."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import operator
import pickle
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.record import field, frozen, mutable, replace

T = TypeVar("T")
names = st.lists(st.sampled_from("abcdefgh"), unique=True)
scalars = st.integers(0, 2) | st.sampled_from(("x", "y")) | st.none() | st.tuples(st.integers(0, 1))


@st.composite
def declarations(draw: st.DrawFn) -> list[tuple[str, dict[str, Any]]]:
    """Fields in order: the terms of each, empty where it has no default; none without one follows one that has."""
    fields: list[tuple[str, dict[str, Any]]] = []
    for name in draw(names):
        terms: dict[str, Any] = {}
        has_default = any("default" in each or "default_factory" in each for _, each in fields) or draw(st.booleans())
        if has_default and draw(st.booleans()):
            terms["default_factory"] = draw(st.sampled_from((list, dict)))
            terms["compare"] = False
        elif has_default:
            terms["default"] = draw(scalars)
        if draw(st.booleans()):
            terms["compare"] = False
        if draw(st.booleans()):
            terms["repr"] = False
        fields.append((name, terms))
    return fields


def _declared(
    fields: list[tuple[str, dict[str, Any]]], declare: Callable[[type], type], specify: Callable[..., Any]
) -> Any:
    members: dict[str, Any] = {name: specify(**terms) for name, terms in fields if terms}
    return declare(type("Made", (), {**members, "__annotations__": {name: "object" for name, _ in fields}}))


def _both(fields: list[tuple[str, dict[str, Any]]], **terms: bool) -> tuple[Any, Any]:
    standard = dataclasses.dataclass(slots=True, frozen=terms.pop("is_frozen"), **terms)
    if "eq" in terms:
        own: Callable[[type], type] = mutable(eq=terms["eq"])
    else:
        own = frozen(order=terms["order"])
    return _declared(fields, own, field), _declared(fields, standard, dataclasses.field)


def _outcome(act: Callable[[], object]) -> object:
    """What a call gives, or the kind of error."""
    try:
        return act()
    except (TypeError, AttributeError) as error:
        return TypeError if isinstance(error, TypeError) else AttributeError


def _content(record: Any) -> object:
    return record if isinstance(record, type) else [getattr(record, name) for name in record.__match_args__]


@given(declarations(), st.lists(scalars, max_size=9), st.dictionaries(st.sampled_from("abcdefghi"), scalars))
def test_records_are_made_as_dataclasses_are(
    fields: list[tuple[str, dict[str, Any]]], positional: list[object], named: dict[str, object]
) -> None:
    ours, theirs = _both(fields, is_frozen=True, order=False)
    assert _content(_outcome(lambda: ours(*positional, **named))) == _content(
        _outcome(lambda: theirs(*positional, **named))
    )
    assert ours.__match_args__ == theirs.__match_args__
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(theirs).parameters)


@given(declarations(), st.data(), st.booleans())
def test_records_compare_as_dataclasses_do(
    fields: list[tuple[str, dict[str, Any]]], data: st.DataObject, order: bool
) -> None:
    ours, theirs = _both(fields, is_frozen=True, order=order)
    one, other = (data.draw(st.tuples(*[scalars] * len(fields))) for _ in range(2))
    for compare in (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge):
        assert _outcome(lambda: compare(ours(*one), ours(*other))) == _outcome(  # noqa: B023
            lambda: compare(theirs(*one), theirs(*other))  # noqa: B023
        )
    assert ours(*one) != theirs(*one)
    assert (hash(ours(*one)) == hash(ours(*other))) == (hash(theirs(*one)) == hash(theirs(*other)))
    assert repr(ours(*one)) == repr(theirs(*one))


@given(declarations(), st.data(), st.booleans())
def test_mutable_records_are_mutable_dataclasses(
    fields: list[tuple[str, dict[str, Any]]], data: st.DataObject, eq: bool
) -> None:
    ours, theirs = _both(fields, is_frozen=False, eq=eq)
    content = data.draw(st.tuples(*[scalars] * len(fields)))
    assert (ours(*content) == ours(*content)) == (theirs(*content) == theirs(*content))
    assert isinstance(_outcome(lambda: hash(ours(*content))), int) == isinstance(
        _outcome(lambda: hash(theirs(*content))), int
    )
    record = ours(*content)
    for name, _ in fields:
        setattr(record, name, "changed")
        assert getattr(record, name) == "changed"
    assert _outcome(lambda: setattr(record, "unknown", 1)) is AttributeError


@given(declarations(), st.data(), st.dictionaries(st.sampled_from("abcdefghi"), scalars))
def test_replace_is_that_of_dataclasses(
    fields: list[tuple[str, dict[str, Any]]], data: st.DataObject, changes: dict[str, object]
) -> None:
    ours, theirs = _both(fields, is_frozen=True, order=False)
    content = data.draw(st.tuples(*[scalars] * len(fields)))
    given_ = dict(changes)
    assert _content(_outcome(lambda: replace(ours(*content), **given_))) == _content(
        _outcome(lambda: dataclasses.replace(theirs(*content), **changes))
    )
    assert given_ == changes


@frozen(order=True)
class Place:
    path: str
    line: int = 1


@frozen
class Named(Generic[T]):
    """A value of some type."""

    kinds: ClassVar[tuple[str, ...]] = ("a", "b")

    name: T
    places: list[Place] = field(default_factory=list, compare=False)

    def __str__(self) -> str:
        return f"<{self.name}>"


@frozen
class Longer(Named[str]):
    length: int = 0


@frozen
class Sum:
    parts: tuple[int, ...]
    total: int = -1

    def __post_init__(self) -> None:
        if self.total < 0:
            object.__setattr__(self, "total", sum(self.parts))


@mutable
class Counter:
    count: int = 0
    seen: dict[str, int] = field(default_factory=dict)


RECORDS = [Place("a", 2), Named("x", [Place("b")]), Longer("x", [Place("c")], 4), Sum((1, 2)), Counter(2, {"a": 1})]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, replace, *(lambda r, p=p: pickle.loads(pickle.dumps(r, p)) for p in range(6))],
)
def test_a_copy_says_the_same(record: object, copied: Callable[[object], object]) -> None:
    twin = copied(record)
    assert type(twin) is type(record)
    assert twin == record
    assert repr(twin) == repr(record)


@pytest.mark.parametrize("record", RECORDS[:4], ids=lambda record: type(record).__name__)
def test_values_cannot_change(record: Any) -> None:
    before = repr(record)
    for name in (*record.__match_args__, "unknown"):
        with pytest.raises(AttributeError, match=f"cannot change {name} of a {type(record).__name__}"):
            setattr(record, name, 1)
        with pytest.raises(AttributeError, match=f"cannot change {name} of a {type(record).__name__}"):
            delattr(record, name)
    assert repr(record) == before
    assert not hasattr(record, "__dict__")


def test_what_a_class_says_itself_stays() -> None:
    @frozen
    class Loud:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Loud) and other.name.upper() == self.name.upper()

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "LOUD"

    assert Loud("a") == Loud("A")
    assert (hash(Loud("a")), repr(Loud("a"))) == (7, "LOUD")
    assert str(Named("x")) == "<x>"
    assert Named.__doc__ == "A value of some type."
    assert (Named.__name__, Named.__module__, Loud.__qualname__) == (
        "Named",
        __name__,
        "test_what_a_class_says_itself_stays.<locals>.Loud",
    )


def test_a_class_may_add_fields_to_another() -> None:
    assert Longer.__match_args__ == ("name", "places", "length")
    assert Longer("x") != cast("object", Named("x"))
    assert Longer("x", length=1) != Longer("x")
    assert (Longer("x").kinds, str(Longer("x"))) == (("a", "b"), "<x>")


def test_each_record_gets_its_own_default() -> None:
    assert Counter().seen is not Counter().seen
    given_: dict[str, int] = {}
    assert Counter(seen=given_).seen is given_


def test_post_init_runs_last() -> None:
    assert Sum((1, 2)).total == 3
    assert replace(Sum((1, 2)), parts=(4,)).total == 3


def test_a_pattern_takes_a_record_apart() -> None:
    match Place("a", 2):
        case Place(path, line):
            assert (path, line) == ("a", 2)


def test_a_wrong_call_is_named() -> None:
    with pytest.raises(TypeError, match=r"^Place\.__init__\(\) missing 1 required positional argument: 'path'$"):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"^Place\.__init__\(\) got an unexpected keyword argument 'column'$"):
        Place("a", column=1)  # type: ignore[call-arg]


def test_a_wrong_declaration_is_refused() -> None:
    with pytest.raises(TypeError, match="Late: a field without a default follows one with a default"):

        @frozen
        class Late:
            first: int = 1
            second: int  # type: ignore[misc]

    with pytest.raises(ValueError, match="all records would share the default"):

        @mutable
        class Shared:
            items: list[int] = []  # noqa: RUF012

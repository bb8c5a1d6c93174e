"""Classes of named fields: values that cannot change, and records that can.

They mean what `dataclasses.dataclass(slots=True)` means, and type checkers read them so. The standard library writes
and compiles six methods for each class as it is imported, which would be a quarter of a run over one file; here nothing
is. A class of more fields than `initialisers` has takes longer to fill.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter, ge, gt, le, lt
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, overload

from sglint.model.initialisers import INITIALISERS

_C = TypeVar("_C", bound=type)
_Key = Callable[[Any], Any]
_Comparison = Callable[[Any, object], Any]
_Setter = Callable[[Any, Any], None]

if TYPE_CHECKING:
    from dataclasses import field as field
    from dataclasses import replace as replace
else:

    def field(**terms):
        """A field that is more than a name and a type: `default`, `default_factory`, `compare`, `repr`."""
        return _Field(**terms)

    def replace(record, **changes):
        """A copy of a record in which some fields are others."""
        cls = record.__class__
        return cls(**{**dict(zip(cls.__match_args__, cls.__values__(record), strict=True)), **changes})


_MISSING = object()
_MADE = object()
"""Stands for the default of a field that is made anew for each record."""


class _Field:
    __slots__ = ("compare", "default", "make", "repr")

    def __init__(
        self,
        default: object = _MISSING,
        default_factory: Callable[[], object] | None = None,
        compare: bool = True,
        repr: bool = True,
    ) -> None:
        if default.__class__.__hash__ is None:
            raise ValueError(f"all records would share the default {default!r}: give a default_factory")
        self.default = default if default_factory is None else _MADE
        self.make = default_factory
        self.compare = compare
        self.repr = repr


@overload
def frozen(cls: _C) -> _C: ...
@overload
def frozen(*, order: bool = False) -> Callable[[_C], _C]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: _C | None = None, *, order: bool = False) -> _C | Callable[[_C], _C]:
    """A class of values: equal and hashed by their fields, and sorted by them where `order` says so."""
    if cls is None:
        return lambda cls: _record(cls, is_frozen=True, order=order)
    return _record(cls, is_frozen=True)


@overload
def mutable(cls: _C) -> _C: ...
@overload
def mutable(*, eq: bool = True) -> Callable[[_C], _C]: ...
@dataclass_transform(field_specifiers=(field,))
def mutable(cls: _C | None = None, *, eq: bool = True) -> _C | Callable[[_C], _C]:
    """A class whose fields can be set. Without `eq` a record equals itself alone, and can be hashed."""
    if cls is None:
        return lambda cls: _record(cls, is_frozen=False, eq=eq)
    return _record(cls, is_frozen=False)


def _record(cls: _C, *, is_frozen: bool, eq: bool = True, order: bool = False) -> _C:
    fields: dict[str, _Field] = {}
    for parent in reversed(cls.__mro__[1:]):
        fields |= getattr(parent, "__record__", {})
    members = dict(cls.__dict__)
    names = tuple([name for name, kind in cls.__annotations__.items() if not kind.startswith("ClassVar")])
    for name in names:
        given = members.pop(name, _MISSING)
        fields[name] = given if isinstance(given, _Field) else _Field(given)
    members.pop("__dict__", None)
    members.pop("__weakref__", None)
    members |= {"__qualname__": cls.__qualname__, "__slots__": names, "__record__": fields}
    members["__match_args__"] = tuple(fields)
    members["__values__"] = staticmethod(_values(tuple(fields)))
    members.setdefault("__repr__", _repr)
    members.setdefault("__reduce__", _reduce)
    if is_frozen:
        members["__setattr__"] = members["__delattr__"] = _refuse
    if eq:
        compared = [name for name, field in fields.items() if field.compare]
        key: _Key = attrgetter(*compared) if compared else lambda record: ()
        members.setdefault("__eq__", _equality(key))
        members.setdefault("__hash__", (lambda self: hash(key(self))) if is_frozen else None)
        if order:
            operators = {"__lt__": lt, "__le__": le, "__gt__": gt, "__ge__": ge}
            members |= {name: _comparison(compare, key) for name, compare in operators.items()}
    defaults = [field.default for field in fields.values()]
    if _MISSING in defaults[defaults.count(_MISSING) :]:
        raise TypeError(f"{cls.__qualname__}: a field without a default follows one with a default")
    members["__init__"] = _Initialiser(fields)
    made: Any = type(cls)(cls.__name__, cls.__bases__, members)
    result: _C = made
    return result


class _Initialiser:
    """Stands for a class's `__init__` until the first record is made, which most classes of a run never see."""

    def __init__(self, fields: dict[str, _Field]) -> None:
        self.fields = fields

    def __set_name__(self, cls: Any, name: str) -> None:
        self.cls = cls

    def __get__(self, record: object, cls: Any) -> Any:
        self.cls.__init__ = _initialiser(self.cls, self.fields)
        return self.cls.__init__ if record is None else self.cls.__init__.__get__(record)


def _initialiser(cls: Any, fields: dict[str, _Field]) -> Any:
    setters = [_setter(getattr(cls, name).__set__, field.make) for name, field in fields.items()]
    if setters and hasattr(cls, "__post_init__"):
        setters[-1] = _last(setters[-1])
    if len(fields) >= len(INITIALISERS):
        return _initialiser_of_many(cls, fields, setters)
    init: Any = INITIALISERS[len(fields)](*setters)
    init.__code__ = init.__code__.replace(co_varnames=("self", *fields))
    init.__defaults__ = tuple([field.default for field in fields.values() if field.default is not _MISSING])
    init.__name__, init.__qualname__ = "__init__", f"{cls.__qualname__}.__init__"
    return init


def _initialiser_of_many(cls: Any, fields: dict[str, _Field], setters: list[_Setter]) -> Any:
    def init(self: Any, *given: Any, **named: Any) -> None:
        if len(given) > len(fields):
            raise TypeError(f"{cls.__qualname__} has {len(fields)} fields, and {len(given)} values are given")
        values = dict(zip(fields, given, strict=False))
        if not named.keys() <= fields.keys() - values.keys():
            wrong = ", ".join(sorted(named.keys() - (fields.keys() - values.keys())))
            raise TypeError(f"{cls.__qualname__} has no such fields, or has them already: {wrong}")
        values |= named
        for (name, field), put in zip(fields.items(), setters, strict=True):
            value = values.get(name, field.default)
            if value is _MISSING:
                raise TypeError(f"{cls.__qualname__} is missing {name}")
            put(self, value)

    return init


def _setter(put: _Setter, make: Callable[[], object] | None) -> _Setter:
    if make is None:
        return put
    return lambda record, given: put(record, make() if given is _MADE else given)


def _last(put: _Setter) -> _Setter:
    def finish(record: Any, given: object) -> None:
        put(record, given)
        record.__post_init__()

    return finish


def _values(names: tuple[str, ...]) -> _Key:
    """What gives the values of all fields."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple([getattr(record, name) for name in names])


def _equality(key: _Key) -> _Comparison:
    def equals(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self is other or key(self) == key(other)

    return equals


def _comparison(compare: Callable[[Any, Any], bool], key: _Key) -> _Comparison:
    def compares(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compare((key(self),), (key(other),))  # What is equal is not ordered: None is not less than None.

    return compares


def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, field in self.__record__.items() if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _reduce(self: Any) -> tuple[Any, tuple[Any, ...]]:
    return self.__class__, tuple([getattr(self, name) for name in self.__match_args__])


def _refuse(self: Any, name: str, *value: object) -> None:
    raise AttributeError(f"cannot change {name} of a {self.__class__.__qualname__}")

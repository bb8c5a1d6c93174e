"""Verdicts as JSON and back. Reading builds nothing but the values listed here, so what is read cannot run anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any, TypeAlias

from sglint.execution.verdict import Verdict
from sglint.model.acceptances import Acceptance, Means
from sglint.model.addresses import AddressSet
from sglint.model.cases import Among
from sglint.model.intervals import IntervalSet
from sglint.model.location import Edit, Location, Problem, Step
from sglint.model.rules import Defect, DefectKind, Direction, GroupRef, Network, Origin, Places, PrefixList, Rule
from sglint.model.traffic import Traffic
from sglint.model.values import GeneratedText, Reference, Unknown, When
from sglint.policies.policy import Policy, Severity, Violation
from sglint.policies.registry import find
from sglint.triage.finding import Finding
from sglint.triage.settling import Applied

Json: TypeAlias = "None | bool | int | str | list[Json]"

_TUPLE, _SET, _DICT, _DATE, _TEXT, _POLICY = range(6)
_ENUMS: tuple[type[Enum], ...] = (Means, DefectKind, Direction, Origin, Severity)
_RECORDS: tuple[type[Any], ...] = (
    Acceptance,
    AddressSet,
    Among,
    Applied,
    Defect,
    Edit,
    Finding,
    GroupRef,
    IntervalSet,
    Location,
    Network,
    Places,
    PrefixList,
    Problem,
    Reference,
    Rule,
    Step,
    Traffic,
    Unknown,
    Verdict,
    Violation,
    When,
)
_FIRST_ENUM = 10
_FIRST_RECORD = 30
_TAGS: dict[type[Any], int] = {
    **{kind: _FIRST_ENUM + index for index, kind in enumerate(_ENUMS)},
    **{kind: _FIRST_RECORD + index for index, kind in enumerate(_RECORDS)},
}


class Unwritable(ValueError):
    """A value that has no form here."""


def encode(value: object) -> Json:
    """A value as JSON: whatever is no scalar is a list that begins with its kind. Raises Unwritable."""
    kind: type[Any] = type(value)
    if value is None or kind is str or kind is int or kind is bool:
        return value  # type: ignore[return-value]
    tag = _TAGS.get(kind)
    if tag is not None:
        if tag < _FIRST_RECORD:
            return [tag, value.name]  # type: ignore[attr-defined]
        return [tag, *[encode(getattr(value, name)) for name in kind.__match_args__]]
    if isinstance(value, tuple):
        return [_TUPLE, *map(encode, value)]
    if isinstance(value, frozenset):
        return [_SET, *map(encode, sorted(value))]
    if isinstance(value, dict):
        return [_DICT, *[encode(part) for item in value.items() for part in item]]
    if isinstance(value, Policy):
        return [_POLICY, value.id]
    if isinstance(value, GeneratedText):
        return [_TEXT, str(value)]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return [_DATE, value.isoformat()]
    raise Unwritable(f"{kind.__qualname__} cannot be written")


def decode(data: Any) -> Any:
    """The value that `encode` made. Raises what comes of data that it did not make."""
    return _READERS[data[0]](data) if type(data) is list else data


def _record(kind: type[Any]) -> Callable[[list[Any]], object]:
    def read(data: list[Any]) -> object:
        return kind(*[_READERS[part[0]](part) if type(part) is list else part for part in data[1:]])

    return read


def _enum(kind: type[Enum]) -> Callable[[list[Any]], object]:
    members = dict(kind.__members__)
    return lambda data: members[data[1]]


_READERS: dict[int, Callable[[list[Any]], object]] = {
    _TUPLE: lambda data: tuple([decode(part) for part in data[1:]]),
    _SET: lambda data: frozenset(map(decode, data[1:])),
    _DICT: lambda data: {decode(data[at]): decode(data[at + 1]) for at in range(1, len(data), 2)},
    _DATE: lambda data: date.fromisoformat(data[1]),
    _TEXT: lambda data: GeneratedText(data[1]),
    _POLICY: lambda data: find(data[1]),
    **{_TAGS[kind]: _enum(kind) for kind in _ENUMS},
    **{_TAGS[kind]: _record(kind) for kind in _RECORDS},
}

"""`for` expressions and object constructors."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sglint.model.limits import limits
from sglint.model.location import Location
from sglint.model.values import (
    ALWAYS,
    MAX_ALTERNATIVES,
    Unknown,
    Value,
    When,
    alternatives,
    conditional,
    spelled,
)
from sglint.reading.syntax import For, ObjectCons
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.effort import unworked
from sglint.terraform.scope import Operand, Referable, Scope
from sglint.terraform.types import BOOL, STRING
from sglint.terraform.values import SetItems, kind

if TYPE_CHECKING:
    from sglint.terraform.evaluator import Evaluator

Round: TypeAlias = tuple[Value, Operand]
"""What one round of an iteration binds: key and element."""


def iterate(evaluator: Evaluator, collection: Value, at: Location) -> list[Round] | Unknown:
    """Keys and elements of a collection in Terraform's order; Unknown where it is."""
    data = collection.data
    if isinstance(data, Unknown):
        return data
    if isinstance(data, tuple):
        items = collection.items()
        if isinstance(data, SetItems):
            return [(item, item) for item in items]
        return [(Value(index, item.location), item) for index, item in enumerate(items)]
    if isinstance(data, dict):
        entries = collection.entries()
        return [(Value(key, entries[key].location), entries[key]) for key in sorted(entries)]
    if data is None:
        detail = "A null value cannot be used as the collection in a 'for' expression"
        failed = evaluator.fail("Iteration over null value", detail, at)
    else:
        detail = f"A value of type {kind(data)} cannot be used as the collection in a 'for' expression"
        failed = evaluator.fail("Iteration over non-iterable value", detail, at)
    assert isinstance(failed.data, Unknown)
    return failed.data


def bind(scope: Scope, round_: Round, key: str | None, value: str) -> Scope:
    """The scope inside one round."""
    position, element = round_
    names: dict[str, Operand] = {value: element}
    if key is not None:
        names[key] = position
    return scope.inner(names, f"{value} at {spelled(position.data)}")


def for_(evaluator: Evaluator, expression: For, scope: Scope) -> Value:
    at = expression.location
    collection = evaluator.operand(expression.collection, scope)
    if isinstance(collection, Referable):
        elements = collection.elements()
        if elements is not None:
            return _Comprehension(evaluator, expression, scope).run(list(elements))
        collection = collection.value(expression.collection.location)

    def over(collection: Value) -> Value:
        rounds = iterate(evaluator, collection, expression.collection.location)
        if isinstance(rounds, Unknown):
            return evaluator.unknown(rounds, at, scope, collection)
        return _Comprehension(evaluator, expression, scope).run(rounds)

    return evaluator.lifted(over, (collection,), at, scope)


_Entry: TypeAlias = tuple[str | None, Value]
_Outcome: TypeAlias = tuple[When, list[_Entry]]


class _Comprehension:
    """A `for` over rounds. Where an `if` or a key is undecided, it follows each outcome."""

    def __init__(self, evaluator: Evaluator, expression: For, scope: Scope) -> None:
        self._evaluator = evaluator
        self._expression = expression
        self._scope = scope

    def run(self, rounds: list[Round]) -> Value:
        expression = self._expression
        at = expression.location
        outcomes: list[_Outcome] = [(ALWAYS, [])]
        for round_ in rounds:
            scope = bind(self._scope, round_, expression.key, expression.value)
            added = self._round(scope)
            if self._evaluator.is_spent:
                added = unworked("", f"more than {limits().steps} expressions")
            if isinstance(added, Unknown):
                return self._evaluator.unknown(added, at, self._scope)
            if added == [(ALWAYS, None)]:
                continue
            if len(added) == 1 and not added[0][0]:
                for _, entries in outcomes:
                    entries.append(added[0][1])  # type: ignore[arg-type]
                continue
            outcomes = [
                (both, entries if entry is None else [*entries, entry])
                for when, entries in outcomes
                for inner, entry in added
                if (both := when.conjoin(inner)) is not None
            ]
            if len(outcomes) > MAX_ALTERNATIVES:
                cause = Unknown("", f"more than {MAX_ALTERNATIVES} alternatives")
                return self._evaluator.unknown(cause, at, self._scope)
        text = self._evaluator.describe(at, self._scope) if len(outcomes) > 1 else ""
        return conditional(((when, self._collect(entries)) for when, entries in outcomes), at, text)

    def _round(self, scope: Scope) -> list[tuple[When, _Entry | None]] | Unknown:
        """What one round adds under each condition: an entry, or None where `if` leaves it out."""
        added: list[tuple[When, _Entry | None]] = []
        outcomes = self._kept(scope)
        if isinstance(outcomes, Unknown):
            return outcomes
        for when, is_kept in outcomes:
            if not is_kept:
                added.append((when, None))
                continue
            keys = self._keys(scope)
            if isinstance(keys, Unknown):
                return keys
            value = self._evaluator.value(self._expression.result, scope)
            for inner, key in keys:
                both = when.conjoin(inner)
                if both is not None:
                    added.append((both, (key, value)))
        return added

    def _kept(self, scope: Scope) -> list[tuple[When, bool]] | Unknown:
        """Whether `if` keeps the round under each condition; Unknown where Terraform rejects it."""
        condition = self._expression.condition
        if condition is None:
            return [(ALWAYS, True)]
        outcomes: list[tuple[When, bool]] = []
        for when, value in alternatives(self._evaluator.value(condition, scope)):
            data = self._condition(value, condition.location).data
            if not isinstance(data, Unknown):
                outcomes.append((when, bool(data)))
                continue
            if not isinstance(value.data, Unknown):
                return data
            outcomes.extend(self._evaluator.choices(data, when))
        return outcomes

    def _condition(self, value: Value, at: Location) -> Value:
        if value.data is None:
            detail = "The value of the 'if' clause must not be null"
            return self._evaluator.fail("Condition is null", detail, at)
        try:
            return convert(value, BOOL)
        except ConversionError as error:
            detail = f"The 'if' clause value is invalid: {error.message}"
            return self._evaluator.fail("Invalid 'for' condition", detail, at)

    def _keys(self, scope: Scope) -> list[tuple[When, str | None]] | Unknown:
        expression = self._expression.key_result
        if expression is None:
            return [(ALWAYS, None)]
        keys: list[tuple[When, str | None]] = []
        for when, value in alternatives(self._evaluator.value(expression, scope)):
            if value.data is None:
                detail = "Key expression in 'for' expression must not produce a null value"
                value = self._evaluator.fail("Invalid object key", detail, expression.location)
            reason = "The key expression produced an invalid result"
            key = object_key(self._evaluator, value, expression.location, "Invalid object key", reason)
            if isinstance(key, Unknown):
                return key
            keys.append((when, key))
        return keys

    def _collect(self, entries: list[_Entry]) -> Value:
        at = self._expression.location
        if self._expression.key_result is None:
            return Value(tuple(value for _, value in entries), at)
        groups: dict[str, list[Value]] = {}
        for key, value in entries:
            groups.setdefault(key or "", []).append(value)
        if self._expression.grouping:
            return Value({key: Value(tuple(values), at) for key, values in groups.items()}, at)
        for key, values in groups.items():
            if len(values) > 1:
                detail = (
                    f"Two different items produced the key \"{key}\" in this 'for' expression. If duplicates are "
                    "expected, use the ellipsis (...) after the value expression to enable grouping by key"
                )
                self._evaluator.fail("Duplicate object key", detail, at)
        return Value({key: values[0] for key, values in groups.items()}, at)


def object_key(evaluator: Evaluator, value: Value, at: Location, summary: str, reason: str) -> str | Unknown:
    """A key as the string it becomes. `value` is not null; the rest says what is wrong where it becomes none."""
    try:
        key = convert(value, STRING).data
    except ConversionError as error:
        key = evaluator.fail(summary, f"{reason}: {error.message}", at).data
    assert isinstance(key, (str, Unknown))
    return key


def object_(evaluator: Evaluator, expression: ObjectCons, scope: Scope) -> Value:
    """`{ a = 1 }`: of two entries under one key the last counts. With a key that is unknown, all of it is."""
    at = expression.location
    keys = evaluator.values(tuple(key for key, _ in expression.items), scope)
    values = evaluator.values(tuple(value for _, value in expression.items), scope)

    def build(keys: tuple[Value, ...]) -> Value:
        entries: dict[str, Value] = {}
        for key, value in zip(keys, values, strict=True):
            if key.data is None:
                key = evaluator.fail("Null value as key", "Can't use a null value as a key", key.location)
            name = object_key(evaluator, key, key.location, "Incorrect key type", "Can't use this value as a key")
            if isinstance(name, Unknown):
                return evaluator.unknown(name, at, scope, key)
            entries[name] = value
        return Value(entries, at)

    return evaluator.lifted(lambda *keys: build(keys), keys, at, scope)

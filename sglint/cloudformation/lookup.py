"""`Fn::FindInMap`: an entry of the Mappings section.

Only what can be deployed counts. A key that only the deployment knows (`AWS::Region`, for the most part) must be one
of the keys there, or creating the stack fails: each that has the entry is an alternative. Of alternative keys those
without an entry are left out for the same reason, unless none of them has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from sglint.cloudformation.evaluator import Evaluator, unknown
from sglint.cloudformation.forms import Intrinsic
from sglint.cloudformation.literals import as_text, shown
from sglint.model.location import Step
from sglint.model.values import ALWAYS, Unknown, Value, When, combinations, conditional
from sglint.reading.document import Mapping, Node


def find_in_map(evaluator: Evaluator, function: Intrinsic, keys: tuple[Value, ...], default: Value | None) -> Value:
    """The entry for a map name, a top-level key and a second-level key; `default` where there is none."""
    found: list[tuple[When, Value]] = []
    missing: list[tuple[Value, ...]] = []
    for given, (name, top, second) in combinations(keys):
        if isinstance(name.data, Unknown):
            return _unresolved(function, (name, top, second))
        table = evaluator.scope.mapping(as_text(name.data) or "")
        entries = [] if table is None else list(_entries(evaluator, function, shown(name), table, (top, second)))
        if not entries and default is None:
            missing.append((name, top, second))
        remaining = [given]
        for when, value in entries:
            within = given.conjoin(when)
            if within is not None:
                found.append((within, value))
            remaining = [rest for each in remaining for rest in each.without(when)]
        if default is not None:
            found += ((when, default) for when in remaining)
    if not found and missing:
        return _failed(evaluator, function, missing[0])
    if len(found) == 1:
        return found[0][1]
    return conditional(found, function.location, _expression(keys))


def _entries(
    evaluator: Evaluator, function: Intrinsic, name: str, table: Mapping, keys: tuple[Value, Value]
) -> Iterator[tuple[When, Value]]:
    """The entries that two keys may select: one, or where a key is unknown several."""
    top, second = keys
    for outer, top_key, row in _chosen(evaluator, table, top):
        if not isinstance(row, Mapping):
            continue
        for inner, second_key, node in _chosen(evaluator, row, second):
            when = outer.conjoin(inner)
            if when is not None:
                value = evaluator.value(node)
                step = Step(f"mapping {name}.{top_key}.{second_key}", node.location)
                yield when, Value(value.data, function.location, (step, *value.evidence))


def _chosen(evaluator: Evaluator, table: Mapping, key: Value) -> list[tuple[When, str, Node]]:
    if isinstance(key.data, Unknown):
        expression = key.data.expression
        return [(When(((expression, name),)), name, node) for name, (_, node) in evaluator.members(table).items()]
    wanted = as_text(key.data)
    entry = evaluator.members(table).get(wanted) if wanted is not None else None
    return [(ALWAYS, wanted, entry[1])] if entry is not None and wanted is not None else []


def _failed(evaluator: Evaluator, function: Intrinsic, keys: tuple[Value, ...]) -> Value:
    name, top, second = keys
    if any(isinstance(key.data, Unknown) for key in keys):
        return _unresolved(function, keys)
    if evaluator.scope.mapping(as_text(name.data) or "") is None:
        return evaluator.malformed(
            function, f"mapping named '{shown(name)}' is not present in the 'Mappings' section of the template"
        )
    return evaluator.malformed(function, f"unable to get mapping for {shown(name)}::{shown(top)}::{shown(second)}")


def _expression(keys: tuple[Value, ...]) -> str:
    return f"!FindInMap {', '.join(shown(key) for key in keys)}"


def _unresolved(function: Intrinsic, keys: tuple[Value, ...]) -> Value:
    blocking = next((key.data for key in keys if isinstance(key.data, Unknown)), None)
    return unknown(function, blocking.blocked_by if blocking else function.name, _expression(keys))

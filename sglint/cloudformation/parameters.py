"""The parameters of a template: given values, defaults, allowed values, and what only the deployment knows.

A parameter with several `AllowedValues` and no given value has each of them as an alternative, its default first:
the list is what its author means deployments to choose from. Without the list the default is the value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as ByName

from sglint.cloudformation.forms import Report, items, members, text
from sglint.cloudformation.inputs import ON_COMMAND_LINE
from sglint.cloudformation.literals import as_text, scalar, split
from sglint.model.cases import case
from sglint.model.location import Location
from sglint.model.record import replace
from sglint.model.values import MAX_ALTERNATIVES, Alternative, Conditional, Unknown, Value, When
from sglint.reading.document import Mapping, Node, Scalar

_STORED = re.compile(r"AWS::SSM::Parameter::Value<(.*)>")
_LIST = re.compile(r"CommaDelimitedList|List<.*>")


class Parameters:
    """The values of one stack's parameters, each worked out when first asked for."""

    def __init__(self, section: Mapping, given: ByName[str, Value], prefix: str, report: Report) -> None:
        """`given` are values from outside; `prefix` tells the parameters of nested stacks apart."""
        self._declared = members(section)
        self._given = dict(given)
        self._prefix = prefix
        self._report = report
        self._values: dict[str, Value] = {}
        self.choices: dict[str, frozenset[str]] = {}
        """The values of those that are undecided among several, by the names that conditions use."""

    def __contains__(self, name: str) -> bool:
        return name in self._declared

    def value(self, name: str) -> Value:
        """The value of a declared parameter, placed where it was written."""
        found = self._values.get(name)
        if found is None:
            found = self._values[name] = self._resolved(name, *self._declared[name])
        return found

    def _resolved(self, name: str, key: Scalar, declaration: Node) -> Value:
        given = self._given.get(name)
        if given is not None and given.location == ON_COMMAND_LINE:
            self._given[name] = replace(given, location=key.location)
        if not isinstance(declaration, Mapping):
            self._report(declaration.location, f"[/Parameters/{name}] must be an object")
            return self._unknown(name, key.location)
        kind = text(declaration.get("Type"))
        if kind is None:
            self._report(key.location, f"[/Parameters/{name}] every Parameters object must contain a Type member")
            kind = "String"
        stored = _STORED.fullmatch(kind)
        if stored:
            return self._stored(name, key.location, declaration)
        return self._plain(name, key.location, declaration, is_list=_LIST.fullmatch(kind) is not None)

    def _stored(self, name: str, location: Location, declaration: Mapping) -> Value:
        """A parameter whose value is the name of a Systems Manager parameter: only the account knows what it holds."""
        written = self._given.get(name) or _default(declaration)
        key = as_text(written.data) if written is not None else None
        if written is None or key is None:
            return self._unknown(name, location)
        unknown = Unknown(self._prefix + name, f"SSM parameter {key}")
        return Value(unknown, written.location, written.evidence)

    def _plain(self, name: str, location: Location, declaration: Mapping, is_list: bool) -> Value:
        given = self._given.get(name)
        allowed = _allowed(declaration)
        if given is not None:
            if allowed and not is_list and isinstance(as_text(given.data), str):
                self._check(name, given, allowed)
            return _as_list(given) if is_list else given
        default = _default(declaration)
        if is_list:
            return self._unknown(name, location) if default is None else _as_list(default)
        if len(allowed) > 1:
            return self._alternatives(name, location, allowed, default)
        if default is not None:
            return default
        return next(iter(allowed.values()), None) or self._unknown(name, location)

    def _check(self, name: str, given: Value, allowed: ByName[str, Value]) -> None:
        written = as_text(given.data)
        if written not in allowed:
            choice = ", ".join(allowed)
            self._report(given.location, f"parameter '{name}' must be one of AllowedValues [{choice}], not '{written}'")

    def _alternatives(self, name: str, location: Location, allowed: ByName[str, Value], default: Value | None) -> Value:
        if len(allowed) > MAX_ALTERNATIVES:
            return self._unknown(name, location)
        first = as_text(default.data) if default is not None else None
        ordered = sorted(allowed.items(), key=lambda entry: entry[0] != first)
        label = self._prefix + name
        self.choices[label] = frozenset(allowed)
        return Value(
            Conditional(
                tuple(Alternative(When(((label, text),), (case(label, text),)), value) for text, value in ordered)
            ),
            location,
        )

    def _unknown(self, name: str, location: Location) -> Value:
        label = self._prefix + name
        return Value(Unknown(label, label), location)


def _default(declaration: Mapping) -> Value | None:
    node = declaration.get("Default")
    return scalar(node) if isinstance(node, Scalar) and node.tag is None and node.value is not None else None


def _allowed(declaration: Mapping) -> dict[str, Value]:
    """The allowed values by their text, in source order."""
    node = declaration.get("AllowedValues")
    found: dict[str, Value] = {}
    for item in (items(node) if node is not None else None) or ():
        if isinstance(item, Scalar):
            value = scalar(item)
            label = as_text(value.data)
            if label is not None:
                found.setdefault(label, value)
    return found


def _as_list(value: Value) -> Value:
    """The items of a comma-delimited list; spaces around an item do not count."""
    if isinstance(value.data, Conditional):
        inner = (Alternative(each.when, _as_list(each.value)) for each in value.data.alternatives)
        return replace(value, data=Conditional(tuple(inner)))
    if isinstance(value.data, tuple):
        return value
    pieces = split(Value(value.data, value.location), ",")
    if pieces is None:
        return value
    trimmed = (replace(piece, data=piece.data.strip()) if isinstance(piece.data, str) else piece for piece in pieces)
    return replace(value, data=tuple(trimmed))

"""What the value of a setting may be: each kind reads a value of TOML and says the same as JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

from sglint.config.places import KeyPath, Places
from sglint.model.location import Location, whole_file
from sglint.model.record import field, frozen, mutable
from sglint.reports.terminal import visible

Schema: TypeAlias = Mapping[str, object]


@mutable
class Faults:
    """What is wrong with the values of one file, each fault with its key and its place."""

    path: str
    places: Places
    prefix: KeyPath = ()
    """The keys that lead to sglint's own table."""
    found: list[tuple[Location, str]] = field(default_factory=list)

    def at_key(self, at: KeyPath, message: str) -> object:
        """Tell of a fault at a key; None, for what there is instead of a value."""
        return self._add(self.places.of_key((*self.prefix, *at)), at, message)

    def at_value(self, at: KeyPath, message: str) -> object:
        """Tell of a fault at a value; None, for what there is instead."""
        return self._add(self.places.of_value((*self.prefix, *at)), at, message)

    def place(self, at: KeyPath) -> Location:
        return self.places.of_key((*self.prefix, *at)) or whole_file(self.path)

    def _add(self, place: Location | None, at: KeyPath, message: str) -> object:
        where = f"{dotted(at)}: " if at else ""
        self.found.append((place or whole_file(self.path), visible(f"{where}{message}")))
        return None


def dotted(at: KeyPath) -> str:
    """A key's path as TOML writes it, with the number of an array's item: `overrides[1].paths`."""
    text = ""
    for part in at:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else f'"{part}"')
    return text


class Kind(Protocol):
    """Reads what TOML gives for a setting. A value that is wrong is told to `faults`, and None is returned."""

    def read(self, value: object, at: KeyPath, faults: Faults) -> object: ...

    def schema(self) -> Schema: ...


@frozen
class Flag:
    def read(self, value: object, at: KeyPath, faults: Faults) -> object:
        if isinstance(value, bool):
            return value
        return faults.at_value(at, f"expected true or false, not {shown(value)}")

    def schema(self) -> Schema:
        return {"type": "boolean"}


@frozen
class Whole:
    """A whole number within bounds."""

    minimum: int
    maximum: int

    def read(self, value: object, at: KeyPath, faults: Faults) -> object:
        if isinstance(value, int) and not isinstance(value, bool) and self.minimum <= value <= self.maximum:
            return value
        expected = f"expected a whole number from {self.minimum} to {self.maximum}"
        return faults.at_value(at, f"{expected}, not {shown(value)}")

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


@frozen
class Text:
    """Text, as `parse` makes it. `parse` raises ValueError with what is wrong with a text.

    `examples` and `pattern` are for the schema only: what they say, `parse` says with a better message.
    """

    parse: Callable[[str], object] = str
    pattern: str = ""
    examples: tuple[str, ...] = ()

    def read(self, value: object, at: KeyPath, faults: Faults) -> object:
        if not isinstance(value, str):
            return faults.at_value(at, f"expected text in quotes, not {shown(value)}")
        try:
            return self.parse(value)
        except ValueError as error:
            return faults.at_value(at, str(error))

    def schema(self) -> Schema:
        more: dict[str, object] = {"pattern": self.pattern} if self.pattern else {}
        return {"type": "string", **more, **({"examples": list(self.examples)} if self.examples else {})}


@frozen
class Choice:
    """One of several words, as `make` takes it; `noun` is what they are."""

    noun: str
    words: tuple[str, ...]
    make: Callable[[str], object] = str

    def read(self, value: object, at: KeyPath, faults: Faults) -> object:
        if isinstance(value, str) and value in self.words:
            return self.make(value)
        near = nearest(value, self.words) if isinstance(value, str) else ""
        hint = near or f"; it is one of {', '.join(self.words)}"
        return faults.at_value(at, f"{shown(value)} is no {self.noun}{hint}")

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@frozen
class Day:
    """A date of TOML, or a text that says one."""

    def read(self, value: object, at: KeyPath, faults: Faults) -> object:
        from datetime import date, datetime

        from sglint.triage.days import parse_day

        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        return Text(parse_day).read(value if isinstance(value, str) else str(value), at, faults)

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}


@frozen
class Either:
    """Text of one kind or a value of another: `port = 22` and `port = "tcp/22"`."""

    text: Kind
    other: Kind

    def read(self, value: object, at: KeyPath, faults: Faults) -> object:
        return (self.text if isinstance(value, str) else self.other).read(value, at, faults)

    def schema(self) -> Schema:
        return {"anyOf": [self.text.schema(), self.other.schema()]}


@frozen
class ListOf:
    item: Kind
    length: int | None = None
    """How many there must be; None for any number."""
    most: int = 10_000
    """How many there may be: configuration comes with the input, and each value costs something."""
    make: Callable[..., object] | None = None
    """Takes the items one by one; None for a tuple of them."""

    def read(self, value: object, at: KeyPath, faults: Faults) -> object:
        if not isinstance(value, list):
            return faults.at_value(at, f"expected a list, not {shown(value)}")
        if self.length is not None and len(value) != self.length:
            return faults.at_value(at, f"expected {self.length} values, not {len(value)}")
        if len(value) > self.most:
            return faults.at_value(at, f"expected at most {self.most} values, not {len(value)}")
        before = len(faults.found)
        items = tuple(self.item.read(each, (*at, number), faults) for number, each in enumerate(value))
        return items if self.make is None or len(faults.found) > before else self.make(*items)

    def schema(self) -> Schema:
        bounds = {"maxItems": self.most} if self.length is None else {"minItems": self.length, "maxItems": self.length}
        return {"type": "array", "items": self.item.schema(), **bounds}


@frozen
class MapOf:
    """A table whose keys are the user's own, each read by `key`, which raises ValueError."""

    value: Kind
    key: Callable[[str], str] = str
    keys: tuple[str, ...] = ()
    """The keys there can be, for the schema; empty where they are free."""
    most: int = 10_000
    """How many there may be."""

    def read(self, value: object, at: KeyPath, faults: Faults) -> object:
        if not isinstance(value, dict):
            return faults.at_value(at, f"expected a table, not {shown(value)}")
        if len(value) > self.most:
            return faults.at_value(at, f"expected at most {self.most} values, not {len(value)}")
        found: dict[str, object] = {}
        for name, each in value.items():
            inner = self.value.read(each, (*at, name), faults)
            try:
                found[self.key(name)] = inner
            except ValueError as error:
                faults.at_key((*at, name), str(error))
        return found

    def schema(self) -> Schema:
        names: Schema = {"propertyNames": {"enum": list(self.keys)}} if self.keys else {}
        bounds = {"maxProperties": self.most}
        return {"type": "object", "additionalProperties": self.value.schema(), **names, **bounds}


@frozen
class Setting:
    """One key of a table. `summary` is one sentence in the documentation and in editors."""

    key: str
    kind: Kind
    summary: str
    default: str = ""
    """What holds where the key is not given, as TOML; empty for nothing."""
    is_required: bool = False


@frozen
class Table:
    """A table with settings of its own. `make` takes those that are given, with `_` for `-` in their names.

    `check` says what is wrong between several of them, as a ValueError. With `is_located`, `make` is told where
    the table stands.
    """

    settings: Sequence[Setting]
    make: Callable[..., object] = dict
    check: Callable[[Mapping[str, object]], None] | None = None
    is_located: bool = False

    def read(self, value: object, at: KeyPath, faults: Faults) -> object:
        if not isinstance(value, dict):
            return faults.at_value(at, f"expected a table, not {shown(value)}")
        known = {setting.key: setting for setting in self.settings}
        before = len(faults.found)
        found: dict[str, object] = {}
        for name, each in value.items():
            setting = known.get(name)
            if setting is None:
                hint = nearest(name, known) or f"; it is one of {', '.join(known)}"
                faults.at_key((*at, name), f"there is no such setting{hint}")
            else:
                found[name.replace("-", "_")] = setting.kind.read(each, (*at, name), faults)
        for setting in self.settings:
            if setting.is_required and setting.key not in value:
                faults.at_key(at, f"{setting.key} is missing")
        if len(faults.found) > before:
            return None
        try:
            if self.check is not None:
                self.check(found)
        except ValueError as error:
            return faults.at_key(at, str(error))
        return self.make(**found, **({"location": faults.place(at)} if self.is_located else {}))

    def schema(self) -> Schema:
        required = [setting.key for setting in self.settings if setting.is_required]
        return {
            "type": "object",
            "additionalProperties": False,
            **({"required": required} if required else {}),
            "properties": {
                setting.key: {"description": setting.summary, **setting.kind.schema()} for setting in self.settings
            },
        }


def shown(value: object) -> str:
    """A value as a message names it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "a table"
    return "a list" if isinstance(value, list) else str(value)


def nearest(word: str, words: Mapping[str, object] | Sequence[str]) -> str:
    """`; did you mean …?`, empty when nothing is near."""
    from difflib import get_close_matches

    close = get_close_matches(word, words, n=1)
    return f'; did you mean "{close[0]}"?' if close else ""

"""Where the keys and values of a TOML text stand. The standard library's reader keeps no positions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TypeAlias

from sglint.model.location import Location
from sglint.model.record import field, mutable

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys from the top of the document, and the indexes of array items: `("overrides", 0, "paths", 1)`."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}(?!")', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^\s,\]}#]+(?: [0-9][^\s,\]}#]*)?")


@mutable
class Places:
    """The place of each key by its path, and of each value and item."""

    keys: dict[KeyPath, Location] = field(default_factory=dict)
    values: dict[KeyPath, Location] = field(default_factory=dict)

    def of_key(self, path: KeyPath) -> Location | None:
        """Where the key stands; of an array's item, the item."""
        return self.keys.get(path) or self.values.get(path)

    def of_value(self, path: KeyPath) -> Location | None:
        """Where the value stands; of a table that has no place of its own, its key."""
        return self.values.get(path) or self.keys.get(path)


def places(text: str, path: str) -> Places:
    """The places in a text that is valid TOML."""
    return _Scanner(text, path).scan()


class _Scanner:
    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._at = 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._found = Places()
        self._tables: dict[KeyPath, int] = {}

    def scan(self) -> Places:
        table: KeyPath = ()
        while self._skip(_BLANK) < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._entry(table)
        return self._found

    def _header(self) -> KeyPath:
        is_array = self._text.startswith("[[", self._at)
        self._at += 2 if is_array else 1
        table: KeyPath = ()
        names = tuple(self._names())
        for number, (name, place) in enumerate(names):
            table = (*table, name)
            self._found.keys.setdefault(table, place)
            if is_array and number == len(names) - 1:
                index = self._tables[table] = self._tables.get(table, -1) + 1
                table = (*table, index)
                self._found.keys[table] = place
            elif table in self._tables:
                table = (*table, self._tables[table])
        self._at += 2 if is_array else 1
        return table

    def _entry(self, table: KeyPath) -> None:
        for name, place in self._names():
            table = (*table, name)
            self._found.keys.setdefault(table, place)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(table)

    def _names(self) -> Iterator[tuple[str, Location]]:
        """The parts of a dotted key, up to what follows it."""
        while True:
            start = self._skip(_SPACE)
            match = _first((_BARE_KEY, _BASIC, _LITERAL), self._text, start)
            self._at = match.end()
            yield _plain(match[0]), self._place(start, match.end())
            if self._text[self._skip(_SPACE)] != ".":
                return
            self._at += 1

    def _value(self, path: KeyPath) -> None:
        start = self._at
        opening = self._text[start]
        if opening == "[":
            self._items(path)
        elif opening == "{":
            self._members(path)
        else:
            self._at = _first((_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL, _BARE_VALUE), self._text, start).end()
        self._found.values[path] = self._place(start, self._at)

    def _items(self, path: KeyPath) -> None:
        self._at += 1
        number = 0
        while self._text[self._skip(_BLANK)] != "]":
            self._value((*path, number))
            number += 1
            if self._text[self._skip(_BLANK)] == ",":
                self._at += 1
        self._at += 1

    def _members(self, path: KeyPath) -> None:
        self._at += 1
        while self._text[self._skip(_BLANK)] != "}":
            self._entry(path)
            if self._text[self._skip(_BLANK)] == ",":
                self._at += 1
        self._at += 1

    def _skip(self, pattern: re.Pattern[str]) -> int:
        self._at = _first((pattern,), self._text, self._at).end()
        return self._at

    def _place(self, start: int, end: int) -> Location:
        (line, column), (end_line, end_column) = self._position(start), self._position(end)
        return Location(self._path, line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        row = bisect_right(self._starts, offset)
        return row, offset - self._starts[row - 1] + 1


def _first(patterns: tuple[re.Pattern[str], ...], text: str, at: int) -> re.Match[str]:
    for pattern in patterns:
        match = pattern.match(text, at)
        if match is not None:
            return match
    raise ValueError(f"not TOML at {at}")


def _plain(key: str) -> str:
    """A key without its quotes. TOML's escapes are read by TOML's reader."""
    if key[0] == "'":
        return key[1:-1]
    if key[0] == '"' and "\\" in key:
        import tomllib

        return str(next(iter(tomllib.loads(f"{key} = 0"))))
    return key.strip('"') if key[0] == '"' else key

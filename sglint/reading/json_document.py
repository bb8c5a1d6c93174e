"""JSON as located documents.

JSON is not quite a part of the YAML that libyaml reads: surrogate pairs, a line break before a colon, keys beyond
1024 characters and numbers like `1e3` are errors or text there, and a missing value is no error. So JSON has a reader
of its own; see docs/decisions/json-reader.md.
"""

from __future__ import annotations

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]

from sglint.model.limits import limits
from sglint.model.location import Location, Problem, whole_file
from sglint.model.record import field, mutable
from sglint.reading.document import Mapping, Node, Scalar, Sequence, too_many_nodes
from sglint.reading.files import Source, Unreadable

_SPACE = re.compile(r"[ \t\r\n]*")
_VALUE = re.compile(
    r"""[ \t\r\n]*(?:
    "(?P<text>[^"\\\x00-\x1f]*)"
    |(?P<number>-?(?:0|[1-9][0-9]*)(?P<fraction>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?))(?![0-9A-Za-z_.+-])
    |(?P<word>true|false|null)(?![0-9A-Za-z_.+-])
    |(?P<opening>[{\[])
    |(?P<escaped>")
    )""",
    re.VERBOSE,
)
_KEY = re.compile(r'[ \t\r\n]*(?:"(?P<text>[^"\\\x00-\x1f]*)"|(?P<escaped>"))')
_COLON = re.compile(r"[ \t\r\n]*:")
_SEPARATOR = re.compile(r"[ \t\r\n]*([,}\]])")
_WORDS: dict[str, None | bool] = {"true": True, "false": False, "null": None}
# Half of a pair is no character and cannot be written out again; Go's reader puts this in its place.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_INT = 4000


@mutable
class _Open:
    """An array (`keys` is None) or object whose end is yet to come."""

    start: tuple[int, int]
    keys: list[Scalar] | None
    items: list[Node] = field(default_factory=list)

    @property
    def closer(self) -> str:
        return "]" if self.keys is None else "}"


def read_json(source: Source) -> Node:
    """The value that a JSON text holds (RFC 8259). Raises Unreadable for what JSON does not allow, or is too large."""
    if len(source.data) > limits().nodes < _nodes(source.data):
        raise Unreadable(too_many_nodes(whole_file(source.path)))
    return _Reader(source).read()


def _nodes(data: bytes) -> int:
    """About how many values and keys a text holds at most."""
    return 1 + sum(map(data.count, (b",", b":", b"[", b"{")))


class _Reader:
    def __init__(self, source: Source) -> None:
        self._path = source.path
        self._text = source.text
        self._breaks = [match.end() for match in re.finditer("\n", source.text)]
        self._breaks.append(len(source.text) + 1)
        self._row = 0
        self._row_start = 0

    def read(self) -> Node:
        open_: list[_Open] = []
        at = 0
        while True:
            match = _VALUE.match(self._text, at)
            if match is None:
                raise self._unexpected(at, "a value")
            at = match.end()
            if match.lastgroup == "opening":
                if len(open_) == limits().document_depth:
                    raise self._problem(at - 1, at, f"nests deeper than {limits().document_depth} levels")
                opened = _Open(self._position(at - 1), [] if match["opening"] == "{" else None)
                open_.append(opened)
                separator = _SEPARATOR.match(self._text, at)
                if separator is None or separator[1] != opened.closer:
                    at = at if opened.keys is None else self._key(at, opened.keys, "a key in double quotes or '}'")
                    continue
                at = separator.end()
                node = self._close(open_.pop(), at)
            else:
                node, at = self._scalar(match)
            while open_:
                opened = open_[-1]
                opened.items.append(node)
                separator = _SEPARATOR.match(self._text, at)
                if separator is None or separator[1] not in (",", opened.closer):
                    raise self._unexpected(at, f"',' or '{opened.closer}'")
                at = separator.end()
                if separator[1] == ",":
                    at = at if opened.keys is None else self._key(at, opened.keys, "a key in double quotes")
                    break
                node = self._close(open_.pop(), at)
            else:
                if self._after_space(at) != len(self._text):
                    raise self._unexpected(at, "the end of the file")
                return node

    def _key(self, at: int, keys: list[Scalar], expected: str) -> int:
        """Read a key and its colon. Returns where the value may start."""
        match = _KEY.match(self._text, at)
        if match is None:
            raise self._unexpected(at, expected)
        key, at = self._string(match)
        keys.append(key)
        colon = _COLON.match(self._text, at)
        if colon is None:
            raise self._unexpected(at, "':'")
        return colon.end()

    def _scalar(self, match: re.Match[str]) -> tuple[Scalar, int]:
        number = match["number"]
        if number is not None:
            value: int | float
            if match["fraction"]:
                value = float(number)
            elif len(number) > _LONGEST_INT:
                raise self._problem(match.start("number"), match.end(), "expected a number of sensible length")
            else:
                value = int(number)
            return Scalar(value, number, self._span(match.start("number"), match.end())), match.end()
        word = match["word"]
        if word is not None:
            return Scalar(_WORDS[word], word, self._span(match.start("word"), match.end())), match.end()
        return self._string(match)

    def _string(self, match: re.Match[str]) -> tuple[Scalar, int]:
        text = match["text"]
        if text is not None:
            return Scalar(text, text, self._span(match.start("text") - 1, match.end())), match.end()
        start = match.start("escaped")
        try:
            text, end = scanstring(self._text, start + 1, True)
        except JSONDecodeError as error:
            raise self._in_string(error, start) from None
        text = _LONE_SURROGATE.sub("\ufffd", text)
        return Scalar(text, text, self._span(start, end)), end

    def _close(self, opened: _Open, end: int) -> Node:
        end_line, end_column = self._position(end)
        location = Location(self._path, *opened.start, end_line, end_column)
        if opened.keys is None:
            return Sequence(tuple(opened.items), location)
        return Mapping(tuple(zip(opened.keys, opened.items, strict=True)), location)

    def _position(self, offset: int) -> tuple[int, int]:
        """Line and column of a place not before the last one that was asked for."""
        while self._breaks[self._row] <= offset:
            self._row_start = self._breaks[self._row]
            self._row += 1
        return self._row + 1, offset - self._row_start + 1

    def _span(self, start: int, end: int) -> Location:
        """The location of a token, which is always on one line."""
        line, column = self._position(start)
        return Location(self._path, line, column, line, column + end - start)

    def _after_space(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        return space.end() if space else at

    def _unexpected(self, at: int, expected: str) -> Unreadable:
        at = self._after_space(at)
        if at >= len(self._text):
            return self._problem(at, at, f"expected {expected}, found the end of the file")
        word = re.compile(r"[\w.+-]+|.").match(self._text, at)
        end = word.end() if word else at + 1
        return self._problem(at, end, f"expected {expected}, found '{self._text[at:end]}'")

    def _in_string(self, error: JSONDecodeError, start: int) -> Unreadable:
        at = error.pos
        if error.msg.startswith("Unterminated"):
            return self._problem(start, start + 1, "expected '\"' at the end of this string, found the end of the file")
        if error.msg.startswith("Invalid control"):
            character = {"\n": "the end of the line", "\t": "a tab"}.get(self._text[at], f"U+{ord(self._text[at]):04X}")
            return self._problem(at, at + 1, f"expected '\"' at the end of this string, found {character}")
        return self._problem(at, at + 1, f"expected an escape that JSON knows, found '{self._text[at : at + 2]}'")

    def _problem(self, start: int, end: int, message: str) -> Unreadable:
        row = sum(1 for end_of_line in self._breaks if end_of_line <= start)
        column = start - (self._breaks[row - 1] if row else 0) + 1
        place = Location(self._path, row + 1, column, row + 1, column + end - start)
        return Unreadable(Problem(place, message))

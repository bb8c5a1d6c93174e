"""Templates put together from their pieces: strip markers, indentation of `<<-` heredocs, and nesting of directives.

Both readers of HCL cut a template into the flat pieces below; what the pieces mean together is decided here, as
HashiCorp's `hclsyntax` parser decides it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import TypeAlias

from sglint.model.location import Location
from sglint.model.record import frozen, mutable
from sglint.reading.syntax import Expression, Literal, Template, TemplateFor, TemplateIf

# What Go's unicode.IsSpace holds for a space; Python's str.strip would also take U+001C to U+001F.
_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


@mutable
class Text:
    """Text between sequences, escapes undone. `lines` end with their newline but for the last.

    HCL's scanner makes a token of each line of an unquoted template, and a strip marker reaches no further than one
    token; a quoted template's text is a single token whatever it contains.
    """

    lines: list[str]
    location: Location


class Keyword(Enum):
    IF = auto()
    ELSE = auto()
    ENDIF = auto()
    FOR = auto()
    ENDFOR = auto()


@frozen
class Sequence:
    """One `${ … }` (`keyword` None) or `%{ … }`, with its strip markers.

    `expression` is what an interpolation shows, an `if` asks and a `for` goes over.
    """

    location: Location
    strips_before: bool
    strips_after: bool
    keyword: Keyword | None = None
    expression: Expression | None = None
    key: str | None = None
    value: str = ""


Piece: TypeAlias = Text | Sequence


class Unbalanced(Exception):
    """A directive without its counterpart."""

    def __init__(self, location: Location, message: str) -> None:
        super().__init__(message)
        self.location = location


def assemble(pieces: list[Piece], location: Location, *, flush: bool = False) -> Expression:
    """A Literal when the pieces hold nothing but text, else a Template. `flush` is what `<<-` asks for.

    Raises Unbalanced.
    """
    _strip(pieces)
    if flush:
        _flush(pieces)
    remaining = iter(pieces)
    parts, stop = _nest(remaining)
    if stop is not None:
        raise Unbalanced(stop.location, f"unexpected {_written(stop)} in a template")
    texts = [part.value for part in parts if isinstance(part, Literal) and isinstance(part.value, str)]
    return Literal("".join(texts), location) if len(texts) == len(parts) else Template(tuple(parts), location)


def _strip(pieces: list[Piece]) -> None:
    for position, piece in enumerate(pieces):
        if isinstance(piece, Text):
            continue
        before = pieces[position - 1] if position else None
        if piece.strips_before and isinstance(before, Text):
            before.lines[-1] = before.lines[-1].rstrip(_SPACE)
        after = pieces[position + 1] if position + 1 < len(pieces) else None
        if piece.strips_after and isinstance(after, Text):
            after.lines[0] = after.lines[0].lstrip(_SPACE)


def _flush(pieces: list[Piece]) -> None:
    """Take away the indentation that all lines share. A line that is blank, newline included, has no say."""
    shared: int | None = None
    indented: list[tuple[list[str], int]] = []
    starts_line = True
    for piece in pieces:
        if isinstance(piece, Sequence):
            if starts_line:
                shared = 0
            starts_line = False
            continue
        for position, line in enumerate(piece.lines):
            if starts_line:
                rest = line.lstrip(_SPACE)
                if rest or not line.endswith("\n"):
                    spaces = len(line) - len(rest)
                    shared = spaces if shared is None else min(shared, spaces)
                    indented.append((piece.lines, position))
            starts_line = line.endswith("\n")
    if shared:
        for lines, position in indented:
            lines[position] = lines[position][shared:]


def _nest(pieces: Iterator[Piece]) -> tuple[list[Expression], Sequence | None]:
    """Parts up to an `else` or an end, and that directive."""
    parts: list[Expression] = []
    for piece in pieces:
        if isinstance(piece, Text):
            text = "".join(piece.lines)
            if text:
                parts.append(Literal(text, piece.location))
        elif piece.keyword is Keyword.IF:
            parts.append(_if(piece, pieces))
        elif piece.keyword is Keyword.FOR:
            parts.append(_for(piece, pieces))
        elif piece.keyword is None:
            if piece.expression is not None:
                parts.append(piece.expression)
        else:
            return parts, piece
    return parts, None


def _if(start: Sequence, pieces: Iterator[Piece]) -> Expression:
    then, stop = _nest(pieces)
    otherwise: list[Expression] = []
    if stop is not None and stop.keyword is Keyword.ELSE:
        otherwise, stop = _nest(pieces)
    end = _closed(start, stop, Keyword.ENDIF)
    condition = start.expression or Literal(None, start.location)
    return TemplateIf(condition, tuple(then), tuple(otherwise), _from(start, end))


def _for(start: Sequence, pieces: Iterator[Piece]) -> Expression:
    body, stop = _nest(pieces)
    end = _closed(start, stop, Keyword.ENDFOR)
    collection = start.expression or Literal(None, start.location)
    return TemplateFor(start.key, start.value, collection, tuple(body), _from(start, end))


def _closed(start: Sequence, stop: Sequence | None, expected: Keyword) -> Sequence:
    if stop is None:
        raise Unbalanced(start.location, f"{_written(start)} without its %{{ {expected.name.lower()} }}")
    if stop.keyword is not expected:
        raise Unbalanced(stop.location, f"{_written(stop)} where %{{ {expected.name.lower()} }} was expected")
    return stop


def _written(directive: Sequence) -> str:
    return f"%{{ {directive.keyword.name.lower() if directive.keyword else ''} }}"


def _from(start: Sequence, end: Sequence) -> Location:
    first, last = start.location, end.location
    return Location(first.path, first.line, first.column, last.end_line, last.end_column)

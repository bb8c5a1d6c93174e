"""lark's refusal of an HCL file as one sentence: what was expected, and what was found instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sglint.model.location import Problem
from sglint.reading.hcl_tree import Place

if TYPE_CHECKING:
    from lark import Token
    from lark.exceptions import UnexpectedInput

_WRITTEN = {
    "COMMA": "','",
    "RSQB": "']'",
    "RPAR": "')'",
    "RBRACE": "'}'",
    "EQ": "'='",
    "COLON": "':'",
    "QMARK": "'?'",
    "FOR_OBJECT_ARROW": "'=>'",
    "ELLIPSIS": "'...'",
    "IN": "'in'",
    "IF": "'if'",
    "FOR": "'for'",
    "DOT": "'.'",
    "LPAR": "'('",
    "LBRACE": "'{'",
    "NAME": "a name",
    "INT_LITERAL": "a number",
    "STRIP_MARKER": "'~'",
    "COLONS": "'::'",
}
_OPENERS = {"LSQB": "RSQB", "LPAR": "RPAR", "LBRACE": "RBRACE", "INTERP_START": "RBRACE", "DIRECTIVE_START": "RBRACE"}
_CLOSERS = ("RSQB", "RPAR", "RBRACE")
_OPENING = re.compile(r"(<<-?)([\w-]+)|(/\*)")
_TOKEN = re.compile(r"\w[\w-]*|[!=<>]=|=>|&&|\|\||\.\.\.|.")


def problem_of(error: UnexpectedInput, text: str, place: Place) -> Problem:
    """The problem behind python-hcl2's refusal of a text."""
    expected = frozenset(getattr(error, "expected", None) or getattr(error, "allowed", None) or ())
    lines = text.rstrip().split("\n")
    row, column = error.line - 1, error.column - 1
    if "STRING_CHARS" in expected:
        start = max(column - 1, 0)
        return Problem(
            place(row, start, row, start + 1), "expected '\"' to close this string, found the end of the file"
        )
    if row >= len(lines) or getattr(getattr(error, "token", None), "type", "") == "$END":
        row, column = len(lines) - 1, len(lines[-1].rstrip("\r"))
        found, width = "the end of the file", 0
    else:
        rest = lines[row][column:].rstrip()
        column += len(rest) - len(rest.lstrip())
        found, width = _found(rest.lstrip())
        if unclosed := _OPENING.match(rest.lstrip()):
            closing = (
                f"'{unclosed[2]}' on a line of its own to close this heredoc"
                if unclosed[1]
                else "'*/' to close this comment"
            )
            message = f"expected {closing}, found the end of the file"
            return Problem(place(row, column, row, column + len(unclosed[0])), message)
    starts_line = not lines[row][:column].strip()
    opened = _open_brackets(error)
    closers = frozenset(_OPENERS[token.type] for token in opened)
    expected -= frozenset(_CLOSERS) - closers
    message = f"expected {_wanted(expected, starts_line)}, found {found}"
    last = opened[-1] if opened else None
    if last is not None and last.line is not None and last.line != row + 1 and expected & closers:
        message += f"; the '{last}' of line {place(last.line - 1, 0, last.line - 1, 1).line} is still open"
    hint = "write strings in double quotes" if found == "a single quote" else ""
    return Problem(place(row, column, row, column + width), message, hint)


def _found(rest: str) -> tuple[str, int]:
    """What stands at the start of a line's rest, in words, and how wide it is."""
    match = _TOKEN.match(rest)
    if match is None:
        return "the end of the line", 0
    return "a single quote" if match[0] == "'" else f"'{match[0]}'", len(match[0])


def _wanted(expected: frozenset[str], starts_line: bool) -> str:
    closers = [_WRITTEN[name] for name in _CLOSERS if name in expected]
    if {"LSQB", "LPAR", "MINUS"} <= expected:
        return _either(["a value", *closers])
    if {"EQ", "LBRACE"} <= expected:
        return "'=' or '{'"
    if "LBRACE" in expected:
        return "a label or '{'" if "NAME" in expected else "'{'"
    if expected == {"$END"}:
        return "an attribute or a block"
    if "NAME" in expected and "NL_OR_COMMENT" in expected:
        return _either(["an attribute or a block" if starts_line else "the end of the line", *closers])
    if not closers and expected == {"NL_OR_COMMENT"}:
        return "the end of the line"
    return _either(sorted({_WRITTEN[name] for name in expected if name in _WRITTEN})) or "something else"


def _either(choices: list[str]) -> str:
    *others, last = choices or [""]
    return f"{', '.join(others)} or {last}" if others else last


def _open_brackets(error: UnexpectedInput) -> list[Token]:
    """The brackets that lark's parser has seen and not yet closed."""
    parser = getattr(error, "interactive_parser", None)
    stack = parser.parser_state.value_stack if parser is not None else []
    return [token for token in stack if getattr(token, "type", "") in _OPENERS]

"""libyaml's complaints as one sentence with a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from sglint.model.location import Location, Problem, whole_file

if TYPE_CHECKING:
    from sglint.reading.files import Source

_EXPECTED = "did not find expected "
_WORDED = {
    "key": "a key",
    "node content": "a value",
    "'-' indicator": "'-'",
    "<document start>": "the end of the document",
    "alphabetic or numeric character": "a name",
}


def problem_of(error: yaml.YAMLError, source: Source) -> Problem:
    """The problem behind what PyYAML raised, in the words "expected …, found …" where libyaml's allow it."""
    if isinstance(error, yaml.reader.ReaderError):
        return _character(error, source)
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Problem(whole_file(source.path), f"is not valid YAML: {error}")
    mark = error.problem_mark
    found, width = _found(source.text, mark.index)
    problem = error.problem or "something unexpected"
    if problem.startswith(_EXPECTED):
        wanted = problem.removeprefix(_EXPECTED)
        message = f"expected {_WORDED.get(wanted, wanted)}, found {found}"
    elif problem == "found character that cannot start any token":
        message = f"{found} cannot start a plain value"
    else:
        message = problem
    before = source.text[: mark.index]
    before = before if width else before.rstrip()
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    if error.context:
        message += f", {error.context}"
        if error.context_mark is not None and error.context_mark.line + 1 != line:
            message += f" that starts in line {error.context_mark.line + 1}"
    return Problem(Location(source.path, line, column, line, column + width), message)


def _found(text: str, index: int) -> tuple[str, int]:
    """What stands at a place, in words, and how wide it is."""
    rest = text[index : index + 40].split("\n", 1)[0].rstrip()
    if index >= len(text.rstrip()):
        return "the end of the file", 0
    if not rest:
        return "the end of the line", 0
    if rest[0] == "\t":
        return "a tab", 1
    word = rest[0] if not rest[0].isalnum() else rest.split()[0].rstrip(":,]}")
    return f"'{word}'", len(word)


def _character(error: yaml.reader.ReaderError, source: Source) -> Problem:
    code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
    before, found, _ = source.text.partition(chr(code))
    line = before.count("\n") + 1 if found else 1
    column = len(before.rpartition("\n")[2]) + 1 if found else 1
    place = Location(source.path, line, column, line, column + len(found))
    return Problem(place, f"YAML does not allow the character U+{code:04X}", "write it as an escape in double quotes")

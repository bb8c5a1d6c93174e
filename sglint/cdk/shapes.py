"""JSON of unknown origin, narrowed: what has another shape than expected reads as absent."""

from __future__ import annotations

import json

from sglint.model.location import Location, Problem, whole_file
from sglint.reading.files import Files, Unreadable


def read_object(files: Files, path: str) -> dict[str, object]:
    """The JSON object that a file holds. Raises Unreadable, with the place of a syntax error."""
    text = files.read(path).text
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        place = Location(path, error.lineno, error.colno, error.lineno, error.colno + 1)
        raise Unreadable(Problem(place, f"is not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}")) from None
    except RecursionError:
        raise Unreadable(Problem(whole_file(path), "is nested too deeply")) from None
    if not isinstance(content, dict):
        raise Unreadable(Problem(whole_file(path), "holds no JSON object"))
    return content


def mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def array(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def texts(value: object) -> tuple[str, ...]:
    """The strings of a list."""
    return tuple(item for item in array(value) if isinstance(item, str))

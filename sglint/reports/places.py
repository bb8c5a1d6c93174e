"""Locations as the JSON reports write them."""

from __future__ import annotations

from collections.abc import Mapping

from sglint.model.location import Location


def place(location: Location) -> Mapping[str, str | int]:
    """A location as the JSON reports write it."""
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    }

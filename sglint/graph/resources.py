"""The files that come with this package."""

from __future__ import annotations

from importlib.resources import files


def resource(name: str) -> str:
    """The text of a file in the directory `page`."""
    return files("sglint.graph").joinpath("page", name).read_text(encoding="utf-8")

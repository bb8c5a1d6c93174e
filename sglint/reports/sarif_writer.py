"""SARIF objects as text. sarif_om brings classes for the whole of SARIF 2.1.0, but nothing that writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import attrs

_ALWAYS = frozenset(("level", "kind"))
"""Written even where they are the schema's default: readers in the field take a missing one for something else."""


def write(log: object) -> str:
    """A tree of sarif_om objects, dicts, sequences and plain values as JSON in ASCII.

    What is None or the schema's own default is left out: a reader puts it there.
    """
    return json.dumps(_plain(log), indent=2) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    kind = type(value)
    return dict(_members(value, kind)) if attrs.has(kind) else value


def _members(value: object, kind: type[attrs.AttrsInstance]) -> Iterator[tuple[str, object]]:
    for field in attrs.fields(kind):
        name: str = field.metadata["schema_property_name"]
        item: object = getattr(value, field.name)
        factory: object = getattr(field.default, "factory", None)
        default: object = factory() if callable(factory) else field.default
        if item is not None and (name in _ALWAYS or item != default):
            yield name, _plain(item)

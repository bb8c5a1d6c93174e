"""Holds documents against the JSON schemas in docs/schema, read without the room that these leave."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

_SCHEMAS = Path(__file__).parents[1] / "docs" / "schema"


def faults(name: str, document: str) -> list[str]:
    """What is wrong with a document of JSON by a schema that admits no member that it does not describe."""
    schema = json.loads((_SCHEMAS / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    closed = _closed(schema)
    assert isinstance(closed, dict)
    errors = Draft202012Validator(closed).iter_errors(json.loads(document))
    return [f"{list(error.path)}: {error.message}" for error in errors]


def _closed(schema: object) -> object:
    """The schema without room for members that it does not describe."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    required, properties = closed.get("required"), closed.get("properties")
    if isinstance(required, list) and isinstance(properties, dict):
        closed["additionalProperties"] = False
        assert sorted(map(str, required)) == sorted(properties), "every member is always there"
    return closed

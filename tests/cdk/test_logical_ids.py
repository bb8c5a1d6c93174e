"""Logical ids follow from paths as the library makes them; every id of every committed assembly is a case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sglint.cdk.logical_ids import logical_id

FIXTURES = Path(__file__).parents[2] / "fixtures" / "cdk"
_OVERRIDDEN = {"TheGroup"}


def _recorded() -> list[tuple[str, str]]:
    found = set()
    for path in FIXTURES.glob("*/cdk.out/**/*.metadata.json"):
        for construct, entries in json.loads(path.read_text(encoding="utf-8")).items():
            for entry in entries:
                if entry["type"] == "aws:cdk:logicalId" and entry["data"] not in _OVERRIDDEN:
                    found.add((construct, entry["data"]))
    return sorted(found)


def test_recorded_ids_are_what_the_paths_come_to() -> None:
    recorded = _recorded()
    assert len(recorded) > 150
    for path, recorded_id in recorded:
        components = path.strip("/").split("/")
        # Which component is the stack depends on stages and nesting: one of the ways to cut must give the id.
        candidates = {logical_id(tuple(components[start:])) for start in range(1, len(components))}
        assert recorded_id in candidates, path


@pytest.mark.parametrize(
    ("components", "expected"),
    [
        (("WebSG", "Resource"), "WebSG93294D3E"),
        (("Bucket", "Default"), "Bucket"),
        (("Plain",), "Plain"),
        (("with-dashes",), "withdashes"),
        ((), None),
        (("Default",), None),
    ],
)
def test_what_is_hidden(components: tuple[str, ...], expected: str | None) -> None:
    assert logical_id(components) == expected

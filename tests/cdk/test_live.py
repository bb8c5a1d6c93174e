"""Assemblies that aws-cdk-lib writes here and now come to what the committed ones do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cdk.rendering import rendered
from tests.cdk.synthesis import REPOSITORY, SOURCE_LINES, newest, newest_version, synthesize

FIXTURES = REPOSITORY / "fixtures" / "cdk"
_PINNED = "2.275.0"
"""The library that fixtures/synthesize.py uses for apps in Python."""


@pytest.mark.parametrize("name", ["plain-groups", "stages", "suppressions"])
def test_a_live_assembly_comes_to_the_same(name: str, tmp_path: Path) -> None:
    environment = newest()
    app = FIXTURES / name
    ran = synthesize(app / "app.py", tmp_path / "cdk.out", {**environment, **SOURCE_LINES})
    assert ran.returncode == 0, ran.stderr
    found = rendered(app, tmp_path / "cdk.out")
    expected = (app / "evaluated.txt").read_text(encoding="utf-8")
    if newest_version() != _PINNED:
        found, expected = _without_template_places(found), _without_template_places(expected)
    assert found == expected


def _without_template_places(text: str) -> str:
    """Another version may lay out the template in another way; rules, constructs and source lines are the same."""
    return "\n".join(line for line in text.splitlines() if " cdk.out/" not in line)

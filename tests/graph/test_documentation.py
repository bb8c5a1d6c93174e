"""The picture in docs/graph.md is that of the example above it. SGLINT_UPDATE_GOLDENS=1 draws it anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from sglint.cli import main

DOCS = Path(__file__).parents[2] / "docs"


def test_the_picture_is_that_of_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (DOCS / "graph.md").read_text(encoding="utf-8")
    example = re.search(r"^```hcl file=(\S+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert example is not None
    path = tmp_path / example[1]
    path.parent.mkdir()
    path.write_text(example[2], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["graph", "shop", "--format", "svg", "--output", "drawn.svg"]) == 0
    drawn = (tmp_path / "drawn.svg").read_text(encoding="utf-8")
    if os.environ.get("SGLINT_UPDATE_GOLDENS") == "1":
        (DOCS / "graph.svg").write_text(drawn, encoding="utf-8", newline="\n")
    assert drawn == (DOCS / "graph.svg").read_text(encoding="utf-8")

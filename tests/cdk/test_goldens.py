"""What each assembly under fixtures/cdk comes to, compared whole. SGLINT_UPDATE_GOLDENS=1 writes the files anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.cdk.rendering import rendered

FIXTURES = Path(__file__).parents[2] / "fixtures" / "cdk"
APPS = sorted(path.parent for path in FIXTURES.glob("*/cdk.out"))


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_an_assembly_comes_to_what_is_written_down(app: Path) -> None:
    found = rendered(app, app / "cdk.out")
    golden = app / "evaluated.txt"
    if os.environ.get("SGLINT_UPDATE_GOLDENS") == "1":
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_source_lines_say_what_the_golden_says(app: Path) -> None:
    """The lines that goldens show are in the app's source where they say so, whatever sglint makes of it."""
    for line in (app / "evaluated.txt").read_text(encoding="utf-8").splitlines():
        place = re.fullmatch(r"    \w+ (?:.* )?(app\.\w+):(\d+):(\d+) \| (.*)", line)
        if place:
            source = (app / place[1]).read_text(encoding="utf-8").splitlines()[int(place[2]) - 1]
            assert source[int(place[3]) - 1 :] == place[4], line


def test_no_machine_path_is_committed() -> None:
    for path in FIXTURES.parent.glob("*/*/cdk*.out/**/*.json"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"[ \"(](?!/(?:app|site-packages|node_modules|jsii-\w+)/)/\w+/[^ \"]*\.(?:py|ts|js)\b", text
        ), path

"""The pages in docs/ are what the code says now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sglint.policies.registry import POLICIES

DOCS = Path(__file__).parents[2] / "docs"


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, DOCS / "generate.py", "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_each_policy_has_a_page_and_no_page_is_left_behind() -> None:
    pages = {path.name for path in (DOCS / "policies").glob("SG*.md")}
    assert pages == {f"{policy.id}-{policy.name}.md" for policy in POLICIES}

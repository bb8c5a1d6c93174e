"""Writes the pages that are generated from code. With `--check`, says which of them differ and exits with 1."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import compliance_page
import function_pages
import limits_page
import policy_pages

from sglint.config.schema import schema

DOCS = Path(__file__).parent

PAGES: dict[str, Callable[[], str]] = {
    "schema/sglint-config.schema.json": schema,
    "compliance.md": compliance_page.compliance,
    "functions.md": function_pages.functions,
    "limits.md": limits_page.limits,
    "policies/README.md": policy_pages.index,
    "policies/services.md": policy_pages.services,
    **policy_pages.PAGES,
}
"""Path below docs/, and what gives its text."""


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print("usage: python docs/generate.py [--check]", file=sys.stderr)
        return 2
    stale = [path for path, render in PAGES.items() if _read(DOCS / path) != render()]
    for path in stale:
        if arguments:
            print(f"docs/{path} differs from the code: run python docs/generate.py", file=sys.stderr)
        else:
            (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
            (DOCS / path).write_text(PAGES[path](), encoding="utf-8", newline="\n")
            print(f"docs/{path} written")
    return 1 if arguments and stale else 0


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

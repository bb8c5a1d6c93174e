"""The JSON Schema of the settings, for editors."""

from __future__ import annotations

import json

from sglint.config.table import ROOT


def schema() -> str:
    """The schema of `.sglint.toml`, which is that of `[tool.sglint]` in a `pyproject.toml` too (draft 2020-12)."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sglint",
        "description": "The settings of sglint, as in .sglint.toml or [tool.sglint] of pyproject.toml.",
        **ROOT.schema(),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

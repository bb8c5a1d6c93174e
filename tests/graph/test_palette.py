"""Colours that can be told apart from their ground: WCAG 2.2, 4.5 for text and 3 for lines."""

from __future__ import annotations

import json
import re

import pytest

from sglint.graph.resources import resource

_PALETTE: dict[str, list[str]] = json.loads(resource("palette.json"))
_LEVELS = [f"level-{number}" for number in range(1, 6)]
_SEVERITIES = ["critical", "high", "medium", "low", "note"]
_TEXT = [
    *(("text", ground) for ground in ("ground", "band", "card", "chip")),
    *(("muted", ground) for ground in ("ground", "band", "card")),
    ("world-text", "world"),
    ("focus", "card"),
    *(("on-mark", mark) for mark in (*_SEVERITIES, *_LEVELS, "certainly", "possibly")),
]
_LINES = [(line, "band") for line in ("wire", "certainly", "possibly", "forwards", "focus")]


def _luminance(color: str) -> float:
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_contrast(theme: int) -> None:
    for pairs, least in ((_TEXT, 4.5), (_LINES, 3.0)):
        for one, other in pairs:
            contrast = _contrast(_PALETTE[one][theme], _PALETTE[other][theme])
            assert contrast >= least, f"{one} on {other}: {contrast:.2f}"


def test_every_colour_is_known_and_used() -> None:
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", resource("picture.css") + resource("page.css")))
    assert used == set(_PALETTE)

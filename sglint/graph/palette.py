"""The colours of the drawing, light and dark, as stylesheets use them."""

from __future__ import annotations

import json
import re

from sglint.graph.resources import resource

_USE = re.compile(r"var\(--([a-z0-9-]+)\)")


def inlined(css: str) -> str:
    """The stylesheet with colours in place of their names, which not every program that shows SVG understands."""
    palette = _palette()
    light = _USE.sub(lambda use: palette[use[1]][0], css)
    dark = _USE.sub(lambda use: palette[use[1]][1], css)
    return f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def named() -> str:
    """The colours by name for the page: those of the system, unless the attribute `data-theme` says otherwise."""
    light, dark = ("".join(f" --{name}: {colors[theme]};" for name, colors in _palette().items()) for theme in (0, 1))
    return (
        f":root {{ color-scheme: light dark;{light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{{dark} }} }}\n"
        f"@media screen {{ :root[data-theme=dark] {{ color-scheme: dark;{dark} }} }}\n"
        ":root[data-theme=light] { color-scheme: light; }\n"
    )


def _palette() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = json.loads(resource("palette.json"))
    return found

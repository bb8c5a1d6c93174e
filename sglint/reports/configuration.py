"""What `sglint config` prints: every setting in force and where its value comes from, as TOML."""

from __future__ import annotations

from collections.abc import Iterable

from sglint.model.record import frozen
from sglint.reports.terminal import visible


@frozen
class InForce:
    """A setting with its value as TOML, and where the value comes from."""

    key: str
    value: str
    source: str


def render_configuration(settings: Iterable[InForce], heading: str) -> str:
    """One line per setting under a heading that names the file."""
    listed = list(settings)
    texts = [f"{each.key} = {each.value}" for each in listed]
    width = min(60, max((len(text) for text in texts), default=0))
    lines = [f"# {heading}"]
    lines += [f"{visible(text):<{width}}  # {each.source}" for text, each in zip(texts, listed, strict=True)]
    return "".join(f"{line}\n" for line in lines)

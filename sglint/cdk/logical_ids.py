"""How CDK names resources: the logical id that follows from a construct's path within its stack.

The same rule as core/lib/private/uniqueid.ts. Construct trees of older libraries hold paths alone, and this is what
joins them to their templates.
"""

from __future__ import annotations

import re
from hashlib import md5

_HIDDEN_FROM_NAME = "Resource"
_HIDDEN = "Default"
_MAX_NAME = 240
_MAX_ID = 255


def logical_id(components: tuple[str, ...]) -> str | None:
    """The logical id for the ids of the constructs from below the stack down to the resource; None for the stack."""
    parts = [component for component in components if component != _HIDDEN]
    if not parts:
        return None
    if len(parts) == 1 and len(only := _alphanumeric(parts[0])) <= _MAX_ID:
        return only
    digest = md5("/".join(parts).encode(), usedforsecurity=False).hexdigest()[:8].upper()
    readable = "".join(_alphanumeric(part) for part in _without_repeats(parts) if part != _HIDDEN_FROM_NAME)
    return readable[:_MAX_NAME] + digest


def _without_repeats(parts: list[str]) -> list[str]:
    kept: list[str] = []
    for part in parts:
        if not kept or not kept[-1].endswith(part):
            kept.append(part)
    return kept


def _alphanumeric(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text)

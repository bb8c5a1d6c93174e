"""Days as acceptances write them."""

from __future__ import annotations

import re
from datetime import date


def parse_day(text: str) -> date:
    """The day of a text YYYY-MM-DD. ValueError when it is none."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f'"{text}" is no day of the form YYYY-MM-DD')

"""Text from the input made safe for formats that would act on it."""

from __future__ import annotations

import re

from sglint.reports.terminal import visible

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula, in either width."""
_LONGEST_CELL = 300
"""Characters of one text of the input."""
_SPECIAL = re.compile(r"[]!#$%&*:<>?@[\\^_`{|}~]|(?<=www)\.", re.IGNORECASE)
"""What Markdown could take for its own: written as character references, it is text wherever it stands."""


def csv_cell(text: str) -> str:
    """The text as a cell that no spreadsheet computes: one that looks like a formula begins with an apostrophe."""
    shown = visible(text)
    if shown.lstrip().startswith(_FORMULA):
        shown = f"'{shown}"
    doubled = shown.replace('"', '""')
    return f'"{doubled}"' if doubled != shown or "," in shown else shown


def markdown_code(text: str) -> str:
    """Text of the input, in which nobody is mentioned, nothing is linked and no markup works."""
    shown = visible(text)
    if len(shown) > _LONGEST_CELL:
        shown = f"{shown[:_LONGEST_CELL]}..."
    return f"<code>{markdown_text(shown)}</code>" if shown else ""


def markdown_text(text: str) -> str:
    """Text that Markdown takes for nothing but text."""
    # A comment after the sign keeps what looks like an e-mail address from becoming a link.
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text).replace("&#64;", "&#64;<!-- -->")

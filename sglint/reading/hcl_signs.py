"""How large the tree of an HCL text is, as far as that can be told without one."""

from __future__ import annotations

import re

_NAMES = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \t_-" + bytes(range(128, 256))
"""What names, numbers and words are made of. All other bytes may be tokens, each of which takes much memory."""


def signs(data: bytes) -> int:
    """About how many nodes a tree has at most: for each sign and line, and in quotes for every few characters."""
    heredoc = data.find(b"<<")
    quoted = sum(map(len, re.findall(rb'"[^"\n]*', data))) + (len(data) - heredoc if heredoc >= 0 else 0)
    return len(data.translate(None, _NAMES)) + quoted // 6

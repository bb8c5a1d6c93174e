"""What a user asks for and cannot have."""

from __future__ import annotations


class UsageError(ValueError):
    """What the user asks for cannot be carried out; the message is for them, one line for each thing that is wrong."""

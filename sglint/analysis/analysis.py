"""One unit's model with the questions that policies ask of it, each answered once."""

from __future__ import annotations

from sglint.model.rules import Estate


class Analysis:
    """The view of an estate that policies check. Answers are computed on first use and kept."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate

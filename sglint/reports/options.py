"""What the caller decides about a report."""

from __future__ import annotations

import os
from collections.abc import Mapping

from sglint.model.record import field, frozen
from sglint.model.revision import Revision


@frozen
class Options:
    """Choices of rendering; each format takes those that concern it and passes over the rest."""

    color: bool = False
    """Whether text may carry ANSI colour sequences."""
    verbose: bool = False
    """Whether text lists what could not be judged, too."""
    quiet: bool = False
    """Whether text leaves out its summary."""
    statistics: bool = False
    """Whether text counts the findings of each policy."""
    width: int | None = None
    """How many cells of a terminal a line of text may take; None for as many as it needs."""
    seconds: float | None = None
    """How long the run took, for text to say; None to say nothing, so that equal runs give equal reports."""
    shard: Mapping[str, object] | None = None
    """What SARIF hands on of one of several shards, to be joined with the others."""
    category: str = "sglint"
    """What tells analyses of one repository apart in code scanning."""
    revision: Revision | None = None
    """What version control says of `root`."""
    root: str = field(default_factory=os.getcwd)
    """The directory that relative input paths start from, as an absolute path."""

"""What the caller decides about a report."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of rendering; each format takes those that concern it and passes over the rest."""

    color: bool = False
    """Whether text may carry ANSI colour sequences."""
    verbose: bool = False
    """Whether text lists what could not be judged, too."""
    quiet: bool = False
    """Whether text leaves out its summary."""
    root: str = field(default_factory=os.getcwd)
    """The directory that relative input paths start from, as an absolute path."""

"""Accepted risks: what an author says may stay as it is, in the source or in configuration."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from sglint.model.location import Location
from sglint.model.record import frozen

if TYPE_CHECKING:
    from datetime import date


class Means(Enum):
    """How a risk is accepted."""

    SUPPRESSION = "suppression"
    """In the source: a comment, or metadata of a resource."""
    EXCEPTION = "exception"
    """In configuration, for policies that are named."""
    ALLOWED = "allowed rule"
    """In configuration, for traffic that is meant to be."""


@frozen
class Acceptance:
    """An accepted risk as it is written. `policies` are ids or names; an allowed rule names none."""

    means: Means
    policies: tuple[str, ...]
    location: Location
    reason: str = ""
    until: date | None = None
    """The last day it holds; None for good."""
    owner: str = ""
    ticket: str = ""
    rule: str = ""
    """The one rule it is for, in notation; empty for any."""
    is_metadata: bool = False
    """Whether it is an entry of a resource's metadata, which tools repeat on every resource of a construct."""
    fault: str = ""
    """Why it cannot hold whatever it is for: a clause."""
    is_expired: bool = False
    unused: tuple[str, ...] = ()
    """Of `policies`, those that it silences nothing of."""
    words: str = ""
    """What a comment that states it says to sglint, word for word."""

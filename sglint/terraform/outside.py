"""Module calls whose source is not on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from sglint.aws.resources import Resource
from sglint.model.location import Evidence, Location
from sglint.model.values import Value, When


@dataclass(frozen=True, slots=True)
class OutsideCall:
    """One instance of a call of a module that is not on disk, with its arguments evaluated.

    `address` is that of the instance (`module.web["a"]`). `version` is the constraint, where there is one.
    `evidence` is the chain of calls that leads to the module which makes this one.
    """

    source: str
    version: str | None
    address: str
    arguments: dict[str, Value]
    location: Location
    extent: Location
    when: When
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Supplied:
    """What is known of such a call all the same: the resources it makes and its outputs.

    Resources carry full addresses and the call's `when`. Outputs that are left out are unknown.
    """

    resources: tuple[Resource, ...] = ()
    outputs: dict[str, Value] = field(default_factory=dict)


Supply: TypeAlias = Callable[[OutsideCall], Supplied | None]
"""Looks up what a module is documented to do; None when nothing is known of it."""

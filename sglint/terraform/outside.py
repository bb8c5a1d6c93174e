"""Module calls whose source is not on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from sglint.aws.resources import Resource
from sglint.model.location import Evidence, Location
from sglint.model.record import frozen
from sglint.model.values import Value, When


@frozen
class OutsideCall:
    """One instance of a call of a module that is not on disk.

    `argument` evaluates one as it is asked for, None when it is not given. `address` is that of the instance
    (`module.web["a"]`). `version` is the constraint, where there is one. `evidence` is the chain of calls that leads
    to the module which makes this one.
    """

    source: str
    version: str | None
    address: str
    argument: Callable[[str], Value | None]
    location: Location
    extent: Location
    when: When
    evidence: Evidence


@frozen
class Supplied:
    """What is known of such a call all the same: its outputs, and the resources it makes.

    Outputs that are left out are unknown. Resources carry full addresses and the call's `when`. They are made apart
    from the outputs: modules may take from each other, as long as no output needs what is made of it.
    """

    outputs: Mapping[str, Value]
    resources: Callable[[], tuple[Resource, ...]]


Supply: TypeAlias = Callable[[OutsideCall], Supplied | None]
"""Looks up what a module is documented to do; None when nothing is known of it."""

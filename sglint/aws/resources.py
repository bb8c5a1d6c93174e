"""What the front ends hand to translation: evaluated resources, still in their dialect's own property names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from sglint.model.location import Evidence, Location, Problem
from sglint.model.record import field, frozen
from sglint.model.rules import Unresolved
from sglint.model.values import ALWAYS, Value, When

Wanted: TypeAlias = Mapping[str, tuple[str, ...] | None]
"""Resource types to evaluate, each with the paths to the arguments that matter; None for all of them."""


@frozen
class Resource:
    """One evaluated resource instance.

    `address` is as its own tool prints it (`module.web["a"].aws_security_group.this[0]`; a logical id, with the
    names of nested stacks before it). `arguments` holds a dict: Terraform arguments with nested blocks as lists
    of objects, or CloudFormation properties. A resource that may not exist carries its condition in `when`.
    `evidence` is the chain of module calls or nested stacks that led to it. `location` is the header of the block,
    or the logical id; `extent` the whole resource.
    """

    address: str
    type: str
    arguments: Value
    location: Location
    extent: Location
    when: When = ALWAYS
    evidence: Evidence = ()
    construct: str | None = None
    attributes: dict[str, Value] = field(default_factory=dict)
    """What the input says beside the arguments: provider `default_tags`, `stack_tags`, metadata for `sglint`.

    `unmanaged` lists arguments that are there to be read, but that the provider does not keep as they say.
    """


@frozen
class Evaluated:
    """What a front end makes of one unit: resources in source order, what it could not follow, and what not read."""

    resources: tuple[Resource, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    problems: tuple[Problem, ...] = ()
    followed: frozenset[str] = frozenset()
    """The paths of other inputs that are part of the unit: module directories, nested templates."""
    environment: str = ""
    """The name of the set of inputs that it was evaluated with, where there are several."""
    is_repeated: bool = False
    """Whether the unit was evaluated before, with another set of inputs."""
    notes: tuple[str, ...] = ()
    """Advice about the input for its author: each is told once per run, and none is a fault."""
    path: str = ""
    """The path of the unit: a directory for modules and assemblies, else a file."""
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The values that undecided things may take, where the input lists them, by the names that conditions use."""
    uses: Callable[[frozenset[str]], frozenset[str]] | None = field(default=None, compare=False)
    """Which of some groups, by address, something beside rules may put to use; None where that cannot be told."""
    release: Callable[[], None] | None = field(default=None, compare=False)
    """Lets go of what `uses` looks into, which holds itself in circles and would wait for the garbage collector."""

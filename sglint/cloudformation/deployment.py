"""What all stacks that are evaluated together share."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sglint.cloudformation.exports import Exports
from sglint.model.limits import limits, raising
from sglint.model.location import Evidence, Location, Problem
from sglint.model.record import field, frozen, mutable
from sglint.model.rules import Unresolved
from sglint.model.values import ALWAYS, Value, When
from sglint.reading.document import Node
from sglint.reading.files import Files
from sglint.reading.templates import read_document


@frozen
class Template:
    """A template with what is known of the stack it makes.

    `prefix` stands before the addresses of its resources (`WebStack/`). `parameters` are given values by name,
    `pseudo` known values of pseudo parameters. `environment` names the account and region, where known, and tells
    apart exports of the same name. `when` and `evidence` are those of the nested stack that a template is, and
    `parents` the paths of the templates it is nested in, outermost first. `tags` are those of the stack, which all
    resources in it get.
    """

    path: str
    document: Node
    prefix: str = ""
    parameters: Mapping[str, Value] = field(default_factory=dict)
    pseudo: Mapping[str, str] = field(default_factory=dict)
    environment: str = ""
    when: When = ALWAYS
    evidence: Evidence = ()
    parents: tuple[str, ...] = ()
    tags: Mapping[str, Value] = field(default_factory=dict)


@mutable
class Deployment:
    """The surroundings of some stacks, and what evaluating them could not follow or not read.

    `types` are the resource types to evaluate, None for all; a `Wanted` mapping says which properties, too. What
    something beside the templates says is given by resource address: `constructs` has the paths of constructs, `nested`
    the paths of nested stacks' templates, and `prefixes` what stands before the addresses in a nested stack, where that
    is not the address of its resource.
    """

    files: Files
    types: Collection[str] | None = None
    exports: Exports = field(default_factory=Exports)
    constructs: dict[str, str] = field(default_factory=dict)
    nested: dict[str, str] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    problems: dict[Problem, None] = field(default_factory=dict)
    unresolved: dict[Unresolved, None] = field(default_factory=dict)
    followed: set[str] = field(default_factory=set)
    """The paths of nested templates that were evaluated."""
    nested_count: int = 0
    """How many nested stacks were met whose templates are at hand."""
    has_cycle: bool = False
    """Whether a template was found to be nested in itself."""

    def paths(self, kind: str) -> tuple[str, ...] | None:
        """The paths to the properties to evaluate of a resource type, None for all."""
        return self.types.get(kind) if isinstance(self.types, Mapping) else None

    def report(self, location: Location, message: str, hint: str = "") -> None:
        """Takes note of something CloudFormation would reject, or that is too large."""
        self.problems.setdefault(Problem(location, message, hint))

    def leave(self, address: str, source: str, reason: str, location: Location, evidence: Evidence = ()) -> None:
        """Takes note of something that could not be followed."""
        self.unresolved.setdefault(Unresolved(address, source, reason, location, evidence))

    def has_room(self, at: Location) -> bool:
        """Whether one more nested stack is evaluated. That there are too many is told once."""
        self.nested_count += 1
        if self.nested_count == limits().stacks + 1:
            hint = raising("stacks", "those beyond are not judged", "them judged")
            self.report(at, f"Too many stacks: more than {limits().stacks} nested stacks", hint)
        return self.nested_count <= limits().stacks

    def read(self, path: str) -> Node:
        """The document in a file. Unreadable when it has none."""
        return self.files.parsed(path, read_document)

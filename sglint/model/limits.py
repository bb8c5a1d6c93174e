"""How much of hostile or broken input is worked on: past each of these, what is left out is named."""

from __future__ import annotations

from contextvars import ContextVar

from sglint.model.location import Location, Problem
from sglint.model.record import frozen


@frozen
class Limits:
    """The limits that can be set. What lies past one is a problem, or a value that is unknown; the rest is judged."""

    file_bytes: int = 10_000_000
    """Bytes of one file. A syntax tree takes thirty times its text."""
    tokens: int = 650_000
    """Signs and lines of the HCL of one root module: each may be a node of a tree, which takes up to a kilobyte."""
    files: int = 400_000
    """Files and directories that are looked through below the inputs."""
    nodes: int = 1_100_000
    """Values and keys of one YAML or JSON document, each of which takes some four hundred bytes."""
    document_depth: int = 100
    """Levels of YAML and JSON within each other."""
    expression_depth: int = 250
    """Levels of brackets and blocks within each other in HCL."""
    text: int = 1_000_000
    """Characters that a function or a template may make."""
    items: int = 10_000
    """Items that a function or a `for` expression may make."""
    values: int = 200_000
    """Values that one template comes to, or one value of Terraform, with all that is repeated in them."""
    steps: int = 500_000
    """Expressions that are evaluated for one Terraform root module."""
    instances: int = 10_000
    """Instances of one block by `count`, `for_each` or `dynamic`."""
    resources: int = 50_000
    """Resources of one Terraform root module."""
    modules: int = 10_000
    """Instances of modules in one Terraform root module."""
    rules: int = 30_000
    """Rules of one unit; as many groups that resources carry and targets of listeners, together."""
    pairs: int = 1_000_000
    """Pairs of rules of one unit, and of rules and what they are held against, that are compared."""
    repetitions: int = 5_000
    """Entries that the loops of one template make."""
    stacks: int = 500
    """Nested stacks of one template."""


def raising(limit: str, left_out: str, gain: str) -> str:
    """The hint of a problem about a limit, which is named as in configuration: what it left out, and how to have it."""
    return f"{left_out}; raise {limit} in [tool.sglint.limits] to have {gain}"


@frozen
class Excess:
    """What comes to more than a limit lets be worked out: the value of it is unknown, and whoever asked is told."""

    limit: str
    """The limit, as it is named in configuration."""
    what: str

    @property
    def reason(self) -> str:
        """What stands in the way of the value."""
        return f"{self.what}, which is not computed"

    def problem(self, at: Location) -> Problem:
        hint = raising(self.limit, "what depends on it is unknown", "it computed")
        return Problem(at, f"Too large to compute: {self.what}", hint)


def long_text() -> Excess:
    """A text that is longer than texts may be."""
    return Excess("text", f"a text of more than {limits().text} characters")


def many_items() -> Excess:
    """A collection that holds more than collections may."""
    return Excess("items", f"a collection of more than {limits().items} items")


_in_force: ContextVar[Limits] = ContextVar("limits", default=Limits())  # noqa: B039 - a Limits cannot change


def limits() -> Limits:
    """The limits of the run that goes on."""
    return _in_force.get()


def hold_to(given: Limits) -> None:
    """Has these limits be in force from here on."""
    _in_force.set(given)

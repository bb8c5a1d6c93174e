"""What a function's implementation is given and how it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Protocol, TypeAlias

from sglint.model.limits import Excess
from sglint.model.location import Location
from sglint.model.record import field, frozen
from sglint.model.values import Data, Unknown, Value
from sglint.terraform.numbers import Number
from sglint.terraform.values import evidence_of, normalised, unknown_from


class FunctionError(ValueError):
    """A call that Terraform rejects. `summary` and `message` are the two lines of Terraform's own error.

    `argument` is the index of the argument at fault, where it is one's.
    """

    def __init__(self, message: str, summary: str = "Error in function call", argument: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.summary = summary
        self.argument = argument


class Rejected(ValueError):
    """What an implementation raises: the reason, as a clause, and the argument at fault where it is one's."""

    def __init__(self, reason: str, argument: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.argument = argument


class Undecidable(Exception):
    """What an implementation raises when the result cannot be told here; `blocked_by` names what stands in the way."""

    def __init__(self, blocked_by: str) -> None:
        super().__init__(blocked_by)
        self.blocked_by = blocked_by


class Exceeding(Undecidable):
    """What an implementation raises when the result is too large to compute."""

    def __init__(self, excess: Excess) -> None:
        super().__init__(excess.reason)
        self.excess = excess


class FileReader(Protocol):
    """How functions see files. Paths are real paths or relative to the working directory of the process."""

    def contains(self, path: str) -> bool:
        """Whether the path, links resolved, lies inside the roots of the input."""

    def exists(self, path: str) -> bool:
        """Whether there is a regular file."""

    def read_bytes(self, path: str) -> bytes:
        """What the file holds. Raises OSError, FileNotFoundError when there is none."""

    def walk(self, directory: str) -> Iterator[str]:
        """The files below a directory at any depth: paths relative to it, with `/`. Nothing if it is none."""


Render: TypeAlias = Callable[[str, str, dict[str, Value], Location], Value]
"""Evaluates a template: its text, the path to name in locations, its variables, and where it is asked for."""


@frozen
class FunctionContext:
    """What functions may know of the world around the expression.

    `directory` is the root module's: relative paths start there, as if Terraform ran in it. Without `files` nothing
    can be read, without `render` no template evaluated; what needs them is then Unknown. `report` is told of results
    that are too large, and of the place of the call.
    """

    directory: str = "."
    files: FileReader | None = None
    render: Render | None = field(default=None, compare=False)
    report: Callable[[Excess, Location], None] | None = field(default=None, compare=False)


@frozen
class Invocation:
    """One call with arguments converted to the parameters' types, none of them Conditional."""

    name: str
    arguments: tuple[Value, ...]
    context: FunctionContext
    location: Location
    expression: str

    def data(self, index: int) -> Data:
        return self.arguments[index].data

    def text(self, index: int) -> str:
        """An argument whose parameter is a string."""
        data = self.data(index)
        if not isinstance(data, str):
            raise Rejected("string required", index)
        return data

    def number(self, index: int) -> Number:
        """An argument whose parameter is a number."""
        data = self.data(index)
        if isinstance(data, bool) or not isinstance(data, (int, Decimal)):
            raise Rejected("number required", index)
        return data

    def items(self, index: int) -> tuple[Value, ...]:
        """The items of a list, set or tuple argument, each where it belongs."""
        return self.arguments[index].items()

    def entries(self, index: int) -> dict[str, Value]:
        """The entries of a map or object argument in the order of the keys."""
        entries = self.arguments[index].entries()
        return {key: entries[key] for key in sorted(entries)}

    def result(self, data: Data) -> Value:
        """A value computed from the arguments as a whole."""
        if isinstance(data, str):
            data = normalised(data)
        return Value(data, self.location, evidence_of(self.arguments))

    def collected(self, data: Data) -> Value:
        """A collection whose items came with their own places and evidence."""
        return Value(data, self.location)

    def unknown(self, cause: Unknown) -> Value:
        """The result when `cause` keeps it from being known."""
        return unknown_from(cause, self.location, self.expression, evidence_of(self.arguments))


Implementation: TypeAlias = Callable[[Invocation], Value]

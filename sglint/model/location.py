"""Where something stands in the source, and how a value got there."""

from __future__ import annotations

from sglint.model.record import frozen


@frozen(order=True)
class Location:
    """A region of a file. Lines and columns count from 1, columns in Unicode code points; the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@frozen
class Step:
    """One link of the chain that led to a value: a symbol and the place that gave it its value."""

    text: str
    location: Location


Evidence = tuple[Step, ...]
"""The chain that led to a value, nearest link first: rule <- `var.cidrs` <- `terraform.tfvars:3`."""


@frozen(order=True)
class Problem:
    """Input, or a part of it, that could not be read or evaluated. `location` may cover a whole file (line 1)."""

    location: Location
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.location}: {self.message}" + (f"; {self.hint}" if self.hint else "")


@frozen
class Edit:
    """What to write instead at a location, so that the input says what it is taken for, and nothing else.

    It is safe only where `old` is what stands there, quotes and comment marks aside: a value may have come from
    elsewhere. An empty `new` removes all that stands there.
    """

    old: str
    new: str


def whole_file(path: str) -> Location:
    """The location to use when nothing narrower than the file is known."""
    return Location(path, 1, 1, 1, 1)

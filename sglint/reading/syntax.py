"""The syntax of HCL as sglint sees it: native and JSON files come to the same tree.

Every node knows its location. Nodes say what was written and nothing about what it means; Terraform's reading of
them is in `sglint.terraform`. The shapes follow the HCL native syntax specification.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from sglint.model.location import Location, Problem
from sglint.model.record import frozen


@frozen
class Literal:
    """A number, bool, null, or a piece of text without interpolation. Integral numbers are int, others Decimal."""

    value: None | bool | int | Decimal | str
    location: Location


@frozen
class Template:
    """A quoted or heredoc template with at least one interpolation or directive. Strip markers are already applied.

    A template of exactly one interpolation and nothing else yields that expression's own value (HCL's
    "template unwrapping"); the reader leaves it as a Template of one part.
    """

    parts: tuple[Expression, ...]
    """`Literal` text, `TemplateIf`, `TemplateFor`, or any expression: an interpolation."""
    location: Location


@frozen
class TemplateIf:
    condition: Expression
    then: tuple[Expression, ...]
    otherwise: tuple[Expression, ...]
    location: Location


@frozen
class TemplateFor:
    key: str | None
    value: str
    collection: Expression
    body: tuple[Expression, ...]
    location: Location


@frozen
class TupleCons:
    items: tuple[Expression, ...]
    location: Location


@frozen
class ObjectCons:
    """`{ a = 1, (b) = 2 }`. A key that is a bare identifier is a `Literal` string."""

    items: tuple[tuple[Expression, Expression], ...]
    location: Location


@frozen
class For:
    """`[for k, v in c : r if p]`, or with `key_result` the object form; `grouping` is its trailing `...`."""

    key: str | None
    value: str
    collection: Expression
    key_result: Expression | None
    result: Expression
    condition: Expression | None
    grouping: bool
    location: Location


@frozen
class ConditionalOp:
    """`condition ? then : otherwise`."""

    condition: Expression
    then: Expression
    otherwise: Expression
    location: Location


@frozen
class BinaryOp:
    """`operator` is one of + - * / % == != < <= > >= && ||."""

    operator: str
    left: Expression
    right: Expression
    location: Location


@frozen
class UnaryOp:
    """`operator` is - or !."""

    operator: str
    operand: Expression
    location: Location


@frozen
class Call:
    """A function call; `expand_final` is the `...` after the last argument. Namespaced names keep their `::`."""

    name: str
    arguments: tuple[Expression, ...]
    expand_final: bool
    location: Location


@frozen
class Name:
    """The root of a traversal: `var`, `local`, `each`, a resource type, a `for` variable."""

    name: str
    location: Location


@frozen
class GetAttr:
    """`source.name`. The location runs from the start of the whole traversal to the end of this step."""

    source: Expression
    name: str
    location: Location


@frozen
class Index:
    """`source[key]`, and the legacy `source.0` with a number as key."""

    source: Expression
    key: Expression
    location: Location


@frozen
class SplatItem:
    """Inside a `Splat`'s `item`: the element at hand."""

    location: Location


@frozen
class Splat:
    """`source[*].a[0]` or `source.*.a`: `item` is evaluated for each element, with `SplatItem` standing for it."""

    source: Expression
    item: Expression
    location: Location


Expression: TypeAlias = (
    Literal
    | Template
    | TemplateIf
    | TemplateFor
    | TupleCons
    | ObjectCons
    | For
    | ConditionalOp
    | BinaryOp
    | UnaryOp
    | Call
    | Name
    | GetAttr
    | Index
    | Splat
    | SplatItem
)


class Attribute:
    """`name = expression`. What is not given, a subclass reads when it is first asked for."""

    __slots__ = ("name", "_location", "_expression")

    def __init__(self, name: str, location: Location | None = None, expression: Expression | None = None) -> None:
        self.name = name
        self._location = location
        self._expression = expression

    @property
    def location(self) -> Location:
        """That of the name."""
        if self._location is None:
            self._location = self._find_location()
        return self._location

    @property
    def expression(self) -> Expression:
        if self._expression is None:
            self._expression = self._read_expression()
        return self._expression

    def _find_location(self) -> Location:
        raise NotImplementedError

    def _read_expression(self) -> Expression:
        raise NotImplementedError


class Block:
    """`type "label" { … }`. What is not given, a subclass reads when it is first asked for."""

    __slots__ = ("type", "labels", "_location", "_extent", "_body")

    def __init__(
        self,
        type_: str,
        labels: tuple[str, ...],
        location: Location | None = None,
        extent: Location | None = None,
        body: Body | None = None,
    ) -> None:
        self.type = type_
        self.labels = labels
        self._location = location
        self._extent = extent
        self._body = body

    @property
    def location(self) -> Location:
        """The header, from the type to the last label."""
        if self._location is None:
            self._location = self._find_location()
        return self._location

    @property
    def extent(self) -> Location:
        """The whole block."""
        if self._extent is None:
            self._extent = self._find_extent()
        return self._extent

    @property
    def body(self) -> Body:
        if self._body is None:
            self._body = self._read_body()
        return self._body

    @property
    def nested_type(self) -> str:
        """The type of nested block that it stands for: its own, or that of the blocks that a `dynamic` one makes."""
        return self.labels[0] if self.type == "dynamic" and self.labels else self.type

    def declares(self, name: str) -> bool:
        """Whether an attribute of this name stands in the body."""
        return name in self.body.attributes

    def _find_location(self) -> Location:
        raise NotImplementedError

    def _find_extent(self) -> Location:
        raise NotImplementedError

    def _read_body(self) -> Body:
        raise NotImplementedError


@frozen
class Body:
    """Attributes by name and blocks in order. `extent` is what the braces (or the file) enclose."""

    attributes: dict[str, Attribute]
    blocks: tuple[Block, ...]
    extent: Location


@frozen
class Comment:
    """A comment without its markers; `location` covers the markers too."""

    text: str
    location: Location


class File:
    """One HCL file. `problems` says what of it could not be read; the rest is intact."""

    __slots__ = ("path", "body", "problems", "_load_comments", "_comments")

    def __init__(
        self,
        path: str,
        body: Body,
        problems: tuple[Problem, ...] = (),
        load_comments: Callable[[], tuple[Comment, ...]] = tuple,
    ) -> None:
        self.path = path
        self.body = body
        self.problems = problems
        self._load_comments = load_comments
        self._comments: tuple[Comment, ...] | None = None

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments in order. They are gathered when first asked for."""
        if self._comments is None:
            self._comments = self._load_comments()
        return self._comments

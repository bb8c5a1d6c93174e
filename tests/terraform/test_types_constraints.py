"""Type constraints as they are written."""

from __future__ import annotations

import pytest

from sglint.model.values import Value
from sglint.reading.files import Files
from sglint.reading.hcl import read_hcl
from sglint.reading.syntax import Expression, Literal
from sglint.terraform.constraints import ConstraintError, read_constraint
from sglint.terraform.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type


def written(text: str) -> Expression:
    files = Files((), {"main.tf": f"type = {text}\n".encode()})
    return read_hcl(files.read("main.tf")).body.attributes["type"].expression


def literal(expression: Expression) -> Value:
    assert isinstance(expression, Literal)
    return Value(expression.value, expression.location)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("string", STRING),
        ("number", NUMBER),
        ("bool", BOOL),
        ("any", ANY),
        ('"string"', STRING),
        ('"list"', ListOf(ANY)),
        ("map", MapOf(ANY)),
        ("list(string)", ListOf(STRING)),
        ("set(map(number))", SetOf(MapOf(NUMBER))),
        ("tuple([string, list(any)])", TupleOf((STRING, ListOf(ANY)))),
        ("object({ a = string, b = optional(number) })", ObjectOf({"a": STRING, "b": NUMBER}, frozenset("b"))),
        ("object({})", ObjectOf({})),
    ],
)
def test_constraints(text: str, expected: Type) -> None:
    assert read_constraint(written(text), literal) == expected


def test_defaults_are_converted_and_keep_their_place() -> None:
    type_ = read_constraint(written('object({ port = optional(number, "443") })'), literal)
    assert isinstance(type_, ObjectOf)
    default = type_.defaults["port"]
    assert default.data == 443
    assert (default.location.line, default.location.column) == (1, 41)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("strin", 'The keyword "strin" is not a valid type specification.'),
        ("list(list)", "The list type constructor requires one argument specifying the element type."),
        ("set()", "The set type constructor requires one argument specifying the element type."),
        ("string(1)", 'Primitive type keyword "string" does not expect arguments.'),
        ("vector(string)", 'Keyword "vector" is not a valid type constructor.'),
        ("optional(string)", 'Keyword "optional" is valid only as a modifier for object type attributes.'),
        ("tuple(string)", "Tuple type constructor requires a list of element types."),
        (
            "object({ a = optional(number, \"x\") })",
            "This default value is not compatible with the attribute's type constraint: a number is required.",
        ),
        ("object({ a = string, a = string })", "Object constructor map keys must be unique."),
        (
            "object({ a = optional() })",
            "Optional attribute modifier requires the attribute type as its argument.",
        ),
    ],
)  # fmt: skip
def test_what_is_no_constraint(text: str, message: str) -> None:
    with pytest.raises(ConstraintError) as failure:
        read_constraint(written(text), literal)
    assert failure.value.message == message

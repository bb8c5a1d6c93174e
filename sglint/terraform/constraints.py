"""The type constraints of variables, read from their expressions: `list(object({ port = optional(number, 443) }))`."""

from __future__ import annotations

from collections.abc import Callable

from sglint.model.location import Location
from sglint.model.values import Value
from sglint.reading.syntax import Call, Expression, Literal, Name, ObjectCons, TupleCons, UnaryOp
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type

Evaluate = Callable[[Expression], Value]
"""Evaluates an expression that may use no symbols."""

_KEYWORDS: dict[str, Type] = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": ANY}
_ELEMENT = "The {} type constructor requires one argument specifying the element type."
_OBJECT = "The object type constructor requires one argument specifying the attribute types and values as a map."
_TUPLE = "The tuple type constructor requires one argument specifying the element types as a list."
_ARGUMENT = {
    "list": _ELEMENT.format("list"), "set": _ELEMENT.format("set"), "map": _ELEMENT.format("map"),
    "object": _OBJECT, "tuple": _TUPLE,
}  # fmt: skip


class ConstraintError(ValueError):
    """An expression that is no type constraint, in Terraform's words, and where."""

    def __init__(self, message: str, location: Location) -> None:
        super().__init__(message)
        self.message = message
        self.location = location


def read_constraint(expression: Expression, evaluate: Evaluate) -> Type:
    """The type that a variable's `type` argument asks for. ConstraintError when it is none.

    `evaluate` is asked for the defaults of optional attributes. The keywords of Terraform 0.11 stand in quotes
    (`"string"`, `"list"`, `"map"`), and a bare `list` or `map` is that of `any`, as Terraform still reads them.
    """
    match expression:
        case Literal(value="string"):
            return STRING
        case Literal(value="list") | Name(name="list"):
            return ListOf(ANY)
        case Literal(value="map") | Name(name="map"):
            return MapOf(ANY)
    return _read(expression, evaluate)


def calls_nothing(expression: Expression) -> bool:
    """Whether an expression is made of literals, collections and the words of type constraints alone."""
    match expression:
        case Literal() | Name():
            return True
        case UnaryOp(_, operand):
            return calls_nothing(operand)
        case TupleCons(items):
            return all(map(calls_nothing, items))
        case ObjectCons(items):
            return all(calls_nothing(part) for entry in items for part in entry)
        case Call(name, arguments):
            return (name in _ARGUMENT or name == "optional") and all(map(calls_nothing, arguments))
    return False


def _read(expression: Expression, evaluate: Evaluate) -> Type:
    if isinstance(expression, Name):
        keyword = expression.name
        if keyword in _KEYWORDS:
            return _KEYWORDS[keyword]
        if keyword in _ARGUMENT:
            raise ConstraintError(_ARGUMENT[keyword], expression.location)
        raise ConstraintError(f'The keyword "{keyword}" is not a valid type specification.', expression.location)
    if not isinstance(expression, Call):
        raise ConstraintError(
            "A type specification is either a primitive type keyword (bool, number, string) or a complex type "
            "constructor call, like list(string).",
            expression.location,
        )
    return _read_call(expression, evaluate)


def _read_call(call: Call, evaluate: Evaluate) -> Type:
    if call.name == "any":
        raise ConstraintError('Type constraint keyword "any" does not expect arguments.', call.location)
    if call.name in _KEYWORDS:
        raise ConstraintError(f'Primitive type keyword "{call.name}" does not expect arguments.', call.location)
    if call.name == "optional":
        raise ConstraintError(
            'Keyword "optional" is valid only as a modifier for object type attributes.', call.location
        )
    if call.name not in _ARGUMENT:
        raise ConstraintError(f'Keyword "{call.name}" is not a valid type constructor.', call.location)
    if len(call.arguments) != 1:
        raise ConstraintError(_ARGUMENT[call.name], call.location)
    argument = call.arguments[0]
    match call.name:
        case "list":
            return ListOf(_read(argument, evaluate))
        case "set":
            return SetOf(_read(argument, evaluate))
        case "map":
            return MapOf(_read(argument, evaluate))
        case "tuple":
            if not isinstance(argument, TupleCons):
                raise ConstraintError("Tuple type constructor requires a list of element types.", argument.location)
            return TupleOf(tuple(_read(item, evaluate) for item in argument.items))
    return _read_object(argument, evaluate)


def _read_object(argument: Expression, evaluate: Evaluate) -> ObjectOf:
    if not isinstance(argument, ObjectCons):
        raise ConstraintError(
            "Object type constructor requires a map whose keys are attribute names and whose values are the "
            "corresponding attribute types.",
            argument.location,
        )
    attributes: dict[str, Type] = {}
    optional: set[str] = set()
    defaults: dict[str, Value] = {}
    for key, expression in argument.items:
        if not isinstance(key, Literal) or not isinstance(key.value, str):
            raise ConstraintError("Object constructor map keys must be attribute names.", key.location)
        if key.value in attributes:
            raise ConstraintError("Object constructor map keys must be unique.", key.location)
        if isinstance(expression, Call) and expression.name == "optional":
            attributes[key.value], default = _read_optional(expression, evaluate)
            optional.add(key.value)
            if default is not None:
                defaults[key.value] = default
        else:
            attributes[key.value] = _read(expression, evaluate)
    return ObjectOf(attributes, frozenset(optional), defaults)


def _read_optional(call: Call, evaluate: Evaluate) -> tuple[Type, Value | None]:
    if not call.arguments:
        raise ConstraintError("Optional attribute modifier requires the attribute type as its argument.", call.location)
    if len(call.arguments) > 2:
        raise ConstraintError(
            "Optional attribute modifier expects at most two arguments: the attribute type, and a default value.",
            call.location,
        )
    type_ = _read(call.arguments[0], evaluate)
    if len(call.arguments) == 1:
        return type_, None
    try:
        return type_, convert(evaluate(call.arguments[1]), type_)
    except ConversionError as error:
        raise ConstraintError(
            "This default value is not compatible with the attribute's type constraint: " + error.message + ".",
            call.arguments[1].location,
        ) from None

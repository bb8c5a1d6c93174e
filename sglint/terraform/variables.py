"""The value of a variable: what it is set to, else its default, as its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sglint.model.location import Location, Problem
from sglint.model.values import Unknown, Value
from sglint.reading.syntax import Block, Expression
from sglint.terraform.attributes import completed
from sglint.terraform.constraints import ConstraintError, read_constraint
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.types import ANY, ObjectOf, TupleOf, Type

if TYPE_CHECKING:
    from sglint.terraform.module import Module
    from sglint.terraform.run import Run


def type_of(run: Run, module: Module, block: Block) -> Type:
    """The type constraint of a variable of a module."""
    attribute = block.body.attributes.get("type")
    if attribute is None:
        return ANY
    expression = attribute.expression
    return run.constant(module, expression, lambda: _type(run, expression))


def _type(run: Run, expression: Expression) -> Type:
    try:
        return read_constraint(expression, lambda default: run.evaluator.value(default, run.constants))
    except ConstraintError as error:
        run.report(Problem(error.location, f"Invalid type specification: {error.message.rstrip('.')}"))
        return ANY


def value_of(run: Run, module: Module, block: Block, type_: Type, given: Value | None, caller: str) -> Value:
    """The value of a variable that is set to `given`, None when nothing sets it.

    `caller` is the address of the module that the call makes, empty for the root. A variable that is not set at all
    is Unknown; of an object or a tuple, each part by itself.
    """
    (name,) = block.labels
    default = block.body.attributes.get("default")
    if given is not None and given.data is None and not _is_nullable(run, block):
        if default is None:
            detail = f"The variable var.{name} is not nullable, but its value is null"
            return run.evaluator.fail("Invalid value for variable", detail, given.location)
        given = None
    if given is not None:
        return _set(run, block, type_, given, caller)
    if default is None:
        return _undecided(type_, f"var.{name}", f"var.{name}", block.location)
    expression = default.expression
    return run.constant(module, expression, lambda: _default(run, expression, type_))


def _default(run: Run, expression: Expression, type_: Type) -> Value:
    value = run.evaluator.value(expression, run.constants)
    try:
        return convert(value, type_)
    except ConversionError as error:
        detail = f"This default value is not compatible with the variable's type constraint: {_reason(error)}"
        return run.evaluator.fail("Invalid default value for variable", detail, expression.location)


def _is_nullable(run: Run, block: Block) -> bool:
    attribute = block.body.attributes.get("nullable")
    return attribute is None or run.evaluator.value(attribute.expression, run.constants).data is not False


def _set(run: Run, block: Block, type_: Type, given: Value, caller: str) -> Value:
    try:
        return convert(completed(given, type_), type_)
    except ConversionError as error:
        (name,) = block.labels
        target = f"{caller}.var.{name}" if caller else f"var.{name}"
        detail = f"The given value is not suitable for {target} declared at {block.location}: {_reason(error)}"
        return run.evaluator.fail("Invalid value for input variable", detail, given.location)


def _reason(error: ConversionError) -> str:
    return f"{error.path}: {error.message}" if error.path else error.message


def _undecided(type_: Type, text: str, blocked_by: str, at: Location) -> Value:
    match type_:
        case ObjectOf(attributes) if attributes:
            members = {name: _undecided(part, f"{text}.{name}", blocked_by, at) for name, part in attributes.items()}
            return Value(members, at)
        case TupleOf(elements):
            parts = enumerate(elements)
            return Value(tuple(_undecided(part, f"{text}[{index}]", blocked_by, at) for index, part in parts), at)
    return Value(Unknown(text, blocked_by), at)

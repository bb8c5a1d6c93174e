"""Operators and `? :`, with Terraform's conversions of operands and its rules for null and unknown ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING

from sglint.model.cases import both, case, complement, either
from sglint.model.location import Location
from sglint.model.values import Conditional, Data, Unknown, Value, When, alternatives, conditional
from sglint.reading.syntax import BinaryOp, ConditionalOp, Expression, Literal, UnaryOp
from sglint.terraform import numbers
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.faults import EvaluationError
from sglint.terraform.numbers import Number
from sglint.terraform.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
    name,
    typeof,
)
from sglint.terraform.unification import unify
from sglint.terraform.values import equal, evidence_of, is_number

if TYPE_CHECKING:
    from sglint.terraform.evaluator import Evaluator
    from sglint.terraform.scope import Scope

_ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {
    "+": numbers.add,
    "-": numbers.subtract,
    "*": numbers.multiply,
    "/": numbers.divide,
    "%": numbers.modulo,
}
_COMPARISON: dict[str, Callable[[Number, Number], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def binary(evaluator: Evaluator, expression: BinaryOp, scope: Scope) -> Value:
    operator, at = expression.operator, expression.location
    if operator in ("&&", "||"):
        return _logical(evaluator, expression, scope)
    left = evaluator.value(expression.left, scope)
    right = evaluator.value(expression.right, scope)

    def apply(left: Value, right: Value) -> Value:
        if operator in ("==", "!="):
            return _equality(evaluator, operator, left, right, at, scope)
        return _numeric(evaluator, operator, left, right, at, scope)

    return evaluator.lifted(apply, (left, right), at, scope)


def unary(evaluator: Evaluator, expression: UnaryOp, scope: Scope) -> Value:
    at = expression.location
    want = NUMBER if expression.operator == "-" else BOOL

    def apply(operand: Value) -> Value:
        operand = _operand(evaluator, operand, want, "unary", at)
        if isinstance(operand.data, Unknown):
            result = evaluator.unknown(operand.data, at, scope, operand)
            return evaluator.means(result, complement(evaluator.meaning(operand.data))) if want is BOOL else result
        if want is BOOL:
            return Value(not operand.data, at, operand.evidence)
        return Value(numbers.negate(_number(operand)), at, operand.evidence)

    return evaluator.lifted(apply, (evaluator.value(expression.operand, scope),), at, scope)


def _operand(evaluator: Evaluator, value: Value, want: Primitive, side: str, at: Location) -> Value:
    """An operand as the type that its operator takes."""
    if value.data is None:
        return evaluator.fail("Operation failed", "Error during operation: argument must not be null", at)
    try:
        return convert(value, want)
    except ConversionError as error:
        return evaluator.fail("Invalid operand", f"Unsuitable value for {side} operand: {error.message}", at)


def _number(value: Value) -> Number:
    data = value.data
    assert is_number(data) and not isinstance(data, (str, bool, tuple, dict, Unknown, Conditional)) and data is not None
    return data


def _equality(evaluator: Evaluator, operator: str, left: Value, right: Value, at: Location, scope: Scope) -> Value:
    answer = equal(left, right)
    if (_is_set(left.data) and right.data is None) or (_is_set(right.data) and left.data is None):
        answer = False
    if not isinstance(answer, Unknown):
        return Value(answer is (operator == "=="), at, evidence_of((left, right)))
    result = evaluator.unknown(answer, at, scope, left, right)
    for one, other in ((left.data, right), (right.data, left)):
        if isinstance(one, Unknown) and isinstance(other.data, (str, int)):
            cases = case(one.expression, str(convert(other, STRING).data))
            return evaluator.means(result, cases if operator == "==" else complement(cases))
    return result


def _is_set(data: Data) -> bool:
    """Whether a value that is unknown is certain not to be null: every resource has an id."""
    return isinstance(data, Unknown) and data.reference is not None and data.reference.attribute in ("id", "arn")


def _numeric(evaluator: Evaluator, operator: str, left: Value, right: Value, at: Location, scope: Scope) -> Value:
    left = _operand(evaluator, left, NUMBER, "left", at)
    right = _operand(evaluator, right, NUMBER, "right", at)
    for operand in (left, right):
        if isinstance(operand.data, Unknown):
            return evaluator.unknown(operand.data, at, scope, left, right)
    evidence = evidence_of((left, right))
    one, other = _number(left), _number(right)
    if operator in _COMPARISON:
        return Value(_COMPARISON[operator](one, other), at, evidence)
    try:
        return Value(_ARITHMETIC[operator](one, other), at, evidence)
    except ZeroDivisionError:
        if operator == "%":
            return Value(one, at, evidence)
        if not one:
            detail = "Error during operation: can't divide zero by zero or infinity by infinity"
            return evaluator.fail("Operation failed", detail, at)
        return evaluator.unknown(Unknown("", "a division by zero"), at, scope, left, right)
    except numbers.NumberLimit as error:
        return evaluator.unknown(Unknown("", str(error)), at, scope, left, right)


def _logical(evaluator: Evaluator, expression: BinaryOp, scope: Scope) -> Value:
    """`&&` and `||`: a left side that decides hides what is wrong with the right, as from Terraform 1.12 on.

    Either side decides against an unknown other one.
    """
    at = expression.location
    deciding = expression.operator == "||"
    left = evaluator.value(expression.left, scope)

    def decides(value: Value) -> bool:
        return _as_bool(value) is deciding

    def apply(left: Value) -> Value:
        left = _operand(evaluator, left, BOOL, "left", at)
        if decides(left):
            return Value(deciding, at, left.evidence)
        if isinstance(left.data, Unknown):
            result, _ = evaluator.attempt(lambda: evaluator.value(expression.right, scope))
            if isinstance(result, EvaluationError):
                return evaluator.unknown(left.data, at, scope, left)
            right = result
        else:
            right = evaluator.value(expression.right, scope)
        return evaluator.lifted(lambda right: combine(left, right), (right,), at, scope)

    def combine(left: Value, right: Value) -> Value:
        right = _operand(evaluator, right, BOOL, "right", at)
        if decides(right):
            return Value(deciding, at, right.evidence)
        unknown = [operand.data for operand in (left, right) if isinstance(operand.data, Unknown)]
        if not unknown:
            return Value(not deciding, at, evidence_of((left, right)))
        result = evaluator.unknown(unknown[0], at, scope, left, right)
        joined = either if deciding else both
        return evaluator.means(result, reduce(joined, map(evaluator.meaning, unknown)))

    return evaluator.lifted(apply, (left,), at, scope)


def _as_bool(value: Value) -> bool | None:
    return value.data if isinstance(value.data, bool) else None


# ---- condition ? then : otherwise


def conditional_(evaluator: Evaluator, expression: ConditionalOp, scope: Scope) -> Value:
    """The arm that the condition picks, as the type common to both; of an undecided condition, both arms."""
    condition = evaluator.value(expression.condition, scope)
    chosen: list[tuple[When, Value]] = []
    for when, value in alternatives(condition):
        decided = _condition(evaluator, value, expression)
        data = decided.data
        if isinstance(data, Unknown) and not isinstance(value.data, Unknown):
            chosen.append((when, decided))
        elif isinstance(data, Unknown):
            for met, holds in evaluator.choices(data, when):
                chosen.append((met, _tentative(evaluator, expression, holds, scope)))
        elif when:
            chosen.append((when, _tentative(evaluator, expression, bool(data), scope)))
        else:
            return _arm(evaluator, expression, bool(data), scope)
    at = expression.location
    return conditional(chosen, at, evaluator.describe(at, scope))


def _condition(evaluator: Evaluator, value: Value, expression: ConditionalOp) -> Value:
    at = expression.condition.location
    if value.data is None:
        detail = "The condition value is null. Conditions must either be true or false"
        return evaluator.fail("Null condition", detail, at)
    try:
        return convert(value, BOOL)
    except ConversionError:
        return evaluator.fail("Incorrect condition type", "The condition expression must be of type bool", at)


def _tentative(evaluator: Evaluator, expression: ConditionalOp, picks: bool, scope: Scope) -> Value:
    """An arm that may not be taken: what is wrong with it is no problem, only a value that cannot be told."""
    result, _ = evaluator.attempt(lambda: _arm(evaluator, expression, picks, scope))
    if isinstance(result, EvaluationError):
        return Value(Unknown(result.blocked_by, result.blocked_by), result.problem.location)
    return result


def _arm(evaluator: Evaluator, expression: ConditionalOp, picks: bool, scope: Scope) -> Value:
    """One arm, converted to the type common to both."""
    taken, other = expression.then, expression.otherwise
    if not picks:
        taken, other = other, taken
    value = evaluator.value(taken, scope)
    if value.data is None or isinstance(value.data, Unknown) or _is_null(other):
        return value
    alternative, _ = evaluator.attempt(lambda: evaluator.value(other, scope))
    if isinstance(alternative, EvaluationError) or alternative.data is None:
        return value
    here, there = typeof(value), typeof(alternative)
    common = unify((here, there) if picks else (there, here))
    if common is None and (_is_open(here) or _is_open(there)):
        return value
    if common is None:
        one, two = (here, there) if picks else (there, here)
        detail = (
            "The true and false result expressions must have consistent types. "
            f"The 'true' value is {name(one)}, but the 'false' value is {name(two)}"
        )
        return evaluator.fail("Inconsistent conditional result types", detail, expression.location)
    try:
        return convert(value, common)
    except ConversionError as error:
        which = "true" if picks else "false"
        detail = f"The {which} result value has the wrong type: {error.message}"
        return evaluator.fail("Inconsistent conditional result types", detail, taken.location)


def _is_open(type_: Type) -> bool:
    """Whether a part of the type is not known here, which might make it convert where it seems not to."""
    match type_:
        case Primitive():
            return type_ is ANY
        case ListOf(element) | SetOf(element) | MapOf(element):
            return _is_open(element)
        case TupleOf(elements):
            return any(map(_is_open, elements))
        case ObjectOf(attributes):
            return any(map(_is_open, attributes.values()))


def _is_null(expression: Expression) -> bool:
    """Whether an arm is a literal null, to which every type is common."""
    return isinstance(expression, Literal) and expression.value is None

"""Function calls: `try` and `can`, which look at how their arguments fare, and all the others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sglint.model.values import ALWAYS, Unknown, Value, When, alternatives, conditional
from sglint.reading.syntax import Call
from sglint.terraform.faults import EvaluationError

if TYPE_CHECKING:
    from sglint.terraform.evaluator import Evaluator
    from sglint.terraform.scope import Scope


def call(evaluator: Evaluator, expression: Call, scope: Scope) -> Value:
    if scope.is_constant:
        return evaluator.reject("Function calls not allowed", "Functions may not be called here", expression.location)
    name = expression.name.removeprefix("core::")
    if name == "try" and not expression.expand_final:
        return _try(evaluator, expression, scope)
    if name == "can" and len(expression.arguments) == 1 and not expression.expand_final:
        return _can(evaluator, expression, scope)
    arguments = evaluator.values(expression.arguments, scope)
    if not expression.expand_final:
        return _apply(evaluator, expression, arguments, scope)

    def expanded(final: Value) -> Value:
        data = final.data
        if isinstance(data, Unknown):
            return evaluator.unknown(data, expression.location, scope, final)
        if not isinstance(data, tuple):
            required = "not be null" if data is None else "be of a tuple, list, or set type"
            detail = f"The expanding argument (indicated by ...) must {required}"
            return evaluator.fail("Invalid expanding argument value", detail, expression.arguments[-1].location)
        return _apply(evaluator, expression, (*arguments[:-1], *final.items()), scope)

    return evaluator.lifted(expanded, (arguments[-1],), expression.location, scope)


def _apply(evaluator: Evaluator, expression: Call, arguments: tuple[Value, ...], scope: Scope) -> Value:
    from sglint.terraform.functions import FunctionError
    from sglint.terraform.functions import call as call_function

    at = expression.location

    def apply(*values: Value) -> Value:
        evaluator.spend(values)
        try:
            return call_function(expression.name, values, evaluator.functions, at, evaluator.describe(at, scope))
        except FunctionError as error:
            where = at
            if error.argument is not None and error.argument < len(expression.arguments):
                where = expression.arguments[error.argument].location
            return evaluator.fail(error.summary, error.message, where)

    return evaluator.lifted(apply, arguments, at, scope)


def _try(evaluator: Evaluator, expression: Call, scope: Scope) -> Value:
    """The first argument that evaluates without a fault, under each condition that makes a difference."""
    at = expression.location
    pending: tuple[When, ...] = (ALWAYS,)
    chosen: list[tuple[When, Value]] = []
    fault: EvaluationError | None = None
    for argument in expression.arguments:
        result, dropped = evaluator.attempt(partial(evaluator.value, argument, scope))
        if isinstance(result, EvaluationError):
            fault = result
            continue
        if not dropped and pending == (ALWAYS,):
            return result
        chosen += [(both, value) for when in pending for both, value in alternatives(result, when)]
        pending = tuple(both for when in pending for other in dropped if (both := when.conjoin(other)) is not None)
        if not pending:
            break
    if not chosen:
        detail = 'Call to function "try" failed: at least one argument is required'
        if fault is not None:
            detail = (
                f'Call to function "try" failed: no expression succeeded: {fault.problem.message}. At least one '
                "expression must produce a successful result"
            )
        return evaluator.fail("Error in function call", detail, at)
    for when in pending:
        evaluator.drop(when)
    return conditional(chosen, at, evaluator.describe(at, scope))


def _can(evaluator: Evaluator, expression: Call, scope: Scope) -> Value:
    at = expression.location
    argument = expression.arguments[0]
    result, dropped = evaluator.attempt(lambda: evaluator.value(argument, scope))
    if isinstance(result, EvaluationError):
        return Value(False, at)
    if isinstance(result.data, Unknown):
        return evaluator.unknown(result.data, at, scope, result)
    chosen = [(when, Value(True, at)) for when, _ in alternatives(result) if when]
    if not dropped or not chosen:
        return Value(True, at)
    chosen += [(when, Value(False, at)) for when in dropped]
    return conditional(chosen, at, evaluator.describe(at, scope))

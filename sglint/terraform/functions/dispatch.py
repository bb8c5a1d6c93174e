"""From a call as written to its value: arguments checked and converted, alternatives told apart, unknowns passed on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import islice

from sglint.model.location import Location
from sglint.model.record import replace
from sglint.model.values import (
    ALWAYS,
    MAX_ALTERNATIVES,
    Conditional,
    Data,
    Unknown,
    Value,
    When,
    alternatives,
    conditional,
)
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.functions.calling import (
    Exceeding,
    FunctionContext,
    FunctionError,
    Implementation,
    Invocation,
    Rejected,
    Undecidable,
)
from sglint.terraform.functions.registry import FUNCTIONS, Function, Parameter
from sglint.terraform.numbers import NumberLimit
from sglint.terraform.values import SetItems, evidence_of, first_unknown, set_of, unknown_from

_BAD_ARGUMENT = "Invalid function argument"
_BUILT_IN = "core::"
_GATHERING = frozenset(("concat", "distinct", "flatten", "reverse", "setunion", "sort", "tolist", "toset"))
"""Functions whose result holds every item of their arguments."""
_CLOSE = 3
"""Names fewer changes apart than this are suggested for each other."""


def call(
    name: str, arguments: tuple[Value, ...], context: FunctionContext, location: Location, expression: str
) -> Value:
    """The value of a function call. FunctionError for what Terraform rejects, in its words.

    `expression` is the text of the call, for what becomes unknown. Where an argument is Conditional so is the result;
    an alternative that Terraform would reject becomes Unknown by its reason, unless all would be.
    """
    bare = name.removeprefix(_BUILT_IN)
    if bare.startswith("provider::"):
        return Value(Unknown(expression, f"{name}()"), location, evidence_of(arguments))
    function = FUNCTIONS.get(bare)
    if function is None:
        raise _unknown_function(name)
    _check_count(name, function, len(arguments))
    if function.is_special:
        raise FunctionError(f"Function {_quoted(name)} is evaluated with its expressions, not with their values.")
    return _lifted(bare, function, Invocation(name, arguments, context, location, expression))


def _lifted(name: str, function: Function, invocation: Invocation) -> Value:
    choices = [_alternatives(argument, not function.partial) for argument in invocation.arguments]
    if all(len(choice) == 1 and not choice[0][0] for choice in choices):
        return _apply(name, function, invocation, tuple([choice[0][1] for choice in choices]))
    combined = _combined(choices)
    if len(combined) > MAX_ALTERNATIVES:
        blocked = Unknown(invocation.expression, f"more than {MAX_ALTERNATIVES} alternatives")
        return Value(blocked, invocation.location, evidence_of(invocation.arguments))
    results: list[tuple[When, Value]] = []
    failure: FunctionError | None = None
    successes = 0
    for when, arguments in combined:
        try:
            results.append((when, _apply(name, function, invocation, arguments)))
            successes += 1
        except FunctionError as error:
            failure = error
            results.append((when, Value(Unknown(invocation.expression, error.message), invocation.location)))
    if failure is not None and not successes:
        raise failure
    return conditional(results, invocation.location, invocation.expression)


def _combined(choices: list[list[tuple[When, Value]]]) -> list[tuple[When, tuple[Value, ...]]]:
    """Every consistent way to choose one value of each; one more than the bound when there are more than that."""
    combined: list[tuple[When, tuple[Value, ...]]] = [(ALWAYS, ())]
    for choice in choices:
        extended = (
            (both, (*chosen, value))
            for when, chosen in combined
            for other, value in choice
            if (both := when.conjoin(other)) is not None
        )
        combined = list(islice(extended, MAX_ALTERNATIVES + 1))
    return combined


def _alternatives(value: Value, is_deep: bool) -> list[tuple[When, Value]]:
    """The value under each condition; `is_deep` also takes apart what is Conditional within a collection."""
    if isinstance(value.data, Conditional):
        return [
            (both, inner)
            for when, outer in alternatives(value)
            for inner_when, inner in _alternatives(outer, is_deep)
            if (both := when.conjoin(inner_when)) is not None
        ]
    if not is_deep or not isinstance(value.data, (tuple, dict)):
        return [(ALWAYS, value)]
    members = value.data.values() if isinstance(value.data, dict) else value.data
    choices = [_alternatives(member, True) for member in members]
    if all(len(choice) == 1 and not choice[0][0] for choice in choices):
        return [(ALWAYS, value)]
    return [(when, replace(value, data=_rebuilt(value.data, items))) for when, items in _combined(choices)]


def _rebuilt(data: tuple[Value, ...] | dict[str, Value], items: tuple[Value, ...]) -> Data:
    """A collection of the same kind with other items in place of its own."""
    if isinstance(data, dict):
        return type(data)(zip(data, items, strict=True))
    return set_of(items) if isinstance(data, SetItems) else type(data)(items)


def _apply(name: str, function: Function, invocation: Invocation, arguments: tuple[Value, ...]) -> Value:
    """The call with these arguments, of which none is Conditional."""
    invocation = replace(invocation, arguments=_converted(function, arguments))
    if function.withheld:
        return invocation.unknown(Unknown("", f"{name}()"))
    blocking: Unknown | None = None
    for index, argument in enumerate(invocation.arguments):
        parameter = _parameter(function, index)
        if isinstance(argument.data, Unknown) and not parameter.unknown:
            blocking = blocking or argument.data
        elif blocking is None and not function.partial and not parameter.unknown:
            blocking = first_unknown(argument)
    if blocking is not None:
        return _including(name, invocation.unknown(blocking), invocation.arguments)
    try:
        return _including(name, _implementation(function.theme, name)(invocation), invocation.arguments)
    except Rejected as error:
        if error.argument is not None:
            raise _bad_argument(_parameter(function, error.argument), error.argument, error.reason) from None
        message = f"Call to function {_quoted(invocation.name)} failed: {error.reason}."
        raise FunctionError(message) from None
    except Undecidable as error:
        if isinstance(error, Exceeding) and invocation.context.report is not None:
            invocation.context.report(error.excess, invocation.location)
        blocked = Unknown(invocation.expression, error.blocked_by)
        return Value(blocked, invocation.location, evidence_of(invocation.arguments))
    except NumberLimit as error:
        return unknown_from(Unknown("", str(error)), invocation.location, invocation.expression)


def _including(name: str, result: Value, arguments: tuple[Value, ...]) -> Value:
    """An unknown result with the items that it holds all the same, where the function drops none.

    JSON text is kept with the value that it is made of.
    """
    if not isinstance(result.data, Unknown):
        return result
    if name == "jsonencode":
        return replace(result, data=replace(result.data, encoded=arguments[0]))
    if name not in _GATHERING:
        return result
    items = tuple(item for argument in arguments for item in argument.certain_items())
    if name == "flatten":
        items = tuple(_flat(items))
    known = tuple(item for item in items if item.is_known)
    return replace(result, data=replace(result.data, includes=known)) if known else result


def _flat(items: tuple[Value, ...]) -> Iterator[Value]:
    for item in items:
        if isinstance(item.data, tuple) or (isinstance(item.data, Unknown) and item.data.includes):
            yield from _flat(item.certain_items())
        else:
            yield item


def _converted(function: Function, arguments: tuple[Value, ...]) -> tuple[Value, ...]:
    """The arguments as their parameters' types. As in Terraform, what cannot be converted counts before nulls do."""
    converted: list[Value] = []
    for index, argument in enumerate(arguments):
        parameter = _parameter(function, index)
        try:
            converted.append(convert(argument, parameter.type))
        except ConversionError as error:
            raise _bad_argument(parameter, index, error.message) from None
    for index, argument in enumerate(converted):
        parameter = _parameter(function, index)
        if argument.data is None and not parameter.nullable:
            raise _bad_argument(parameter, index, "argument must not be null")
    return tuple(converted)


@cache
def _implementation(theme: str, name: str) -> Implementation:
    implementations: dict[str, Implementation] = import_module(f"{__package__}.{theme}").IMPLEMENTATIONS
    return implementations[name]


def _parameter(function: Function, index: int) -> Parameter:
    if index < len(function.parameters):
        return function.parameters[index]
    assert function.rest is not None
    return function.rest


def _bad_argument(parameter: Parameter, index: int, reason: str) -> FunctionError:
    message = f"Invalid value for {_quoted(parameter.name)} parameter: {reason}."
    return FunctionError(message, _BAD_ARGUMENT, index)


def _check_count(name: str, function: Function, count: int) -> None:
    wanted = len(function.parameters)
    if count < wanted:
        at_least = " at least" if function.rest is not None else ""
        missing = function.parameters[count].name
        raise FunctionError(
            f"Function {_quoted(name)} expects{at_least} {wanted} argument(s). Missing value for {_quoted(missing)}.",
            "Not enough function arguments",
        )
    if count > wanted and function.rest is None:
        raise FunctionError(
            f"Function {_quoted(name)} expects only {wanted} argument(s).", "Too many function arguments", wanted
        )


def _unknown_function(name: str) -> FunctionError:
    namespace = name.rpartition("::")[0]
    if namespace:
        return FunctionError(
            f"The function namespace {_quoted(namespace)} is not valid. Provider function calls must use the "
            '"provider::" namespace prefix.',
            "Unknown provider function",
        )
    distance, close = min((_distance(name, known), known) for known in FUNCTIONS)
    suggestion = f" Did you mean {_quoted(close)}?" if distance < _CLOSE else ""
    return FunctionError(f"There is no function named {_quoted(name)}.{suggestion}", "Call to unknown function")


def _distance(one: str, other: str) -> int:
    """How many characters to insert, drop or replace (Levenshtein's distance)."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (left != right))
    return row[-1]


def _quoted(name: str) -> str:
    return f'"{name}"'

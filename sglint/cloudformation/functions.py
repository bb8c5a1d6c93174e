"""The intrinsic functions (CloudFormation template reference, "Intrinsic functions"), and the table of them."""

from __future__ import annotations

from sglint.cloudformation.alternatives import narrowed
from sglint.cloudformation.cidr import subnets
from sglint.cloudformation.evaluator import Evaluator, Functions, blocked, unknown
from sglint.cloudformation.forms import TRANSFORM, Intrinsic, intrinsic, text
from sglint.cloudformation.literals import as_text, first_unknown, shown
from sglint.cloudformation.lookup import find_in_map
from sglint.cloudformation.text_functions import base64_text, join, split_text, sub, to_json_string
from sglint.model.values import Unknown, Value, When, alternatives, conditional, lift
from sglint.reading.document import Mapping, Node


def _name(evaluator: Evaluator, node: Node, given: When) -> str | None:
    """A name as written or, which the language extensions allow, as a function gives it."""
    if intrinsic(node) is None:
        return text(node)
    data = evaluator.value(node, given).data
    return data if isinstance(data, str) else None


def _ref(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    name = _name(evaluator, function.argument, given)
    if name is None:
        return evaluator.malformed(function, "every Ref object must have a single String value")
    return narrowed(evaluator.scope.referred(name, function.location, given), given)


_GET_ATT = "two non-empty parameters, the resource name and the resource attribute"


def _get_att(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    written = text(function.argument)
    if written is not None:
        logical_id, _, attribute = written.partition(".")
        if not logical_id or not attribute:
            return evaluator.malformed(function, f"every Fn::GetAtt object requires {_GET_ATT}")
        return narrowed(evaluator.scope.attribute(logical_id, attribute, function.location, given), given)
    nodes = evaluator.arguments(function, 2, 8, _GET_ATT)
    if nodes is None:
        return unknown(function, function.name)
    parts = tuple(evaluator.value(node, given) for node in nodes)

    def attribute_of(*parts: Value) -> Value:
        words = [as_text(part.data) for part in parts]
        plain = [word for word in words if word]
        if len(plain) < len(words):
            return blocked(function, parts)
        return evaluator.scope.attribute(plain[0], ".".join(plain[1:]), function.location, given)

    return narrowed(lift(attribute_of, parts, function.location, "!GetAtt"), given)


def _select(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    expected = "two parameters, the index and the list of objects to choose from"
    nodes = evaluator.arguments(function, 2, 2, expected)
    if nodes is None:
        return unknown(function, function.name)

    def select(index: Value, listed: Value) -> Value:
        written = as_text(index.data)
        if isinstance(index.data, Unknown) or isinstance(listed.data, Unknown):
            return blocked(function, (index, listed))
        if written is None or not written.isdecimal() or not isinstance(listed.data, tuple):
            return evaluator.malformed(function, f"every Fn::Select object requires {expected}")
        items = listed.items()
        if int(written) >= len(items):
            return evaluator.malformed(function, f"Fn::Select cannot select nonexistent value at index {written}")
        return items[int(written)]

    operands = (evaluator.value(nodes[0], given), evaluator.listed(nodes[1], given))
    return lift(select, operands, function.location, "!Select")


def _if(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    nodes = evaluator.arguments(function, 3, 3, "a list of a condition name, a value if true and a value if false")
    if nodes is None:
        return unknown(function, function.name)
    name = _name(evaluator, nodes[0], given)
    if name is None:
        return evaluator.malformed(function, "the first argument of Fn::If must be the name of a condition")
    sides = evaluator.scope.branches(name, nodes[0].location)
    chosen: list[tuple[When, Value]] = []
    for when, node in zip(sides, nodes[1:], strict=True):
        inner = given.conjoin(when) if when is not None else None
        if when is not None and inner is not None:
            chosen.append((when, evaluator.value(node, inner)))
    if len(chosen) == 1:
        return chosen[0][1]
    return conditional(chosen, function.location, f"!If {name}")


def _find_in_map(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    nodes = evaluator.arguments(
        function, 3, 4, "three parameters, the map name, map key and the attribute for return value"
    )
    if nodes is None:
        return unknown(function, function.name)
    default: Value | None = None
    if len(nodes) == 4:
        fallback = nodes[3].get("DefaultValue") if isinstance(nodes[3], Mapping) else None
        if fallback is None:
            return evaluator.malformed(function, "the fourth parameter of Fn::FindInMap must be a DefaultValue")
        default = evaluator.value(fallback, given)
    keys = tuple(evaluator.value(node, given) for node in nodes[:3])
    return narrowed(find_in_map(evaluator, function, keys, default), given)


def _cidr(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    expected = "an IP address block, the number of blocks to generate and the number of subnet bits"
    nodes = evaluator.arguments(function, 2, 3, expected)
    if nodes is None:
        return unknown(function, function.name)

    def cut(*operands: Value) -> Value:
        if any(isinstance(operand.data, Unknown) for operand in operands):
            return blocked(function, operands)
        words = [as_text(operand.data) or "" for operand in operands]
        if len(words) == 2:
            return unknown(function, "Fn::Cidr without a number of subnet bits", f"!Cidr [{', '.join(words)}]")
        try:
            blocks = subnets(*words)
        except ValueError as error:
            return evaluator.malformed(function, f"Fn::Cidr: {error}")
        evidence = operands[0].evidence
        return Value(tuple(Value(block, function.location, evidence) for block in blocks), function.location)

    return lift(cut, tuple(evaluator.value(node, given) for node in nodes), function.location, "!Cidr")


def _get_azs(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    region = shown(evaluator.value(function.argument, given)) if text(function.argument) != "" else ""
    return unknown(function, "Fn::GetAZs", f"!GetAZs {region}".rstrip("' "))


def _import_value(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    name = evaluator.value(function.argument, given)
    chosen = [(when, evaluator.scope.imported(each, function.location)) for when, each in alternatives(name)]
    return narrowed(conditional(chosen, function.location, f"!ImportValue {shown(name)}"), given)


def _get_stack_output(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    """An output of another stack, unknown where that is not at hand."""
    argument = evaluator.value(function.argument, given)
    names = tuple(argument.get(name) for name in ("StackName", "OutputName"))
    written = [shown(name) for name in names if name is not None]
    if len(written) < len(names):
        return evaluator.malformed(function, "every Fn::GetStackOutput object requires a StackName and an OutputName")
    stack, output = (as_text(name.data) for name in names if name is not None)
    found = evaluator.scope.stack_output(stack, output, function.location) if stack and output else None
    return found or unknown(function, f"stack {written[0]}", f"!GetStackOutput {'.'.join(written)}")


def _length(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    def count(listed: Value) -> Value:
        if isinstance(listed.data, tuple):
            return Value(len(listed.data), function.location)
        if first_unknown(listed.data) is None:
            return evaluator.malformed(function, "Fn::Length expects a list")
        return blocked(function, (listed,))

    return lift(count, (evaluator.listed(function.argument, given),), function.location, "!Length")


def _transform(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    """A macro that is still there after the transforms that need no account were applied."""
    del evaluator, given
    argument = function.argument
    name = text(argument.get("Name")) if isinstance(argument, Mapping) else None
    return unknown(function, f"macro {name}" if name else TRANSFORM, f"!Transform {name or ''}".rstrip())


FUNCTIONS: Functions = {
    "Ref": _ref,
    "Fn::Base64": base64_text,
    "Fn::Cidr": _cidr,
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAZs": _get_azs,
    "Fn::GetAtt": _get_att,
    "Fn::GetStackOutput": _get_stack_output,
    "Fn::If": _if,
    "Fn::ImportValue": _import_value,
    "Fn::Join": join,
    "Fn::Length": _length,
    "Fn::Select": _select,
    "Fn::Split": split_text,
    "Fn::Sub": sub,
    "Fn::ToJsonString": to_json_string,
    TRANSFORM: _transform,
}

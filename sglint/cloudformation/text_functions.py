"""The intrinsic functions that make text and take it apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sglint.cloudformation.alternatives import narrowed
from sglint.cloudformation.evaluator import Evaluator, blocked, unknown
from sglint.cloudformation.forms import TRANSFORM, Intrinsic, intrinsic, text
from sglint.cloudformation.literals import as_text, concatenated, first_unknown, length, split, text_value
from sglint.model.limits import limits, long_text
from sglint.model.values import Value, When, lift
from sglint.reading.document import Mapping, Sequence

_VARIABLE = re.compile(r"\$\{(!?)([^}]*)\}")
_NAME = re.compile(r"[\w:.]+")


def sub(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    """`Fn::Sub`: a text with names in it replaced by what they stand for."""
    template, values = function.argument, None
    if isinstance(template, Sequence):
        nodes = evaluator.arguments(function, 2, 2, "a string and an object of values to replace in it")
        if nodes is None:
            return unknown(function, function.name)
        template, values = nodes
    macro = intrinsic(template)
    if macro is not None and macro.name == TRANSFORM:
        return evaluator.value(template, given)
    written = text(template)
    if written is None or (values is not None and not isinstance(values, Mapping)):
        return evaluator.malformed(
            function,
            "Fn::Sub takes a string as first argument, and an optional second argument to specify a mapping of "
            "values to replace in the string",
        )
    parts = tuple(_sub_parts(evaluator, function, written, values if isinstance(values, Mapping) else None, given))
    return lift(lambda *chosen: _together(evaluator, chosen, function), parts, function.location, written)


def _sub_parts(
    evaluator: Evaluator, function: Intrinsic, written: str, values: Mapping | None, given: When
) -> Iterator[Value]:
    position = 0
    for match in _VARIABLE.finditer(written):
        if match.start() > position:
            yield Value(written[position : match.start()], function.location)
        position = match.end()
        is_literal, name = match[1], match[2].strip()
        if is_literal:
            yield Value(f"${{{match[2]}}}", function.location)
        else:
            yield _variable(evaluator, function, name, values, given)
    if position < len(written):
        yield Value(written[position:], function.location)


def _variable(evaluator: Evaluator, function: Intrinsic, name: str, values: Mapping | None, given: When) -> Value:
    node = values.get(name) if values is not None else None
    if node is not None:
        return evaluator.value(node, given)
    if not _NAME.fullmatch(name):
        return evaluator.malformed(
            function,
            f"variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and "
            f"colons: {name!r}",
        )
    logical_id, dot, attribute = name.partition(".")
    if dot:
        found = evaluator.scope.attribute(logical_id, attribute, function.location, given)
    else:
        found = evaluator.scope.referred(name, function.location, given)
    return narrowed(found, given)


def join(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    """`Fn::Join`: texts with a delimiter between them."""
    expected = "two parameters, (1) a string delimiter and (2) a list of strings to be joined"
    nodes = evaluator.arguments(function, 2, 2, expected)
    if nodes is None:
        return unknown(function, function.name)
    delimiter, listed = evaluator.value(nodes[0], given), evaluator.listed(nodes[1], given)

    def joined(delimiter: Value, listed: Value) -> Value:
        between = as_text(delimiter.data)
        if isinstance(listed.data, tuple) and between is not None:
            parts = _interleaved(listed.items(), Value(between, function.location))
            return lift(lambda *chosen: _together(evaluator, chosen, function), parts, function.location, "!Join")
        if first_unknown(delimiter.data) is None and first_unknown(listed.data) is None:
            return evaluator.malformed(function, f"every Fn::Join object requires {expected}")
        return blocked(function, (delimiter, listed))

    return lift(joined, (delimiter, listed), function.location, "!Join")


def _together(evaluator: Evaluator, parts: tuple[Value, ...], function: Intrinsic) -> Value:
    if sum(map(length, parts)) <= limits().text:
        return concatenated(parts, function.location)
    excess = long_text()
    problem = excess.problem(function.location)
    evaluator.report(problem.location, problem.message, problem.hint)
    return unknown(function, excess.reason)


def _interleaved(items: tuple[Value, ...], between: Value) -> tuple[Value, ...]:
    return tuple(part for item in items for part in (between, item))[1:]


def split_text(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    """`Fn::Split`: a text taken apart at a delimiter."""
    expected = "two parameters, (1) a string delimiter and (2) a string to be split"
    nodes = evaluator.arguments(function, 2, 2, expected)
    if nodes is None:
        return unknown(function, function.name)

    def split_at(delimiter: Value, source: Value) -> Value:
        between = as_text(delimiter.data)
        if between == "" or isinstance(source.data, (tuple, dict)):
            return evaluator.malformed(function, f"every Fn::Split object requires {expected}")
        pieces = split(source, between) if between is not None else None
        if pieces is None:
            return blocked(function, (delimiter, source))
        return Value(pieces, function.location)

    operands = tuple(evaluator.value(node, given) for node in nodes)
    return lift(split_at, operands, function.location, "!Split")


def base64_text(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    """`Fn::Base64`: a text's UTF-8 in base 64."""

    def encode(value: Value) -> Value:
        import base64

        plain = as_text(value.data)
        if plain is None:
            return blocked(function, (value,))
        return Value(base64.b64encode(plain.encode("utf-8", "surrogatepass")).decode(), function.location)

    return lift(encode, (evaluator.value(function.argument, given),), function.location, "!Base64")


def to_json_string(evaluator: Evaluator, function: Intrinsic, given: When) -> Value:
    """`Fn::ToJsonString`: an object or array as JSON text."""
    import json

    value = evaluator.value(function.argument, given)
    if not isinstance(value.data, (dict, tuple)) and first_unknown(value.data) is None:
        return evaluator.malformed(function, "Fn::ToJsonString expects an object or an array")
    try:
        written = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    except _NotPlain:
        return blocked(function, (value,))
    return text_value(written, function.location)


class _NotPlain(Exception):
    """A value that is not known in full."""


def _plain(value: Value) -> object:
    data = value.data
    if isinstance(data, tuple):
        return [_plain(item) for item in data]
    if isinstance(data, dict):
        return {key: _plain(member) for key, member in data.items()}
    if data is None or isinstance(data, (bool, int, str)):
        return data
    if as_text(data) is not None:
        return float(as_text(data) or 0)
    raise _NotPlain

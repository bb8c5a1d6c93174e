"""What sglint makes of an expression, in the form of Terraform's answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from sglint.model.location import whole_file
from sglint.model.values import Conditional, Data, Reference, Unknown, Value
from sglint.reading.files import Files
from sglint.reading.hcl import read_hcl
from sglint.terraform import numbers
from sglint.terraform.modules import Modules
from sglint.terraform.run import Run
from sglint.terraform.scope import Scope
from sglint.terraform.types import ListOf, MapOf, ObjectOf, Primitive, SetOf, TupleOf, Type, typeof
from sglint.terraform.values import SetItems
from tests.oracles.terraform_answers import Answer

PATH = "main.tf"


def evaluate(expression: str, directory: Path) -> tuple[Value, tuple[str, ...]]:
    """The value of an expression and the messages of its problems."""
    files = Files((str(directory),), {PATH: f"output = {expression}\n".encode()})
    source = read_hcl(files.read(PATH))
    evaluator = Run(str(directory), Modules(files), None, None).evaluator
    value = evaluator.value(source.body.attributes["output"].expression, _SCOPE)
    return value, tuple(problem.message for problem in (*source.problems, *evaluator.problems))


def _known(data: Data) -> Value:
    return Value(data, whole_file(PATH))


_ID = "terraform_data.x.id"
_SCOPE = Scope(
    {
        "terraform_data": _known({"x": _known({"id": _known(Unknown(_ID, _ID, Reference("terraform_data.x", "id")))})}),
        "path": _known({"module": _known(".")}),
        "local": _known({"greeting": _known("Hi ${name}!")}),
    }
)
"""What expressions may refer to; `terraform_answers.SURROUNDINGS` says the same to Terraform."""


def answer(expression: str, directory: Path) -> Answer:
    """sglint's answer to an expression. Problems count as the error."""
    value, problems = evaluate(expression, directory)
    if problems:
        summary, _, detail = problems[0].partition(": ")
        return Answer(error=(summary, detail))
    return Answer(type_json(typeof(value)), value_json(value), unknown_json(value))


def is_open(value: Value) -> bool:
    """Whether a plan would call the value unknown: also one that depends on something undecided."""
    return isinstance(value.data, (Unknown, Conditional))


def value_json(value: Value) -> str:
    """The value as a plan shows it: what is unknown is null in lists and left out of objects."""
    data = value.data
    if isinstance(data, str):
        return json.dumps(data)
    if isinstance(data, (int, Decimal)) and not isinstance(data, bool):
        return numbers.text(data)
    if isinstance(data, SetItems):
        return "[" + ",".join(value_json(item) for item in data if not is_open(item)) + "]"
    if isinstance(data, tuple):
        return "[" + ",".join(map(value_json, data)) + "]"
    if isinstance(data, dict):
        known = {key: item for key, item in data.items() if not is_open(item)}
        return "{" + ",".join(f"{json.dumps(key)}:{value_json(known[key])}" for key in sorted(known)) + "}"
    return json.dumps(data if isinstance(data, bool) else None)


def unknown_json(value: Value) -> object:
    """Where the value is unknown, as a plan's `after_unknown` says it."""
    data = value.data
    if is_open(value):
        return True
    if isinstance(data, tuple):
        parts = [unknown_json(item) for item in data]
        return parts if any(_is_any(part) for part in parts) else False
    if isinstance(data, dict):
        members = {key: unknown_json(data[key]) for key in sorted(data)}
        found = {key: part for key, part in members.items() if part is not False}
        return found if any(_is_any(part) for part in found.values()) else False
    return False


def _is_any(part: object) -> bool:
    return any(leaf is True for leaf in _leaves(part))


def _leaves(part: object) -> Iterator[object]:
    if isinstance(part, list):
        for item in part:
            yield from _leaves(item)
    elif isinstance(part, dict):
        for item in part.values():
            yield from _leaves(item)
    else:
        yield part


def type_json(type_: Type) -> object:
    """The type as plans write it."""
    match type_:
        case Primitive():
            return "dynamic" if type_ is Primitive.ANY else type_.value
        case ListOf(element):
            return ["list", type_json(element)]
        case SetOf(element):
            return ["set", type_json(element)]
        case MapOf(element):
            return ["map", type_json(element)]
        case TupleOf(elements):
            return ["tuple", [type_json(element) for element in elements]]
        case ObjectOf(attributes):
            return ["object", {key: type_json(attribute) for key, attribute in attributes.items()}]

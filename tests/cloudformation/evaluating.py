"""Evaluates templates that are written in a test, and shows values as plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sglint.aws.resources import Evaluated
from sglint.cloudformation.inputs import read_inputs
from sglint.cloudformation.templates import evaluate, exports_of
from sglint.model.values import Conditional, Unknown, Value
from sglint.reading.files import Files

TEMPLATE = "template.yaml"


def evaluated(
    text: str,
    parameters: Iterable[str] = (),
    others: Mapping[str, str] | None = None,
    types: Collection[str] | None = None,
    exporters: Iterable[str] = (),
) -> Evaluated:
    """A template evaluated, with `--parameter` texts and other files by path."""
    given = {TEMPLATE: text, **(others or {})}
    files = Files((".",), {path: content.encode() for path, content in given.items()})
    inputs = read_inputs(files, (), parameters)
    return evaluate(TEMPLATE, inputs, files, types, exports_of(exporters, inputs, files))


def seen(value: Value) -> Any:
    """A value as plain data: an unknown as `?expression`, alternatives as `Either` of values by condition."""
    data = value.data
    if isinstance(data, Unknown):
        return f"?{data.expression}"
    if isinstance(data, Conditional):
        return Either({str(each.when): seen(each.value) for each in data.alternatives})
    if isinstance(data, tuple):
        return [seen(item) for item in data]
    if isinstance(data, dict):
        return {name: seen(member) for name, member in data.items()}
    return data


class Either(dict[str, Any]):
    """Alternatives by condition; told from an object."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Either) and dict(self) == dict(other)

    __hash__ = None


def properties(result: Evaluated, address: str) -> Any:
    """The properties of one resource as plain data."""
    return seen(resource(result, address).arguments)


def resource(result: Evaluated, address: str) -> Any:
    (found,) = [each for each in result.resources if each.address == address]
    return found


def whens(result: Evaluated) -> dict[str, str]:
    """The resources by address, with the condition under which each exists."""
    return {each.address: str(each.when) for each in result.resources}


def problems(result: Evaluated) -> list[str]:
    return [f"{each.location.line}:{each.location.column} {each.message}" for each in result.problems]

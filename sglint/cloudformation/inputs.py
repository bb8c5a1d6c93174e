"""Parameter values given from outside: on the command line, and in the files other tools read them from.

Shapes: the AWS CLI's list of `ParameterKey` and `ParameterValue` (or of `Key=Value` texts); CodePipeline's template
configuration, `{"Parameters": {…}}`; git sync's deployment file, `parameters:`; a plain mapping; `samconfig.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sglint.cloudformation.literals import as_text, scalar
from sglint.model.location import Location, Problem, whole_file
from sglint.model.record import field, frozen
from sglint.model.usage import UsageError
from sglint.model.values import Unknown, Value
from sglint.reading.document import Mapping as Object
from sglint.reading.document import Node, Scalar, Sequence
from sglint.reading.files import Files, Source, Unreadable
from sglint.reading.templates import read_document

ON_COMMAND_LINE = whole_file("--parameter")
"""The place of values that stand in no file."""


class InvalidParameter(UsageError):
    """A `--parameter` that is not `KEY=VALUE`."""


@frozen
class Inputs:
    """Given parameter values by name, the strongest source first to win. `problems` are files that hold none."""

    parameters: Mapping[str, Value] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_inputs(files: Files, paths: Iterable[str] = (), assignments: Iterable[str] = ()) -> Inputs:
    """The parameters in files, later ones over earlier ones, and over all of them those of the command line.

    `assignments` are texts `KEY=VALUE`; InvalidParameter for any other.
    """
    found: dict[str, Value] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            found.update(_read(files.read(path)))
        except Unreadable as error:
            problems.append(error.problem)
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name.strip():
            raise InvalidParameter(f"{assignment!r} is not KEY=VALUE")
        found[name.strip()] = Value(value, ON_COMMAND_LINE)
    return Inputs(found, tuple(problems))


def _read(source: Source) -> dict[str, Value]:
    if source.path.endswith(".toml"):
        return dict(_from_samconfig(source))
    document = read_document(source)
    if isinstance(document, Sequence):
        return dict(_from_list(document))
    if isinstance(document, Object):
        for name in ("Parameters", "parameters"):
            inner = document.get(name)
            if isinstance(inner, Object):
                return dict(_from_object(inner))
            if isinstance(inner, Sequence):
                return dict(_from_list(inner))
        return dict(_from_object(document))
    raise Unreadable(Problem(document.location, "holds no parameters", _EXPECTED))


_EXPECTED = "expected a list of ParameterKey and ParameterValue, or an object of values by name"


def _from_list(document: Sequence) -> Iterator[tuple[str, Value]]:
    for item in document.items:
        if isinstance(item, Scalar):
            name, equals, value = item.text.partition("=")
            if equals:
                yield name, Value(value, item.location)
                continue
        key = item.get("ParameterKey") if isinstance(item, Object) else None
        if not isinstance(item, Object) or not isinstance(key, Scalar):
            raise Unreadable(Problem(item.location, "is not a parameter", _EXPECTED))
        value_node = item.get("ParameterValue")
        if value_node is not None:
            yield key.text, _value(value_node)
            continue
        previous = item.get("UsePreviousValue")
        if isinstance(previous, Scalar) and previous.value is True:
            yield key.text, Value(Unknown(key.text, f"previous value of {key.text}"), item.location)


def _from_object(document: Object) -> Iterator[tuple[str, Value]]:
    for key, node in document.entries:
        yield key.text, _value(node)


def _value(node: Node) -> Value:
    """A given value. CloudFormation takes every value as text, and a list as text with commas."""
    if isinstance(node, Scalar):
        return Value(as_text(scalar(node).data) or "", node.location)
    if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
        return Value(tuple(_value(item) for item in node.items), node.location)
    raise Unreadable(Problem(node.location, "a parameter's value must be text or a list of texts"))


_PAIR = re.compile(r"([A-Za-z0-9]+)=(.*)", re.DOTALL)


def _from_samconfig(source: Source) -> Iterator[tuple[str, Value]]:
    """`parameter_overrides` of the tables `deploy` and `global`: of `default`, or of the only environment."""
    import tomllib

    try:
        document = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(Problem(whole_file(source.path), f"is not TOML: {error}")) from None
    environments = {name: table for name, table in document.items() if isinstance(table, dict)}
    chosen = environments.get("default") or (next(iter(environments.values())) if len(environments) == 1 else {})
    place = _line_of(source, "parameter_overrides")
    for command in ("global", "deploy"):
        table = chosen.get(command, {})
        settings = table.get("parameters", {}) if isinstance(table, dict) else {}
        overrides = settings.get("parameter_overrides", ()) if isinstance(settings, dict) else ()
        for text in _overrides(overrides):
            match = _PAIR.fullmatch(text)
            if match is None:
                raise Unreadable(Problem(place, f"{text!r} is not Key=Value"))
            yield match[1], Value(match[2].strip('"'), place)


def _overrides(written: object) -> Iterator[str]:
    if isinstance(written, str):
        import shlex

        try:
            yield from shlex.split(written)
        except ValueError:
            yield from written.split()
    elif isinstance(written, dict):
        yield from (f"{name}={value}" for name, value in written.items())
    elif isinstance(written, list):
        for item in written:
            yield from (item,) if isinstance(item, str) and item.count("=") == 1 else _overrides(item)


def _line_of(source: Source, word: str) -> Location:
    for number, line in enumerate(source.text.split("\n"), 1):
        at = line.find(word)
        if at >= 0:
            return Location(source.path, number, at + 1, number, at + 1 + len(word))
    return whole_file(source.path)

"""What is fuzzed: for each target a function of bytes that raises when sglint breaks one of its promises.

The promises: no exception but those that a room's interface names, no place outside of the text, and what is
written is read back as it was.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator

from sglint.config.reading import ConfigurationError
from sglint.config.reading import read as read_configuration
from sglint.engine import run
from sglint.model.location import Location, Problem, whole_file
from sglint.notation import read_estate, write_rule
from sglint.notation.words import NotationError
from sglint.reading.files import Files, Source, Unreadable, decode
from sglint.reading.hcl import read_hcl
from sglint.reading.syntax import Body
from sglint.reading.templates import read_document
from sglint.reports.options import Options
from sglint.reports.registry import FORMATS, render
from sglint.settings import Settings
from sglint.suppressions.wording import read_words, words_of
from sglint.triage.finding import Outcome

_OPTIONS = Options(root=os.sep)
_EMPTY = os.path.dirname(os.path.abspath(__file__)) + os.sep + "nothing"
"""A directory that does not exist: what the input names beside itself is not there."""


class Broken(Exception):
    """sglint broke a promise."""


def _source(path: str, data: bytes) -> Source | None:
    try:
        return decode(path, data)
    except Unreadable:
        return None


def _inside(source: Source, locations: Iterable[Location]) -> None:
    lines = source.text.split("\n")
    for place in locations:
        if not (1 <= place.line <= place.end_line <= len(lines)):
            raise Broken(f"{place} is not in the text")
        if not (1 <= place.column <= len(lines[place.line - 1]) + 1 and place.end_column >= 1):
            raise Broken(f"{place} is not in its line")


def hcl(data: bytes) -> None:
    source = _source("main.tf", data)
    if source is None:
        return
    file = read_hcl(source)
    _inside(source, (problem.location for problem in file.problems))
    _inside(source, _places(file.body))


def _places(body: Body) -> Iterator[Location]:
    """All places of a body, each expression read for it."""
    for attribute in body.attributes.values():
        yield attribute.location
        yield attribute.expression.location
    for block in body.blocks:
        yield block.location
        yield from _places(block.body)


def yaml(data: bytes) -> None:
    _document("template.yaml", data)


def json_text(data: bytes) -> None:
    """JSON: whatever the standard library reads, sglint reads too."""
    _document("template.json", data)
    source = _source("template.json", data)
    if source is None:
        return
    try:
        json.loads(source.text)
    except (ValueError, RecursionError):
        return
    try:
        read_document(source)
    except Unreadable as error:
        if "deep" not in error.problem.message:
            raise Broken(f"JSON is not read: {error.problem}") from None


def _document(path: str, data: bytes) -> None:
    source = _source(path, data)
    if source is None:
        return
    try:
        node = read_document(source)
    except Unreadable as error:
        _inside(source, (error.problem.location,))
    else:
        _inside(source, (node.location,))


def notation(data: bytes) -> None:
    try:
        estate = read_estate(data.decode("utf-8"))
    except (NotationError, UnicodeDecodeError):
        return
    for group in estate.groups:
        for rule in group.rules:
            text = write_rule(rule)
            (again,) = (each for found in read_estate(text).groups for each in found.rules)
            if again != rule:
                raise Broken(f"{text} is read back as {write_rule(again)}")


def suppression(data: bytes) -> None:
    comment = data.decode("utf-8", "replace")
    words = words_of(comment)
    if words is not None:
        read_words(words, whole_file("main.tf"))


def configuration(data: bytes) -> None:
    try:
        read_configuration(".sglint.toml", Files((), {".sglint.toml": data}))
    except ConfigurationError as error:
        if not str(error):
            raise Broken("an error says nothing") from error


def terraform(data: bytes) -> None:
    _judged("main", data)


def template(data: bytes) -> None:
    """Templates are known by what they hold; without that a text would be taken for Terraform."""
    _judged("template", b"AWSTemplateFormatVersion: 2010-09-09\n" + data)


def plan(data: bytes) -> None:
    _judged("plan", data)


def command(data: bytes) -> None:
    """The whole way to all reports."""
    outcome = _judged("input", data)
    for format in FORMATS:
        render(format, outcome, _OPTIONS).encode("utf-8")


def _judged(name: str, data: bytes) -> Outcome:
    path = os.path.join(_EMPTY, name)
    outcome = run(Settings((path,), {path: data}))
    _unbroken(outcome.problems)
    return outcome


def _unbroken(problems: Iterable[Problem]) -> None:
    for problem in problems:
        if "sglint failed" in problem.message:
            raise Broken(str(problem))


TARGETS: dict[str, Callable[[bytes], object]] = {
    "hcl": hcl,
    "yaml": yaml,
    "json": json_text,
    "terraform": terraform,
    "template": template,
    "plan": plan,
    "notation": notation,
    "suppression": suppression,
    "configuration": configuration,
    "command": command,
}

SEEDS: dict[str, tuple[str, ...]] = {
    "hcl": (".tf",),
    "yaml": (".yaml", ".yml"),
    "json": (".json",),
    "terraform": (".tf",),
    "template": (".yaml",),
    "plan": ("plan.json",),
    "notation": ("rules.txt",),
    "suppression": (".tf",),
    "configuration": (".toml",),
    "command": (".tf", "template.yaml", "template.json"),
}
"""The fixtures that each target begins with, by how their names end."""

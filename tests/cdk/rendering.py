"""What an assembly comes to, as text: each rule with its construct, its places and the very text that stands there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sglint.aws.cloudformation import TYPES, translate
from sglint.aws.resources import Evaluated
from sglint.cdk.assembly import evaluate
from sglint.cloudformation.inputs import Inputs
from sglint.model.location import Evidence, Location
from sglint.notation import write_group, write_rule
from sglint.reading.files import Files


def rendered(app: Path, assembly: Path) -> str:
    """The groups and rules of an assembly; paths are relative to the app's directory."""
    files = Files((str(app), str(assembly)))
    evaluated = evaluate(str(assembly), Inputs(), files, TYPES)
    return "\n".join([*_lines(evaluated, _Places(app, assembly, files)), ""])


class _Places:
    def __init__(self, app: Path, assembly: Path, files: Files) -> None:
        self._app = app
        self._assembly = assembly
        self._files = files

    def shown(self, place: Location) -> str:
        """A place with the text in it: that of its first line, where it covers several."""
        line = self._files.line(place.path, place.line) or ""
        end = place.end_column - 1 if place.end_line == place.line else len(line)
        path = Path(os.path.abspath(place.path))
        if path.is_relative_to(self._assembly):
            path = Path("cdk.out", path.relative_to(self._assembly))
        else:
            path = path.relative_to(self._app)
        return f"{path.as_posix()}:{place.line}:{place.column} | {line[place.column - 1 : end].strip()}"


def _lines(evaluated: Evaluated, places: _Places) -> Iterator[str]:
    for group in translate(evaluated).groups:
        yield write_group(group)
        if group.is_defined:
            yield from _origin(group.construct, group.location, group.evidence, places)
        for rule in group.rules:
            yield write_rule(rule)
            yield from _origin(rule.construct, rule.location, rule.evidence, places)
    for problem in evaluated.problems:
        yield f"problem {os.path.basename(problem.location.path)}: {problem.message}"
    for unresolved in evaluated.unresolved:
        yield f"unresolved {unresolved.address}: {unresolved.reason}"
    for note in evaluated.notes:
        yield f"note {note}"


def _origin(construct: str | None, place: Location, evidence: Evidence, places: _Places) -> Iterator[str]:
    yield f"    at {places.shown(place)}"
    yield f"    construct {construct}"
    for step in evidence:
        yield f"    because {step.text} {places.shown(step.location)}"

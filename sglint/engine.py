"""The way of a run: paths to units to resources to the model to findings, as one readable function."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from sglint.analysis.analysis import Analysis
from sglint.aws.resources import Evaluated
from sglint.discovery import Discovery, UnitKind, given_unit, roots
from sglint.model.location import Problem, whole_file
from sglint.model.rules import Estate
from sglint.policies.policy import Parameters
from sglint.reading.files import Files, Unreadable
from sglint.triage.finding import Finding, Outcome, SourceLines


@dataclass(frozen=True, slots=True)
class Settings:
    """What the caller asks of a run. Paths exist; `given` holds standard input by name."""

    paths: tuple[str, ...]
    given: dict[str, bytes] = field(default_factory=dict)
    variables: tuple[str, ...] = ()
    """Terraform variables as NAME=VALUE."""
    variable_files: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    """CloudFormation parameters as KEY=VALUE."""
    parameter_files: tuple[str, ...] = ()
    ignore_unrelated: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    is_strict: bool = False
    policy_parameters: Parameters = field(default_factory=Parameters)


@dataclass(frozen=True, slots=True)
class Understood:
    """The model of each unit, and what could not be read."""

    analyses: tuple[Analysis, ...]
    problems: tuple[Problem, ...]
    files: Files
    notes: tuple[str, ...] = ()
    """Advice about the input, each once."""


def run(settings: Settings) -> Outcome:
    """Judge the input. Raises ValueError when a policy that is named does not exist."""
    from sglint.triage.judge import judge
    from sglint.triage.selection import in_force

    checked = in_force(settings.select, (), settings.is_strict)
    policies = in_force(settings.select, settings.ignore, settings.is_strict)
    understood = understand(settings)
    # What is ignored is judged all the same: it would otherwise come back as a policy that it supersedes.
    judged = judge(understood.analyses, checked, settings.policy_parameters)
    findings = tuple(finding for finding in judged if finding.policy in policies)
    groups = {(group.location, group.address) for analysis in understood.analyses for group in analysis.groups}
    return Outcome(
        findings=findings,
        problems=understood.problems,
        policies=policies,
        units=len(understood.analyses),
        groups=len(groups),
        rules=sum(len(group.rules) for analysis in understood.analyses for group in analysis.groups),
        lines=_lines(understood.files, findings, understood.problems),
        notes=understood.notes,
    )


def understand(settings: Settings) -> Understood:
    """The model of the input, before any policy."""
    on_disk = tuple(path for path in settings.paths if path not in settings.given)
    files = Files(roots(on_disk), settings.given)
    discovered = Discovery(files, settings.ignore_unrelated).discover(on_disk)
    problems = list(discovered.problems)
    units = list(discovered.units)
    for name in settings.given:
        try:
            units.append(given_unit(files, name))
        except Unreadable as error:
            problems.append(error.problem)
    analyses = []
    notes: list[str] = []
    for kind in UnitKind:
        paths = tuple(unit.path for unit in units if unit.kind is kind)
        if paths:
            for evaluated, estate in _READ[kind](paths, settings, files):
                problems.extend(evaluated.problems)
                notes.extend(evaluated.notes)
                analyses.append(Analysis(estate))
    return Understood(tuple(analyses), tuple(sorted(dict.fromkeys(problems))), files, tuple(dict.fromkeys(notes)))


_Units = Iterator[tuple[Evaluated, Estate]]


def _modules(paths: tuple[str, ...], settings: Settings, files: Files) -> _Units:
    """Terraform modules. One that another of them calls is judged through its callers."""
    from sglint.aws.terraform import TYPES, translate
    from sglint.terraform.evaluation import evaluate
    from sglint.terraform.inputs import Inputs
    from sglint.terraform.modules import Modules

    modules = Modules(files)
    inputs = Inputs(settings.variables, settings.variable_files)
    called: set[str] = set()
    for path in paths:
        with suppress(Exception):  # A module that cannot be looked at says why when it is judged.
            called |= modules.calls(path)
    for path in paths:
        if os.path.normpath(path or ".") not in called:
            yield _understood(path, partial(evaluate, path, inputs, modules, TYPES), translate)


def _templates(paths: tuple[str, ...], settings: Settings, files: Files) -> _Units:
    """CloudFormation templates, which see each other's exports. A nested one is judged through its parent."""
    from sglint.aws.cloudformation import TYPES, translate
    from sglint.cloudformation.inputs import read_inputs
    from sglint.cloudformation.templates import evaluate, exports_of

    inputs = read_inputs(files, settings.parameter_files, settings.parameters)
    if inputs.problems:
        yield Evaluated(problems=inputs.problems), Estate()
    exports = exports_of(paths, inputs, files)
    found = {
        path: _understood(path, partial(evaluate, path, inputs, files, TYPES, exports), translate) for path in paths
    }
    nested = frozenset().union(*(evaluated.followed for evaluated, _ in found.values()))
    yield from (unit for path, unit in found.items() if path not in nested)


def _assemblies(paths: tuple[str, ...], settings: Settings, files: Files) -> _Units:
    from sglint.aws.cloudformation import TYPES, translate
    from sglint.cdk.assembly import evaluate
    from sglint.cloudformation.inputs import read_inputs

    inputs = read_inputs(files, settings.parameter_files, settings.parameters)
    for path in paths:
        yield _understood(path, partial(evaluate, path, inputs, files, TYPES), translate)


def _plans(paths: tuple[str, ...], settings: Settings, files: Files) -> _Units:
    from sglint.aws.terraform import translate
    from sglint.terraform.plan import read_plan

    for path in paths:
        yield _understood(path, partial(read_plan, path, files), translate)


def _understood(
    path: str, evaluate: Callable[[], Evaluated], translate: Callable[[Evaluated], Estate]
) -> tuple[Evaluated, Estate]:
    """One unit down to the model. A fault of sglint's own is a problem, so that other units are still judged."""
    try:
        evaluated = evaluate()
        return evaluated, translate(evaluated)
    except Exception as error:
        message = f"not judged, because sglint failed on it: {type(error).__name__}: {error}"
        return Evaluated(problems=(Problem(whole_file(path), message, "please report this"),)), Estate()


_READ: dict[UnitKind, Callable[[tuple[str, ...], Settings, Files], _Units]] = {
    UnitKind.TERRAFORM: _modules,
    UnitKind.TEMPLATE: _templates,
    UnitKind.ASSEMBLY: _assemblies,
    UnitKind.PLAN: _plans,
}


def _lines(files: Files, findings: Iterable[Finding], problems: Iterable[Problem]) -> SourceLines:
    """The source lines that findings and problems point at."""
    places = [problem.location for problem in problems]
    for finding in findings:
        places.append(finding.location)
        places.extend(step.location for step in finding.violation.related)
    lines: SourceLines = {}
    for place in places:
        line = files.line(place.path, place.line)
        if line is not None:
            lines[place.path, place.line] = line
    return lines

"""From the paths of units to their models, each dialect in its own way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import replace
from functools import partial

from sglint.aws.resources import Evaluated
from sglint.discovery import UnitKind
from sglint.model.location import Problem, whole_file
from sglint.model.rules import Estate
from sglint.reading.files import Files
from sglint.settings import Settings

_Units = Iterator[tuple[Evaluated, Estate]]


def _modules(paths: tuple[str, ...], settings: Settings, files: Files) -> _Units:
    """Terraform modules. One that another of them calls is judged through its callers."""
    from sglint.aws.terraform import READ, translate
    from sglint.terraform.evaluation import evaluate
    from sglint.terraform.inputs import Inputs
    from sglint.terraform.modules import Modules
    from sglint.terraform.registry.known_modules import known_module

    modules = Modules(files)
    by_module = {os.path.normpath(path or "."): path for path in paths}
    calls: dict[str, set[str]] = {module: set() for module in by_module}
    for module, path in by_module.items():
        with suppress(Exception):  # A module that cannot be looked at says why when it is judged.
            calls[module] = modules.calls(path)
    for path in (by_module[module] for module in _outermost(calls)):
        for number, (name, variable_files) in enumerate(_environments(path, settings, files)):
            inputs = Inputs(settings.variables, variable_files)
            evaluation = partial(evaluate, path, inputs, modules, READ, known_module)
            evaluated, estate = _understood(path, evaluation, translate)
            yield replace(evaluated, environment=name, is_repeated=number > 0), estate


def _outermost(parts: Mapping[str, Set[str]]) -> list[str]:
    """Those that are part of no other, in order; of a circle, which is a fault of its own, the first.

    `parts` says for each which others are part of it.
    """
    inner = {part for name, names in parts.items() for part in names if part != name}
    chosen: set[str] = set()
    reached: set[str] = set()
    for name in sorted(parts, key=inner.__contains__):
        if name in reached:
            continue
        chosen.add(name)
        pending = [name]
        while pending:
            part = pending.pop()
            if part not in reached:
                reached.add(part)
                pending.extend(parts.get(part, ()))
    return [name for name in parts if name in chosen]


def _environments(module: str, settings: Settings, files: Files) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names of the environments that a root module is judged under, with their variable files."""
    if settings.environments is None:
        return (("", settings.variable_files),)
    return tuple((each.name, each.variable_files) for each in settings.environments.of(module, files.exists))


def _templates(paths: tuple[str, ...], settings: Settings, files: Files) -> _Units:
    """CloudFormation templates, which see each other's exports. A nested one is judged through its parent."""
    from sglint.aws.cloudformation import READ, translate
    from sglint.cloudformation.inputs import read_inputs
    from sglint.cloudformation.templates import evaluate, exports_of

    inputs = read_inputs(files, settings.parameter_files, settings.parameters)
    if inputs.problems:
        yield Evaluated(problems=inputs.problems), Estate()
    exports = exports_of(paths, inputs, files)
    found = {
        path: _understood(path, partial(evaluate, path, inputs, files, READ, exports), translate) for path in paths
    }
    yield from (
        found[path] for path in _outermost({path: evaluated.followed for path, (evaluated, _) in found.items()})
    )


def _assemblies(paths: tuple[str, ...], settings: Settings, files: Files) -> _Units:
    from sglint.aws.cloudformation import READ, translate
    from sglint.cdk.assembly import evaluate
    from sglint.cloudformation.inputs import read_inputs

    inputs = read_inputs(files, settings.parameter_files, settings.parameters)
    for path in paths:
        yield _understood(path, partial(evaluate, path, inputs, files, READ), translate)


def _plans(paths: tuple[str, ...], settings: Settings, files: Files) -> _Units:
    from sglint.aws.terraform import translate
    from sglint.terraform.plan import read_plan

    for path in paths:
        yield _understood(path, partial(read_plan, path, files, settings.source), translate)


def _understood(
    path: str, evaluate: Callable[[], Evaluated], translate: Callable[[Evaluated], Estate]
) -> tuple[Evaluated, Estate]:
    """One unit down to the model. A fault of sglint's own is a problem, so that other units are still judged."""
    try:
        evaluated = replace(evaluate(), path=path)
        return evaluated, translate(evaluated)
    except Exception as error:
        message = f"not judged, because sglint failed on it: {type(error).__name__}: {error}"
        return Evaluated(problems=(Problem(whole_file(path), message, "please report this"),)), Estate()


UNITS: dict[UnitKind, Callable[[tuple[str, ...], Settings, Files], _Units]] = {
    UnitKind.TERRAFORM: _modules,
    UnitKind.TEMPLATE: _templates,
    UnitKind.ASSEMBLY: _assemblies,
    UnitKind.PLAN: _plans,
}

"""From the paths of units to their models, each dialect in its own way."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from functools import partial
from typing import Protocol, TypeAlias

from sglint.aws.resources import Evaluated
from sglint.discovery import UnitKind
from sglint.model.failure import failure
from sglint.model.limits import limits, raising
from sglint.model.location import Problem
from sglint.model.record import replace
from sglint.model.rules import Estate
from sglint.model.usage import UsageError
from sglint.reading.files import Asked, Files
from sglint.reading.spellings import Spellings
from sglint.reading.trees import Tree
from sglint.settings import Settings

HELD = 2_000_000
"""How many bytes of text may be held with all that was made of them. A syntax tree takes thirty times its text."""
_Units: TypeAlias = Iterator[tuple[Evaluated, Estate]]


Remember: TypeAlias = Callable[[str, Callable[[], frozenset[str]]], frozenset[str]]
"""What is worked out for a path, unless it is known already."""


def not_remembered(path: str, work_out: Callable[[], frozenset[str]]) -> frozenset[str]:
    return work_out()


class Dialect(Protocol):
    """How the units of one kind come to their models."""

    problems: tuple[Problem, ...]
    """What is wrong with the inputs that all of them share."""

    def roots(self, remember: Remember = not_remembered) -> tuple[str, ...]:
        """The paths of what is judged in its own right, as far as that can be told before anything is evaluated.

        What it takes to tell that may be remembered.
        """
        ...

    def understood(self, path: str) -> _Units:
        """The model of one unit, for each of its environments; none where there turns out to be no unit.

        What it is part of says so in `Evaluated.followed`.
        """
        ...

    def forget(self) -> None:
        """Lets go of everything that can be read again."""
        ...


class _Modules:
    """Terraform modules. One that another of them calls is judged through its callers."""

    def __init__(self, paths: tuple[str, ...], settings: Settings, files: Files) -> None:
        from sglint.reading.hcl_outline import keep
        from sglint.terraform.modules import Modules

        keep(1 if files.peeked <= 2 * HELD else 1 / 4)
        self.problems: tuple[Problem, ...] = ()
        self._paths = paths
        self._settings = settings
        self._files = files
        self._modules = Modules(files, paths)
        self._reached: dict[str, frozenset[str]] = {}
        """The modules that a root comes to through calls, itself too."""
        self._users: Counter[str] = Counter()
        """How many roots yet to be judged come to a module."""

    def roots(self, remember: Remember = not_remembered) -> tuple[str, ...]:
        by_module = {os.path.normpath(path or "."): path for path in self._paths}
        calls = {module: remember(path, partial(self._calls, path)) for module, path in by_module.items()}
        roots = outermost(calls)
        self._reached = {by_module[root]: frozenset(_reach(root, calls, set())) for root in roots}
        self._users.update(module for reached in self._reached.values() for module in reached)
        return tuple([by_module[root] for root in roots])

    def _calls(self, path: str) -> frozenset[str]:
        with suppress(Exception):  # A module that cannot be looked at says why when it is judged.
            configuration = tuple(self._configuration(path))
            self._files.note(dict.fromkeys((Asked.CONTENT, each) for each in configuration))
            if any(map(self._may_call, configuration)):
                found = self._modules.calls(path)
                if self._files.held + self._files.peeked > HELD:
                    self.forget()
                    self._files.forget()
                return frozenset(found)
        return frozenset()

    def _configuration(self, path: str) -> Iterator[str]:
        from sglint.terraform.module import configuration_files

        for names in configuration_files(self._files.names(path)):
            yield from (os.path.join(path, name) for name in names)

    def _may_call(self, path: str) -> bool:
        """Whether a file may call a local module: one whose source is written with a dot, or escaped."""
        try:
            data = self._files.peek(path)
        except OSError:
            return False
        is_escaped = b"\\u" in data or b"\\U" in data
        return is_escaped or (b"module" in data and re.search(_LOCAL, data) is not None)

    def understood(self, path: str) -> _Units:
        from sglint.aws.terraform import READ, translate
        from sglint.terraform.evaluation import evaluate
        from sglint.terraform.inputs import Inputs
        from sglint.terraform.registry.known_modules import known_module

        for number, (name, variable_files) in enumerate(_environments(path, self._settings, self._files)):
            inputs = Inputs(self._settings.variables, variable_files)
            evaluation = partial(evaluate, path, inputs, self._modules, READ, known_module)
            evaluated, estate = _understood(path, evaluation, translate)
            yield replace(evaluated, environment=name, is_repeated=number > 0), estate
        for module in self._reached.get(path, ()):
            self._users[module] -= 1
            if not self._users[module]:
                self._modules.release(module)

    def forget(self) -> None:
        self._modules.forget()


_LOCAL = rb"""(?s)\.["/\\](?:(?<=["\s]..)|(?<=["\s]\...))"""


def _reach(start: str, parts: Mapping[str, Set[str]], reached: set[str]) -> set[str]:
    """Adds what one comes to through its parts to what is reached already, itself too."""
    pending = [start]
    while pending:
        part = pending.pop()
        if part not in reached:
            reached.add(part)
            pending.extend(parts.get(part, ()))
    return reached


def outermost(parts: Mapping[str, Set[str]]) -> list[str]:
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
        _reach(name, parts, reached)
    return [name for name in parts if name in chosen]


def outermost_templates(parts: Mapping[str, Set[str]], tree: Tree) -> list[str]:
    """Those that are part of no other, whichever way that spells them."""
    spellings = Spellings(parts, tree)
    names = {path: spellings.name(path) for path in parts}
    chosen = frozenset(outermost({names[path]: frozenset(map(spellings.name, inner)) for path, inner in parts.items()}))
    return [path for path, name in names.items() if name in chosen]


def _environments(module: str, settings: Settings, files: Files) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names of the environments that a root module is judged under, with their variable files."""
    if settings.environments is None:
        return (("", settings.variable_files),)
    return tuple((each.name, each.variable_files) for each in settings.environments.of(module, files.exists))


class _Templates:
    """CloudFormation templates, which see each other's exports. A nested one is judged through its parent."""

    def __init__(self, paths: tuple[str, ...], settings: Settings, files: Files) -> None:
        from sglint.cloudformation.inputs import read_inputs
        from sglint.cloudformation.templates import exports_of

        self._paths = paths
        self._files = files
        self._inputs = read_inputs(files, settings.parameter_files, settings.parameters)
        self.problems = self._inputs.problems
        self._exports = exports_of(paths, self._inputs, files)

    def roots(self, remember: Remember = not_remembered) -> tuple[str, ...]:
        return self._paths

    def understood(self, path: str) -> _Units:
        from sglint.aws.cloudformation import READ, translate
        from sglint.cloudformation.templates import evaluate

        evaluation = partial(evaluate, path, self._inputs, self._files, READ, self._exports)
        yield _understood(path, evaluation, translate)

    def forget(self) -> None:
        """What is exported is kept: it may be asked for again at any time."""


class _Assemblies:
    def __init__(self, paths: tuple[str, ...], settings: Settings, files: Files) -> None:
        from sglint.cloudformation.inputs import read_inputs

        self._paths = paths
        self._files = files
        self._inputs = read_inputs(files, settings.parameter_files, settings.parameters)
        self.problems = self._inputs.problems

    def roots(self, remember: Remember = not_remembered) -> tuple[str, ...]:
        return self._paths

    def understood(self, path: str) -> _Units:
        from sglint.aws.cloudformation import READ, translate
        from sglint.cdk.assembly import evaluate

        yield _understood(path, partial(evaluate, path, self._inputs, self._files, READ), translate)

    def forget(self) -> None:
        """Nothing is kept."""


class _Plans:
    problems: tuple[Problem, ...] = ()

    def __init__(self, paths: tuple[str, ...], settings: Settings, files: Files) -> None:
        self._paths = paths
        self._source = settings.source
        self._files = files

    def roots(self, remember: Remember = not_remembered) -> tuple[str, ...]:
        return self._paths

    def understood(self, path: str) -> _Units:
        from sglint.aws.terraform import translate
        from sglint.terraform.plan import read_plan

        yield _understood(path, partial(read_plan, path, self._files, self._source), translate)

    def forget(self) -> None:
        """Nothing is kept."""


def _understood(
    path: str, evaluate: Callable[[], Evaluated], translate: Callable[[Evaluated], Estate]
) -> tuple[Evaluated, Estate]:
    """One unit down to the model. A fault of sglint's own is a problem, so that other units are still judged."""
    try:
        evaluated = replace(evaluate(), path=path)
        estate = translate(evaluated)
        if estate.cut is not None:
            hint = raising("rules", "those beyond are not judged", "them judged")
            cut = Problem(
                estate.cut,
                f"Too many rules, groups of resources or targets: more than {limits().rules} in {path or os.curdir}",
                hint,
            )
            evaluated = replace(evaluated, problems=(*evaluated.problems, cut))
        if evaluated.release is not None:
            evaluated.release()
            evaluated = replace(evaluated, uses=None, release=None)
        return evaluated, estate
    except Exception as error:
        return Evaluated(problems=(failure(error, path),)), Estate()


DIALECTS: dict[UnitKind, Callable[[tuple[str, ...], Settings, Files], Dialect]] = {
    UnitKind.TERRAFORM: _Modules,
    UnitKind.TEMPLATE: _Templates,
    UnitKind.ASSEMBLY: _Assemblies,
    UnitKind.PLAN: _Plans,
}


class _Failed:
    """A dialect that sglint fails in before it comes to any unit."""

    def __init__(self, paths: tuple[str, ...], error: Exception) -> None:
        self.problems = tuple([failure(error, path) for path in paths])

    def roots(self, remember: Remember = not_remembered) -> tuple[str, ...]:
        return ()

    def understood(self, path: str) -> _Units:
        return iter(())

    def forget(self) -> None:
        """Nothing is kept."""


def dialect_of(kind: UnitKind, paths: tuple[str, ...], settings: Settings, files: Files) -> Dialect:
    """The dialect for the units at some paths. Raises UsageError for options that it cannot take."""
    try:
        return DIALECTS[kind](paths, settings, files)
    except UsageError:
        raise
    except Exception as error:
        return _Failed(paths, error)


def understood(kind: UnitKind, paths: tuple[str, ...], settings: Settings, files: Files) -> _Units:
    """The models of the units at some paths. What is part of another one is judged through it."""
    dialect = dialect_of(kind, paths, settings, files)
    if dialect.problems:
        yield Evaluated(problems=dialect.problems), Estate()
    if kind is not UnitKind.TEMPLATE:
        for path in dialect.roots():
            yield from dialect.understood(path)
        return
    found = {path: tuple(dialect.understood(path)) for path in dialect.roots()}
    for path in outermost_templates({path: parts_of(models) for path, models in found.items()}, files.tree):
        yield from found[path]


def parts_of(models: Iterable[tuple[Evaluated, Estate]]) -> frozenset[str]:
    """The paths of the other inputs that are part of a unit."""
    return frozenset[str]().union(*(evaluated.followed for evaluated, _ in models))

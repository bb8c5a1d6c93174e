"""One evaluation of one root module: what its parts share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from sglint.model.limits import Excess, limits, raising
from sglint.model.location import Location, Problem
from sglint.model.values import Unknown, Value
from sglint.reading.files import Unreadable
from sglint.reading.syntax import Expression
from sglint.terraform.constraints import calls_nothing
from sglint.terraform.dependencies import Dependencies
from sglint.terraform.evaluator import Evaluator
from sglint.terraform.faults import EvaluationError
from sglint.terraform.modules import Modules
from sglint.terraform.names import constant_scope
from sglint.terraform.scope import Operand, Scope

if TYPE_CHECKING:
    from sglint.terraform.functions import FunctionContext
    from sglint.terraform.module import Module
    from sglint.terraform.outside import Supply

T = TypeVar("T")


class Run:
    """The evaluator, the modules at hand, and what is being evaluated at the moment."""

    def __init__(self, directory: str, modules: Modules, workspace: str | None, supply: Supply | None) -> None:
        self.directory = directory
        self.modules = modules
        self.supply = supply
        self.evaluator = Evaluator(modules.files, self._functions)
        self.constants = constant_scope(self.evaluator)
        self.followed: set[str] = set()
        """The directories of the modules that are called."""
        self.circular: list[object] = []
        """What leads back to itself: module instances, calls and resources."""
        self._workspace = workspace
        self._pending: dict[str, str] = {}
        self._dependencies = Dependencies()
        self._rooms = limits().modules

    def release(self) -> None:
        """Undo all that was evaluated, so that it goes at once and takes its syntax with it."""
        for each in (*self.circular, self.evaluator):
            vars(each).clear()
        vars(self).clear()

    def has_room(self, at: Location) -> bool:
        """Whether one more instance of a module is evaluated. That there are too many is told once."""
        self._rooms -= 1
        if self._rooms == -1:
            hint = raising("modules", "those beyond are not judged", "them judged")
            self.report(Problem(at, f"Too many modules: more than {limits().modules} instances", hint))
        return self._rooms >= 0

    def report(self, problem: Problem) -> None:
        self.evaluator.report(problem)

    def constant(self, module: Module, expression: Expression, compute: Callable[[], T]) -> T:
        """What is made of an expression of a module that may use no symbols: once for all runs where it can be.

        It counts as if it had been evaluated here, lest what comes first decide what is still evaluated.
        """
        known = module.constants.get(id(expression))
        if known is not None and self.evaluator.take(known[1]):
            return cast(T, known[0])
        before = self.evaluator.progress
        found = compute()
        steps, reports = (now - then for now, then in zip(self.evaluator.progress, before, strict=True))
        if not reports and not self.evaluator.is_spent and calls_nothing(expression):
            module.constants[id(expression)] = (found, steps, expression)
        return found

    def terraform(self, at: Location) -> dict[str, Operand]:
        """The attributes of `terraform`. The workspace is unknown unless the inputs say which it is."""
        workspace, applying = "terraform.workspace", "terraform.applying"
        return {
            "workspace": Value(Unknown(workspace, workspace) if self._workspace is None else self._workspace, at),
            "applying": Value(Unknown(applying, applying), at),
        }

    def once(self, key: str, symbol: str, compute: Callable[[], T]) -> T | None:
        """Evaluate something that is part of what a symbol stands for; None when that very thing is needed for it.

        `key` tells it from other parts.
        """
        if key in self._pending:
            return None
        self._pending[key] = symbol
        try:
            return self.evaluator.apart(compute)
        finally:
            del self._pending[key]

    def needs(self, symbol: str, at: Location) -> None:
        """Note that what is being evaluated names a symbol."""
        if self._pending:
            self._dependencies.add(next(reversed(self._pending.values())), symbol, at)

    def is_evaluating(self, symbol: str) -> bool:
        """Whether it is this symbol that is being evaluated, not something it needs."""
        return bool(self._pending) and next(reversed(self._pending.values())) == symbol

    def report_cycles(self) -> None:
        for at, symbols in self._dependencies.cycles():
            self.report(Problem(at, f"Cycle: {', '.join(symbols)}"))

    def _functions(self, evaluator: Evaluator) -> FunctionContext:
        from sglint.terraform.functions import FunctionContext

        return FunctionContext(self.directory or ".", self.modules.files, self._render, self._exceeding)

    def _exceeding(self, excess: Excess, at: Location) -> None:
        self.report(excess.problem(at))

    def _render(self, text: str, path: str, variables: dict[str, Value], at: Location) -> Value:
        """A template of a file, or one that is computed where the call stands."""
        from sglint.reading.hcl_standalone import parse_template

        rows = text.count("\n")
        whole = Location(path, 1, 1, rows + 1, len(text) - text.rfind("\n"))
        try:
            template = parse_template(text, at if path == at.path else whole)
        except Unreadable as error:
            return self.evaluator.failed(EvaluationError(error.problem, path))
        return self.evaluator.value(template, Scope(variables))

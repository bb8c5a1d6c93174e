"""Evaluates expressions the way Terraform does, carrying unknowns and alternatives through.

What Terraform rejects becomes a problem, and the value Unknown; so one fault does not hide the rest. Inside `try`,
`can` and branches that may not be taken, a fault is an exception instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sglint.model.cases import Cases, case, complement
from sglint.model.limits import Excess, limits, raising
from sglint.model.location import Location, Problem
from sglint.model.values import MAX_ALTERNATIVES, Conditional, Unknown, Value, When, combinations, conditional
from sglint.reading import syntax
from sglint.reading.files import Files, Unreadable
from sglint.reading.syntax import Expression
from sglint.terraform import calls, comprehensions, operators, templates, traversals
from sglint.terraform.effort import Effort, unworked
from sglint.terraform.faults import EvaluationError
from sglint.terraform.numbers import NumberLimit
from sglint.terraform.scope import Operand, Scope
from sglint.terraform.values import evidence_of, literal

if TYPE_CHECKING:
    from sglint.terraform.functions import FunctionContext

T = TypeVar("T")

MAX_CASES = 16
"""Of how many cases a condition is made up at most, to be compared with others by what it means."""
MAX_UNDECIDED = 256
"""How many undecided operands an expression may have to be followed through each combination of them."""
MAX_TEXT = 160
"""How much of an expression's source is quoted."""
_WORD = r"[A-Za-z_][\w-]*"


class Evaluator:
    """One run of evaluation: where its problems gather, and how expressions come to values."""

    def __init__(self, files: Files, make_functions: Callable[[Evaluator], FunctionContext]) -> None:
        """`make_functions` gives the context of function calls when the first one is made."""
        self._files = files
        self._make_functions = make_functions
        self._functions: FunctionContext | None = None
        self._lines: dict[str, list[str]] = {}
        self._problems: dict[Problem, None] = {}
        self._reports = 0
        self._is_strict = False
        self._dropped: list[When] = []
        self._meanings: dict[str, Cases] = {}
        self._effort = Effort()

    # ---- faults and unknowns

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    def report(self, problem: Problem) -> None:
        """Note a problem; the same one in many instances counts once."""
        self._reports += 1
        self._problems.setdefault(problem)

    def fail(self, summary: str, detail: str, at: Location, hint: str = "") -> Value:
        """Terraform would reject this, or it is too large: the value to go on with."""
        message = f"{summary}: {' '.join(detail.split()).rstrip('.')}"
        return self.failed(EvaluationError(Problem(at, message, hint), self.text(at) or summary))

    def too_many(self, what: str, at: Location) -> Value:
        """The value of what stands for all instances of a block, of which there are more than are told apart."""
        hint = raising("instances", "one stands for all of them", "each evaluated")
        return self.fail(f"Too many {what}", f"more than {limits().instances} are not evaluated one by one", at, hint)

    def reject(self, summary: str, detail: str, at: Location) -> Value:
        """Terraform rejects this before it evaluates anything, also where `try` or a condition would guard it."""
        return self.apart(lambda: self.fail(summary, detail, at))

    def failed(self, error: EvaluationError) -> Value:
        """The value to go on with after a fault."""
        if self._is_strict:
            raise error
        self.report(error.problem)
        return Value(Unknown(error.blocked_by, error.blocked_by), error.problem.location)

    def unknown(self, cause: Unknown, at: Location, scope: Scope, *operands: Value) -> Value:
        """The unknown result of the expression at `at`, blocked by what blocks `cause`."""
        return Value(Unknown(self.describe(at, scope), cause.blocked_by), at, evidence_of(operands))

    def apart(self, compute: Callable[[], T]) -> T:
        """Evaluate something with an existence of its own, such as a local: its faults are not the asker's."""
        before = self._is_strict, self._dropped
        self._is_strict, self._dropped = False, []
        try:
            return compute()
        finally:
            self._is_strict, self._dropped = before

    def attempt(self, function: Callable[[], Value]) -> tuple[Value | EvaluationError, tuple[When, ...]]:
        """A value or the fault that prevents it, and the conditions under which there is a fault all the same."""
        before = self._is_strict, self._dropped
        self._is_strict, self._dropped = True, []
        try:
            found = function()
            return found, tuple(dict.fromkeys(self._dropped))
        except EvaluationError as error:
            return error, ()
        finally:
            self._is_strict, self._dropped = before

    def drop(self, when: When) -> None:
        """Note that under this condition the expression at hand has no value."""
        self._dropped.append(when)

    # ---- choices

    def meaning(self, unknown: Unknown) -> Cases:
        """In which cases an unknown condition holds."""
        return self._meanings.get(unknown.expression) or case(unknown.expression, "true")

    def means(self, condition: Value, cases: Cases) -> Value:
        """Note in which cases an unknown condition holds."""
        if isinstance(condition.data, Unknown) and 0 < len(cases) <= MAX_CASES:
            self._meanings[condition.data.expression] = cases
        return condition

    def choices(self, unknown: Unknown, given: When) -> Iterator[tuple[When, bool]]:
        """That an unknown condition holds, and that it does not, as far as each is possible under `given`."""
        meaning = self.meaning(unknown)
        for text, cases in (("true", meaning), ("false", complement(meaning))):
            when = given.conjoin(When(((unknown.expression, text),), (cases,), cases)) if cases else None
            if when is not None:
                yield when, text == "true"

    # ---- source text

    def text(self, at: Location) -> str:
        """The source at a location on one line; long pieces are cut, and told apart by their place."""
        text = " ".join(self._slice(at).split())
        return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 20]}… (line {at.line}:{at.column})"

    def describe(self, at: Location, scope: Scope) -> str:
        """The source at a location, told apart from the same text elsewhere."""
        return self.text(at) + scope.qualifier(set(re.findall(_WORD, self._slice(at))))

    def _slice(self, at: Location) -> str:
        lines = self._lines.get(at.path)
        if lines is None:
            try:
                lines = self._files.read(at.path).text.split("\n")
            except Unreadable:
                lines = []
            self._lines[at.path] = lines
        if at.end_line > len(lines):
            return ""
        if at.line == at.end_line:
            return lines[at.line - 1][at.column - 1 : at.end_column - 1]
        between = lines[at.line : at.end_line - 1]
        return "\n".join((lines[at.line - 1][at.column - 1 :], *between, lines[at.end_line - 1][: at.end_column - 1]))

    # ---- expressions

    def value(self, expression: Expression, scope: Scope) -> Value:
        """What the expression comes to."""
        operand = self.operand(expression, scope)
        return operand if isinstance(operand, Value) else operand.value(expression.location)

    def operand(self, expression: Expression, scope: Scope) -> Operand:
        """What the expression comes to, things that need not become values left as they are."""
        if not self._effort.step():
            return self._spent(expression, scope)
        found = _EVALUATE[type(expression)](self, expression, scope)
        if type(expression) in _MAKING and isinstance(found, Value):
            excess = self._effort.excess(found.data)
            if excess is not None:
                return self.exceeding(excess, expression.location, scope)
        return found

    def exceeding(self, excess: Excess, at: Location, scope: Scope) -> Value:
        """The value of what is too large, which is reported: something that is judged asks for it."""
        self.report(excess.problem(at))
        return self.unknown(Unknown("", excess.reason), at, scope)

    @property
    def progress(self) -> tuple[int, int]:
        """How many expressions were evaluated, and how many times a problem was told."""
        return self._effort.taken, self._reports

    def spend(self, arguments: tuple[Value, ...]) -> None:
        """Count what a function that is called goes through."""
        self._effort.spend(arguments)

    def take(self, steps: int) -> bool:
        """Count expressions that were evaluated before, if as many are left. Whether they were."""
        return self._effort.take(steps)

    @property
    def is_spent(self) -> bool:
        """Whether too much was evaluated for anything more to be."""
        return self._effort.is_spent

    def _spent(self, expression: Expression, scope: Scope) -> Value:
        """What anything comes to after too much was evaluated."""
        reason = f"more than {limits().steps} expressions"
        if self._effort.is_just_spent:
            hint = raising("steps", "what is left is unknown", "it evaluated")
            self.report(Problem(expression.location, f"Too much to evaluate: {reason}", hint))
        return Value(unworked(reason, reason), expression.location)

    def values(self, expressions: tuple[Expression, ...], scope: Scope) -> tuple[Value, ...]:
        return tuple(self.value(expression, scope) for expression in expressions)

    def lifted(self, function: Callable[..., Value], arguments: tuple[Value, ...], at: Location, scope: Scope) -> Value:
        """Apply to plain values; of Conditional arguments, to each consistent combination of alternatives.

        A combination that Terraform would reject is left out while others stand: the choice it belongs to usually
        rules out that the result is used at all.
        """
        undecided = [index for index, argument in enumerate(arguments) if isinstance(argument.data, Conditional)]
        if not undecided:
            return function(*arguments)
        too_many = Unknown("", f"more than {MAX_ALTERNATIVES} alternatives")
        if len(undecided) > MAX_UNDECIDED:
            return self.unknown(too_many, at, scope, *arguments)
        chosen: list[tuple[When, Value]] = []
        fault: EvaluationError | None = None
        for tried, (when, values) in enumerate(combinations(tuple(arguments[index] for index in undecided))):
            if tried >= MAX_ALTERNATIVES:
                return self.unknown(too_many, at, scope, *arguments)
            decided = list(arguments)
            for index, value in zip(undecided, values, strict=True):
                decided[index] = value
            result, dropped = self.attempt(partial(function, *decided))
            if isinstance(result, EvaluationError):
                fault = fault or result
                self.drop(when)
            else:
                chosen.append((when, result))
                for inner in dropped:
                    both = when.conjoin(inner)
                    if both is not None:
                        self.drop(both)
        if fault is not None and not chosen:
            return self.failed(fault)
        return conditional(chosen, at, self.describe(at, scope))

    @property
    def functions(self) -> FunctionContext:
        if self._functions is None:
            self._functions = self._make_functions(self)
        return self._functions


def _literal(evaluator: Evaluator, expression: syntax.Literal, scope: Scope) -> Value:
    at = expression.location
    try:
        return Value(literal(expression.value), at)
    except NumberLimit as error:
        return evaluator.unknown(Unknown("", str(error)), at, scope)


def _name(evaluator: Evaluator, expression: syntax.Name, scope: Scope) -> Operand:
    found = scope.resolve(expression.name)
    if found is None:
        detail = (
            "A reference to a resource type must be followed by at least one attribute access, specifying the resource "
            "name"
        )
        return evaluator.reject("Invalid reference", detail, expression.location)
    return found.referenced(expression.name, expression.location) if isinstance(found, Value) else found


def _tuple(evaluator: Evaluator, expression: syntax.TupleCons, scope: Scope) -> Value:
    return Value(evaluator.values(expression.items, scope), expression.location)


_MAKING = frozenset(
    (
        syntax.Literal,
        syntax.TupleCons,
        syntax.ObjectCons,
        syntax.For,
        syntax.Splat,
        syntax.ConditionalOp,
        syntax.Template,
        syntax.TemplateFor,
        syntax.Call,
    )
)
"""The expressions whose values can be larger than those that they are made of."""
_EVALUATE: dict[type, Callable[..., Operand]] = {
    syntax.Literal: _literal,
    syntax.Name: _name,
    syntax.TupleCons: _tuple,
    syntax.ObjectCons: comprehensions.object_,
    syntax.For: comprehensions.for_,
    syntax.Splat: traversals.splat,
    syntax.SplatItem: traversals.splat_item,
    syntax.GetAttr: traversals.get_attribute,
    syntax.Index: traversals.index,
    syntax.BinaryOp: operators.binary,
    syntax.UnaryOp: operators.unary,
    syntax.ConditionalOp: operators.conditional_,
    syntax.Template: templates.template,
    syntax.TemplateIf: templates.template_if,
    syntax.TemplateFor: templates.template_for,
    syntax.Call: calls.call,
}

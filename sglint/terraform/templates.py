"""Quoted and heredoc templates with their interpolations and directives."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from sglint.model.limits import limits, long_text
from sglint.model.location import Location
from sglint.model.record import replace
from sglint.model.values import GAP, Unknown, Value
from sglint.reading.syntax import ConditionalOp, Expression, Literal, Template, TemplateFor, TemplateIf
from sglint.terraform.comprehensions import bind, iterate
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.types import STRING
from sglint.terraform.values import evidence_of

if TYPE_CHECKING:
    from sglint.terraform.evaluator import Evaluator
    from sglint.terraform.scope import Operand, Scope


def template(evaluator: Evaluator, expression: Template, scope: Scope) -> Operand:
    """A string; or what the one interpolation comes to, when there is nothing else."""
    parts = expression.parts
    if len(parts) == 1 and not _is_text(parts[0]):
        return evaluator.operand(parts[0], scope)
    return render(evaluator, parts, expression.location, scope)


def _is_text(part: Expression) -> bool:
    """Whether a part is a string whatever it says: text, or a directive."""
    return isinstance(part, (TemplateIf, TemplateFor)) or (isinstance(part, Literal) and isinstance(part.value, str))


def render(evaluator: Evaluator, parts: tuple[Expression, ...], at: Location, scope: Scope) -> Value:
    """The parts, one after the other, as one string."""

    def join(*values: Value) -> Value:
        texts: list[str] = []
        unknown: Unknown | None = None
        for part, value in zip(parts, values, strict=True):
            text = _text(evaluator, value, part.location)
            if isinstance(text, Unknown):
                unknown = unknown or text
            texts.append(GAP if isinstance(text, Unknown) else text)
        if unknown is not None:
            found = evaluator.unknown(unknown, at, scope, *values)
            assert isinstance(found.data, Unknown)
            return replace(found, data=replace(found.data, outline="".join(texts)))
        if sum(map(len, texts)) > limits().text:
            return evaluator.exceeding(long_text(), at, scope)
        return Value("".join(texts), at, evidence_of(values))

    return evaluator.lifted(join, evaluator.values(parts, scope), at, scope)


def _text(evaluator: Evaluator, value: Value, at: Location) -> str | Unknown:
    summary = "Invalid template interpolation value"
    if value.data is None:
        detail = "The expression result is null. Cannot include a null value in a string template"
        value = evaluator.fail(summary, detail, at)
    try:
        data = convert(value, STRING).data
    except ConversionError as error:
        detail = f"Cannot include the given value in a string template: {error.message}"
        data = evaluator.fail(summary, detail, at).data
    assert isinstance(data, (str, Unknown))
    return data


def template_if(evaluator: Evaluator, expression: TemplateIf, scope: Scope) -> Value:
    """`%{ if }` as the conditional expression that it is."""
    at = expression.location
    then, otherwise = Template(expression.then, at), Template(expression.otherwise, at)
    return evaluator.value(ConditionalOp(expression.condition, _always(then), _always(otherwise), at), scope)


def _always(template: Template) -> Template:
    """A template that is never unwrapped to the value of its one interpolation."""
    return Template((*template.parts, Literal("", template.location)), template.location)


def template_for(evaluator: Evaluator, expression: TemplateFor, scope: Scope) -> Value:
    at = expression.location

    def over(collection: Value) -> Value:
        rounds = iterate(evaluator, collection, expression.collection.location)
        if isinstance(rounds, Unknown):
            return evaluator.unknown(rounds, at, scope, collection)
        taken = takewhile(lambda _: not evaluator.is_spent, rounds)
        inner = (bind(scope, round_, expression.key, expression.value) for round_ in taken)
        parts = tuple(render(evaluator, expression.body, at, scope) for scope in inner)
        return evaluator.lifted(join, parts, at, scope)

    def join(*parts: Value) -> Value:
        for part in parts:
            if isinstance(part.data, Unknown):
                return evaluator.unknown(part.data, at, scope, *parts)
        texts = [str(part.data) for part in parts]
        if sum(map(len, texts)) > limits().text:
            return evaluator.exceeding(long_text(), at, scope)
        return Value("".join(texts), at, evidence_of(parts))

    return evaluator.lifted(over, (evaluator.value(expression.collection, scope),), at, scope)

"""Evaluates Terraform programs that tests write inline."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import TypeAlias

from sglint.aws.resources import Evaluated, Resource
from sglint.model.values import Conditional, Unknown, Value
from sglint.reading.files import Files
from sglint.terraform.evaluation import evaluate, evaluate_expression
from sglint.terraform.inputs import Inputs
from sglint.terraform.modules import Modules
from sglint.terraform.outside import Supply

TYPES = frozenset({"aws_security_group", "aws_security_group_rule", "aws_instance"})

Plain: TypeAlias = "None | bool | int | Decimal | str | list[Plain] | dict[str, Plain]"


def run(
    *main: str,
    files: dict[str, str] | None = None,
    inputs: Inputs | None = None,
    types: Collection[str] = TYPES,
    supply: Supply | None = None,
) -> Evaluated:
    """Evaluates a root module: `main.tf` of these lines, and other files by path."""
    contents = {"main.tf": "\n".join(main) + "\n", **(files or {})}
    given = {path: text.encode() for path, text in contents.items()}
    inputs = inputs or Inputs()
    return evaluate("", inputs, Modules(Files((), given, named=inputs.var_files)), types, supply)


def arguments(evaluated: Evaluated) -> dict[str, Plain]:
    """The arguments of each resource by address. There must be no problem."""
    assert evaluated.problems == ()
    return {resource.address: plain(resource.arguments) for resource in evaluated.resources}


def only(evaluated: Evaluated) -> Resource:
    """The only resource there is. There must be no problem."""
    assert evaluated.problems == ()
    (resource,) = evaluated.resources
    return resource


def messages(evaluated: Evaluated) -> list[str]:
    """The problems, each with its place before it."""
    return [f"{problem.location}: {problem.message}" for problem in evaluated.problems]


def value(expression: str, *main: str, inputs: Inputs | None = None) -> Value:
    """What an expression comes to beside the declarations in `main`. There must be no problem."""
    found, problems = attempt(expression, *main, inputs=inputs)
    assert problems == []
    return found


def attempt(expression: str, *main: str, inputs: Inputs | None = None) -> tuple[Value, list[str]]:
    """What an expression comes to, and the messages of its problems."""
    files = Files((), {"main.tf": ("\n".join(main) + "\n").encode()})
    found, problems = evaluate_expression(expression, "", inputs or Inputs(), Modules(files))
    return found, [problem.message for problem in problems]


def plain(of: Value) -> Plain:
    """A value as Python data: `?symbol` where something blocks it, `condition: value` for each alternative."""
    data = of.data
    if isinstance(data, Unknown):
        return f"?{data.blocked_by}"
    if isinstance(data, Conditional):
        return {str(alternative.when): plain(alternative.value) for alternative in data.alternatives}
    if isinstance(data, tuple):
        return [plain(item) for item in data]
    if isinstance(data, dict):
        return {key: plain(item) for key, item in data.items()}
    return data

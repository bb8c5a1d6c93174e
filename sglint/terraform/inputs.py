"""What the variables of a root module are set to from outside, in Terraform's order of precedence."""

from __future__ import annotations

from sglint.model.location import Location, Problem
from sglint.model.record import frozen
from sglint.model.values import Value
from sglint.reading.files import Files, Unreadable
from sglint.reading.syntax import Attribute
from sglint.terraform import paths
from sglint.terraform.faults import EvaluationError
from sglint.terraform.module import read_file
from sglint.terraform.run import Run
from sglint.terraform.types import ANY, Primitive, Type


@frozen
class Inputs:
    """The settings of one evaluation: what the command line of Terraform would say.

    `variables` are `name=value` settings, read as `terraform -var` reads them; `var_files` are paths. Later ones win
    over earlier ones, variables over files. Without `workspace`, `terraform.workspace` is unknown.
    """

    variables: tuple[str, ...] = ()
    var_files: tuple[str, ...] = ()
    workspace: str | None = None


class Settings:
    """The values of root variables: `terraform.tfvars`, `*.auto.tfvars` by name, variable files, variables."""

    def __init__(self, inputs: Inputs, run: Run, files: Files) -> None:
        self._run = run
        self._files = files
        self._attributes: dict[str, Attribute] = {}
        for path in (*self._automatic(run.directory), *inputs.var_files):
            self._read(path)
        self._settings: dict[str, str] = {}
        for setting in inputs.variables:
            name, equals, value = setting.partition("=")
            if equals:
                self._settings[name.strip()] = value

    def _automatic(self, directory: str) -> list[str]:
        names = self._files.names(directory)
        main = [name for name in ("terraform.tfvars", "terraform.tfvars.json") if name in names]
        automatic = sorted(name for name in names if name.endswith((".auto.tfvars", ".auto.tfvars.json")))
        return [paths.joined(directory, name) for name in (*main, *automatic)]

    def _read(self, path: str) -> None:
        try:
            file = read_file(path, self._files)
        except Unreadable as error:
            self._run.report(error.problem)
            return
        for problem in file.problems:
            self._run.report(problem)
        for block in file.body.blocks:
            message = f'Unexpected "{block.type}" block: Blocks are not allowed here'
            self._run.report(Problem(block.location, message))
        self._attributes.update(file.body.attributes)

    def value(self, name: str, type_: Type) -> Value | None:
        """What a variable of this type is set to; None when nothing sets it."""
        if name in self._settings:
            return self._from_command_line(name, self._settings[name], type_)
        attribute = self._attributes.get(name)
        if attribute is None:
            return None
        return self._run.evaluator.value(attribute.expression, self._run.constants)

    def _from_command_line(self, name: str, text: str, type_: Type) -> Value:
        """Text as it is for a primitive type or none, else an expression."""
        path = f"-var {name}"
        at = Location(path, 1, 1, 1, len(text) + 1)
        if isinstance(type_, Primitive) and not (type_ is ANY and text[:1] in ("[", "{")):
            return Value(text, at)
        from sglint.reading.hcl_standalone import parse_expression

        try:
            expression = parse_expression(text, at)
        except Unreadable as error:
            return self._run.evaluator.failed(EvaluationError(error.problem, f"var.{name}"))
        return self._run.evaluator.value(expression, self._run.constants)

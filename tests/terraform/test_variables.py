"""What variables are set to, and as which type."""

from __future__ import annotations

import pytest

from sglint.terraform.inputs import Inputs
from tests.terraform.programs import Plain, arguments, attempt, messages, only, plain, run, value

NAMED = ('variable "name" { default = "default" }', 'resource "aws_instance" "a" { ami = var.name }')
ORDER = {
    "terraform.tfvars": 'name = "terraform.tfvars"\n',
    "terraform.tfvars.json": '{"name": "terraform.tfvars.json"}',
    "a.auto.tfvars": 'name = "a.auto.tfvars"\n',
    "b.auto.tfvars.json": '{"name": "b.auto.tfvars.json"}',
    "c.auto.tfvars": 'name = "c.auto.tfvars"\n',
    "prod.tfvars": 'name = "prod.tfvars"\n',
    "eu.tfvars": 'name = "eu.tfvars"\n',
}


@pytest.mark.parametrize(
    ("present", "inputs", "winner"),
    [
        (0, Inputs(), "default"),
        (1, Inputs(), "terraform.tfvars"),
        (2, Inputs(), "terraform.tfvars.json"),
        (3, Inputs(), "a.auto.tfvars"),
        (4, Inputs(), "b.auto.tfvars.json"),
        (7, Inputs(), "c.auto.tfvars"),
        (7, Inputs(var_files=("prod.tfvars",)), "prod.tfvars"),
        (7, Inputs(var_files=("prod.tfvars", "eu.tfvars")), "eu.tfvars"),
        (7, Inputs(var_files=("prod.tfvars",), variables=("name=first", "name=last")), "last"),
    ],
)
def test_precedence(present: int, inputs: Inputs, winner: str) -> None:
    files = dict(list(ORDER.items())[:present])
    assert arguments(run(*NAMED, files=files, inputs=inputs)) == {"aws_instance.a": {"ami": winner}}


def test_tfvars_of_a_called_module_mean_nothing() -> None:
    files = {"m/main.tf": "\n".join(NAMED), "m/terraform.tfvars": 'name = "inner"\n'}
    evaluated = run('module "m" { source = "./m" }', files=files)
    assert arguments(evaluated) == {"module.m.aws_instance.a": {"ami": "default"}}


def test_a_variable_file_that_is_missing_is_a_problem() -> None:
    evaluated = run(*NAMED, inputs=Inputs(var_files=("nope.tfvars",)))
    assert messages(evaluated) == ["nope.tfvars:1:1: cannot be read: no such file or directory"]
    assert plain(evaluated.resources[0].arguments) == {"ami": "default"}


def test_a_block_in_a_variable_file_is_a_problem() -> None:
    evaluated = run(*NAMED, files={"terraform.tfvars": 'name = "a"\nvariable "b" {\n}\n'})
    assert messages(evaluated) == ['terraform.tfvars:2:1: Unexpected "variable" block: Blocks are not allowed here']
    assert plain(evaluated.resources[0].arguments) == {"ami": "a"}


def test_settings_of_variables_that_are_not_declared_are_passed_over() -> None:
    assert run(*NAMED, inputs=Inputs(variables=("other=1",))).problems == ()


@pytest.mark.parametrize(
    ("type_", "setting", "expected"),
    [
        ("string", "0x", "0x"),
        ("string", "[1]", "[1]"),
        ("number", "22", 22),
        ("bool", "true", True),
        ("list(string)", '["a", 1]', ["a", "1"]),
        ("map(number)", '{a = "1"}', {"a": 1}),
        ("set(string)", '["b", "a", "b"]', ["a", "b"]),
        ("object({a = string, b = optional(number, 5)})", "{a = true, c = 1}", {"a": "true", "b": 5}),
        ("tuple([number, string])", '["1", 2]', [1, "2"]),
    ],
)
def test_settings_are_read_as_the_variable_s_type(type_: str, setting: str, expected: Plain) -> None:
    found = value("var.x", f'variable "x" {{ type = {type_} }}', inputs=Inputs(variables=(f"x={setting}",)))
    assert plain(found) == expected


def test_a_setting_without_a_type_is_text() -> None:
    found = value("var.x", 'variable "x" {}', inputs=Inputs(variables=("x=5",)))
    assert plain(found) == "5"


def test_a_setting_that_cannot_be_read_is_a_problem() -> None:
    variable = 'variable "x" { type = list(string) }'
    found, problems = attempt("var.x", variable, inputs=Inputs(variables=('x=["a"',)))
    assert len(problems) == 1
    assert plain(found) == "?var.x"


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ("", "?var.x"),
        ("type = list(string)", "?var.x"),
        ("type = object({a = string, b = object({c = number})})", {"a": "?var.x", "b": {"c": "?var.x"}}),
        ("type = tuple([string, number])", ["?var.x", "?var.x"]),
        ("default = null", None),
        ("type = list(number)\n default = []", []),
        ("type = map(object({a = optional(list(string), [])}))\n default = {k = {}}", {"k": {"a": []}}),
        ("nullable = false\n default = 1", 1),
    ],
)
def test_a_variable_that_nothing_sets(declaration: str, expected: Plain) -> None:
    assert plain(value("var.x", f'variable "x" {{\n {declaration}\n}}')) == expected


def test_null_means_the_default_only_where_null_is_ruled_out() -> None:
    setting = Inputs(var_files=("x.tfvars",))
    for nullable, expected in (("true", None), ("false", 5)):
        evaluated = run(
            f'variable "x" {{\n nullable = {nullable}\n default = 5\n}}',
            'resource "aws_instance" "a" { ami = var.x }',
            files={"x.tfvars": "x = null\n"},
            inputs=setting,
        )
        assert plain(only(evaluated).arguments) == {"ami": expected}


@pytest.mark.parametrize(
    ("declaration", "setting", "problem"),
    [
        ("type = number", "a", "-var x:1:1: Invalid value for input variable: The given value is not suitable for "
         "var.x declared at main.tf:1:1: a number is required"),
        ("type = foo", "a", "main.tf:2:9: Invalid type specification: The keyword \"foo\" is not a valid type "
         "specification"),
    ],
)  # fmt: skip
def test_unsuitable_values(declaration: str, setting: str, problem: str) -> None:
    program = (f'variable "x" {{\n {declaration}\n}}', 'resource "aws_instance" "a" { ami = var.x }')
    assert messages(run(*program, inputs=Inputs(variables=(f"x={setting}",)))) == [problem]


@pytest.mark.parametrize(
    ("default", "problem"),
    [
        ("[]", "Invalid default value for variable: This default value is not compatible with the variable's type "
         "constraint: string required"),
        ("var.y", "Variables not allowed: Variables may not be used here"),
        ('upper("a")', "Function calls not allowed: Functions may not be called here"),
    ],
)  # fmt: skip
def test_unsuitable_defaults(default: str, problem: str) -> None:
    found, problems = attempt("var.x", f'variable "x" {{\n type = string\n default = {default}\n}}')
    assert problems == [problem]
    assert plain(found) == f"?{default}"

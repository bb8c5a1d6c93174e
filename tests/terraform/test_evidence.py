"""Where values stand and where they come from."""

from __future__ import annotations

from sglint.model.values import Value
from sglint.terraform.inputs import Inputs
from tests.terraform.programs import only, run


def trace(value: Value) -> list[str]:
    """The place of a value, then each step of its evidence."""
    return [str(value.location), *(f"{step.text} {step.location}" for step in value.evidence)]


def argument(*main: str, files: dict[str, str] | None = None, inputs: Inputs | None = None) -> Value:
    evaluated = run('resource "aws_instance" "a" {', *main, files=files, inputs=inputs)
    (resource,) = (one for one in evaluated.resources if one.type == "aws_instance")
    return resource.arguments.entries()["x"]


def test_literal_items_stand_where_they_are_written() -> None:
    assert [trace(item) for item in argument('x = ["a", "b"]', "}").items()] == [["main.tf:2:6"], ["main.tf:2:11"]]


def test_an_item_leads_back_to_its_line_in_the_variable_file() -> None:
    tfvars = 'cidrs = [\n  "10.0.0.0/8",\n  "0.0.0.0/0",\n]\n'
    value = argument(
        "x = var.cidrs", "}", 'variable "cidrs" { type = set(string) }', files={"terraform.tfvars": tfvars}
    )
    assert [trace(item) for item in value.items()] == [
        ["main.tf:2:5", "var.cidrs terraform.tfvars:3:3"],
        ["main.tf:2:5", "var.cidrs terraform.tfvars:2:3"],
    ]


def test_a_default_and_a_local() -> None:
    value = argument("x = local.l[0]", "}", 'variable "v" { default = ["a"] }', "locals {", "  l = var.v", "}")
    assert trace(value) == ["main.tf:2:5", "local.l main.tf:6:7", "var.v main.tf:4:27"]


def test_a_setting_from_the_command_line() -> None:
    value = argument("x = var.v", "}", 'variable "v" {}', inputs=Inputs(variables=("v=a",)))
    assert trace(value) == ["main.tf:2:5", "var.v -var v:1:1"]


def test_the_rounds_of_for_and_dynamic() -> None:
    lines = ('dynamic "x" {', "for_each = [for p in var.v : p.port]", "content {", "n = x.value", "}", "}", "}")
    value = argument(*lines, 'variable "v" { default = [{ port = 22 }] }')
    (block,) = value.items()
    assert str(block.location) == "main.tf:2:1"
    assert trace(block.entries()["n"]) == [
        "main.tf:5:5",
        "x.value main.tf:3:30",
        "p main.tf:3:22",
        "var.v main.tf:9:36",
    ]


def test_a_module_s_argument_and_output() -> None:
    module = 'variable "v" {}\noutput "o" { value = upper(var.v) }\n'
    call = 'module "m" {\n source = "./m"\n v = "a"\n}'
    value = argument("x = module.m.o", "}", call, files={"m/main.tf": module})
    assert trace(value) == [
        "main.tf:2:5",
        "module.m.o m/main.tf:2:22",
        "module.m argument v main.tf:6:6",
    ]


def test_a_computed_value_has_the_evidence_of_its_parts() -> None:
    value = argument('x = "${var.a}/${var.b}"', "}", 'variable "a" { default = 1 }', 'variable "b" { default = 2 }')
    assert trace(value) == ["main.tf:2:5", "var.a main.tf:4:26", "var.b main.tf:5:26"]


def test_another_resource_s_argument() -> None:
    value = argument("x = aws_vpc.v.cidr_block", "}", 'resource "aws_vpc" "v" { cidr_block = "10.0.0.0/8" }')
    assert trace(value) == ["main.tf:2:5", "aws_vpc.v.cidr_block main.tf:4:39"]


def test_a_resource_names_the_calls_that_lead_to_it() -> None:
    files = {
        "a/main.tf": 'module "b" {\n source = "../b"\n}\n',
        "b/main.tf": 'resource "aws_instance" "i" {}\n',
    }
    resource = only(run('module "a" {', ' source = "./a"', " count = 1", "}", files=files))
    assert [(step.text, str(step.location)) for step in resource.evidence] == [
        ("module.a[0].module.b", "a/main.tf:1:1"),
        ("module.a[0]", "main.tf:1:1"),
    ]
    assert str(resource.location) == "b/main.tf:1:1"

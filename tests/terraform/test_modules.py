"""Module calls: inputs, outputs, instances, and sources that are not on disk."""

from __future__ import annotations

import json

import pytest

from sglint.aws.resources import Resource
from sglint.model.location import whole_file
from sglint.model.record import replace
from sglint.model.values import Unknown, Value
from sglint.reading.files import Files
from sglint.terraform.modules import Modules
from sglint.terraform.outside import OutsideCall, Supplied
from tests.terraform.programs import Plain, arguments, messages, only, plain, run

GROUP = """
variable "name" { type = string }
resource "aws_security_group" "this" { name = var.name }
output "id" { value = aws_security_group.this.id }
output "name" { value = "${var.name}!" }
"""
USE = 'resource "aws_instance" "a" {\n ami = %s\n}'


def test_inputs_are_converted_and_outputs_come_back() -> None:
    evaluated = run('module "m" {\n source = "./m"\n name = 5\n}', USE % "[module.m.name, module.m.id]",
                    files={"m/main.tf": GROUP})  # fmt: skip
    assert arguments(evaluated) == {
        "aws_instance.a": {"ami": ["5!", "?module.m.aws_security_group.this.id"]},
        "module.m.aws_security_group.this": {"name": "5"},
    }
    assert evaluated.followed == {"m"}


def test_addresses_of_nested_modules_with_instances() -> None:
    evaluated = run(
        'module "env" {\n source = "./env"\n for_each = toset(["dev", "prod"])\n env = each.key\n}',
        files={
            "env/main.tf": 'variable "env" {}\nmodule "net" {\n source = "../m"\n count = 2\n'
            ' name = "${var.env}${count.index}"\n}\n',
            "m/main.tf": GROUP,
        },
    )
    assert arguments(evaluated) == {
        f'module.env["{env}"].module.net[{index}].aws_security_group.this': {"name": f"{env}{index}"}
        for env in ("dev", "prod")
        for index in (0, 1)
    }


@pytest.mark.parametrize(
    ("expansion", "expression", "expected"),
    [
        ("", "module.m.name", "x!"),
        ("", 'module.m["name"]', "x!"),
        ("count = 2", "module.m[1].name", "x!"),
        ("count = 2", "module.m[*].name", ["x!", "x!"]),
        ('for_each = toset(["a", "b"])', 'module.m["a"].name', "x!"),
        ('for_each = toset(["a", "b"])', "module.m.a.name", "x!"),
        ('for_each = toset(["a", "b"])', "{for k, m in module.m : k => m.name}", {"a": "x!", "b": "x!"}),
        ('for_each = toset(["a"])', "values(module.m)[*].id", ['?module.m["a"].aws_security_group.this.id']),
        ("count = var.u", "module.m[0].name", "x!"),
        ("count = var.u", "module.m[*].name", "?var.u"),
        ("count = var.u ? 1 : 0", "one(module.m[*].name)", {"var.u is true": "x!", "var.u is false": None}),
        ("count = var.u ? 1 : 0", "try(module.m[0].name, 1)", {"var.u is true": "x!", "var.u is false": 1}),
    ],
)
def test_references_to_outputs(expansion: str, expression: str, expected: Plain) -> None:
    call = f'module "m" {{\n source = "./m"\n name = "x"\n {expansion}\n}}'
    evaluated = run(call, USE % expression, 'variable "u" {}', files={"m/main.tf": GROUP})
    assert arguments(evaluated)["aws_instance.a"] == {"ami": expected}


def test_a_resource_as_an_input() -> None:
    """An object type takes what it asks for, known or not."""
    module = 'variable "vpc" { type = object({ id = string, cidr_block = string, arn = optional(string) }) }\n'
    evaluated = run(
        'resource "aws_vpc" "v" { cidr_block = "10.0.0.0/8" }',
        'module "m" {\n source = "./m"\n vpc = aws_vpc.v\n}',
        files={"m/main.tf": module + USE % "[var.vpc.cidr_block, var.vpc.id]"},
    )
    assert arguments(evaluated)["module.m.aws_instance.a"] == {"ami": ["10.0.0.0/8", "?aws_vpc.v.id"]}


def test_a_condition_on_the_call_holds_for_what_is_inside() -> None:
    evaluated = run(
        'variable "u" {}\nmodule "m" {\n source = "./m"\n count = var.u ? 1 : 0\n name = "x"\n}',
        files={"m/main.tf": GROUP},
    )
    assert str(only(evaluated).when) == "var.u is true"


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ('source = "./m"', 'main.tf:1:1: Missing required argument: The argument "name" is required, but no definition '
         "was found"),
        ('source = "./m"\n name = "x"\n y = 1', 'main.tf:4:2: Unsupported argument: An argument named "y" is not '
         "expected here"),
        ('source = "./m"\n name = []', "main.tf:3:9: Invalid value for input variable: The given value is not suitable "
         "for module.m.var.name declared at m/main.tf:2:1: string required"),
        ('name = "x"', 'main.tf:1:1: Missing required argument: The argument "source" is required, but no definition '
         "was found"),
    ],
)  # fmt: skip
def test_faulty_calls(call: str, problem: str) -> None:
    assert messages(run(f'module "m" {{\n {call}\n}}', files={"m/main.tf": GROUP})) == [problem]


def test_a_module_that_calls_itself() -> None:
    call = 'module "m" { source = "%s" }\n'
    evaluated = run(call % "./a", files={"a/main.tf": call % "../b", "b/main.tf": call % "../a"})
    assert messages(evaluated) == ["b/main.tf:1:23: Module cycle: module.m calls a module that it is part of"]
    assert [unresolved.address for unresolved in evaluated.unresolved] == ["module.m.module.m.module.m"]


def test_a_source_that_is_not_on_disk() -> None:
    call = 'module "web" {\n source = "acme/web/aws"\n version = "~> 2.0"\n for_each = toset(["a"])\n}'
    evaluated = run(call, USE % '[module.web["a"].id, "known"]')
    assert arguments(evaluated) == {"aws_instance.a": {"ami": ["?module.web", "known"]}}
    (unresolved,) = evaluated.unresolved
    assert (unresolved.address, unresolved.source) == ("module.web", "acme/web/aws")
    assert str(unresolved.location) == "main.tf:2:11"


def test_modules_that_init_has_installed() -> None:
    records = [
        {"Key": "", "Source": "", "Dir": "."},
        {
            "Key": "web",
            "Source": "registry.terraform.io/acme/web/aws",
            "Version": "2.1.0",
            "Dir": ".terraform/modules/web",
        },
        {"Key": "web.group", "Source": "acme/group/aws", "Dir": ".terraform/modules/web.group/inner"},
    ]
    evaluated = run(
        'module "web" { source = "acme/web/aws" }',
        files={
            ".terraform/modules/modules.json": json.dumps({"Modules": records}),
            ".terraform/modules/web/main.tf": 'module "group" {\n source = "acme/group/aws//inner"\n name = "g"\n}\n',
            ".terraform/modules/web.group/inner/main.tf": GROUP,
        },
    )
    assert arguments(evaluated) == {"module.web.module.group.aws_security_group.this": {"name": "g"}}
    assert evaluated.unresolved == ()


def test_what_is_known_of_a_module_from_elsewhere() -> None:
    calls: list[OutsideCall] = []

    def supply(call: OutsideCall) -> Supplied | None:
        calls.append(call)
        if not call.source.startswith("acme/group/"):
            return None
        place = call.location
        unknown = Value(Unknown("id", f"{call.address}.id"), whole_file("table"))
        group = Resource(f"{call.address}.aws_security_group.this[0]", "aws_security_group",
                         Value({"name": call.argument("name") or unknown}, place), place, place, call.when)  # fmt: skip
        return Supplied({"id": unknown}, lambda: (group,))

    evaluated = run(
        'module "g" {\n source = "acme/group/aws"\n version = "1.0"\n name = upper("web")\n}',
        'module "other" { source = "acme/other/aws" }',
        USE % "module.g.id",
        supply=supply,
    )
    assert arguments(evaluated) == {
        "aws_instance.a": {"ami": "?module.g.id"},
        "module.g.aws_security_group.this[0]": {"name": "WEB"},
    }
    assert [unresolved.address for unresolved in evaluated.unresolved] == ["module.other"]
    assert [(call.address, call.version) for call in calls] == [("module.g", "1.0"), ("module.other", None)]


@pytest.mark.parametrize("is_known", [False, True], ids=["unknown", "known"])
def test_modules_that_take_from_each_other_are_no_cycle(is_known: bool) -> None:
    """An output needs what it is made of, not every argument of its module."""

    def supply(call: OutsideCall) -> Supplied | None:
        if not is_known:
            return None
        place = call.location
        group = Resource(
            f"{call.address}.aws_security_group.this", "aws_security_group", Value({}, place), place, place
        )
        return Supplied(
            {"id": Value("sg-1", place)},
            lambda: (replace(group, arguments=call.argument("groups") or Value(None, place)),),
        )

    evaluated = run(
        'module "lb" {\n source = "./lb"\n groups = { web = module.web.id }\n}',
        'module "web" {\n source = "acme/web/aws"\n groups = module.lb.made\n}',
        files={
            "lb/main.tf": 'variable "groups" {}\nresource "aws_security_group" "made" {\n for_each = var.groups\n'
            ' name = each.value\n}\noutput "made" { value = aws_security_group.made["web"] }\n'
        },
        supply=supply,
    )
    made = {"name": "sg-1" if is_known else "?module.web"}
    address = 'module.lb.aws_security_group.made["web"]'
    attributes = {"id": f"?{address}.id", "arn": f"?{address}.arn"}
    taken = {"module.web.aws_security_group.this": {**made, **attributes}} if is_known else {}
    assert arguments(evaluated) == {address: made, **taken}


def test_only_types_that_are_asked_for_come_out() -> None:
    evaluated = run('resource "aws_vpc" "v" { cidr_block = nope() }', USE % "1")
    assert arguments(evaluated) == {"aws_instance.a": {"ami": 1}}


PROVIDERS = """
provider "aws" {
  default_tags { tags = { Owner = var.owner } }
}
provider "aws" {
  alias = "west"
  default_tags { tags = { Owner = "west" } }
}
variable "owner" { default = "main" }
"""


@pytest.mark.parametrize(
    ("call", "resource", "owner"),
    [
        ("", "", "main"),
        ("", "provider = aws.west", None),
        ("providers = {\n aws = aws.west\n}", "", "west"),
        ("providers = {\n aws.far = aws.west\n}", "provider = aws.far", "west"),
        ("providers = {\n aws.far = aws.west\n}", "provider = aws", "main"),
    ],
)
def test_default_tags_come_through_calls(call: str, resource: str, owner: str | None) -> None:
    module = f'resource "aws_instance" "a" {{\n {resource}\n}}\n'
    found = only(run(PROVIDERS, f'module "m" {{\n source = "./m"\n {call}\n}}', files={"m/main.tf": module}))
    tags = found.attributes.get("default_tags")
    assert (None if tags is None else plain(tags)) == (None if owner is None else {"Owner": owner})


def test_default_tags_of_an_alias() -> None:
    found = only(run(PROVIDERS, 'resource "aws_instance" "a" {\n provider = aws.west\n}'))
    assert plain(found.attributes["default_tags"]) == {"Owner": "west"}


def test_calls_of_a_directory_are_known_without_evaluating() -> None:
    given = {
        "env/prod/main.tf": b'module "a" { source = "../../modules/a" }\nmodule "b" { source = "acme/b/aws" }\n'
        b'module "c" {\n source = "./c"\n x = nonsense(local.q)\n}\n',
    }
    assert Modules(Files((), given)).calls("env/prod") == {"modules/a", "env/prod/c"}

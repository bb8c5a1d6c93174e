"""Instances of resources by `count` and `for_each`."""

from __future__ import annotations

import pytest

from sglint.model.values import When
from tests.terraform.programs import Plain, arguments, messages, only, plain, run


def instance(*lines: str) -> str:
    return "\n".join(('resource "aws_instance" "a" {', *lines, "}"))


@pytest.mark.parametrize(
    ("expansion", "expected"),
    [
        ("count = 2\n ami = count.index", {"aws_instance.a[0]": {"ami": 0}, "aws_instance.a[1]": {"ami": 1}}),
        ("count = 0", {}),
        ('count = "1"\n ami = count.index', {"aws_instance.a[0]": {"ami": 0}}),
        (
            'for_each = toset(["b", "a"])\n ami = "${each.key}${each.value}"',
            {'aws_instance.a["a"]': {"ami": "aa"}, 'aws_instance.a["b"]': {"ami": "bb"}},
        ),
        ("for_each = {x = {y = 1}}\n ami = each.value.y", {'aws_instance.a["x"]': {"ami": 1}}),
        ('for_each = {"q\\"$${x}\\n" = 1}', {'aws_instance.a["q\\"$${x}\\n"]': {}}),
        ("for_each = {}", {}),
        (
            "for_each = {known = var.u, b = 2}\n ami = each.value",
            {'aws_instance.a["b"]': {"ami": 2}, 'aws_instance.a["known"]': {"ami": "?var.u"}},
        ),
        (
            "for_each = var.u\n ami = [each.key, each.value.x]",
            {"aws_instance.a[*]": {"ami": ["?var.u", "?var.u"]}},
        ),
        ("count = var.u\n ami = count.index", {"aws_instance.a[*]": {"ami": "?var.u"}}),
        (
            'for_each = toset(["b", var.u])\n ami = each.key',
            {'aws_instance.a["b"]': {"ami": "b"}, "aws_instance.a[*]": {"ami": "?var.u"}},
        ),
    ],
)
def test_instances(expansion: str, expected: dict[str, Plain]) -> None:
    assert arguments(run(instance(f" {expansion}"), 'variable "u" {}')) == expected


def test_an_undecided_count_is_a_condition_of_the_instance() -> None:
    resource = only(run(instance(" count = var.create ? 1 : 0"), 'variable "create" {}'))
    assert resource.address == "aws_instance.a[0]"
    assert resource.when == When((("var.create", "true"),))


def test_instances_that_there_are_in_any_case_have_no_condition() -> None:
    evaluated = run(instance(" count = var.many ? 3 : 1"), 'variable "many" {}')
    assert [(resource.address, str(resource.when)) for resource in evaluated.resources] == [
        ("aws_instance.a[0]", ""),
        ("aws_instance.a[1]", "var.many is true"),
        ("aws_instance.a[2]", "var.many is true"),
    ]


def test_an_undecided_for_each_has_the_instances_of_each_alternative() -> None:
    program = instance(" for_each = var.prod ? {a = 1, b = 2} : {a = 3}", " ami = each.value")
    evaluated = run(program, 'variable "prod" {}')
    assert [(one.address, str(one.when), plain(one.arguments)) for one in evaluated.resources] == [
        ('aws_instance.a["a"]', "var.prod is true", {"ami": 1}),
        ('aws_instance.a["b"]', "var.prod is true", {"ami": 2}),
        ('aws_instance.a["a"]', "var.prod is false", {"ami": 3}),
    ]


CREATED = ('variable "create" {}', 'resource "aws_vpc" "v" {\n count = var.create ? 1 : 0\n}')


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("aws_vpc.v[0].id", {"var.create is true": "?aws_vpc.v[0].id"}),
        ('try(aws_vpc.v[0].id, "none")', {"var.create is true": "?aws_vpc.v[0].id", "var.create is false": "none"}),
        ("can(aws_vpc.v[0].id)", {"var.create is true": True, "var.create is false": False}),
        ("one(aws_vpc.v[*].id)", {"var.create is true": "?aws_vpc.v[0].id", "var.create is false": None}),
        ('join("", aws_vpc.v.*.tags)', {"var.create is true": "?aws_vpc.v[0].tags", "var.create is false": ""}),
        ("length(aws_vpc.v)", {"var.create is true": 1, "var.create is false": 0}),
        ('concat(aws_vpc.v[*].id, ["x"])[0]', {"var.create is true": "?aws_vpc.v[0].id", "var.create is false": "x"}),
    ],
)
def test_references_to_an_instance_that_may_not_exist(expression: str, expected: Plain) -> None:
    assert plain(only(run(*CREATED, instance(f" ami = {expression}"))).arguments) == {"ami": expected}


def test_chained_for_each_keeps_the_instances_apart() -> None:
    evaluated = run(
        'resource "aws_security_group" "g" {\n for_each = toset(["a", "b"])\n name = each.key\n}',
        instance(" for_each = aws_security_group.g", " ami = each.value.name", " sg = each.value.id"),
    )
    assert arguments(evaluated)['aws_instance.a["b"]'] == {"ami": "b", "sg": '?aws_security_group.g["b"].id'}


@pytest.mark.parametrize(
    ("expansion", "problem"),
    [
        ("count = null", 'Invalid count argument: The given "count" argument value is null. An integer is required'),
        ("count = -1", 'Invalid count argument: The given "count" argument value is unsuitable: must be greater than '
         "or equal to zero"),
        ("count = [1]", "Incorrect value type: Invalid expression value: number required"),
        ("count = 10001", "Too many instances: more than 10000 are not evaluated one by one"),
        ("for_each = null", 'Invalid for_each argument: The given "for_each" argument value is unsuitable: the given '
         '"for_each" argument value is null. A map, or set of strings is allowed'),
        ('for_each = ["a"]', 'Invalid for_each argument: The given "for_each" argument value is unsuitable: the '
         '"for_each" argument must be a map, or set of strings, and you have provided a value of type tuple'),
        ("for_each = toset([1])", 'Invalid for_each set argument: The given "for_each" argument value is unsuitable: '
         '"for_each" supports maps and sets of strings, but you have provided a set containing type number'),
        ("for_each = {for n in range(10001) : n => n}", "Error in function call: "),
    ],
)  # fmt: skip
def test_expansions_that_terraform_rejects_leave_one_unknown_instance(expansion: str, problem: str) -> None:
    evaluated = run(instance(f" {expansion}"))
    assert [resource.address for resource in evaluated.resources] == ["aws_instance.a[*]"]
    (message,) = (found.message for found in evaluated.problems)
    assert message.startswith(problem)


def test_count_and_for_each_together_are_a_problem() -> None:
    assert messages(run(instance(" count = 1", " for_each = {}"))) == [
        'main.tf:3:2: Invalid combination of "count" and "for_each": The "count" and "for_each" meta-arguments are '
        "mutually-exclusive, only one should be used to be explicit about the number of resources to be created"
    ]


def test_repeated_resources_are_a_problem_and_both_evaluated() -> None:
    evaluated = run(instance(" ami = 1"), instance(" ami = 2"))
    assert [plain(resource.arguments) for resource in evaluated.resources] == [{"ami": 1}, {"ami": 2}]
    assert messages(evaluated) == [
        'main.tf:4:1: Duplicate resource "aws_instance" configuration: A aws_instance resource named "a" was already '
        "declared at main.tf:1:1. Resource names must be unique per type in each module"
    ]

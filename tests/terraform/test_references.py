"""References to resources, data sources and module outputs."""

from __future__ import annotations

import pytest

from sglint.model.values import Reference, Unknown
from tests.terraform.programs import Plain, attempt, plain, value

WRITTEN = (
    'resource "aws_vpc" "main" {',
    '  cidr_block = "10.0.0.0/16"',
    "  instance_tenancy = null",
    "}",
    'resource "aws_vpc" "two" {',
    "  count = 2",
    '  cidr_block = "10.${count.index}.0.0/16"',
    "}",
    'resource "aws_vpc" "each" {',
    '  for_each = { a = "10.8.0.0/16", b = "10.9.0.0/16" }',
    "  cidr_block = each.value",
    "}",
    'resource "aws_vpc" "many" {',
    "  count = var.n",
    '  cidr_block = "10.5.0.0/16"',
    "}",
    'resource "aws_launch_template" "t" {',
    "  network_interfaces {",
    "    security_groups = [aws_security_group.g.id]",
    "  }",
    "}",
    'resource "aws_security_group" "g" {}',
    'variable "n" {}',
    'data "aws_vpc" "d" { count = 1 }',
    'data "aws_vpc" "e" {}',
)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("aws_vpc.main.cidr_block", "10.0.0.0/16"),
        ("aws_vpc.main.instance_tenancy", "?aws_vpc.main.instance_tenancy"),
        ("aws_vpc.two[1].cidr_block", "10.1.0.0/16"),
        ("aws_vpc.two.1.cidr_block", "10.1.0.0/16"),
        ("aws_vpc.two[*].cidr_block", ["10.0.0.0/16", "10.1.0.0/16"]),
        ("aws_vpc.two.*.id", ["?aws_vpc.two[0].id", "?aws_vpc.two[1].id"]),
        ("length(aws_vpc.two)", 2),
        ('aws_vpc.each["a"].cidr_block', "10.8.0.0/16"),
        ("[for k, v in aws_vpc.each : v.id]", ['?aws_vpc.each["a"].id', '?aws_vpc.each["b"].id']),
        ("values(aws_vpc.each)[*].cidr_block", ["10.8.0.0/16", "10.9.0.0/16"]),
        ("{for k, v in aws_vpc.each : k => v.cidr_block}", {"a": "10.8.0.0/16", "b": "10.9.0.0/16"}),
        ("[for v in aws_vpc.many : v.id]", "?var.n"),
        ("aws_vpc.many[0].cidr_block", "10.5.0.0/16"),
        ("aws_vpc.two[var.n].id", "?var.n"),
        ("aws_launch_template.t.network_interfaces[0].security_groups", ["?aws_security_group.g.id"]),
        ("aws_launch_template.t.network_interfaces[0].nope", "?aws_launch_template.t.network_interfaces.nope"),
        ("data.aws_vpc.e.cidr_block", "?data.aws_vpc.e.cidr_block"),
        ("data.aws_vpc.d[0].id", "?data.aws_vpc.d[0].id"),
        ("lookup({for k, v in aws_vpc.each : k => v}, \"a\").id", '?aws_vpc.each["a"].id'),
        ("merge(aws_vpc.main, {x = 1}).cidr_block", "10.0.0.0/16"),
    ],
)  # fmt: skip
def test_attributes(expression: str, expected: Plain) -> None:
    assert plain(value(expression, *WRITTEN)) == expected


@pytest.mark.parametrize(
    ("expression", "address"),
    [
        ("aws_vpc.main.id", "aws_vpc.main"),
        ("aws_vpc.two[0].id", "aws_vpc.two[0]"),
        ('aws_vpc.each["b"].id', 'aws_vpc.each["b"]'),
        ("aws_vpc.many[7].id", "aws_vpc.many[*]"),
        ("data.aws_vpc.e.id", "data.aws_vpc.e"),
        ("one([aws_vpc.main]).id", "aws_vpc.main"),
        ('"${aws_vpc.main.id}"', "aws_vpc.main"),
        ("element(aws_vpc.two[*].id, 3)", "aws_vpc.two[1]"),
        ("try(aws_vpc.main.id, null)", "aws_vpc.main"),
    ],
)
def test_identity_of_what_only_the_deployment_knows(expression: str, address: str) -> None:
    data = value(expression, *WRITTEN).data
    assert isinstance(data, Unknown)
    assert data.reference == Reference(address, "id")


def test_only_what_is_asked_for_is_evaluated() -> None:
    """`id` needs no argument, so a faulty one says nothing."""
    assert plain(value("aws_vpc.v.id", 'resource "aws_vpc" "v" { cidr_block = nonsense() }')) == "?aws_vpc.v.id"


def test_objects_take_what_they_need_of_a_resource() -> None:
    program = (*WRITTEN, 'module "m" {\n source = "./m"\n vpc = aws_vpc.main\n}')
    found = value("aws_vpc.main", *program)
    assert isinstance(found.data, dict)
    assert set(found.data) == {"cidr_block", "id", "arn"}


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("aws_vpc.two.id", 'Missing resource instance key: Because aws_vpc.two has "count" set, its attributes must be '
         "accessed on specific instances. For example, to correlate with indices of a referring resource, use: "
         "aws_vpc.two[count.index]"),
        ("aws_vpc.main[0].id", 'Unexpected resource instance key: Because aws_vpc.main does not have "count" or '
         '"for_each" set, references to it must not include an index key. Remove the bracketed index to refer to the '
         "single instance of this resource"),
        ("aws_vpc.two[2].id", "Invalid index: The given key does not identify an element in this collection value"),
        ('aws_vpc.each["c"].id', "Invalid index: The given key does not identify an element in this collection value"),
        ("module.nope.x", 'Reference to undeclared module: No module call named "nope" is declared in the root module'),
        ("data.aws_vpc", 'Invalid reference: The "data" object must be followed by two attribute names: the data '
         "source type and the resource name"),
        ("each.key", 'Reference to "each" in context without for_each: The "each" object can be used only in "module" '
         'or "resource" blocks, and only when the "for_each" argument is set'),
    ],
)  # fmt: skip
def test_references_that_lead_nowhere(expression: str, problem: str) -> None:
    assert attempt(expression, *WRITTEN)[1] == [problem]

"""Cycles, and what keeps evaluation finite."""

from __future__ import annotations

import sys

import pytest

from sglint.model.limits import Limits
from tests.terraform.programs import messages, plain, run

USE = 'resource "aws_instance" "a" { ami = local.a }\n'


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        (USE + "locals {\n a = local.b\n b = local.a\n}", "main.tf:3:6: Cycle: local.a, local.b"),
        (USE + "locals {\n a = [local.a]\n}", "main.tf:3:7: Cycle: local.a"),
        ('resource "aws_instance" "a" { ami = aws_security_group.g.id }\n'
         'resource "aws_security_group" "g" { name = aws_instance.a.id }',
         "main.tf:1:37: Cycle: aws_instance.a, aws_security_group.g"),
        ('resource "aws_instance" "a" { ami = aws_instance.a.id }',
         "main.tf:1:37: Self-referential block: Configuration for aws_instance.a may not refer to itself"),
        ('resource "aws_instance" "a" { count = length(local.n) }\n'
         "locals {\n n = aws_instance.a[*].id\n}", "main.tf:1:46: Cycle: aws_instance.a, local.n"),
    ],
)  # fmt: skip
def test_cycles(program: str, problem: str) -> None:
    assert messages(run(program)) == [problem]


def test_a_cycle_through_modules() -> None:
    module = 'variable "v" {}\noutput "o" { value = var.v }\n'
    calls = "".join(
        f'module "{name}" {{\n source = "./m"\n v = module.{other}.o\n}}\n' for name, other in (("x", "y"), ("y", "x"))
    )
    evaluated = run('resource "aws_instance" "a" { ami = module.x.o }', calls, files={"m/main.tf": module})
    assert messages(evaluated) == [
        "m/main.tf:2:22: Cycle: module.x.output.o, module.x.var.v, module.y.output.o, module.y.var.v"
    ]


def test_what_is_beside_a_cycle_is_evaluated() -> None:
    evaluated = run(USE, "locals {\n a = local.a\n}", 'resource "aws_security_group" "g" { name = "x" }')
    assert plain(evaluated.resources[1].arguments) == {"name": "x"}


def test_groups_that_name_each_other_through_rules_are_no_cycle() -> None:
    rules = (
        f'resource "aws_security_group_rule" "{one}" {{\n security_group_id = aws_security_group.{one}.id\n'
        f" source_security_group_id = aws_security_group.{other}.id\n}}\n"
        f'resource "aws_security_group" "{one}" {{}}'
        for one, other in (("a", "b"), ("b", "a"))
    )
    assert run(*rules).problems == ()


def test_long_chains_are_followed() -> None:
    chain = "\n".join(f" a{number} = local.a{number + 1}" for number in range(500))
    evaluated = run(f"locals {{\n a = local.a0\n{chain}\n a500 = 1\n}}", USE)
    assert plain(evaluated.resources[0].arguments) == {"ami": 1}


def test_endless_chains_are_a_problem() -> None:
    limit = sys.getrecursionlimit()
    chain = "\n".join(f" a{number} = local.a{number + 1}" for number in range(6000))
    evaluated = run(f"locals {{\n a = local.a0\n{chain}\n a6000 = 1\n}}", USE, 'resource "aws_security_group" "g" {}')
    assert messages(evaluated) == ["main.tf:6005:1: Too deep: references lead through more steps than are followed"]
    assert [resource.address for resource in evaluated.resources] == ["aws_instance.a", "aws_security_group.g"]
    assert sys.getrecursionlimit() == limit


def test_too_many_resources_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sglint.terraform.evaluation.limits", lambda: Limits(resources=5))
    evaluated = run('resource "aws_instance" "a" {\n count = 9\n}')
    assert len(evaluated.resources) == 5
    assert messages(evaluated) == ["main.tf:1:1: Too many resources: more than 5 are not evaluated"]

"""Only the arguments that matter of a resource are evaluated, and faults in the others are nobody's concern."""

from __future__ import annotations

from tests.terraform.programs import messages, plain, run

WANTED = {"aws_security_group": None, "aws_instance": ("vpc_security_group_ids", "network_interface.security_groups")}


def test_other_arguments_are_not_evaluated() -> None:
    evaluated = run(
        'resource "aws_instance" "web" {',
        '  user_data = file("missing")',
        "  ami       = var.undeclared",
        '  vpc_security_group_ids = ["sg-1"]',
        "  network_interface { security_groups = [1] }",
        "}",
        'resource "aws_security_group" "web" { name = "web" }',
        types=WANTED,
    )
    assert messages(evaluated) == []
    assert {resource.address: plain(resource.arguments) for resource in evaluated.resources} == {
        "aws_instance.web": {"vpc_security_group_ids": ["sg-1"], "network_interface": [{"security_groups": [1]}]},
        "aws_security_group.web": {"name": "web"},
    }


def test_faults_in_arguments_that_matter_are_told() -> None:
    evaluated = run('resource "aws_instance" "web" { vpc_security_group_ids = [var.undeclared] }', types=WANTED)
    assert len(messages(evaluated)) == 1


def test_provider_tags_are_for_resources_that_are_read_whole() -> None:
    evaluated = run(
        'provider "aws" {',
        "  default_tags { tags = { Owner = var.undeclared } }",
        "}",
        'resource "aws_instance" "web" {}',
        types=WANTED,
    )
    assert messages(evaluated) == []

"""The tags of groups, and whether there may be others."""

from __future__ import annotations

import pytest

from sglint.model.rules import Estate
from sglint.model.values import Unknown
from tests.aws.estates import cloudformation, terraform


def tags(estate: Estate) -> tuple[dict[str, str], bool]:
    """The tags, with the expression of those that are not known, and whether there may be others."""
    (group,) = estate.groups
    known = {key: value.expression if isinstance(value, Unknown) else value for key, value in group.tags.items()}
    return known, group.may_have_other_tags


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{}", ({}, False)),
        ('{ Owner = "web", Stage = var.name }', ({"Owner": "web", "Stage": "var.name"}, False)),
        ("{ Owner = null }", ({}, False)),
        ("var.all", ({}, True)),
        ('merge(var.all, { Owner = "web" })', ({}, True)),
        ('var.flag ? { Owner = "web", Stage = "a" } : { Owner = "app" }', ({"Owner": "app"}, True)),
        ('var.flag ? { Owner = "web" } : { Owner = "app" }', ({"Owner": "app"}, False)),
    ],
)
def test_terraform(written: str, expected: tuple[dict[str, str], bool]) -> None:
    variables = 'variable "name" {}\nvariable "all" { type = map(string) }\nvariable "flag" { type = bool }\n'
    assert tags(terraform(f'{variables}resource "aws_security_group" "web" {{ tags = {written} }}')) == expected


@pytest.mark.parametrize(
    ("provider", "call", "expected"),
    [
        ("", "", {"Owner": "all", "Name": "web"}),
        ("provider = aws.west", "", {"Owner": "west", "Name": "web"}),
        ("", "providers = { aws = aws.west }", {"Owner": "west", "Name": "web"}),
        ("", 'tag = "Owner"', {"Owner": "web"}),
    ],
)
def test_terraform_tags_of_providers(provider: str, call: str, expected: dict[str, str]) -> None:
    if provider:
        call = "providers = { aws.west = aws.west }"
    estate = terraform(
        f"""
        provider "aws" {{
          default_tags {{
            tags = {{ Owner = "all" }}
          }}
        }}
        provider "aws" {{
          alias = "west"
          default_tags {{
            tags = {{ Owner = "west" }}
          }}
        }}
        module "web" {{
          source = "./web"
          {call}
        }}
        """,
        web=f"""
        variable "tag" {{ default = "Name" }}
        resource "aws_security_group" "web" {{
          tags = {{ (var.tag) = "web" }}
          {provider}
        }}
        """,
    )
    assert tags(estate) == (expected, False)


def test_terraform_tags_of_a_provider_that_are_not_known() -> None:
    text = 'variable "all" {}\nprovider "aws" {\n default_tags {\n tags = var.all\n }\n}\n'
    assert tags(terraform(f'{text}resource "aws_security_group" "web" {{ tags = {{ Owner = "web" }} }}')) == (
        {"Owner": "web"},
        True,
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[{Key: Owner, Value: web}, {Key: Stage, Value: !Ref Stage}]", ({"Owner": "web", "Stage": "Stage"}, False)),
        ("[{Key: !Ref Stage, Value: web}]", ({}, True)),
        ("[!If [IsProd, {Key: Owner, Value: web}, !Ref AWS::NoValue]]", ({}, True)),
        ("!If [IsProd, [{Key: Owner, Value: web}], !Ref AWS::NoValue]", ({}, True)),
        ("!ImportValue tags", ({}, True)),
    ],
)
def test_cloudformation(written: str, expected: tuple[dict[str, str], bool]) -> None:
    estate = cloudformation(
        f"""
Parameters: {{Stage: {{Type: String}}}}
Conditions: {{IsProd: !Equals [!Ref Stage, prod]}}
Resources:
  Web: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: web, Tags: {written}}}}}
"""
    )
    assert tags(estate) == expected


@pytest.mark.parametrize(("providers", "owner"), [("", "all"), ("providers = { aws = aws.west }", "west")])
def test_terraform_tags_of_a_provider_reach_into_a_module_that_is_known_by_its_name(providers: str, owner: str) -> None:
    from sglint.aws.terraform import READ, translate
    from sglint.reading.files import Files
    from sglint.terraform.evaluation import evaluate
    from sglint.terraform.inputs import Inputs
    from sglint.terraform.modules import Modules
    from sglint.terraform.registry.known_modules import known_module

    text = f"""
    provider "aws" {{
      default_tags {{
        tags = {{ Owner = "all" }}
      }}
    }}
    provider "aws" {{
      alias = "west"
      default_tags {{
        tags = {{ Owner = "west" }}
      }}
    }}
    module "web" {{
      source  = "terraform-aws-modules/security-group/aws"
      version = "5.3.0"
      name    = "web"
      tags    = {{ Stage = "prod" }}
      {providers}
    }}
    """
    files = Files((), {"main.tf": text.encode()})
    known, may_have_others = tags(translate(evaluate("", Inputs(), Modules(files), READ, known_module)))
    assert ({"Owner": owner, "Stage": "prod"}.items() <= known.items(), may_have_others) == (True, False)

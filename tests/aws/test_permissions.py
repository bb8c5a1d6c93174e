"""The statements of IAM policies, however their documents are written."""

from __future__ import annotations

import pytest

from sglint.model.rules import Estate
from sglint.notation.permissions import write_statement
from tests.aws.estates import cloudformation, terraform

VARIABLES = 'variable "name" {}\nvariable "is_prod" { type = bool }\n'
CHOOSING = """
data "aws_iam_policy_document" "choosing" {
  statement {
    actions   = ["ec2:*"]
    resources = [var.is_prod ? "*" : "arn:x"]
  }
}
"""


def lines(estate: Estate) -> list[str]:
    return [write_statement(statement).removeprefix("statement ") for statement in estate.statements]


def of_terraform(policy: str, more: str = "") -> list[str]:
    text = f'{VARIABLES}{CHOOSING}{more}resource "aws_iam_policy" "p" {{\n policy = {policy}\n}}\n'
    return [line.removeprefix("aws_iam_policy.p ") for line in lines(terraform(text))]


ALLOW = '{ Effect = "Allow", Action = "ec2:*", Resource = "*" }'
WRITTEN = '{"Effect": "Allow", "Action": ["ec2:*", "s3:Get*"], "Resource": "*"}'


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (f"jsonencode({{ Statement = [{ALLOW}] }})", ["allow actions ec2:* resources *"]),
        (f"jsonencode({{ Statement = {ALLOW} }})", ["allow actions ec2:* resources *"]),
        (f'<<X\n{{"Statement": [{WRITTEN}]}}\nX\n', ["allow actions ec2:*,s3:Get* resources *"]),
        (f"jsonencode({{ Statement = [{ALLOW}, {{ Sid = var.name }}] }})", ["allow actions ec2:* resources *"]),
        (
            'jsonencode({ Statement = { Effect = "Allow", Action = [var.name, "ec2:*"], Resource = ["*", var.name] }})',
            ["allow actions ec2:* resources *"],
        ),
        (
            'jsonencode({ Statement = [{ Effect = "Allow", NotAction = [var.name, "iam:*"], Resource = "*" }] })',
            [],
        ),
        (
            'jsonencode({ Statement = [{ Effect = "Allow", NotAction = "iam:*", NotResource = ["arn:x"] }] })',
            ["allow not-actions iam:* not-resources arn:x"],
        ),
        (
            '<<X\n{"Statement": [{"Effect": "Allow", "Action": "ec2:*", "Resource": ["arn:${var.name}", "*"]}]}\nX\n',
            ["allow actions ec2:* resources *"],
        ),
        ('<<X\n{"Statement": ${var.name}}\nX\n', []),
        ("var.name", []),
        ('"no JSON"', []),
        ('"[1]"', []),
        (f"jsonencode({{ Statement = [merge({ALLOW}, {{ Effect = var.name }})] }})", []),
        (
            f"jsonencode({{ Statement = [merge({ALLOW}, {{ Condition = {{ Bool = {{}} }} }})] }})",
            ["allow actions ec2:* resources * conditional"],
        ),
        (
            f"jsonencode({{ Statement = [merge({ALLOW}, {{ Condition = {{}} }})] }})",
            ["allow actions ec2:* resources *"],
        ),
        (f'jsonencode({{ Statement = [merge({ALLOW}, {{ Principal = "*" }})] }})', []),
        (
            f"var.is_prod ? jsonencode({{ Statement = [{ALLOW}] }}) : jsonencode({{ Statement = [] }})",
            ["allow actions ec2:* resources * when var.is_prod is true"],
        ),
        (
            'jsonencode({ Statement = { Effect = "Allow", Action = var.is_prod ? "ec2:*" : "s3:*", Resource = "*" } })',
            [
                "allow actions ec2:* resources * when var.is_prod is true",
                "allow actions s3:* resources * document 1 when var.is_prod is false",
            ],
        ),
        (
            "data.aws_iam_policy_document.choosing.json",
            [
                "allow actions ec2:* resources * when var.is_prod is true",
                "allow actions ec2:* resources arn:x when var.is_prod is false",
            ],
        ),
    ],
)
def test_terraform_documents(policy: str, expected: list[str]) -> None:
    assert of_terraform(policy) == expected


def test_a_data_source_of_terraform() -> None:
    more = """
    data "aws_iam_policy_document" "d" {
      statement {
        actions   = ["ec2:*", var.name]
        resources = ["*"]
      }
      statement {
        effect      = "Deny"
        not_actions = ["s3:*"]
        resources   = ["arn:aws:s3:::${var.name}", "*"]
        condition {
          test     = "Bool"
          variable = "aws:SecureTransport"
          values   = ["false"]
        }
      }
      statement {
        actions   = ["sts:AssumeRole"]
        resources = ["*"]
        principals {
          type        = "AWS"
          identifiers = ["*"]
        }
      }
      dynamic "statement" {
        for_each = ["sqs:*"]
        content {
          actions   = [statement.value]
          resources = ["*"]
        }
      }
    }
    """
    expected = [
        "allow actions ec2:* resources *",
        "deny not-actions s3:* resources * conditional",
        "allow actions sqs:* resources *",
    ]
    assert of_terraform("data.aws_iam_policy_document.d.json", more) == expected
    assert of_terraform("data.aws_iam_policy_document.d.minified_json", more) == expected


def test_a_data_source_points_at_its_statement() -> None:
    estate = terraform(
        'data "aws_iam_policy_document" "d" {\n'
        "  statement {\n"
        '    actions   = ["ec2:*"]\n'
        '    resources = ["*"]\n'
        "  }\n"
        "}\n"
        'resource "aws_iam_policy" "p" { policy = data.aws_iam_policy_document.d.json }\n'
    )
    (statement,) = estate.statements
    assert (statement.policy, statement.location.line) == ("aws_iam_policy.p", 2)
    assert [(step.text, step.location.line) for step in statement.evidence] == [("aws_iam_policy.p", 7)]


def test_documents_that_a_data_source_takes_from_others() -> None:
    more = """
    data "aws_iam_policy_document" "first" {
      statement {
        actions   = ["sns:*"]
        resources = ["*"]
      }
    }
    data "aws_iam_policy_document" "base" {
      source_policy_documents = [data.aws_iam_policy_document.first.json]
      statement {
        sid       = "network"
        actions   = ["ec2:*"]
        resources = ["*"]
      }
      statement {
        actions   = ["s3:*"]
        resources = ["*"]
      }
    }
    data "aws_iam_policy_document" "d" {
      source_policy_documents   = [data.aws_iam_policy_document.base.json]
      override_policy_documents = [jsonencode({
        Statement = [{ Sid = "network", Effect = "Deny", Action = "ec2:*", Resource = "*" }]
      })]
      statement {
        actions   = ["sqs:*"]
        resources = ["*"]
      }
    }
    """
    assert of_terraform("data.aws_iam_policy_document.d.json", more) == [
        "allow actions sns:* resources *",
        "allow actions s3:* resources *",
        "allow actions sqs:* resources *",
        "deny actions ec2:* resources *",
    ]


def test_documents_reach_through_modules() -> None:
    estate = terraform(
        """
        module "document" { source = "./document" }
        module "role" {
          source = "./role"
          policy = module.document.json
        }
        """,
        document='data "aws_iam_policy_document" "d" {\n statement {\n actions = ["ec2:*"]\n resources = ["*"]\n }\n}\n'
        'output "json" { value = data.aws_iam_policy_document.d.json }',
        role='variable "policy" { type = string }\nresource "aws_iam_role_policy" "p" { policy = var.policy }',
    )
    assert lines(estate) == ["module.role.aws_iam_role_policy.p allow actions ec2:* resources *"]


@pytest.mark.parametrize(
    ("type_", "argument"),
    [
        ("aws_iam_policy", "policy"),
        ("aws_iam_role_policy", "policy"),
        ("aws_iam_user_policy", "policy"),
        ("aws_iam_group_policy", "policy"),
        ("aws_ssoadmin_permission_set_inline_policy", "inline_policy"),
    ],
)
def test_terraform_resources_that_hold_documents(type_: str, argument: str) -> None:
    estate = terraform(f'resource "{type_}" "p" {{\n {argument} = jsonencode({{ Statement = [{ALLOW}] }})\n}}')
    assert lines(estate) == [f"{type_}.p allow actions ec2:* resources *"]


def test_inline_policies_of_a_role_are_documents_of_their_own() -> None:
    document = f"jsonencode({{ Statement = [{ALLOW}] }})"
    estate = terraform(
        f"""
        resource "aws_iam_role" "r" {{
          assume_role_policy = {document}
          inline_policy {{
            policy = {document}
          }}
          inline_policy {{
            policy = {document}
          }}
        }}
        """
    )
    assert lines(estate) == [
        "aws_iam_role.r allow actions ec2:* resources *",
        "aws_iam_role.r allow actions ec2:* resources * document 1",
    ]


def test_documents_nobody_asks_for_are_not_evaluated() -> None:
    terraform('data "aws_iam_policy_document" "d" {\n statement {\n actions = [var.undeclared]\n }\n}')


STATEMENTS = "{Statement: [{Effect: Allow, Action: ec2:*, Resource: '*'}]}"


@pytest.mark.parametrize(
    ("type_", "properties"),
    [
        ("AWS::IAM::Policy", f"PolicyDocument: {STATEMENTS}"),
        ("AWS::IAM::ManagedPolicy", f"PolicyDocument: {STATEMENTS}"),
        ("AWS::IAM::RolePolicy", f"PolicyDocument: {STATEMENTS}"),
        ("AWS::IAM::UserPolicy", f"PolicyDocument: {STATEMENTS}"),
        ("AWS::IAM::GroupPolicy", f"PolicyDocument: {STATEMENTS}"),
        ("AWS::IAM::Role", f"Policies: [{{PolicyName: a, PolicyDocument: {STATEMENTS}}}]"),
        ("AWS::IAM::User", f"Policies: [{{PolicyName: a, PolicyDocument: {STATEMENTS}}}]"),
        ("AWS::IAM::Group", f"Policies: [{{PolicyName: a, PolicyDocument: {STATEMENTS}}}]"),
        ("AWS::SSO::PermissionSet", f"InlinePolicy: {STATEMENTS}"),
    ],
)
def test_cloudformation_resources_that_hold_documents(type_: str, properties: str) -> None:
    estate = cloudformation(f"Resources:\n  P: {{Type: {type_}, Properties: {{{properties}}}}}\n")
    assert lines(estate) == ["P allow actions ec2:* resources *"]


@pytest.mark.parametrize("kind", ["Function", "StateMachine"])
@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (f"Policies: [AWSXRayDaemonWriteAccess, {{S3ReadPolicy: {{BucketName: b}}}}, {STATEMENTS}]", ""),
        (f"Policies: {STATEMENTS}", ""),
        (f"Policies: [!If [IsProd, {STATEMENTS}, !Ref AWS::NoValue]]", " when IsProd is true"),
        (f"Policies: !If [IsProd, [{STATEMENTS}], [AWSXRayDaemonWriteAccess]]", " when IsProd is true"),
        (f"Role: !Ref Stage, Policies: {STATEMENTS}", None),
    ],
)
def test_policies_of_serverless_resources(kind: str, properties: str, expected: str | None) -> None:
    """AWS SAM makes a role of them, unless there is one."""
    estate = cloudformation(
        "Transform: AWS::Serverless-2016-10-31\n"
        "Parameters: {Stage: {Type: String}}\n"
        "Conditions: {IsProd: !Equals [!Ref Stage, prod]}\n"
        f"Resources:\n  F: {{Type: AWS::Serverless::{kind}, Properties: {{{properties}}}}}\n"
    )
    assert lines(estate) == ([] if expected is None else [f"F allow actions ec2:* resources *{expected}"])


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "Action: [s3:Get*, !If [IsProd, ec2:*, ec2:Describe*]], Resource: '*'",
            ["actions s3:Get*,ec2:* resources * when IsProd is true",
             "actions s3:Get*,ec2:Describe* resources * when IsProd is false"],
        ),
        (
            "Action: [s3:Get*, !If [IsProd, ec2:*, !Ref AWS::NoValue]], Resource: '*'",
            ["actions s3:Get*,ec2:* resources * when IsProd is true",
             "actions s3:Get* resources * when IsProd is false"],
        ),
        (
            "Action: ec2:*, Resource: [!If [IsProd, '*', 'arn:x'], !If [IsProd, 'arn:y', !Ref Stage]]",
            ["actions ec2:* resources *,arn:y when IsProd is true",
             "actions ec2:* resources arn:x when IsProd is false"],
        ),
        (
            "Action: !If [IsProd, [ec2:*, !If [IsOld, iam:*, s3:*]], sqs:*], Resource: '*'",
            ["actions ec2:*,iam:* resources * when IsOld is true and IsProd is true",
             "actions ec2:*,s3:* resources * when IsOld is false and IsProd is true",
             "actions sqs:* resources * when IsProd is false"],
        ),
        (
            "NotAction: [iam:*, !If [IsProd, ec2:*, !Ref AWS::NoValue]], Resource: '*'",
            ["not-actions iam:*,ec2:* resources * when IsProd is true",
             "not-actions iam:* resources * when IsProd is false"],
        ),
        (
            "Action: ec2:*, Resource: '*', Condition: !If [IsProd, !Ref AWS::NoValue, {Bool: {a: b}}]",
            ["actions ec2:* resources * when IsProd is true",
             "actions ec2:* resources * conditional when IsProd is false"],
        ),
        (
            f"Action: [ec2:*, {', '.join(f'!If [C{index}, a{index}, b]' for index in range(9))}], Resource: '*'",
            ["actions ec2:* resources *"],
        ),
        (
            "Effect: Deny, Action: [ec2:*, !If [IsProd, iam:*, s3:*]], Resource: '*'",
            ["actions ec2:* resources *"],
        ),
    ],
)  # fmt: skip
def test_cloudformation_choices_within_a_statement(statement: str, expected: list[str]) -> None:
    is_denial = statement.startswith("Effect: Deny")
    parameters = "".join(f", P{index}: {{Type: String}}" for index in range(9))
    conditions = "".join(f", C{index}: !Equals [!Ref P{index}, x]" for index in range(9))
    estate = cloudformation(
        f"Parameters: {{Stage: {{Type: String}}, Age: {{Type: String}}{parameters}}}\n"
        f"Conditions: {{IsProd: !Equals [!Ref Stage, prod], IsOld: !Equals [!Ref Age, old]{conditions}}}\n"
        "Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument:\n"
        f"        Statement: {{{statement if is_denial else f'Effect: Allow, {statement}'}}}\n"
    )
    assert lines(estate) == [f"P {'deny' if is_denial else 'allow'} {line}" for line in expected]


def test_cloudformation_what_is_not_known_is_left_out() -> None:
    estate = cloudformation(
        """
Parameters: {Stage: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  P:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: ec2:*, Resource: !Sub 'arn:aws:ec2:${AWS::Region}:1:security-group/*'}
          - {Effect: !Ref Stage, Action: ec2:*, Resource: '*'}
          - !If [IsProd, {Effect: Allow, Action: ec2:*, Resource: '*'}, !Ref AWS::NoValue]
"""
    )
    assert lines(estate) == ["P allow actions ec2:* resources * when IsProd is true"]

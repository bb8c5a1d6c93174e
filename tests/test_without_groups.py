"""Input without any security group is judged where a policy speaks of it: it is not passed over on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.engine import run
from sglint.settings import Settings

ADMIN = "{Version: '2012-10-17', Statement: [{Effect: Allow, Action: ec2:*, Resource: '*'}]}"


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (
            "iam/main.tf",
            'resource "aws_iam_role_policy" "it" {\n'
            '  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "ec2:*", Resource = "*" }] })\n}\n',
            "SG513",
        ),
        (
            "iam/role.yaml",
            f"Resources:\n  P: {{Type: AWS::IAM::Policy, Properties: {{PolicyDocument: {ADMIN}}}}}\n",
            "SG513",
        ),
        (
            "function/template.yaml",
            "Transform: AWS::Serverless-2016-10-31\n"
            f"Resources:\n  F: {{Type: AWS::Serverless::Function, Properties: {{Policies: [{ADMIN}]}}}}\n",
            "SG513",
        ),
        ("network/main.tf", 'resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }\n', "SG511"),
        ("network/vpc.yaml", "Resources:\n  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n", "SG511"),
        ("edge/main.tf", 'resource "aws_lb" "it" { security_groups = ["sg-1"] }\n', "SG512"),
    ],
)
def test_it_is_judged(tmp_path: Path, name: str, text: str, found: str) -> None:
    file = tmp_path / name
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    (tmp_path / "main.tf").write_text("locals {}\n", encoding="utf-8")
    outcome = run(Settings((str(tmp_path),), select=(found,)))
    assert [(finding.policy.id, finding.location.path) for finding in outcome.findings] == [(found, str(file))]


def test_a_data_source_of_permissions_by_itself_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'data "aws_iam_policy_document" "d" {\n statement {\n actions = ["ec2:*"]\n resources = ["*"]\n }\n}\n'
    )
    assert run(Settings((str(tmp_path),), select=("SG513",))).findings == ()

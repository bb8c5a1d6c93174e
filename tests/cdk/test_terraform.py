"""CDK for Terraform: findings carry the construct that the Terraform JSON names."""

from __future__ import annotations

from pathlib import Path

from sglint.engine import run
from sglint.settings import Settings

STACK = Path(__file__).parents[2] / "fixtures" / "cdk" / "terraform-stack"


def test_findings_name_constructs() -> None:
    outcome = run(Settings((str(STACK),), select=("SG102", "SG105")))
    assert outcome.problems == ()
    assert [(each.policy.id, each.violation.address, each.construct) for each in outcome.findings] == [
        ("SG102", "aws_security_group.network_web_41BF2FBE", "platform/network/web"),
    ]

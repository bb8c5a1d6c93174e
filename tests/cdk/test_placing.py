"""Which line each rule of a list is given, from the changes that the library recorded of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sglint.model.rules import Direction
from tests.cdk.assemblies import evaluated, groups, stack, write

LINES = "\n".join(f"line {number}" for number in range(1, 60))


def rule(port: int, description: str = "") -> dict[str, Any]:
    return {
        "CidrIp": "10.0.0.0/8",
        "Description": description or f"port {port}",
        "FromPort": port,
        "IpProtocol": "tcp",
        "ToPort": port,
    }


def trace(*lines: int) -> list[str]:
    return ["...aws-cdk-lib, jsii runtime...", *(f"__init__ (/somewhere/app.py:{line})" for line in lines)]


def placed(tmp_path: Path, name: str, path: str, rules: list[Any], changes: list[int | None]) -> list[int]:
    """The lines of the rules of a group that line 1 makes, whose list was changed at the lines given."""
    property_ = f"SecurityGroup{name}"
    other = "SecurityGroupEgress" if name == "Ingress" else "SecurityGroupIngress"
    group = {
        "Type": "AWS::EC2::SecurityGroup",
        "Properties": {"GroupDescription": "x", property_: rules, other: []},
    }
    entries = [
        {"type": "aws:cdk:logicalId", "data": "SG"},
        {"type": "aws:cdk:creationStack", "data": trace(1)},
        *(
            {
                "type": "aws:cdk:propertyAssignment",
                "data": {"propertyName": property_, "stackTrace": trace(*([line] if line else []))},
            }
            for line in changes
        ),
    ]
    (tmp_path / "app.py").write_text(LINES, encoding="utf-8")
    artifact = stack("Web", metadata={f"/Web/{path}": entries})
    write(tmp_path / "cdk.out", {"Web": artifact}, Web__template__json={"Resources": {"SG": group}})
    found = groups(evaluated(tmp_path / "cdk.out"))["Web/SG"].rules
    direction = Direction(name.lower())
    return [each.location.line for each in found if each.direction is direction and each.origin.value == "inline"]


@pytest.mark.parametrize(
    ("rules", "changes", "expected"),
    [
        pytest.param([rule(1), rule(2)], [10, 11], [10, 11], id="one by one"),
        pytest.param([rule(1), rule(2)], [10, 10], [10, 10], id="in a loop"),
        pytest.param([rule(1), rule(2)], [30, 10, 11], [10, 11], id="after an override"),
        pytest.param([rule(1), rule(2)], [10, 11, 10, 11], [10, 11], id="recorded twice"),
        pytest.param([rule(1), rule(2)], [None, 11], [1, 11], id="one by a library"),
        pytest.param([rule(1), rule(2)], [], [1, 1], id="not recorded"),
        pytest.param([rule(1), rule(2)], [11], [1, 11], id="the first in a constructor"),
    ],
)
def test_ingress(rules: list[Any], changes: list[int | None], expected: list[int], tmp_path: Path) -> None:
    assert placed(tmp_path, "Ingress", "SG/Resource", rules, changes) == expected


def test_the_placeholder_is_removed_before_the_first_egress_rule(tmp_path: Path) -> None:
    assert placed(tmp_path, "Egress", "SG/Resource", [rule(1), rule(2)], [20, 20, 21]) == [20, 21]


def test_rules_of_the_library_stay_with_the_group(tmp_path: Path) -> None:
    default = rule(1, "Allow all outbound ipv6 traffic by default")
    assert placed(tmp_path, "Egress", "SG/Resource", [default, rule(2)], [20, 20]) == [1, 20]


def test_a_plain_resource_is_assigned_as_a_whole(tmp_path: Path) -> None:
    assert placed(tmp_path, "Ingress", "SG", [rule(1), rule(2)], [15]) == [15, 15]


def test_a_list_under_a_condition_is_placed_too(tmp_path: Path) -> None:
    choice = {"Fn::If": ["IsProd", rule(1), {"Ref": "AWS::NoValue"}]}
    assert placed(tmp_path, "Ingress", "SG/Resource", [choice, rule(2)], [10, 11]) == [10, 11]


def test_the_template_place_is_the_evidence(tmp_path: Path) -> None:
    placed(tmp_path, "Ingress", "SG/Resource", [rule(1)], [10])
    (found,) = (
        each for each in groups(evaluated(tmp_path / "cdk.out"))["Web/SG"].rules if each.direction is Direction.INGRESS
    )
    assert [(step.text, Path(step.location.path).name) for step in found.evidence] == [
        ("CidrIp", "Web.template.json"),
        ("Web/SG", "Web.template.json"),
    ]
    assert found.places is not None
    assert {found.places.block, found.places.ports, found.places.protocol} == {found.location}

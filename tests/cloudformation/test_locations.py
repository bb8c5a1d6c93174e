"""Every value stands at its scalar, however the template is written."""

from __future__ import annotations

from typing import Any

import pytest

from sglint.cloudformation.inputs import Inputs
from sglint.cloudformation.templates import evaluate
from sglint.model.location import Location
from sglint.reading.files import Files

BLOCK = """
Parameters:
  Cidr:
    Type: String
    Default: 0.0.0.0/0
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - IpProtocol: tcp
          CidrIp: 10.0.0.0/8
        - CidrIp: !Ref Cidr
        - CidrIp:
            Ref: Cidr
        - CidrIp: !Sub "${Cidr}"
        - CidrIp: !If [Maybe, 192.0.2.0/24, !Ref Cidr]
Conditions:
  Maybe: !Equals [!Ref AWS::Region, x]
"""
FLOW = "{Resources: {Group: {Type: T, Properties: {SecurityGroupIngress: [{CidrIp: 10.0.0.0/8}]}}}}"
JSON = '{"Resources": {"Group": {"Type": "T", "Properties": {"SecurityGroupIngress": [{"CidrIp": "10.0.0.0/8"}]}}}}'
ANCHORS = """
Metadata:
  rule: &rule {IpProtocol: tcp, CidrIp: 10.0.0.0/8}
Resources:
  Group:
    Type: T
    Properties:
      SecurityGroupIngress:
        - *rule
        - {<<: *rule, IpProtocol: udp}
"""


def rules(text: str, path: str = "t.yaml") -> list[Any]:
    files = Files((".",), {path: text.encode()})
    (group,) = evaluate(path, Inputs(), files).resources
    listed = group.arguments.get("SecurityGroupIngress")
    assert listed is not None
    return list(listed.items())


def written(text: str, place: Location) -> str:
    assert place.line == place.end_line
    return text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]


@pytest.mark.parametrize(
    ("text", "path", "index", "expected"),
    [
        (BLOCK, "t.yaml", 0, "10.0.0.0/8"),
        (BLOCK, "t.yaml", 1, "!Ref Cidr"),
        (BLOCK, "t.yaml", 2, "Cidr"),
        (BLOCK, "t.yaml", 3, '!Sub "${Cidr}"'),
        (FLOW, "t.yaml", 0, "10.0.0.0/8"),
        (JSON, "t.json", 0, '"10.0.0.0/8"'),
        (JSON, "t.template", 0, '"10.0.0.0/8"'),
        (ANCHORS, "t.yaml", 0, "10.0.0.0/8"),
        (ANCHORS, "t.yaml", 1, "10.0.0.0/8"),
    ],
)
def test_value_stands_at_its_scalar(text: str, path: str, index: int, expected: str) -> None:
    assert written(text, rules(text, path)[index].get("CidrIp").location) == expected


def test_alternatives_stand_at_their_own_scalars() -> None:
    found = rules(BLOCK)[4].get("CidrIp").data.alternatives
    assert [written(BLOCK, each.value.location) for each in found] == ["192.0.2.0/24", "!Ref Cidr"]


def test_the_origin_is_evidence() -> None:
    for index in (1, 2, 3):
        (step,) = rules(BLOCK)[index].get("CidrIp").evidence
        assert (step.text, written(BLOCK, step.location)) == ("parameter Cidr", "0.0.0.0/0")


def test_resource_stands_at_its_logical_id_and_covers_its_body() -> None:
    (group,) = evaluate("t.yaml", Inputs(), Files((".",), {"t.yaml": BLOCK.encode()})).resources
    assert written(BLOCK, group.location) == "Group"
    assert (group.extent.line, group.extent.column) == (group.location.line, group.location.column)
    assert group.extent.end_line >= 17


def test_items_of_a_list_parameter_stand_where_it_is_used() -> None:
    text = (
        "Parameters: {Cidrs: {Type: CommaDelimitedList, Default: '10.0.0.0/8,0.0.0.0/0'}}\n"
        "Resources: {Group: {Type: T, Properties: {SecurityGroupIngress: [{CidrIp: !Select [1, !Ref Cidrs]}]}}}\n"
    )
    value = rules(text)[0].get("CidrIp")
    assert written(text, value.location) == "!Ref Cidrs"
    assert [written(text, step.location) for step in value.evidence] == ["'10.0.0.0/8,0.0.0.0/0'"]


def test_mapping_entries_are_evidence() -> None:
    text = (
        "Mappings: {Net: {office: {Cidr: 10.0.0.0/8}}}\n"
        "Resources: {Group: {Type: T, Properties: {SecurityGroupIngress: [{CidrIp: !FindInMap [Net, office, Cidr]}]}}}"
    )
    value = rules(text)[0].get("CidrIp")
    assert written(text, value.location) == "!FindInMap [Net, office, Cidr]"
    assert [(step.text, written(text, step.location)) for step in value.evidence] == [
        ("mapping Net.office.Cidr", "10.0.0.0/8")
    ]

from __future__ import annotations

from typing import Any

import pytest

from tests.cloudformation.evaluating import Either, evaluated, problems, properties, resource

HEAD = """
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod]}
  Free: {Type: String}
  Cidr: {Type: String, Default: 10.0.0.0/8}
  Port: {Type: Number, Default: 8080}
  Ports: {Type: List<Number>, Default: "22, 443,8443"}
  Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
  Image: {Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /images/web}
Mappings:
  Networks:
    dev: {Office: 10.1.0.0/16, Ports: [1, 2]}
    prod: {Office: 10.2.0.0/16, Home: 10.3.0.0/16}
  Names: {dev: {Map: Networks}, prod: {Map: Networks}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Always: !Equals [a, a]
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !If [IsProd, 10.8.0.0/16, 10.9.0.0/16]}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: 10.8.1.0/24, VpcId: !Ref Vpc}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x}}
  Stored: {Type: AWS::SSM::Parameter, Properties: {Value: 192.0.2.0/24}}
  It:
    Type: Test::Test::Test
    Properties:
      V: """

CASES: list[tuple[str, Any]] = [
    # Ref
    ("!Ref Cidr", "10.0.0.0/8"),
    ("{Ref: Port}", 8080),
    ("!Ref Ports", ["22", "443", "8443"]),
    ("!Ref Free", "?Free"),
    ("!Ref Subnets", "?Subnets"),
    ("!Ref Image", "?Image"),
    ("!Ref Env", Either({"Env is dev": "dev", "Env is prod": "prod"})),
    ("!Ref Group", "?Group"),
    ("!Ref AWS::Region", "?AWS::Region"),
    ("!Ref 'AWS::StackName'", "?AWS::StackName"),
    # GetAtt
    ("!GetAtt Group.GroupId", "?Group.GroupId"),
    ("{'Fn::GetAtt': [Group, GroupId]}", "?Group.GroupId"),
    ("!GetAtt [Group, GroupId]", "?Group.GroupId"),
    ("!GetAtt Vpc.DefaultSecurityGroup", "?Vpc.DefaultSecurityGroup"),
    ("!GetAtt Vpc.CidrBlock", Either({"IsProd is true": "10.8.0.0/16", "IsProd is false": "10.9.0.0/16"})),
    ("!GetAtt Subnet.CidrBlock", "10.8.1.0/24"),
    ("!GetAtt Subnet.VpcId", "?Subnet.VpcId"),
    ("!GetAtt Stored.Value", "192.0.2.0/24"),
    ("{'Fn::GetAtt': [Group, !Ref Free]}", "?!GetAtt Group, Free"),
    # Sub
    ("!Sub '${Cidr}'", "10.0.0.0/8"),
    ("!Sub 'port ${Port} of ${!Cidr}'", "port 8080 of ${Cidr}"),
    ("!Sub '${Group}'", "?Group"),
    ("!Sub '${Group.GroupId}'", "?Group.GroupId"),
    ("!Sub '${AWS::StackName}-${Cidr}'", "?${AWS::StackName}-10.0.0.0/8"),
    ("!Sub ['${a}/${b}', {a: !Select [0, !Ref Ports], b: 16}]", "22/16"),
    ("!Sub ['${Env}.${x}', {x: !If [IsProd, a, b]}]", Either({"Env is dev": "dev.b", "Env is prod": "prod.a"})),
    ("!Sub '${Subnet.CidrBlock}'", "10.8.1.0/24"),
    ("!Sub 'a ${ Cidr } b'", "a 10.0.0.0/8 b"),
    ("!Sub '$Cidr {Cidr}'", "$Cidr {Cidr}"),
    ("!Sub ''", ""),
    ("!Sub 'a${AWS::NoValue}b'", "ab"),
    (
        "!Sub ['${x}b', {x: !If [IsProd, a, !Ref AWS::NoValue]}]",
        Either({"IsProd is true": "ab", "IsProd is false": "b"}),
    ),
    # Join
    ("!Join ['', [a, 1, true, 1.5]]", "a1true1.5"),
    ("!Join [',', !Ref Ports]", "22,443,8443"),
    ("!Join ['.', []]", ""),
    ("!Join ['.', [only]]", "only"),
    ("!Join [/, [!Ref Free, 32]]", "?${Free}/32"),
    ("!Join [',', !Ref Subnets]", "?!Join ,, Subnets"),
    ("!Join [',', [!If [IsProd, a, !Ref AWS::NoValue], b]]", Either({"IsProd is true": "a,b", "IsProd is false": "b"})),
    ("{'Fn::Join': ['', ['10.', {Ref: Port}]]}", "10.8080"),
    # Split and Select
    ("!Split ['|', 'a||b']", ["a", "", "b"]),
    ("!Split [',', !Join [',', [!Ref Group, x, !GetAtt Vpc.VpcId]]]", ["?Group", "x", "?Vpc.VpcId"]),
    ("!Split [',', !Ref Free]", "?!Split ,, Free"),
    ("!Split [',', !Sub '${Free},b']", "?!Split ,, ${Free},b"),
    ("!Select [1, !Split ['-', 'a-b-c']]", "b"),
    ("!Select ['2', !Ref Ports]", "8443"),
    ("!Select [0, !Ref Subnets]", "?!Select 0, Subnets"),
    ("!Select [!If [IsProd, 0, 1], [a, b]]", Either({"IsProd is true": "a", "IsProd is false": "b"})),
    (
        "!Select [0, [!If [IsProd, a, !Ref AWS::NoValue], b]]",
        Either({"IsProd is true": "a", "IsProd is false": "b"}),
    ),
    # If
    ("!If [IsProd, 1, 2]", Either({"IsProd is true": 1, "IsProd is false": 2})),
    ("!If [Always, !Ref Cidr, !Ref Nowhere]", "10.0.0.0/8"),
    ("!If [IsProd, !If [IsProd, 1, 2], 3]", Either({"IsProd is true": 1, "IsProd is false": 3})),
    ("[!If [IsProd, 1, !Ref AWS::NoValue], 2]", [Either({"IsProd is true": 1, "IsProd is false": None}), 2]),
    ("[!Ref AWS::NoValue, 2]", [2]),
    ("{a: !Ref AWS::NoValue, b: 1}", {"b": 1}),
    # FindInMap
    ("!FindInMap [Networks, prod, Home]", "10.3.0.0/16"),
    ("!FindInMap [Networks, dev, Ports]", [1, 2]),
    (
        "!FindInMap [Networks, !Ref Env, Office]",
        Either({"Env is dev": "10.1.0.0/16", "Env is prod": "10.2.0.0/16"}),
    ),
    (
        "!FindInMap [Networks, !Ref AWS::Region, Office]",
        Either({"AWS::Region is dev": "10.1.0.0/16", "AWS::Region is prod": "10.2.0.0/16"}),
    ),
    ("!FindInMap [Networks, !Ref Free, Home]", "10.3.0.0/16"),
    ("!FindInMap [Networks, !Ref Env, Home]", "10.3.0.0/16"),
    (
        "!FindInMap [Networks, !Ref Env, Home, {DefaultValue: none}]",
        Either({"Env is prod": "10.3.0.0/16", "Env is dev": "none"}),
    ),
    ("!FindInMap [Missing, a, b, {DefaultValue: !Ref Cidr}]", "10.0.0.0/8"),
    (
        "!FindInMap [!FindInMap [Names, !Ref Env, Map], !Ref Env, Office]",
        Either({"Env is dev": "10.1.0.0/16", "Env is prod": "10.2.0.0/16"}),
    ),
    ("!FindInMap [!Ref Free, a, b]", "?!FindInMap Free, a, b"),
    # Cidr
    ("!Cidr [10.0.0.0/16, 3, 8]", ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]),
    ("!Cidr ['192.168.0.0/24', '6', '5']", [f"192.168.0.{32 * n}/27" for n in range(6)]),
    ("!Cidr ['2001:db8::/56', 2, 64]", ["2001:db8::/64", "2001:db8:0:1::/64"]),
    (
        "!Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 2, 8]]",
        Either({"IsProd is true": "10.8.1.0/24", "IsProd is false": "10.9.1.0/24"}),
    ),
    ("!Cidr [!Ref Free, 2, 8]", "?!Cidr Free, 2, 8"),
    ("!Cidr [10.0.0.0/16, 2]", "?!Cidr [10.0.0.0/16, 2]"),
    # the others
    ("!GetAZs ''", "?!GetAZs"),
    ("!GetAZs {Ref: 'AWS::Region'}", "?!GetAZs AWS::Region"),
    ("!Select [0, !GetAZs '']", "?!Select 0, !GetAZs"),
    ("!Base64 hällo", "aMOkbGxv"),
    ("{'Fn::Base64': {'Fn::Sub': 'p${Port}'}}", "cDgwODA="),
    ("!ImportValue net", "?!ImportValue net"),
    ("!ImportValue {'Fn::Sub': '${Free}-net'}", "?!ImportValue ${Free}-net"),
    ("{'Fn::Length': !Ref Ports}", 3),
    ("{'Fn::Length': [!If [IsProd, a, !Ref AWS::NoValue], b]}", Either({"IsProd is true": 2, "IsProd is false": 1})),
    ("{'Fn::Length': !Ref Subnets}", "?!Length Subnets"),
    ("{'Fn::ToJsonString': {a: [1, true, x], b: !Ref Cidr}}", '{"a":[1,true,"x"],"b":"10.0.0.0/8"}'),
    ("{'Fn::ToJsonString': {a: !Ref Free}}", "?!ToJsonString {a: Free}"),
    ("!GetStackOutput {StackName: net, OutputName: Group}", "?!GetStackOutput net.Group"),
    ("!Transform {Name: Mine, Parameters: {a: 1}}", "?!Transform Mine"),
    # dynamic references
    ("'{{resolve:ssm:/net/office:3}}'", "?{{resolve:ssm:/net/office:3}}"),
    ("!Join ['', ['{{resolve:ssm:/net/', !Ref Port, '}}']]", "?{{resolve:ssm:/net/8080}}"),
    ("!Sub '{{resolve:ssm:/net/${Port}}}'", "?{{resolve:ssm:/net/8080}}"),
    # literals
    ("'22'", "22"),
    ("22", 22),
    ("yes", True),
    ("'yes'", "yes"),
]


@pytest.mark.parametrize(("written", "expected"), CASES, ids=[written for written, _ in CASES])
def test_value(written: str, expected: Any) -> None:
    result = evaluated(HEAD + written + "\n")
    assert properties(result, "It")["V"] == expected
    assert problems(result) == []


def test_blocked_by_names_the_root() -> None:
    result = evaluated(HEAD + "[!Ref Image, !Sub '${Free}/32', !Select [0, !GetAZs ''], '{{resolve:ssm:/a:1}}']\n")
    it = resource(result, "It")
    blocking = [item.data.blocked_by for item in it.arguments.get("V").items()]
    assert blocking == ["SSM parameter /images/web", "Free", "Fn::GetAZs", "ssm:/a:1"]


def test_references_are_kept() -> None:
    result = evaluated(HEAD + "[!Ref Group, !GetAtt Group.GroupId, !Sub '${Group}', !Sub 'x-${Group}']\n")
    it = resource(result, "It")
    found = [item.data.reference for item in it.arguments.get("V").items()]
    assert [each and (each.address, each.attribute) for each in found] == [
        ("Group", "Ref"),
        ("Group", "GroupId"),
        ("Group", "Ref"),
        None,
    ]

from __future__ import annotations

import pytest

from tests.cloudformation.evaluating import Either, evaluated, problems, properties, resource, whens


def test_serverless_functions_take_the_globals() -> None:
    result = evaluated("""
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Timeout: 3
    VpcConfig: {SecurityGroupIds: [sg-1], SubnetIds: [subnet-1]}
    Tags: {A: 1, B: 1}
Resources:
  Plain: {Type: AWS::Serverless::Function}
  Own:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 5
      VpcConfig: {SecurityGroupIds: [!Ref Group, !Ref MadeByAMacro]}
      Tags: {B: 2}
      Events:
        Stream:
          Type: SelfManagedKafka
          Properties: {SourceAccessConfigurations: [{Type: VPC_SECURITY_GROUP, URI: sg-9}]}
        Web: {Type: Api, Properties: {Path: /}}
  Replaced: {Type: AWS::Serverless::Function, Properties: {VpcConfig: !Ref AWS::NoValue}}
  Group: {Type: AWS::EC2::SecurityGroup}
  Api: {Type: AWS::Serverless::Api}
  Pool: {Type: AWS::Serverless::CapacityProvider, Properties: {VpcConfig: {SecurityGroupIds: [sg-3]}}}
""")
    assert problems(result) == []
    assert {each.address: each.type for each in result.resources} == {
        "Plain": "AWS::Lambda::Function",
        "Own": "AWS::Lambda::Function",
        "OwnStream": "AWS::Lambda::EventSourceMapping",
        "Replaced": "AWS::Lambda::Function",
        "Group": "AWS::EC2::SecurityGroup",
        "Api": "AWS::Serverless::Api",
        "Pool": "AWS::Lambda::CapacityProvider",
    }
    assert properties(result, "Plain")["VpcConfig"] == {"SecurityGroupIds": ["sg-1"], "SubnetIds": ["subnet-1"]}
    own = properties(result, "Own")
    assert own["VpcConfig"]["SecurityGroupIds"] == ["sg-1", "?Group", "?MadeByAMacro"]
    assert (own["Timeout"], own["Tags"]) == (5, {"A": 1, "B": 2})
    assert "VpcConfig" not in properties(result, "Replaced")


def test_serverless_applications_are_nested_stacks() -> None:
    result = evaluated(
        "Transform: AWS::Serverless-2016-10-31\n"
        "Resources: {App: {Type: AWS::Serverless::Application, Properties: {Location: app.yaml, Parameters: {P: 1}}}}",
        others={"app.yaml": "Parameters: {P: {Type: String}}\nResources: {R: {Type: T, Properties: {V: !Ref P}}}"},
    )
    assert properties(result, "App/R") == {"V": 1}


def test_include_puts_a_local_file_in_place() -> None:
    result = evaluated(
        """
Transform:
  - Name: AWS::Include
    Parameters: {Location: parts/more.yaml}
Mappings:
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./parts/maps.yaml}}
Resources:
  R:
    Type: T
    Properties:
      A: 1
      Fn::Transform: {Name: AWS::Include, Parameters: {Location: parts/properties.json}}
      C: !FindInMap [M, a, b]
""",
        others={
            "parts/more.yaml": "Resources: {Group: {Type: AWS::EC2::SecurityGroup}}",
            "parts/maps.yaml": "M: {a: {b: c}}",
            "parts/properties.json": '{"B": {"Ref": "Group"}}',
        },
    )
    assert problems(result) == []
    assert result.unresolved == ()
    assert properties(result, "R") == {"A": 1, "B": "?Group", "C": "c"}
    assert resource(result, "Group").location.path == "parts/more.yaml"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("s3://bucket/x.yaml", "what it includes is not a local file"),
        ("missing.yaml", "missing.yaml does not exist in the input"),
        ("../secret.yaml", "../secret.yaml does not exist in the input"),
        ("!Sub 's3://${AWS::Region}/x'", "what it includes is not a local file"),
    ],
)
def test_include_of_what_is_not_at_hand_is_unresolved(location: str, reason: str) -> None:
    result = evaluated(
        f"Resources: {{R: {{Type: T, Properties: {{A: 1, Fn::Transform: {{Name: AWS::Include, "
        f"Parameters: {{Location: {location}}}}}}}}}}}",
        others={"../secret.yaml": "A: 1"},
    )
    assert [each.reason for each in result.unresolved] == [reason]
    assert properties(result, "R")["A"] == 1


def test_what_an_unread_include_may_bring_is_not_missed() -> None:
    result = evaluated(
        "Resources:\n"
        "  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://bucket/groups.yaml}}\n"
        "  R: {Type: T, Properties: {V: !Ref Theirs}}\n"
    )
    assert problems(result) == []
    assert properties(result, "R") == {"V": "?Theirs"}


def test_other_macros_are_named_and_may_bring_what_is_missing() -> None:
    result = evaluated(
        "Transform: [Company::Guardrails, AWS::CodeDeployBlueGreen]\n"
        "Resources:\n"
        "  R: {Type: T, Condition: Theirs, Properties: {V: !Ref Theirs, W: {Fn::Transform: {Name: Company::Tags}}}}\n"
    )
    assert problems(result) == []
    assert [(each.address, each.reason) for each in result.unresolved] == [
        ("Company::Guardrails", "a macro runs in the account, at deploy time"),
        ("Company::Tags", "a macro runs in the account, at deploy time"),
    ]
    assert whens(result) == {"R": "Theirs is true"}


def test_modules_are_named() -> None:
    result = evaluated("Resources: {M: {Type: Company::Network::Group::MODULE}}")
    assert [(each.address, each.source) for each in result.unresolved] == [("M", "Company::Network::Group::MODULE")]


LOOPS = """
Transform: AWS::LanguageExtensions
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod]}
  Names: {Type: CommaDelimitedList, Default: "web, db"}
  Free: {Type: CommaDelimitedList}
Mappings:
  Ports: {dev: {List: ["22", "80"]}, prod: {List: ["80"]}}
Conditions:
  Fn::ForEach::Conditions:
    - E
    - [dev, prod]
    - Is${E}: !Equals [!Ref Env, !Ref E]
Resources:
  Fn::ForEach::Groups:
    - Name
    - !Ref Names
    - ${Name}Group:
        Type: AWS::EC2::SecurityGroup
        Properties:
          GroupDescription: !Sub "the ${Name} group of ${AWS::Region}"
          Tags: [{Key: Name, Value: {Ref: Name}}]
        Condition: Isprod
      Fn::ForEach::Rules:
        - Port
        - [22, "443"]
        - ${Name}Rule${Port}:
            Type: AWS::EC2::SecurityGroupIngress
            Properties: {GroupId: !GetAtt ["${Name}Group", GroupId], FromPort: !Ref Port}
  Fn::ForEach::Addresses:
    - Cidr
    - [10.0.0.0/8, "192.168.0.0/16"]
    - Net&{Cidr}: {Type: T, Properties: {V: "${Cidr}"}}
  Fn::ForEach::ByEnvironment:
    - Port
    - !FindInMap [Ports, !Ref Env, List]
    - Open${Port}: {Type: T, Properties: {V: !Ref Port}}
  Inside:
    Type: T
    Properties:
      Fn::ForEach::Members: [M, [A, B], {"Member${M}": !Sub "${M} of ${Env}"}]
      Fn::ForEach::ByEnvironment: [P, !FindInMap [Ports, !Ref Env, List], {"P${P}": !Ref P}]
Outputs:
  Fn::ForEach::Outputs: [Name, !Ref Names, {"Out${Name}": {Value: !Ref {"Fn::Sub": "${Name}Group"}}}]
"""


def test_loops() -> None:
    result = evaluated(LOOPS)
    assert problems(result) == []
    assert result.unresolved == ()
    assert whens(result) == {
        "webGroup": "Isprod is true",
        "webRule22": "",
        "webRule443": "",
        "dbGroup": "Isprod is true",
        "dbRule22": "",
        "dbRule443": "",
        "Net100008": "",
        "Net1921680016": "",
        "Open22": "Env is dev",
        "Open80": "",
        "Inside": "",
    }
    assert properties(result, "dbGroup") == {
        "GroupDescription": "?the db group of ${AWS::Region}",
        "Tags": [{"Key": "Name", "Value": "db"}],
    }
    assert properties(result, "dbRule443") == {"GroupId": "?dbGroup.GroupId", "FromPort": "443"}
    assert properties(result, "Net100008") == {"V": "10.0.0.0/8"}
    assert properties(result, "Inside") == {
        "MemberA": Either({"Env is dev": "A of dev", "Env is prod": "A of prod"}),
        "MemberB": Either({"Env is dev": "B of dev", "Env is prod": "B of prod"}),
        "P22": Either({"Env is dev": "22", "Fn::ForEach::ByEnvironment of 22 is false": None}),
        "P80": "80",
    }


def test_what_a_loop_makes_stands_where_its_fragment_stands() -> None:
    group = resource(evaluated(LOOPS), "webGroup")
    assert (group.location.line, group.location.column) == (18, 7)


def test_loops_with_faults() -> None:
    result = evaluated(
        """Transform: AWS::LanguageExtensions
Parameters: {Free: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::Unknown: [I, !Ref Free, {"R${I}": {Type: T}}]
  Fn::ForEach::Short: [I, [a]]
  Fn::ForEach::Same: [I, [a, b], {Same: {Type: T}}]
  Kept: {Type: T}
"""
    )
    assert problems(result) == [
        "5:23 Fn::ForEach::Short must be a list of an identifier, a collection and an object of one output key",
        "6:35 Fn::ForEach::Same gives the key Same more than once",
    ]
    assert [(each.address, each.reason) for each in result.unresolved] == [
        ("Fn::ForEach::Unknown", "the items to repeat it for are not known: Free")
    ]
    assert set(whens(result)) == {"Same", "Kept"}


def test_loops_without_the_transform() -> None:
    result = evaluated('Resources:\n  Fn::ForEach::L: [I, [a], {"R${I}": {Type: T}}]\n')
    assert problems(result) == ["2:3 Fn::ForEach::L needs the transform AWS::LanguageExtensions"]
    assert set(whens(result)) == {"Ra"}


def test_loops_are_bounded() -> None:
    nested = "{Type: T}"
    for level in range(6):
        nested = (
            f'{{Fn::ForEach::L{level}: [I{level}, [{", ".join(map(str, range(10)))}], {{"${{I{level}}}": {nested}}}]}}'
        )
    result = evaluated(f"Transform: AWS::LanguageExtensions\nResources: {nested}\n")
    assert any("repetitions" in each.reason for each in result.unresolved)

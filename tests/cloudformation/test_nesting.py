from __future__ import annotations

from pathlib import Path

import pytest

from sglint.cloudformation.deployment import Deployment, Template
from sglint.cloudformation.inputs import Inputs
from sglint.cloudformation.templates import evaluate, evaluate_stacks
from sglint.model.values import Value
from sglint.reading.files import Files
from sglint.reading.templates import read_document
from tests.cloudformation.evaluating import TEMPLATE, Either, evaluated, problems, properties, resource, seen, whens

PARENT = """
Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Web:
    Type: AWS::CloudFormation::Stack
    Condition: IsProd
    Properties:
      TemplateURL: ./parts/web.yaml
      Parameters:
        Cidr: !GetAtt Vpc.CidrBlock
        Env: !Ref Env
        Groups: !Join [",", [!Ref Vpc, sg-1]]
        Size: !If [IsProd, 2, 1]
      Tags: [{Key: Team, Value: web}]
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !GetAtt Web.Outputs.Group, CidrIp: !GetAtt [Web, Outputs.Office]}
"""
CHILD = """
Parameters:
  Cidr: {Type: String}
  Env: {Type: String}
  Groups: {Type: CommaDelimitedList}
  Size: {Type: Number}
  Left: {Type: String}
Conditions: {IsDev: !Equals [!Ref Env, dev], IsLeft: !Equals [!Ref Left, a]}
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {A: !Ref Cidr, B: !Ref Groups, C: !Ref Size, D: !Ref Left}}
  Never: {Type: AWS::EC2::SecurityGroup, Condition: IsDev}
  Left: {Type: AWS::EC2::SecurityGroup, Condition: IsLeft}
  Deeper: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: deep.yaml}}
Outputs:
  Group: {Value: !GetAtt Group.GroupId}
  Office: {Value: !Sub "${Cidr}"}
"""
DEEP = "Resources: {Group: {Type: AWS::EC2::SecurityGroup, Properties: {N: !Ref AWS::StackName}}}"
OTHERS = {"parts/web.yaml": CHILD, "parts/deep.yaml": DEEP}


def test_inputs_and_outputs_flow() -> None:
    result = evaluated(PARENT, others=OTHERS)
    assert problems(result) == []
    assert properties(result, "Web/Group") == {"A": "10.0.0.0/16", "B": ["?Vpc", "sg-1"], "C": 2, "D": "?Web/Left"}
    assert properties(result, "Rule") == {"GroupId": "?Web/Group.GroupId", "CidrIp": "10.0.0.0/16"}
    group = resource(result, "Rule").arguments.get("GroupId").data.reference
    assert (group.address, group.attribute) == ("Web/Group", "GroupId")


def test_conditions_of_parent_and_child_are_one_logic() -> None:
    result = evaluated(PARENT, others=OTHERS)
    assert whens(result) == {
        "Vpc": "",
        "Web": "IsProd is true",
        "Web/Group": "IsProd is true",
        "Web/Left": "IsProd is true and Web/IsLeft is true",
        "Web/Deeper": "IsProd is true",
        "Web/Deeper/Group": "IsProd is true",
        "Rule": "",
    }


def test_what_is_nested_says_so() -> None:
    result = evaluated(PARENT, others=OTHERS)
    group = resource(result, "Web/Deeper/Group")
    assert [(step.text, str(step.location)) for step in group.evidence] == [
        ("nested stack Web/Deeper", "parts/web.yaml:13:72"),
        ("nested stack Web", "template.yaml:10:20"),
    ]
    assert result.followed == {"parts/web.yaml", "parts/deep.yaml"}
    assert group.location.path == "parts/deep.yaml"
    assert properties(result, "Web/Deeper/Group") == {"N": "?Web/Deeper/AWS::StackName"}


def test_tags_of_a_nested_stack_reach_its_resources() -> None:
    result = evaluated(PARENT, others=OTHERS)
    for address in ("Web/Group", "Web/Deeper/Group"):
        assert seen(resource(result, address).attributes["stack_tags"]) == {"Team": "web"}
    assert resource(result, "Rule").attributes == {}


@pytest.mark.parametrize(
    ("body", "source", "reason"),
    [
        ("{TemplateURL: 'https://s3/t.yaml'}", "https://s3/t.yaml", "its template is not a local file"),
        ("{TemplateURL: s3://b/t.yaml}", "s3://b/t.yaml", "its template is not a local file"),
        ("{TemplateURL: missing.yaml}", "missing.yaml", "its template missing.yaml does not exist"),
        ("{TemplateURL: ../out.yaml}", "../out.yaml", "its template ../out.yaml lies outside the input"),
        ("{}", "", "it has no TemplateURL"),
        (
            "{TemplateURL: !Ref AWS::Region}",
            "AWS::Region",
            "its TemplateURL is known only to the deployment (AWS::Region)",
        ),
        ("{TemplateURL: template.yaml}", "template.yaml", "its template template.yaml is one that it is nested in"),
        ("{TemplateURL: bad.yaml}", "bad.yaml", "its template could not be read"),
    ],
)
def test_what_cannot_be_followed_is_unresolved(body: str, source: str, reason: str) -> None:
    result = evaluated(
        f"Resources: {{N: {{Type: AWS::CloudFormation::Stack, Properties: {body}}}, "
        "R: {Type: T, Properties: {V: !GetAtt N.Outputs.X}}}",
        others={"../out.yaml": "Resources: {}", "bad.yaml": "a: ["},
    )
    (left,) = result.unresolved
    assert (left.address, left.source, left.reason) == ("N", source, reason)
    assert properties(result, "R") == {"V": "?N.Outputs.X"}


def test_templates_nested_in_each_other_are_each_judged() -> None:
    files = Files(
        (".",),
        {
            "a.yaml": b"Resources: {B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml}}}",
            "b.yaml": b"Resources: {A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml}}}",
        },
    )
    for path in ("a.yaml", "b.yaml"):
        result = evaluate(path, Inputs(), files)
        assert result.followed == frozenset()
        assert [each.reason for each in result.unresolved] == [f"its template {path} is one that it is nested in"]


def test_missing_output() -> None:
    result = evaluated(
        "Resources:\n"
        "  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: parts/deep.yaml}}\n"
        "  R: {Type: T, Properties: {V: !GetAtt N.Outputs.X}}\n",
        others=OTHERS,
    )
    assert problems(result) == ["3:32 output 'X' not found in the nested stack N"]


def test_stacks_that_feed_each_other_are_a_circular_dependency() -> None:
    child = "Parameters: {P: {Type: String}}\nResources: {R: {Type: T}}\nOutputs: {O: {Value: !Ref P}}"
    stacks = "\n".join(
        f"  {name}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: c.yaml, Parameters: "
        f"{{P: !GetAtt {other}.Outputs.O}}}}}}"
        for name, other in ("AB", "BA")
    )
    result = evaluated(f"Resources:\n{stacks}\n", others={"c.yaml": child})
    assert problems(result) == ["2:3 circular dependency between resources: [A, B]"]
    assert set(whens(result)) == {"A/R", "A", "B/R", "B"}


def test_unknown_text_of_a_cdk_asset_is_followed_through_its_metadata(tmp_path: Path) -> None:
    (tmp_path / "s.template.json").write_text(
        '{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": {"Fn::Sub": '
        '"https://${AWS::Region}/x"}}, "Metadata": {"aws:asset:path": "n.json", "aws:cdk:path": "App/N"}}}}'
    )
    (tmp_path / "n.json").write_text('{"Resources": {"R": {"Type": "T", "Metadata": {"aws:cdk:path": "App/N/R"}}}}')
    result = evaluate(str(tmp_path / "s.template.json"), Inputs(), Files((str(tmp_path),)))
    assert {each.address: each.construct for each in result.resources} == {"N/R": "App/N/R", "N": "App/N"}


def test_what_an_assembly_says_beside_its_templates() -> None:
    files = Files((".",), {"s.yaml": PARENT.encode(), "n.yaml": CHILD.encode(), "d.yaml": DEEP.encode()})
    deployment = Deployment(
        files,
        constructs={"Stack/Web": "App/Web", "App/Web/Group": "App/Web/Group"},
        nested={"Stack/Web": "n.yaml", "App/Web/Deeper": "d.yaml"},
        prefixes={"Stack/Web": "App/Web/"},
    )
    place = read_document(files.read("s.yaml")).location
    template = Template(
        "s.yaml",
        read_document(files.read("s.yaml")),
        prefix="Stack/",
        parameters={"Env": Value("prod", place)},
        tags={"Owner": Value("me", place)},
    )
    result = evaluate_stacks([template], deployment)
    assert {each.address: each.construct for each in result.resources} == {
        "Stack/Vpc": None,
        "App/Web/Group": "App/Web/Group",
        "App/Web/Left": None,
        "App/Web/Deeper/Group": None,
        "App/Web/Deeper": None,
        "Stack/Web": "App/Web",
        "Stack/Rule": None,
    }
    assert properties(result, "Stack/Rule")["GroupId"] == "?App/Web/Group.GroupId"
    assert seen(resource(result, "App/Web/Group").attributes["stack_tags"]) == {"Owner": "me", "Team": "web"}


NETWORK = """
Parameters: {Env: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources: {Group: {Type: AWS::EC2::SecurityGroup}}
Outputs:
  A: {Value: !GetAtt Group.GroupId, Export: {Name: net-group}}
  B: {Value: !If [IsProd, 10.0.0.0/8, 0.0.0.0/0], Export: {Name: !Join ["-", [net, cidr]]}}
  C: {Value: x, Export: {Name: !Sub "${AWS::StackName}-x"}}
  D: {Value: !ImportValue far, Export: {Name: near}}
  E: {Value: !ImportValue near, Export: {Name: far}}
"""
USER = """
Conditions: {IsProd: !Equals [!Ref AWS::Region, x]}
Resources:
  R:
    Type: T
    Properties:
      A: !ImportValue net-group
      B: !ImportValue {"Fn::Sub": "net-cidr"}
      C: !ImportValue {"Fn::Sub": "${AWS::StackName}-x"}
      D: !ImportValue near
      E: !ImportValue nowhere
      F: !If [IsProd, !ImportValue net-cidr, z]
"""


def test_exports_of_other_templates() -> None:
    result = evaluated(USER, others={"a/network.yaml": NETWORK}, exporters=["missing.yaml", "a/network.yaml", TEMPLATE])
    cidr = Either({"network/IsProd is true": "10.0.0.0/8", "network/IsProd is false": "0.0.0.0/0"})
    assert properties(result, "R") == {
        "A": "?network/Group.GroupId",
        "B": cidr,
        "C": "?!ImportValue ${AWS::StackName}-x",
        "D": "?!ImportValue near",
        "E": "?!ImportValue nowhere",
        "F": Either(
            {
                "IsProd is true and network/IsProd is true": "10.0.0.0/8",
                "IsProd is true and network/IsProd is false": "0.0.0.0/0",
                "IsProd is false": "z",
            }
        ),
    }
    assert problems(result) == []
    step = resource(result, "R").arguments.get("B").data.alternatives[0].value.evidence[0]
    assert (step.text, str(step.location)) == ("export net-cidr", "a/network.yaml:7:27")


def test_exports_between_stacks_of_one_unit() -> None:
    files = Files((".",), {"n.yaml": NETWORK.encode(), "u.yaml": USER.encode()})
    documents = {path: read_document(files.read(path)) for path in ("u.yaml", "n.yaml")}
    place = documents["n.yaml"].location
    result = evaluate_stacks(
        [
            Template("u.yaml", documents["u.yaml"], "User/", environment="1/eu"),
            Template("n.yaml", documents["n.yaml"], "Us/", environment="1/us"),
            Template("n.yaml", documents["n.yaml"], "Eu/", {"Env": Value("prod", place)}, environment="1/eu"),
        ],
        Deployment(files),
    )
    assert properties(result, "User/R")["A"] == "?Eu/Group.GroupId"
    assert properties(result, "User/R")["B"] == "10.0.0.0/8"

"""Only the properties that matter of a resource are evaluated, and faults in the others are nobody's concern."""

from __future__ import annotations

from tests.cloudformation.evaluating import evaluated, problems, properties

WANTED = {
    "AWS::EC2::Instance": ("SecurityGroupIds", "NetworkInterfaces.GroupSet"),
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData.SecurityGroupIds",),
    "AWS::EC2::VPC": (),
}


def test_other_properties_are_not_evaluated() -> None:
    result = evaluated(
        """
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      UserData: !Sub "${Nothing}"
      SecurityGroupIds: [sg-1]
      NetworkInterfaces:
        - {SubnetId: !Ref Nothing, GroupSet: [sg-2]}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Nothing}}
""",
        types=WANTED,
    )
    assert problems(result) == []
    assert properties(result, "Web") == {"SecurityGroupIds": ["sg-1"], "NetworkInterfaces": [{"GroupSet": ["sg-2"]}]}
    assert properties(result, "Vpc") == {}


def test_a_function_on_the_way_is_evaluated_whole() -> None:
    result = evaluated(
        """
Conditions: {IsOn: !Equals [a, a]}
Resources:
  Node:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData: !If [IsOn, {ImageId: ami-1, SecurityGroupIds: [sg-1]}, !Ref AWS::NoValue]
""",
        types=WANTED,
    )
    assert problems(result) == []
    assert properties(result, "Node") == {"LaunchTemplateData": {"ImageId": "ami-1", "SecurityGroupIds": ["sg-1"]}}


def test_faults_in_properties_that_matter_are_told() -> None:
    result = evaluated(
        "Resources: {Web: {Type: AWS::EC2::Instance, Properties: {SecurityGroupIds: [!Ref Nothing]}}}", types=WANTED
    )
    assert len(problems(result)) == 1

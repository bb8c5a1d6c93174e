"""Stacks of one assembly: tags, environments, parameters, and nested stacks that share a template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cdk.assemblies import GROUP, evaluated, groups, stack, write


def _nested(name: str) -> dict[str, Any]:
    return {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": {"Fn::Sub": "https://s3.${AWS::Region}.${AWS::URLSuffix}/assets/abc.json"}},
        "Metadata": {"aws:cdk:path": f"Web/{name}.NestedStack/{name}.NestedStackResource"},
    }


def test_nested_stacks_with_the_same_template(tmp_path: Path) -> None:
    assets = {"type": "cdk:asset-manifest", "properties": {"file": "Web.assets.json"}}
    write(
        tmp_path,
        {"Web.assets": assets, "Web": stack("Web")},
        Web__template__json={"Resources": {"A": _nested("A"), "B": _nested("B")}},
        Web__assets__json={
            "files": {"abc": {"source": {"path": "nested.json"}, "destinations": {"d": {"objectKey": "abc.json"}}}}
        },
        nested__json={"Resources": {"SG": GROUP}},
    )
    found = evaluated(tmp_path)
    assert found.unresolved == ()
    assert sorted(groups(found)) == ["Web/A/SG", "Web/B/SG"]


def test_tags_of_the_stack_count(tmp_path: Path) -> None:
    tagged = {**GROUP, "Properties": {**GROUP["Properties"], "Tags": [{"Key": "Team", "Value": "web"}]}}
    artifact = stack("Web", properties={"tags": {"Owner": "net", "Team": "platform"}})
    write(tmp_path, {"Web": artifact}, Web__template__json={"Resources": {"SG": tagged}})
    assert dict(groups(evaluated(tmp_path))["Web/SG"].tags) == {"Owner": "net", "Team": "web"}


def test_what_the_manifest_knows_of_the_environment(tmp_path: Path) -> None:
    group = {
        "Type": "AWS::EC2::SecurityGroup",
        "Properties": {
            "GroupName": {"Fn::Sub": "${AWS::StackName}-${AWS::AccountId}-${AWS::Region}"},
            "GroupDescription": {"Ref": "Purpose"},
        },
    }
    template = {"Parameters": {"Purpose": {"Type": "String", "Default": "none"}}, "Resources": {"SG": group}}
    artifact = stack(
        "Web",
        environment="aws://111111111111/eu-west-1",
        properties={"stackName": "prod-web", "parameters": {"Purpose": "Web servers"}},
    )
    write(tmp_path, {"Web": artifact}, Web__template__json=template)
    found = groups(evaluated(tmp_path))["Web/SG"]
    assert (found.name, found.description) == ("prod-web-111111111111-eu-west-1", "Web servers")


def test_exports_of_other_environments_are_not_met(tmp_path: Path) -> None:
    exported = {"Value": "10.0.0.0/8", "Export": {"Name": "Office"}}
    rule = {"CidrIp": {"Fn::ImportValue": "Office"}, "FromPort": 22, "IpProtocol": "tcp", "ToPort": 22}
    group = {"Type": "AWS::EC2::SecurityGroup", "Properties": {"SecurityGroupIngress": [rule]}}
    artifacts = {
        "Source": stack("Source", environment="aws://111111111111/eu-west-1"),
        "Near": stack("Near", environment="aws://111111111111/eu-west-1"),
        "Far": stack("Far", environment="aws://111111111111/us-east-1"),
    }
    write(
        tmp_path,
        artifacts,
        Source__template__json={"Resources": {"SG": GROUP}, "Outputs": {"Office": exported}},
        Near__template__json={"Resources": {"SG": group}},
        Far__template__json={"Resources": {"SG": group}},
    )
    found = groups(evaluated(tmp_path))
    assert str(found["Near/SG"].rules[0].peer) == "10.0.0.0/8"
    assert "Office" in str(found["Far/SG"].rules[0].peer)

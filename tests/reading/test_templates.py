"""Templates told from other files, by their bytes and by their documents; short forms."""

from __future__ import annotations

import pytest
from cfn_tools import load_yaml

from sglint.reading.short_forms import long_form
from sglint.reading.templates import is_template, looks_like_template, read_document
from tests.reading.reading import plain, source

TEMPLATES = [
    "Resources:\n  A:\n    Type: AWS::EC2::VPC\n",
    "AWSTemplateFormatVersion: 2010-09-09\nDescription: d\nResources: {A: {Type: 'AWS::EC2::VPC'}}\n",
    "---\n'Resources':\n  A: {Type: AWS::EC2::VPC}\n",
    "? Resources\n: A: {Type: AWS::EC2::VPC}\n",
    "{Resources: {A: {Type: AWS::EC2::VPC}}}",
    '{"Resources":{"A":{"Type":"AWS::EC2::VPC"}}}',
    '{"Parameters": {},"Resources" : {"A": {"Type": "Custom::Thing"}}}',
    "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {Type: AWS::Serverless::Function}\n",
    "Resources:\n  Fn::ForEach::X:\n    - I\n    - [a]\n    - 'G${I}': {Type: AWS::EC2::SecurityGroup}\n",
]
OTHERS = [
    "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - resources: {limits: {cpu: 1}}\n",
    '{"name": "x", "version": "1.0.0", "dependencies": {}}',
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n",
    "service: x\nresources:\n  Resources:\n    A: {Type: AWS::EC2::VPC}\n",
    "Resources: [a, b]\n",
    "Resources:\n  - Type: AWS::EC2::VPC\n",
    "- a\n",
    "text",
    "",
]


@pytest.mark.parametrize("text", TEMPLATES)
def test_templates_pass(text: str) -> None:
    assert looks_like_template(text.encode())
    assert is_template(read_document(source(text, "a.template")))


@pytest.mark.parametrize("text", OTHERS)
def test_others_do_not(text: str) -> None:
    assert not is_template(read_document(source(text, "a.yaml")))


@pytest.mark.parametrize("text", [OTHERS[0], OTHERS[1], OTHERS[2], OTHERS[6], OTHERS[7], OTHERS[8]])
def test_most_others_are_passed_over_unread(text: str) -> None:
    assert not looks_like_template(text.encode())


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.template", "a.json"])
def test_json_is_read_under_any_name(name: str) -> None:
    text = '{"a": "\\ud83d\\ude00", "b"\n: 1}'
    assert plain(read_document(source(text, name))) == {"a": "😀", "b": 1}


def test_flow_style_yaml_is_read_under_any_name_but_json() -> None:
    assert plain(read_document(source("{a: 1}", "a.template"))) == {"a": 1}


def test_tabs_in_json() -> None:
    assert plain(read_document(source('{\n\t"a":\t[\n\t\t1\n\t]\n}', "a.json"))) == {"a": [1]}


@pytest.mark.parametrize(
    "tag",
    ["Ref", "Condition", "Sub", "GetAtt", "Join", "If", "Equals", "FindInMap", "ImportValue", "Cidr", "Transform"],
)
def test_long_forms_are_those_of_cfn_flip(tag: str) -> None:
    (name,) = load_yaml(f"!{tag} x")
    assert long_form(tag) == name

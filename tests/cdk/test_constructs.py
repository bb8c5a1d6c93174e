"""Construct paths from each source that an assembly may have, and the sources over each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.cdk.constructs import Constructs, TreeNode, nested_stack
from tests.cdk.assemblies import evaluated, groups

FIXTURES = Path(__file__).parents[2] / "fixtures" / "cdk"


@pytest.mark.parametrize("name", ["tree-only", "older-tree-only", "path-metadata-only"])
def test_every_source_gives_the_same_paths(name: str) -> None:
    found = groups(evaluated(FIXTURES / name / "cdk.out"))
    assert {address: group.construct for address, group in found.items()} == {
        "Web/WebSG93294D3E": "Web/WebSG/Resource",
        "Web/Inner/WebSG93294D3E": "Web/Inner/WebSG/Resource",
        "Prod/Web/WebSG93294D3E": "Prod/Web/WebSG/Resource",
        "Prod/Web/Inner/WebSG93294D3E": "Prod/Web/Inner/WebSG/Resource",
    }


def test_metadata_goes_before_the_tree() -> None:
    metadata: dict[str, list[object]] = {"/Web/New/Resource": [{"type": "aws:cdk:logicalId", "data": "SG"}]}
    constructs = Constructs("Web", metadata, [TreeNode("Web/Old/Resource", "SG")])
    assert constructs.path("Web", "SG") == "Web/New/Resource"


def test_a_logical_id_is_looked_up_in_its_own_template() -> None:
    metadata: dict[str, list[object]] = {
        "/Web/SG/Resource": [{"type": "aws:cdk:logicalId", "data": "SG"}],
        "/Web/In.NestedStack/In.NestedStackResource": [{"type": "aws:cdk:logicalId", "data": "InStack"}],
        "/Web/In/SG/Resource": [{"type": "aws:cdk:logicalId", "data": "SG"}],
        "/Web/In/Deep.NestedStack/Deep.NestedStackResource": [{"type": "aws:cdk:logicalId", "data": "DeepStack"}],
        "/Web/In/Deep/SG/Resource": [{"type": "aws:cdk:logicalId", "data": "SG"}],
    }
    constructs = Constructs("Web", metadata)
    assert constructs.path("Web", "SG") == "Web/SG/Resource"
    assert constructs.path("Web/In", "SG") == "Web/In/SG/Resource"
    assert constructs.path("Web/In/Deep", "SG") == "Web/In/Deep/SG/Resource"
    assert constructs.path("Web", "InStack") == "Web/In.NestedStack/In.NestedStackResource"
    assert constructs.path("Web/In", "DeepStack") == "Web/In/Deep.NestedStack/Deep.NestedStackResource"
    assert constructs.path("Web/In", "InStack") is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Web/In.NestedStack/In.NestedStackResource", "Web/In"),
        ("Web/In/Resource", None),
        ("Web/In.NestedStack/Other.NestedStackResource", None),
        ("In.NestedStackResource", None),
        ("", None),
    ],
)
def test_the_path_of_a_nested_stack(path: str, expected: str | None) -> None:
    assert nested_stack(path) == expected


def test_what_a_library_makes_is_traced_to_what_the_app_made() -> None:
    own = {"type": "aws:cdk:creationStack", "data": ["new Service (/app/app.ts:13:21)"]}
    library = {"type": "aws:cdk:creationStack", "data": ["...aws-cdk-lib..."]}
    metadata: dict[str, list[object]] = {
        "/Web": [{"type": "aws:cdk:creationStack", "data": ["<anonymous> (/app/app.ts:24:1)"]}],
        "/Web/Api/SecurityGroup/Resource": [own],
        "/Web/Api/SecurityGroup/to X:80": [library],
        "/Web/Lone/Resource": [library],
    }
    constructs = Constructs("Web", metadata)
    assert [frame.line for frame in constructs.created("Web/Api/SecurityGroup/to X:80")] == [13]
    assert list(constructs.created("Web/Lone/Resource")) == []

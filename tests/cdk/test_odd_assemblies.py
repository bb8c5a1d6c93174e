"""Assemblies with something wrong or missing: a problem names it, and everything else is still evaluated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sglint.model.location import Location
from tests.cdk.assemblies import GROUP, evaluated, groups, stack, write

FIXTURES = Path(__file__).parents[2] / "fixtures" / "cdk"
TEMPLATE = {"Resources": {"WebSG": GROUP}}


def problems(directory: Path) -> list[str]:
    return [
        f"{Path(problem.location.path).name}:{problem.location.line}: {problem.message}"
        for problem in evaluated(directory).problems
    ]


def test_no_manifest(tmp_path: Path) -> None:
    assert problems(tmp_path) == ["manifest.json:1: cannot be read: no such file or directory"]


def test_a_manifest_that_is_no_json(tmp_path: Path) -> None:
    write(tmp_path, {}, manifest__json='{\n "version": "55.0.0",\n "artifacts": }')
    assert problems(tmp_path) == ["manifest.json:3: is not valid JSON: expecting value"]


@pytest.mark.parametrize("manifest", ["[]", "null", '"text"', "1"])
def test_a_manifest_that_is_no_object(manifest: str, tmp_path: Path) -> None:
    write(tmp_path, {}, manifest__json=manifest)
    assert problems(tmp_path) == ["manifest.json:1: holds no JSON object"]


@pytest.mark.parametrize("manifest", ['{"artifacts": {}}', '{"version": "55.0.0", "artifacts": []}'])
def test_a_manifest_of_something_else(manifest: str, tmp_path: Path) -> None:
    write(tmp_path, {}, manifest__json=manifest)
    assert problems(tmp_path) == ["manifest.json:1: is not the manifest of a cloud assembly"]


def test_a_missing_template_leaves_the_other_stacks(tmp_path: Path) -> None:
    write(tmp_path, {"Lost": stack("Lost"), "Web": stack("Web")}, Web__template__json=TEMPLATE)
    assert problems(tmp_path) == ["Lost.template.json:1: cannot be read: no such file or directory"]
    assert list(groups(evaluated(tmp_path))) == ["Web/WebSG"]


def test_a_missing_metadata_file_leaves_the_stack(tmp_path: Path) -> None:
    artifact = stack("Web", additionalMetadataFile="Web.metadata.json")
    write(tmp_path, {"Web": artifact}, Web__template__json=TEMPLATE)
    assert problems(tmp_path) == ["Web.metadata.json:1: cannot be read: no such file or directory"]
    assert list(groups(evaluated(tmp_path))) == ["Web/WebSG"]


def test_a_missing_stage_leaves_the_stacks_beside_it(tmp_path: Path) -> None:
    stage = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}}
    write(tmp_path, {"Prod": stage, "Web": stack("Web")}, Web__template__json=TEMPLATE)
    assert problems(tmp_path) == ["manifest.json:1: cannot be read: no such file or directory"]
    assert list(groups(evaluated(tmp_path))) == ["Web/WebSG"]


def test_a_missing_tree_or_asset_manifest(tmp_path: Path) -> None:
    tree = {"type": "cdk:tree", "properties": {"file": "tree.json"}}
    assets = {"type": "cdk:asset-manifest", "properties": {"file": "Web.assets.json"}}
    write(tmp_path, {"Tree": tree, "Web.assets": assets, "Web": stack("Web")}, Web__template__json=TEMPLATE)
    assert problems(tmp_path) == [
        "Web.assets.json:1: cannot be read: no such file or directory",
        "tree.json:1: cannot be read: no such file or directory",
    ]
    assert list(groups(evaluated(tmp_path))) == ["Web/WebSG"]


def test_a_stack_without_a_template_file(tmp_path: Path) -> None:
    artifact = {"type": "aws:cloudformation:stack", "properties": {}}
    write(tmp_path, {"Lost": artifact, "Web": stack("Web")}, Web__template__json=TEMPLATE)
    assert problems(tmp_path) == ['manifest.json:1: the artifact "Lost" names no file']
    assert list(groups(evaluated(tmp_path))) == ["Web/WebSG"]


@pytest.mark.parametrize("path", ["../outside.template.json", "/etc/hostname", "a\0b"])
def test_nothing_outside_the_assembly_is_read(path: str, tmp_path: Path) -> None:
    (tmp_path / "outside.template.json").write_text(json.dumps(TEMPLATE), encoding="utf-8")
    write(tmp_path / "cdk.out", {"Web": stack("Web", properties={"templateFile": path})})
    (problem,) = problems(tmp_path / "cdk.out")
    assert "lies outside the assembly" in problem
    assert groups(evaluated(tmp_path / "cdk.out")) == {}


def test_a_missing_nested_template_is_unresolved(tmp_path: Path) -> None:
    nested = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": "https://s3.example/abc.json"},
        "Metadata": {"aws:cdk:path": "Web/Inner.NestedStack/Inner.NestedStackResource"},
    }
    assets = {"type": "cdk:asset-manifest", "properties": {"file": "Web.assets.json"}}
    content = {"files": {"abc": {"source": {"path": "x.json"}, "destinations": {"d": {"objectKey": "abc.json"}}}}}
    write(
        tmp_path,
        {"Web.assets": assets, "Web": stack("Web")},
        Web__template__json={"Resources": {"Inner": nested, "WebSG": GROUP}},
        Web__assets__json=content,
    )
    found = evaluated(tmp_path)
    assert found.problems == ()
    assert [(each.address, each.reason) for each in found.unresolved] == [
        ("Web/Inner", f"its template {tmp_path / 'x.json'} does not exist")
    ]
    assert list(groups(found)) == ["Web/WebSG"]


def test_a_missing_nested_template_is_told_at_the_line_that_makes_the_stack(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("cdk.NestedStack(self, 'In')\n", encoding="utf-8")
    path = "Web/In.NestedStack/In.NestedStackResource"
    entries = [
        {"type": "aws:cdk:logicalId", "data": "Inner"},
        {"type": "aws:cdk:creationStack", "data": ["__init__ (/app/app.py:1)"]},
    ]
    nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": {"Ref": "Url"}}}
    write(
        tmp_path / "cdk.out",
        {"Web": stack("Web", metadata={f"/{path}": entries})},
        Web__template__json={"Parameters": {"Url": {"Type": "String"}}, "Resources": {"Inner": nested}},
    )
    (unresolved,) = evaluated(tmp_path / "cdk.out").unresolved
    assert unresolved.construct == path
    assert unresolved.location == Location(str(tmp_path / "app.py"), 1, 1, 1, 28)
    assert [Path(step.location.path).name for step in unresolved.evidence] == ["Web.template.json"]


def test_a_nested_template_within_itself(tmp_path: Path) -> None:
    nested = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": "https://s3.example/abc.json"},
        "Metadata": {"aws:asset:path": "Web.template.json"},
    }
    write(tmp_path, {"Web": stack("Web")}, Web__template__json={"Resources": {"Inner": nested, "WebSG": GROUP}})
    found = evaluated(tmp_path)
    assert len(found.unresolved) == 1
    assert "Web/WebSG" in groups(found)


def test_artifacts_of_unknown_types_and_versions_to_come(tmp_path: Path) -> None:
    write(tmp_path, {"New": {"type": "cdk:something-new"}, "Web": stack("Web")}, Web__template__json=TEMPLATE)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("55.0.0", "99.1.0"), encoding="utf-8")
    assert problems(tmp_path) == []
    assert list(groups(evaluated(tmp_path))) == ["Web/WebSG"]


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in entries for place in _places(part, (*path, key)))]


_ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 1.5, "", "x", "\0", "../..", [], {}, [[]], {"type": []}, ["/a.py:1", 7, None]]
)
_FILES = ("nested-stacks/cdk.out/manifest.json", "nested-stacks/cdk.out/Platform.metadata.json",
          "nested-stacks/cdk.out/Platform.assets.json", "older-tree-only/cdk.out/tree.json",
          "older-library/cdk.out/manifest.json")  # fmt: skip


@pytest.mark.parametrize("name", _FILES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_shape_of_what_lies_beside_the_templates_breaks_it(name: str, data: st.DataObject, tmp_path: Path) -> None:
    source = FIXTURES / name
    content = json.loads(source.read_text(encoding="utf-8"))
    place = data.draw(st.sampled_from(_places(content)[1:]))
    holder = content
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = data.draw(_ODD)
    for path in source.parent.rglob("*.json"):
        copy = tmp_path / path.relative_to(source.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / source.name).write_text(json.dumps(content), encoding="utf-8")
    evaluated(tmp_path)

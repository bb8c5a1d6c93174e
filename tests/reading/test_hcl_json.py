"""Terraform's JSON syntax: blocks, templates placed inside their strings, literals and references."""

from __future__ import annotations

from decimal import Decimal

from sglint.reading.hcl_json import read_hcl_json
from sglint.reading.syntax import Attribute, Block, File, Literal, Template, TupleCons
from tests.reading.reading import shown, source, span


def read(text: str, path: str = "main.tf.json") -> File:
    return read_hcl_json(source(text, path))


def attribute(block: Block, name: str) -> str:
    return shown(block.body.attributes[name].expression)


def test_labels_are_nested_keys_and_lists_repeat_blocks() -> None:
    file = read(
        '{"resource": {"aws_vpc": {"a": {}, "b": [{"x": 1}, {"x": 2}]}}, "locals": {"l": 1},\n'
        ' "resource": [{"aws_vpc": [{"c": {}}]}], "moved": [{"from": "a.b", "to": "a.c[0]"}]}'
    )
    assert file.problems == ()
    assert [(block.type, *block.labels) for block in file.body.blocks] == [
        ("resource", "aws_vpc", "a"),
        ("resource", "aws_vpc", "b"),
        ("resource", "aws_vpc", "b"),
        ("locals",),
        ("resource", "aws_vpc", "c"),
        ("moved",),
    ]
    assert span(file.body.blocks[0].location) == "1:27-1:30"
    assert span(file.body.blocks[0].extent) == "1:27-1:34"
    assert attribute(file.body.blocks[5], "to") == "Index(GetAttr(Name('a'), 'c'), Literal(0))"


def test_strings_are_templates_placed_where_they_are_written() -> None:
    file = read(r'{"locals": {"a": "x\n${var.a}\u00e9\ud83d\ude00${b[\"k\"]}", "b": "$${c} \\ $"}}')
    found = file.body.blocks[0].body.attributes["a"].expression
    assert shown(found) == (
        "Template((Literal('x\\n'), GetAttr(Name('var'), 'a'), Literal('é😀'), Index(Name('b'), Literal('k'))))"
    )
    assert isinstance(found, Template)
    assert span(found.location) == "1:18-1:60"
    assert [span(part.location) for part in found.parts] == ["1:19-1:22", "1:24-1:29", "1:30-1:48", "1:50-1:58"]
    assert attribute(file.body.blocks[0], "b") == r"Literal('${c} \\ $')"


def test_numbers_are_exact() -> None:
    file = read('{"locals": {"a": [1.10, 1e2, -3]}}')
    found = file.body.blocks[0].body.attributes["a"].expression
    assert isinstance(found, TupleCons)
    assert [item.value for item in found.items if isinstance(item, Literal)] == [Decimal("1.1"), 100, -3]


def test_what_terraform_takes_literally_or_as_a_reference() -> None:
    file = read(
        '{"variable": {"v": {"type": "list(string)", "default": "${x}", "description": "${y}"}},\n'
        ' "module": {"m": {"source": "./${x}", "providers": {"aws": "aws.west"}, "count": "${n}"}},\n'
        ' "data": {"d": {"e": {"provider": "aws.west", "depends_on": ["aws_vpc.a"]}}}}'
    )
    variable, module, data = file.body.blocks
    assert attribute(variable, "type") == "Call('list', (Name('string')), False)"
    assert attribute(variable, "default") == "Literal('${x}')"
    assert attribute(variable, "description") == "Literal('${y}')"
    assert attribute(module, "source") == "Literal('./${x}')"
    assert attribute(module, "providers") == "ObjectCons(((Literal('aws'), GetAttr(Name('aws'), 'west'))))"
    assert attribute(module, "count") == "Template((Name('n')))"
    assert attribute(data, "provider") == "GetAttr(Name('aws'), 'west')"
    assert attribute(data, "depends_on") == "TupleCons((GetAttr(Name('aws_vpc'), 'a')))"


def test_dynamic_and_lifecycle_are_blocks_and_the_comment_stays_reachable() -> None:
    file = read(
        '{"resource": {"aws_security_group": {"a": {"//": {"metadata": {"path": "s/${x}"}},\n'
        ' "ingress": [{"cidr_blocks": ["${c}"]}], "lifecycle": {"ignore_changes": ["tags"]},\n'
        ' "dynamic": {"egress": {"for_each": "${l}", "iterator": "it", "content": {"from_port": "${it.value}"}}}}}}}'
    )
    (group,) = file.body.blocks
    assert attribute(group, "//") == (
        "ObjectCons(((Literal('metadata'), ObjectCons(((Literal('path'), Literal('s/${x}')))))))"
    )
    assert (
        attribute(group, "ingress")
        == "TupleCons((ObjectCons(((Literal('cidr_blocks'), TupleCons((Template((Name('c')))))))))) ".strip()
    )
    lifecycle, dynamic = group.body.blocks
    assert attribute(lifecycle, "ignore_changes") == "TupleCons((Name('tags')))"
    assert (dynamic.type, dynamic.labels) == ("dynamic", ("egress",))
    assert attribute(dynamic, "iterator") == "Name('it')"
    assert attribute(dynamic.body.blocks[0], "from_port") == "Template((GetAttr(Name('it'), 'value')))"


def test_variable_files_are_literal() -> None:
    file = read('{"a": "${x}", "b": ["%{y}", 1]}', "terraform.tfvars.json")
    assert [shown(value.expression) for value in file.body.attributes.values() if isinstance(value, Attribute)] == [
        "Literal('${x}')",
        "TupleCons((Literal('%{y}'), Literal(1)))",
    ]


def test_a_block_with_a_broken_template_is_left_out_and_named() -> None:
    file = read('{"resource": {"a": {"bad": {"x": "${"}, "worse": {"y": "%{ if z }"}, "good": {}}}}')
    assert [block.labels for block in file.body.blocks] == [("a", "good")]
    assert [str(problem) for problem in file.problems] == [
        "main.tf.json:1:35: expected a template, found a sequence that cannot be read",
        "main.tf.json:1:57: expected a template, found a sequence that cannot be read",
    ]


def test_what_is_no_object_is_a_problem() -> None:
    assert [str(problem) for problem in read('{"resource": {"a": 5}}').problems] == [
        "main.tf.json:1:20: expected an object, found 5"
    ]
    assert [str(problem) for problem in read("[1]").problems] == ["main.tf.json:1:2: expected an object, found 1"]
    assert [str(problem) for problem in read("{").problems] == [
        "main.tf.json:1:2: expected a key in double quotes or '}', found the end of the file"
    ]

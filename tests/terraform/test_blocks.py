"""Nested and `dynamic` blocks."""

from __future__ import annotations

import pytest

from sglint.model.values import Unknown, alternatives
from tests.terraform.programs import Plain, arguments, messages, only, plain, run, value

CHOICE = 'variable "x" {}'


def group(*lines: str) -> str:
    return "\n".join(('resource "aws_security_group" "g" {', *lines, "}"))


def ingress(*lines: str) -> Plain:
    """What the blocks of one group come to."""
    of = plain(only(run(group(*lines), CHOICE)).arguments)
    assert isinstance(of, dict)
    return of["ingress"]


def dynamic(for_each: str, *content: str, iterator: str = "") -> str:
    lines = (f"for_each = {for_each}", iterator, "content {", *content, "}")
    return "\n".join(('dynamic "ingress" {', *lines, "}"))


def test_blocks_come_as_a_list_of_objects() -> None:
    assert ingress("ingress {", "from_port = 1", "}", "ingress {", "from_port = 2", "}") == [
        {"from_port": 1},
        {"from_port": 2},
    ]


def test_a_list_of_objects_comes_out_the_same() -> None:
    assert ingress("ingress = [for p in [1, 2] : { from_port = p }]") == [{"from_port": 1}, {"from_port": 2}]


def test_static_and_dynamic_blocks_stand_side_by_side() -> None:
    assert ingress("ingress {", "from_port = 1", "}", dynamic("[2, 3]", "from_port = ingress.value")) == [
        {"from_port": 1},
        {"from_port": 2},
        {"from_port": 3},
    ]


@pytest.mark.parametrize(
    ("for_each", "content", "expected"),
    [
        ("[]", "a = 1", []),
        ("[22, 80]", "a = ingress.key", [{"a": 0}, {"a": 1}]),
        ("tolist([22, 80])", "a = ingress.value", [{"a": 22}, {"a": 80}]),
        ("{b = 2, a = 1}", 'a = "${ingress.key}${ingress.value}"', [{"a": "a1"}, {"a": "b2"}]),
        ('toset(["y", "x"])', "a = [ingress.key, ingress.value]", [{"a": ["x", "x"]}, {"a": ["y", "y"]}]),
        ("[{p = 1}]", "a = ingress.value.p", [{"a": 1}]),
        ("var.x", "a = ingress.value.p", [{"a": "?var.x"}]),
        ("[var.x, 2]", "a = ingress.value", [{"a": "?var.x"}, {"a": 2}]),
    ],
)
def test_dynamic_blocks(for_each: str, content: str, expected: Plain) -> None:
    assert ingress(dynamic(for_each, content)) == expected


def test_a_named_iterator_leaves_the_outer_one_visible() -> None:
    inner = 'dynamic "part" {\n for_each = [1, 2]\n iterator = p\n content {\n n = rule.value * 10 + p.value\n }\n}'
    assert ingress(dynamic("[1, 2]", inner, iterator="iterator = rule")) == [
        {"part": [{"n": 11}, {"n": 12}]},
        {"part": [{"n": 21}, {"n": 22}]},
    ]


def test_a_block_that_depends_on_something_undecided_is_conditional_by_itself() -> None:
    blocks = (dynamic(f"var.x == {number} ? [{number}] : []", "from_port = ingress.value") for number in range(8))
    assert ingress(*blocks) == [{f"var.x == {number} is true": {"from_port": number}} for number in range(8)]


def test_null_arguments_are_kept_as_null() -> None:
    assert ingress("ingress {", "from_port = 1", "description = null", "}") == [{"from_port": 1, "description": None}]


def test_meta_arguments_are_no_arguments() -> None:
    lines = ('name = "a"', "depends_on = [aws_vpc.v]", "lifecycle {", "precondition {", "condition = nope()", "}", "}")
    evaluated = run(group(*lines), 'resource "aws_vpc" "v" {}')
    assert arguments(evaluated) == {"aws_security_group.g": {"name": "a"}}


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ('dynamic "ingress" {\n content {\n }\n}',
         'main.tf:2:1: Missing required argument: The argument "for_each" is required, but no definition was found'),
        ('dynamic "ingress" {\n for_each = [1]\n}',
         'main.tf:2:1: Missing content block: A dynamic content block is required: "content"'),
        ('dynamic "ingress" {\n for_each = null\n content {\n }\n}',
         "main.tf:3:13: Invalid dynamic for_each value: Cannot use a null value in for_each"),
        ('dynamic "ingress" {\n for_each = 5\n content {\n }\n}',
         "main.tf:3:13: Invalid dynamic for_each value: Cannot use a value of this type in for_each. An iterable "
         "collection is required"),
    ],
)  # fmt: skip
def test_faulty_dynamic_blocks(block: str, problem: str) -> None:
    evaluated = run(group(block, 'name = "still there"'))
    assert messages(evaluated) == [problem]
    of = plain(evaluated.resources[0].arguments)
    assert isinstance(of, dict) and of["name"] == "still there"


def test_json_syntax_gives_the_same() -> None:
    native = run(
        group(dynamic("[22, 80]", "from_port = ingress.value", 'cidr_blocks = ["10.${ingress.key}.0.0/16"]')),
        'variable "unused" {}',
    )
    json = """{"resource": {"aws_security_group": {"g": {"dynamic": {"ingress": {
        "for_each": [22, 80],
        "content": {"from_port": "${ingress.value}", "cidr_blocks": ["10.${ingress.key}.0.0/16"]}
    }}}}}}"""
    assert arguments(run("", files={"a.tf.json": json})) == arguments(native)


@pytest.mark.parametrize(
    ("collection", "label"),
    [
        ("toset(data.x.y.all)", "p.key key of data.x.y.all"),
        ("toset([var.x])", "p.key var.x"),
        ("toset([true])", "p.key true"),
        ("toset([1.5])", "p.key 1.5"),
        ("{ web = var.x }", "p.key web"),
        ('toset([var.y ? "q" : "r"])', "p.key q or r"),
    ],
)
def test_an_unknown_in_a_round_says_which_round(collection: str, label: str) -> None:
    block = dynamic(collection, 'from_port = "${p.key}${var.x}"', iterator="iterator = p")
    resource = only(run('data "x" "y" {}', 'variable "y" { type = bool }', group(block), CHOICE))
    (written,) = resource.arguments.entries()["ingress"].items()
    port = written.entries()["from_port"]
    expressions = {chosen.data.expression for _, chosen in alternatives(port) if isinstance(chosen.data, Unknown)}
    assert expressions == {f'"${{p.key}}${{var.x}}" ({label})'}


@pytest.mark.parametrize(
    ("item", "label"),
    [("{ a = 1, b = [var.x, null] }", "{a: 1, b: [var.x, null]}"), ("{ b = [var.x] }", "{b: [var.x]}")],
)
def test_an_unknown_in_a_loop_says_which_round(item: str, label: str) -> None:
    found = value(f'[for each in toset([{item}]) : "${{each.b[0]}}!"][0]', CHOICE)
    assert found.data == Unknown(f'"${{each.b[0]}}!" (each at {label})', "var.x")

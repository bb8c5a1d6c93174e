"""Each construct of HCL's expressions, as Terraform's parser groups it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sglint.reading.syntax import BinaryOp, GetAttr, Index, Literal, Template
from tests.reading.reading import expression, hcl, shown, span


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("5.0", 5),
        ("1.50", Decimal("1.5")),
        ("1.5e3", 1500),
        ("1e3", 1000),
        ("1E+2", 100),
        ("2e-1", Decimal("0.2")),
        ("12345678901234567890123456789", 12345678901234567890123456789),
        ("1.0e999999999", Decimal("1.0e999999999")),
        ("true", True),
        ("false", False),
        ("null", None),
        ('""', ""),
        ('"  "', "  "),
        ('" # no // comment /* here */ "', " # no // comment /* here */ "),
        (r'"a\n\r\t\"\\"', 'a\n\r\t"\\'),
        (r'"\u00e9\U0001F600"', "é😀"),
        ('"$${a} %%{b} $$ %% $ %"', "${a} %{b} $$ %% $ %"),
        ('"$$${a}"', "$${a}"),
        ('"$$$${a}"', "$$${a}"),
    ],
)
def test_literals(text: str, value: object) -> None:
    found = expression(text)
    assert isinstance(found, Literal)
    assert found.value == value
    assert type(found.value) is type(value)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (
            "1 + 2 * 3 - 4",
            "BinaryOp('-', BinaryOp('+', Literal(1), BinaryOp('*', Literal(2), Literal(3))), Literal(4))",
        ),
        ("10 - 2 - 3", "BinaryOp('-', BinaryOp('-', Literal(10), Literal(2)), Literal(3))"),
        ("a < b == c", "BinaryOp('==', BinaryOp('<', Name('a'), Name('b')), Name('c'))"),
        ("a || b && c", "BinaryOp('||', Name('a'), BinaryOp('&&', Name('b'), Name('c')))"),
        ("a % 2 != 0", "BinaryOp('!=', BinaryOp('%', Name('a'), Literal(2)), Literal(0))"),
        ("(1 + 2) * 3", "BinaryOp('*', BinaryOp('+', Literal(1), Literal(2)), Literal(3))"),
        ("-a.b", "UnaryOp('-', GetAttr(Name('a'), 'b'))"),
        ("-10 + 3", "BinaryOp('+', UnaryOp('-', Literal(10)), Literal(3))"),
        ("!a == b", "BinaryOp('==', UnaryOp('!', Name('a')), Name('b'))"),
        ("!!a", "UnaryOp('!', UnaryOp('!', Name('a')))"),
        ("a ? 1 : 2", "ConditionalOp(Name('a'), Literal(1), Literal(2))"),
        (
            "a ? 1 : b ? 2 : c ? 3 : 4",
            "ConditionalOp(Name('a'), Literal(1), ConditionalOp(Name('b'), Literal(2), "
            "ConditionalOp(Name('c'), Literal(3), Literal(4))))",
        ),
        (
            "(a ? b : c) ? 1 : 2",
            "ConditionalOp(ConditionalOp(Name('a'), Name('b'), Name('c')), Literal(1), Literal(2))",
        ),
        (
            "a ? b ? 1 : 2 : 3",
            "ConditionalOp(Name('a'), ConditionalOp(Name('b'), Literal(1), Literal(2)), Literal(3))",
        ),
        ("f()", "Call('f', (), False)"),
        ("f(a, b...)", "Call('f', (Name('a'), Name('b')), True)"),
        ("f(a,\n  b,\n)", "Call('f', (Name('a'), Name('b')), False)"),
        ("provider::aws::arn_parse(a)", "Call('provider::aws::arn_parse', (Name('a')), False)"),
        ("[]", "TupleCons(())"),
        ("[1, # one\n 2,\n]", "TupleCons((Literal(1), Literal(2)))"),
        ("{}", "ObjectCons(())"),
        (
            '{ a = 1, b : 2\n  (c) = 3\n "d" = 4, 5 = 6 }',
            "ObjectCons(((Literal('a'), Literal(1)), (Literal('b'), Literal(2)), (Name('c'), Literal(3)), "
            "(Literal('d'), Literal(4)), (Literal(5), Literal(6))))",
        ),
        ("{ a.b = 1 }", "ObjectCons(((GetAttr(Name('a'), 'b'), Literal(1))))"),
        (
            "{ null = 1, true = 2, in = 3 }",
            "ObjectCons(((Literal('null'), Literal(1)), (Literal('true'), Literal(2)), (Literal('in'), Literal(3))))",
        ),
        ("{ a = v\n  (k) = w }", "ObjectCons(((Literal('a'), Name('v')), (Name('k'), Name('w'))))"),
        ("[for v in l : v]", "For(None, 'v', Name('l'), None, Name('v'), None, False)"),
        (
            '[for k, v in m : v if k != ""]',
            "For('k', 'v', Name('m'), None, Name('v'), BinaryOp('!=', Name('k'), Literal('')), False)",
        ),
        ("{for k, v in m : k => v...}", "For('k', 'v', Name('m'), Name('k'), Name('v'), None, True)"),
        (
            "{\n  for v in l :\n  v.id => v\n  if v.on\n}",
            "For(None, 'v', Name('l'), GetAttr(Name('v'), 'id'), Name('v'), GetAttr(Name('v'), 'on'), False)",
        ),
    ],
)
def test_operators_and_constructors(text: str, tree: str) -> None:
    assert shown(expression(text)) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a.b[0].c", "GetAttr(Index(GetAttr(Name('a'), 'b'), Literal(0)), 'c')"),
        ('a["k"]', "Index(Name('a'), Literal('k'))"),
        ("a.0.b.1", "Index(GetAttr(Index(Name('a'), Literal(0)), 'b'), Literal(1))"),
        ("f(x).y", "GetAttr(Call('f', (Name('x')), False), 'y')"),
        ("{ a = 1 }.a", "GetAttr(ObjectCons(((Literal('a'), Literal(1)))), 'a')"),
        ("a[*].b[0]", "Splat(Name('a'), Index(GetAttr(SplatItem(), 'b'), Literal(0)))"),
        ("a[*].b[*].c", "Splat(Name('a'), Splat(GetAttr(SplatItem(), 'b'), GetAttr(SplatItem(), 'c')))"),
        ("(a[*].b)[0]", "Index(Splat(Name('a'), GetAttr(SplatItem(), 'b')), Literal(0))"),
        ("a.*.b[0]", "Index(Splat(Name('a'), GetAttr(SplatItem(), 'b')), Literal(0))"),
        ("a.*.b.0.c", "Splat(Name('a'), GetAttr(Index(GetAttr(SplatItem(), 'b'), Literal(0)), 'c'))"),
        ("a.*.b[*].c", "Splat(Splat(Name('a'), GetAttr(SplatItem(), 'b')), GetAttr(SplatItem(), 'c'))"),
        ("a[*]", "Splat(Name('a'), SplatItem())"),
    ],
)
def test_traversals_and_splats(text: str, tree: str) -> None:
    assert shown(expression(text)) == tree


def test_locations_cover_what_was_written() -> None:
    found = expression('x.y[0] + "é${z}" # ü')
    assert isinstance(found, BinaryOp)
    assert span(found.location) == "1:5-1:21"
    assert isinstance(found.left, Index)
    assert span(found.left.location) == "1:5-1:11"
    assert isinstance(found.left.source, GetAttr)
    assert span(found.left.source.location) == "1:5-1:8"
    assert isinstance(found.right, Template)
    assert [span(part.location) for part in found.right.parts] == ["1:15-1:16", "1:18-1:19"]


def test_a_quoted_string_is_located_with_its_quotes_in_code_points() -> None:
    assert span(expression('[\n  "😀", "a"]').items[1].location) == "2:8-2:11"  # type: ignore[union-attr]


def test_blocks_and_attributes_know_their_places() -> None:
    file = hcl('# top\nresource "aws_vpc" main {\n  cidr = "x" // why\n  inner {}\n}\n')
    (block,) = file.body.blocks
    assert (block.type, block.labels) == ("resource", ("aws_vpc", "main"))
    assert span(block.location) == "2:1-2:24"
    assert span(block.extent) == "2:1-5:2"
    assert span(block.body.extent) == "2:25-5:2"
    assert span(block.body.attributes["cidr"].location) == "3:3-3:7"
    assert span(block.body.blocks[0].extent) == "4:3-4:11"
    assert span(file.body.extent) == "1:1-6:1"


def test_comments_lose_their_markers_and_keep_their_places() -> None:
    file = hcl("# one\r\na = 1 // two\n/* three\n   more */\nb = <<EOT\n# none\nEOT\n")
    assert [(comment.text, span(comment.location)) for comment in file.comments] == [
        ("one", "1:1-1:6"),
        ("two", "2:7-2:13"),
        ("three\n   more", "3:1-4:11"),
    ]


def test_of_an_attribute_set_twice_the_first_stays() -> None:
    attribute = hcl("a = 1\na = 2\n").body.attributes["a"]
    assert shown(attribute.expression) == "Literal(1)"

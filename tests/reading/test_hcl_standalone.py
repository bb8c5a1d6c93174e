"""Expressions and templates outside of files."""

from __future__ import annotations

import pytest

from sglint.model.location import Location
from sglint.reading.files import Unreadable
from sglint.reading.hcl_standalone import parse_expression, parse_template
from tests.reading.reading import shown, span

ELSEWHERE = Location("-var", 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1e3", "Literal(1000)"),
        ('["10.0.0.0/8"]', "TupleCons((Literal('10.0.0.0/8')))"),
        ("{ a = 1 }", "ObjectCons(((Literal('a'), Literal(1))))"),
        ("a.b[0]", "Index(GetAttr(Name('a'), 'b'), Literal(0))"),
        ("<<EOT\nx\nEOT", "Literal('x\\n')"),
    ],
)
def test_expressions(text: str, tree: str) -> None:
    assert shown(parse_expression(text, ELSEWHERE)) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", "Literal('')"),
        ('a "b" \\n', "Literal('a \"b\" \\\\n')"),
        (
            "x${y}\n  %{ if a ~}\n z%{ endif }",
            "Template((Literal('x'), Name('y'), Literal('\\n  '), TemplateIf(Name('a'), (Literal(' z')), ())))",
        ),
        ("EOT\nEOT_ ${x}\nEOT", "Template((Literal('EOT\\nEOT_ '), Name('x'), Literal('\\nEOT')))"),
    ],
)
def test_templates(text: str, tree: str) -> None:
    assert shown(parse_template(text, ELSEWHERE)) == tree


def test_nodes_are_placed_inside_a_location_that_spans_the_text() -> None:
    found = parse_template("é${ab}", Location("doc", 3, 7, 3, 13))
    assert [span(part.location) for part in found.parts] == ["3:7-3:8", "3:10-3:12"]  # type: ignore[union-attr]
    found = parse_expression("[a,\n b]", Location("doc", 3, 7, 4, 4))
    assert [span(item.location) for item in found.items] == ["3:8-3:9", "4:2-4:3"]  # type: ignore[union-attr]


def test_otherwise_each_node_is_at_the_whole_location() -> None:
    assert parse_expression("a.b", ELSEWHERE).location == ELSEWHERE


@pytest.mark.parametrize("text", ["", "1 2", "(", "a = 1", "a\nb", "a }\nb {"])
def test_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_expression(text, ELSEWHERE)


@pytest.mark.parametrize("text", ["${", "${}", "%{ if x }", "%{ endif }", "${a b}"])
def test_what_is_no_template_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_template(text, ELSEWHERE)

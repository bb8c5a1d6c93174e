"""Templates: heredocs, strip markers and directives. What each comes to was taken from `terraform console`."""

from __future__ import annotations

import pytest

from sglint.reading.syntax import Literal, Template, TemplateFor, TemplateIf
from tests.reading.reading import expression, shown


def text(expression_: object, names: dict[str, object]) -> str:
    """What a template renders to; enough of an evaluator for these tests."""
    if isinstance(expression_, Literal):
        return str(expression_.value)
    if isinstance(expression_, Template):
        return "".join(text(part, names) for part in expression_.parts)
    if isinstance(expression_, TemplateIf):
        chosen = expression_.then if names[expression_.condition.name] else expression_.otherwise  # type: ignore[union-attr]
        return "".join(text(part, names) for part in chosen)
    if isinstance(expression_, TemplateFor):
        items = names[expression_.collection.name]  # type: ignore[union-attr]
        assert isinstance(items, list)
        rounds = ({**names, expression_.value: item} for item in items)
        return "".join(text(part, inner) for inner in rounds for part in expression_.body)
    return str(names[expression_.name])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "rendered"),
    [
        ('"  a  ${~ v ~}  b  "', "  aVb  "),
        ('" \\n ${~ v ~} \\n b"', "Vb"),
        ('"%{ if b ~}  yes %{ else } no %{~ endif }"', "yes "),
        ('"%{ if n }yes%{ endif }"', ""),
        ("<<EOT\n%{ for x in l ~}\n    server ${x}\n  %{~ endfor ~}\nEOT", "    server p\n    server q\n"),
        ("<<EOT\n  a\n\n  ${~ v ~}\n\n  c\nEOT", "  a\n\nV\n  c\n"),
        ("<<-EOT\n    a\n      b ${v}\n   ${v}\n\n    d\n  EOT", " a\n   b V\nV\n\n d\n"),
        (
            "<<-EOT\n      %{ for x in l ~}\n      s ${x}\n      %{ endfor ~}\n    EOT",
            "      s p\n      s q\n",
        ),
        ("<<-EOT\n\t  tab\n\t    tab2\n\tEOT", "tab\n  tab2\n"),
        ('<<EOT\n\\n "q" \\u00e9 $${x} %%{y} $$\nEOT', '\\n "q" \\u00e9 ${x} %{y} $$\n'),
        ("<<EOT\nEOT", ""),
        ("<<-EOT\n    x\n  ${v} y\n      z\n    EOT", "  x\nV y\n    z\n"),
        ("<<-EOT\n      ${v}\n        b\n    EOT", "V\n  b\n"),
        ("<<-EOT\n  EOT${v}\n   EOT x\n   EOT", "EOTV\n EOT x\n"),
        ("<<EOT\n  keeps\n    its indentation\n  EOT", "  keeps\n    its indentation\n"),
        ("<<E\nx\nE", "x\n"),
    ],
)
def test_rendered_as_terraform_does(written: str, rendered: str) -> None:
    assert text(expression(written), {"v": "V", "b": True, "n": False, "l": ["p", "q"]}) == rendered


def test_a_single_interpolation_stays_a_template_of_one_part() -> None:
    assert shown(expression('"${a.b}"')) == "Template((GetAttr(Name('a'), 'b')))"


def test_a_template_for_with_a_key() -> None:
    assert shown(expression('"%{ for k, v in m }${k}=${v}%{ endfor }"')) == (
        "Template((TemplateFor('k', 'v', Name('m'), (Name('k'), Literal('='), Name('v')))))"
    )


def test_interpolations_nest() -> None:
    assert shown(expression('"a${f("b${c}")}"')) == (
        "Template((Literal('a'), Call('f', (Template((Literal('b'), Name('c')))), False)))"
    )


def test_a_heredoc_keeps_the_line_ends_of_its_file() -> None:
    assert shown(expression("<<EOT\r\n  a\r\nEOT\r")) == r"Literal('  a\r\n')"

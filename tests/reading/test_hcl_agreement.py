"""The two readers of HCL, tree-sitter's and python-hcl2's, give equal trees, locations included."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sglint.reading.files import Files, Unreadable
from sglint.reading.hcl import read_hcl
from sglint.reading.hcl_strict import read_strictly
from sglint.reading.hcl_tree import in_file
from tests.reading.reading import content, source

FIXTURES = Path(__file__).parents[2] / "fixtures"


def _files() -> list[str]:
    return sorted(
        str(path)
        for path in FIXTURES.rglob("*")
        if path.suffix in (".tf", ".tfvars", ".tofu") and "broken" not in path.parts
    )


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(Path(path).relative_to(FIXTURES)))
def test_on_every_fixture(path: str) -> None:
    found = Files().read(path)
    file = read_hcl(found)
    assert file.problems == ()
    if re.search(r"\$\{~|(?<!%)\{[^%{}]*~\}", found.text):
        # The one difference: python-hcl2 knows strip markers in directives only.
        with pytest.raises(Unreadable, match=r"expected .*, found '~'"):
            read_strictly(found.text, in_file(path))
    else:
        assert content(file.body) == content(read_strictly(found.text, in_file(path)))


names = st.sampled_from(["a", "b", "each", "var", "x-y", "_z", "for_each"])
texts = st.text(st.sampled_from("ab é😀#/'$%{}.\\n"), max_size=6)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
    # python-hcl2 wants a closing brace after `$${` and `%%{`; Terraform does not.
    return escaped.replace("${", "$${}").replace("%{", "%%{}")


literals = st.one_of(
    st.integers(0, 10**20).map(str),
    st.decimals(0, 1000, places=3).map(str),
    st.sampled_from(["true", "false", "null"]),
    texts.map(lambda text: f'"{_quoted(text)}"'),
)


def _traversal(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    step = st.one_of(
        names.map(lambda name: f".{name}"),
        inner.map(lambda key: f"[{key}]"),
        st.sampled_from(["[*]", "[0]", ".*.a"]),
    )
    return st.tuples(names, st.lists(step, min_size=1, max_size=3)).map(lambda parts: parts[0] + "".join(parts[1]))


def _compound(given_inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inner = st.deferred(lambda: given_inner)
    operators = st.sampled_from([" + ", " - ", " * ", " / ", " % ", " == ", " != ", " < ", " >= ", " && ", " || "])
    condition = st.tuples(inner, inner, inner)
    return st.one_of(
        st.tuples(inner, operators, inner).map("".join),
        condition.map(lambda parts: "{} ? {} : {}".format(*parts)),
        inner.map(lambda operand: f"({operand})"),
        st.tuples(st.sampled_from(["!", "- "]), names).map("".join),
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(names, inner), max_size=3).map(
            lambda pairs: "{\n" + "".join(f"  {key} = {value}\n" for key, value in pairs) + "}"
        ),
        st.tuples(inner, inner).map(lambda pair: f"{{ ({pair[0]}) = {pair[1]} }}"),
        st.tuples(names, st.lists(inner, max_size=3), st.booleans()).map(
            lambda call: f"{call[0]}({', '.join(call[1])}{'...' if call[1] and call[2] else ''})"
        ),
        condition.map(lambda parts: "[for k, v in {} : {} if {}]".format(*parts)),
        condition.map(lambda parts: "{{for v in {} : {} => {}...}}".format(*parts)),
        st.tuples(texts, inner, texts).map(lambda parts: f'"{_quoted(parts[0])}-${{{parts[1]}}}-{_quoted(parts[2])}"'),
        st.tuples(names, inner).map(lambda parts: f'"%{{ if {parts[0]} ~}} {parts[1][:0]}x%{{ else }}y%{{~ endif }}"'),
        _traversal(inner),
    )


expressions = st.recursive(st.one_of(literals, names), _compound, max_leaves=12)


@settings(max_examples=300, deadline=None)
@given(expressions)
def test_on_generated_expressions(text: str) -> None:
    found = source(f'resource "x" "y" {{\n  a = {text}\n  b = 1\n}}\n')
    strict = read_strictly(found.text, in_file(found.path))
    file = read_hcl(found)
    assert file.problems == ()
    assert content(file.body) == content(strict)

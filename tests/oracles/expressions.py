"""Hypothesis strategies for expressions of the Terraform language: literals, operators, functions, `for`, access."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from sglint.terraform.functions.registry import FUNCTIONS, Function
from sglint.terraform.types import BOOL, NUMBER, STRING, ListOf, MapOf, SetOf, Type

_LEFT_OUT = {
    "abspath", "element", "file", "filebase64", "filebase64sha256", "filebase64sha512", "fileexists", "filemd5",
    "fileset", "filesha1", "filesha256", "filesha512", "format", "formatlist", "log", "nonsensitive", "pathexpand",
    "pow", "rsadecrypt", "sensitive", "templatefile", "templatestring",
}  # fmt: skip
"""Functions that read files or the environment, that crash in Terraform itself (a tuple's negative `element`), that
reach infinity or round differently in the last digit (`log`, a fractional `pow`), or that treat a null by its type,
which is not kept here."""

CALLABLE = {
    name: function
    for name, function in FUNCTIONS.items()
    if name not in _LEFT_OUT and not function.withheld and not function.is_special
}

_WORDS = (
    "", "a", "b", "ab", "web", "10.0.0.0/8", "192.168.1.0/24", "::/0", "fd00::/64", "1", "0", "5.5", "true", "é", "x y",
    "A-B_c", "[a-z]+", "(a)(b)?", "a,b,c", "2020-02-29T12:30:00Z", "1h30m", "{\"a\":[1,null]}", "a: 1\nb: [x, y]",
    "/a+/", "$1", "%s", "utf-8", "aGVsbG8=", "dns", "👍🏽",
)  # fmt: skip


def quoted(text: str) -> str:
    """The text as a quoted template without sequences."""
    written = json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
    return written.replace("\\/", "/")


_TEXTS = st.one_of(
    st.sampled_from(_WORDS),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=5),
).map(quoted)
_NUMBERS = st.one_of(
    st.integers(-3, 12),
    st.sampled_from((0.5, 1.5, -2.25, 0.1, 32, 64, 255, 1024, 1e15, 123456789)),
    st.integers(-(10**12), 10**12),
).map(str)
_BOOLS = st.sampled_from(("true", "false"))
_KEYS = st.sampled_from(("a", "b", "c", "1", "key one"))


def _written(items: list[str]) -> str:
    return "[" + ", ".join(items) + "]"


def _list(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(items, max_size=4).map(_written)


def _object(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(_KEYS, items, max_size=3)
    return pairs.map(lambda found: "{" + ", ".join(f"{quoted(key)} = {value}" for key, value in found.items()) + "}")


def _of(type_: Type, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions that are likely to be of a type."""
    match type_:
        case ListOf(element):
            return _list(_of(element, inner))
        case SetOf(element):
            return st.one_of(_list(_of(element, inner)), _list(_of(element, inner)).map(lambda text: f"toset({text})"))
        case MapOf(element):
            return _object(_of(element, inner))
    if type_ is STRING:
        return st.one_of(_TEXTS, _TEXTS, _NUMBERS)
    if type_ is NUMBER:
        return st.one_of(_NUMBERS, _NUMBERS, st.just('"7"'))
    return _BOOLS if type_ is BOOL else inner


def _call(name: str, function: Function, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def argument(type_: Type) -> st.SearchStrategy[str]:
        likely = _of(type_, inner)
        return st.one_of(likely, likely, likely, likely, inner)

    arguments = [argument(parameter.type) for parameter in function.parameters]
    rest = st.lists(argument(function.rest.type), max_size=3) if function.rest else st.just([])
    return st.tuples(st.tuples(*arguments), rest).map(lambda found: f"{name}({', '.join((*found[0], *found[1]))})")


_ARMS = st.one_of(
    _TEXTS, _NUMBERS, _BOOLS, *(st.lists(each, min_size=1, max_size=2).map(_written) for each in (_TEXTS, _NUMBERS))
)
"""Arms of conditional expressions whose types are plain to see: those of empty collections are not kept here."""


def _extended(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    calls = st.sampled_from(sorted(CALLABLE)).flatmap(lambda name: _call(name, CALLABLE[name], inner))
    operators = st.sampled_from(("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">="))
    logical = st.tuples(_BOOLS, st.sampled_from(("&&", "||")), _BOOLS)
    return st.one_of(
        calls,
        calls,
        calls,
        _list(inner),
        _object(inner),
        st.tuples(inner, operators, inner).map(lambda found: f"({found[0]} {found[1]} {found[2]})"),
        logical.map(lambda found: f"({' '.join(found)})"),
        st.tuples(_BOOLS, _ARMS, _ARMS).map(lambda found: f"({found[0]} ? {found[1]} : {found[2]})"),
        st.tuples(st.sampled_from("-!"), inner).map("".join),
        st.tuples(inner, inner).map(lambda found: f'"<${{{found[0]}}}|${{{found[1]}}}>"'),
        st.tuples(inner, st.sampled_from(("0", "1", '"a"', "-1"))).map(lambda found: f"{found[0]}[{found[1]}]"),
        inner.map(lambda text: f"{text}[*]"),
        inner.map(lambda text: f"[for k, v in {text} : [k, v]]"),
        inner.map(lambda text: f"{{for k, v in {text} : k => v}}"),
        inner.map(lambda text: f"{{for v in {text} : tostring(v) => v...}}"),
        inner.map(lambda text: f"try({text}, 1)"),
        inner.map(lambda text: f"can({text})"),
    )


EXPRESSIONS = st.recursive(
    st.one_of(_TEXTS, _NUMBERS, _BOOLS, _list(_TEXTS), _list(_NUMBERS), _object(_TEXTS), _object(_NUMBERS)),
    _extended,
    max_leaves=8,
)
"""Expressions without references, on one line each."""

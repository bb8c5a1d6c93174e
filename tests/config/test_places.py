"""The place of every key and value of a TOML text, against what TOML's own reader finds there."""

from __future__ import annotations

import tomllib

import pytest

from sglint.config.places import KeyPath, Places, places

TEXT = '''\
# [not.a.table] "quoted = 1"
top = "a # no comment" # a comment with = and [brackets]
dotted."quoted key".'literal' = [1, 2]

[plain] # x
multi = """
[fake]
key = "no key"
"""
literal = \'\'\'
other = 'x'\'\'\'
inline = { a = 1, "b c" = [ { d = 2026-03-31 }, {} ], e.f = 07:32:00 }
spread = [
  # [nothing]
  "one", 'two',  # "three"
  """four""",
]
when = 2026-03-31 07:32:00Z

[[rows]]
name = "first"
[rows.inner]
x = +1.5e3
[[rows]]
"na\\u006de" = "second"
[[rows.deep]]
y = true
[[rows.deep]]
y = false
'''


def _shown(found: Places, text: str, path: KeyPath) -> tuple[str | None, str | None]:
    lines = text.split("\n")

    def cut(kind: str) -> str | None:
        place = (found.keys if kind == "key" else found.values).get(path)
        if place is None:
            return None
        if place.line == place.end_line:
            return lines[place.line - 1][place.column - 1 : place.end_column - 1]
        return lines[place.line - 1][place.column - 1 :] + "…"

    return cut("key"), cut("value")


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("top",), "top", '"a # no comment"'),
        (("dotted", "quoted key", "literal"), "'literal'", "[1, 2]"),
        (("dotted", "quoted key", "literal", 1), None, "2"),
        (("plain",), "plain", None),
        (("plain", "multi"), "multi", '"""…'),
        (("plain", "literal"), "literal", "'''…"),
        (("plain", "inline", "a"), "a", "1"),
        (("plain", "inline", "b c", 0, "d"), "d", "2026-03-31"),
        (("plain", "inline", "e", "f"), "f", "07:32:00"),
        (("plain", "spread", 1), None, "'two'"),
        (("plain", "spread", 2), None, '"""four"""'),
        (("plain", "when"), "when", "2026-03-31 07:32:00Z"),
        (("rows", 0, "name"), "name", '"first"'),
        (("rows", 0, "inner", "x"), "x", "+1.5e3"),
        (("rows", 1), "rows", None),
        (("rows", 1, "name"), '"na\\u006de"', '"second"'),
        (("rows", 1, "deep", 1, "y"), "y", "false"),
        (("plain", "other"), None, None),
    ],
)
def test_keys_and_values_are_found(path: KeyPath, key: str | None, value: str | None) -> None:
    assert _shown(places(TEXT, "x.toml"), TEXT, path) == (key, value)


def _paths(value: object, at: KeyPath = ()) -> set[KeyPath]:
    if isinstance(value, dict):
        return {(*at, name) for name in value} | {p for name, each in value.items() for p in _paths(each, (*at, name))}
    if isinstance(value, list):
        return {(*at, n) for n in range(len(value))} | {
            p for n, each in enumerate(value) for p in _paths(each, (*at, n))
        }
    return set()


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), "", "a = 1", "[a]\n[a.b]\n[c]", 'x = """a"""""'])
def test_all_that_toml_reads_has_a_place(text: str) -> None:
    found = places(text, "x.toml")
    wanted = _paths(tomllib.loads(text))
    assert {path for path in wanted if found.of_key(path) is None} == set()

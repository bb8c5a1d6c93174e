"""JSON: the same values as Python's `json`, with places, and what is refused in which words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.limits import Limits
from sglint.reading.document import Mapping
from sglint.reading.files import Unreadable
from sglint.reading.json_document import read_json
from tests.reading.reading import plain, source, span

_DEPTH = Limits().document_depth

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=20,
)


@given(values, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_agrees_with_json(value: object, ascii_only: bool, indent: int | str | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert plain(read_json(source(text, "a.json"))) == value


def test_escapes_surrogate_pairs_and_slashes() -> None:
    assert plain(read_json(source(r'["\ud83d\ude00", "\/", "\u00e9\n"]'))) == ["😀", "/", "é\n"]


def test_half_a_surrogate_pair_becomes_a_replacement_character() -> None:
    assert plain(read_json(source(r'["\ud83dx"]'))) == ["\ufffdx"]


def test_every_node_knows_its_place() -> None:
    node = read_json(source('{\n\t"é": [1, "\\u00e9", {}],\n "b"\n : null}\n'))
    assert isinstance(node, Mapping)
    (first, items), (second, null) = node.entries
    assert [span(place.location) for place in (node, first, items, second, null)] == [
        "1:1-4:9",
        "2:2-2:5",
        "2:7-2:24",
        "3:2-3:5",
        "4:4-4:8",
    ]
    assert [span(item.location) for item in items.items] == ["2:8-2:9", "2:11-2:19", "2:21-2:23"]  # type: ignore[union-attr]


def test_duplicate_keys_are_kept() -> None:
    node = read_json(source('{"a": 1, "a": 2}'))
    assert isinstance(node, Mapping)
    assert len(node.entries) == 2
    assert plain(node) == {"a": 2}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1: expected a value, found the end of the file"),
        ('{"a":}', "1:6: expected a value, found '}'"),
        ('{"a": 1,}', "1:9: expected a key in double quotes, found '}'"),
        ("{a: 1}", "1:2: expected a key in double quotes or '}', found 'a'"),
        ("[1 2]", "1:4: expected ',' or ']', found '2'"),
        ('{"a"\n 1}', "2:2: expected ':', found '1'"),
        ('{"a": 1]', "1:8: expected ',' or '}', found ']'"),
        ('{"a": "x\n"}', "1:9: expected '\"' at the end of this string, found the end of the line"),
        ('["x', "1:2: expected '\"' at the end of this string, found the end of the file"),
        (r'["\q"]', r"1:3: expected an escape that JSON knows, found '\q'"),
        ("[01]", "1:2: expected a value, found '01'"),
        ("[NaN]", "1:2: expected a value, found 'NaN'"),
        ("{} x", "1:4: expected the end of the file, found 'x'"),
        ("// no\n{}", "1:1: expected a value, found '/'"),
        ("[" * 9999, f"1:{_DEPTH + 1}: nests deeper than {_DEPTH} levels"),
        ("9" * 5000, "1:1: expected a number of sensible length"),
    ],
)
def test_problems_have_a_place_and_one_sentence(text: str, problem: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_json(source(text, "a.json"))
    assert str(caught.value) == f"a.json:{problem}"

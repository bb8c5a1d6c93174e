"""YAML: values, places, tags, aliases, merge keys, and what is refused in which words."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import pytest

from sglint.model.limits import Limits
from sglint.model.location import Location
from sglint.reading.document import Mapping, Node, Scalar, Sequence
from sglint.reading.files import Unreadable
from sglint.reading.templates import read_document
from tests.reading.reading import plain, source, span

_DEPTH = Limits().document_depth


def read(text: str) -> Node:
    return read_document(source(text, "template.yaml"))


def mapping(text: str) -> Mapping:
    node = read(text)
    assert isinstance(node, Mapping)
    return node


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22", 22),
        ("-5", -5),
        ("012", 10),
        ("0o12", "0o12"),
        ("0x1F", 31),
        ("0b101", 5),
        ("1_000", 1000),
        ("22:22", 1342),
        ("22:70", "22:70"),
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("1.5", 1.5),
        ("1.5e+3", 1500.0),
        ("1e3", "1e3"),
        ("1:30.5", 90.5),
        (".inf", math.inf),
        ("2012-10-17", "2012-10-17"),
        ("yes", True),
        ("Off", False),
        ("y", "y"),
        ("true", True),
        ("~", None),
        ("", None),
        ("'22'", "22"),
        ('"yes"', "yes"),
        ("!!str 22", "22"),
        ('!!int "22"', 22),
        ("!!float 1", 1.0),
        ("!Ref 22", "22"),
        ("_", "_"),
        ("-", None),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_plain_scalars_are_yaml_1_1(text: str, value: object) -> None:
    if text == "-":
        value = [None]
    found = plain(mapping(f"a: {text}\n"))["a"] if text != "-" else plain(mapping("a:\n  -\n"))["a"]
    assert found == value
    assert type(found) is type(value)


def test_every_node_knows_its_place() -> None:
    node = mapping('a: !Sub "é"\nb:\n  - 1\n  - !If [a, "😀", b]\n\nc: |\n  one\n  two\n\n# end\nd:\n')
    a, b, c, d = (value for _, value in node.entries)
    assert [span(key.location) for key, _ in node.entries] == ["1:1-1:2", "2:1-2:2", "6:1-6:2", "11:1-11:2"]
    assert (span(a.location), a.tag) == ("1:4-1:12", "Sub")
    assert isinstance(b, Sequence)
    assert span(b.location) == "3:3-4:20"
    assert (span(b.items[1].location), b.items[1].tag) == ("4:5-4:20", "If")
    assert span(b.items[1].items[2].location) == "4:18-4:19"  # type: ignore[union-attr]
    assert span(c.location) == "6:4-8:6"
    assert span(d.location) == "11:3-11:3"
    assert span(node.location) == "1:1-11:3"


def test_only_newlines_count_as_lines() -> None:
    node = mapping('a: "x\u2028y"\nb: 1\n')
    assert span(node.entries[1][0].location) == "2:1-2:2"


def test_aliases_are_the_same_node() -> None:
    node = mapping("a: &x [1]\nb: *x\n")
    assert node.get("b") is node.get("a")


def test_aliases_repeat_no_more_values_than_are_worked_on() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 60)]
    with pytest.raises(Unreadable) as error:
        mapping("\n".join(lines))
    assert error.value.problem.message == "aliases repeat more than 200000 values"
    assert error.value.problem.hint.endswith("raise values in [tool.sglint.limits] to have it read")
    assert len(mapping("\n".join(lines[:5])).entries) == 5
    merges = ["a0: &a0 {x: 1, y: 2}"] + [f"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}]}}" for i in range(1, 9)]
    last = mapping("\n".join(merges)).entries[-1][1]
    assert plain(last) == {"x": 1, "y": 2}


def test_explicit_keys_win_over_merged_ones_and_earlier_mappings_over_later() -> None:
    node = mapping("x: &x {p: 1, q: 2}\ny:\n  q: 3\n  <<: *x\nz: {<<: [*x, {p: 9, r: 4}], s: 5}\nw: {'<<': 1}\n")
    assert plain(node) == {
        "x": {"p": 1, "q": 2},
        "y": {"p": 1, "q": 3},
        "z": {"p": 1, "q": 2, "r": 4, "s": 5},
        "w": {"<<": 1},
    }


def test_duplicate_keys_are_kept_and_the_last_counts() -> None:
    node = mapping("a: 1\na: 2\n")
    assert len(node.entries) == 2
    found = node.get("a")
    assert isinstance(found, Scalar)
    assert found.value == 2


def test_an_empty_file_is_null() -> None:
    assert plain(read("")) is None
    assert plain(read("# nothing\n")) is None


def test_a_second_document_is_a_problem_of_templates_only() -> None:
    assert plain(read("a: 1\n---\nb: 2\n")) == {"a": 1}
    template = "Resources:\n  A: {Type: AWS::EC2::VPC}\n"
    assert plain(read(template + "---\n")) == plain(read(template))
    with pytest.raises(Unreadable, match=r"^template.yaml:3:1: expected the end of the template, found another doc"):
        read(template + "---\nb: 2\n")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: @x", "1:4: '@' cannot start a plain value, while scanning for the next token"),
        ("a:\n\tb: 1", "2:1: a tab cannot start a plain value, while scanning for the next token"),
        ("a:\n  - b\n c: d", "3:2: expected a key, found 'c', while parsing a block mapping that starts in line 1"),
        ("a: [1, 2\n", "1:9: expected ',' or ']', found the end of the file, while parsing a flow sequence"),
        ("a: b: c", "1:5: mapping values are not allowed in this context"),
        ("a: *x", "1:4: the alias *x has no anchor before it"),
        ("a: &x [*x]", "1:8: the alias *x stands inside the node that it refers to"),
        ("? [a]\n: 1", "1:3: a mapping key must be plain text here, not a collection"),
        ("<<: 1", "1:1: the merge key << takes a mapping or a list of mappings"),
        ("é: \x7f", "1:4: YAML does not allow the character U+007F; write it as an escape in double quotes"),
        ("[" * (_DEPTH + 1), f"1:{_DEPTH + 1}: nests deeper than {_DEPTH} levels"),
        ("- " * 5000, f"1:{_DEPTH * 2 + 1}: nests deeper than {_DEPTH} levels"),
    ],
)
def test_problems_have_a_place_and_one_sentence(text: str, problem: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert str(caught.value) == f"template.yaml:{problem}"


@pytest.mark.parametrize("text", ["a: 1\n?", "?", "a: 1\n? ", "a:\n  - 1\n  -", "a:\n", "a: |\n  x"])
def test_no_place_lies_past_the_end_of_the_text(text: str) -> None:
    def places(node: Node) -> Iterator[Location]:
        yield node.location
        for child in (*getattr(node, "items", ()), *itertools.chain(*getattr(node, "entries", ()))):
            yield from places(child)

    lines = text.split("\n")
    for place in places(read(text)):
        for line, column in ((place.line, place.column), (place.end_line, place.end_column)):
            assert line <= len(lines)
            assert column <= len(lines[line - 1]) + 1

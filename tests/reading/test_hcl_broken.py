"""Files with errors: the exact problem, and the blocks that are intact beside it."""

from __future__ import annotations

import pytest

from sglint.reading.syntax import File
from tests.reading.reading import hcl, shown

GOOD = 'resource "x" "good" {\n  a = 1\n}\n'


def labels(file: File) -> list[str]:
    return [".".join((block.type, *block.labels)) for block in file.body.blocks]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('b "x" {\n c = 1\n', "main.tf:2:7: expected '}', found the end of the file; the '{' of line 1 is still open"),
        ("a = [1, 2\nb = 3\n", "main.tf:2:1: expected ',' or ']', found 'b'; the '[' of line 1 is still open"),
        ("a = {b = 1\nc\n", "main.tf:2:2: expected ':' or '=', found the end of the line"),
        ('a = "foo\nb = 2\n', "main.tf:1:5: expected '\"' to close this string, found the end of the file"),
        ("a = 1 +\n", "main.tf:1:8: expected a value, found the end of the file"),
        ("x {\n a = (1\n}\n", "main.tf:3:1: expected ')', found '}'; the '(' of line 2 is still open"),
        ("a == 1\n", "main.tf:1:3: expected '=' or '{', found '=='"),
        ("x {\n a = \n}\n", "main.tf:2:6: expected a value, found the end of the line"),
        ("a = f(1, ,2)\n", "main.tf:1:10: expected a value or ')', found ','"),
        ("}\n", "main.tf:1:1: expected an attribute or a block, found '}'"),
        ('a = "${x"\n', "main.tf:1:9: expected '}', found '\"'"),
        ('a = "${}"\n', "main.tf:1:6: expected a value between '${' and '}', found nothing"),
        (
            "a = <<EOT\nfoo\n",
            "main.tf:1:5: expected 'EOT' on a line of its own to close this heredoc, found the end of the file",
        ),
        ("a = 'x'\n", "main.tf:1:5: expected a value, found a single quote; write strings in double quotes"),
        ("a = 1 ? 2\n", "main.tf:1:10: expected ':', found the end of the file"),
        ('a = "\\q"\n', "main.tf:1:6: expected an escape that HCL knows, found '\\q'"),
        ('a = "%{ if x }"\n', "main.tf:1:6: %{ if } without its %{ endif }"),
        ("a = 0x1F\n", "main.tf:1:5: expected a decimal number, found a hexadecimal one"),
        ('{"a": 1}\n', "main.tf:1:1: expected an attribute or a block, found '{'"),
        ('x {\n a = "é" b\n}\n', "main.tf:3:1: expected '{', found '}'"),
        (
            'x {\n a = "one\n b = "two"\n}\n',
            "main.tf:2:10: expected '\"' to close the string, found the end of the line",
        ),
        ("/* x\n", "main.tf:1:1: expected '*/' to close this comment, found the end of the file"),
    ],
)
def test_the_problem_says_where_what_and_what_instead(text: str, problem: str) -> None:
    assert [str(found) for found in hcl(text).problems] == [problem]


@pytest.mark.parametrize(
    "broken",
    [
        'resource "x" "bad" {\n  ingress {\n    a = 1\n  }\n',
        'resource "x" "bad" {\n  a = 1\n}\n  b = 2\n}\n',
        'resource "x" "bad" {\n  a = "one\n  b = "two"\n}\n',
        'resource "x" "bad" {\n  a = b\n  c = = 1\n  d {\n    e = 1\n  }\n}\n',
        'resource "x" "bad" {\n  a = [\n}\n',
        'resource "x" "bad" {\n  a = "one\n  b = two"\n}\n',
        'resource "x" "bad" {\n  a = <<EOT\nresource "x" "text" {\n}\nresource "x" "also" {\n}\nEOT\n  b = \n}\n',
        'resource "x" "bad" {\n  a = "%{ if b }"\n}\n',
    ],
)
def test_blocks_before_and_after_a_broken_one_are_read_and_it_is_not(broken: str) -> None:
    file = hcl(f"{GOOD}{broken}{GOOD.replace('good', 'after')}")
    assert labels(file) == ["resource.x.good", "resource.x.after"]
    assert len(file.problems) == 1
    after = file.body.blocks[1]
    assert after.location.line == 4 + broken.count("\n")
    assert after.body.attributes["a"].location.line == after.location.line + 1


def test_what_python_hcl2_accepts_is_no_problem() -> None:
    file = hcl(f"{GOOD}locals {{\n  n = 1e3\n  o = {{ a = n\n    (n) = a }}\n}}\n{GOOD.replace('good', 'after')}")
    assert file.problems == ()
    assert labels(file) == ["resource.x.good", "locals", "resource.x.after"]
    assert shown(file.body.blocks[1].body.attributes["n"].expression) == "Literal(1000)"


def test_variables_beside_a_broken_one_are_read() -> None:
    file = hcl("a = 1\nb = (\nc = 2\n")
    assert list(file.body.attributes) == ["a"]
    assert len(file.problems) == 1


def test_an_object_in_place_of_a_file_holds_nothing_that_is_read() -> None:
    file = hcl('{a = [""] b = [""]}\n')
    assert (list(file.body.attributes), file.body.blocks, len(file.problems)) == ([], (), 1)


@pytest.mark.parametrize(
    "deep",
    ["(" * 500 + "1" + ")" * 500, "!" * 1000 + "b", "b" + ".c" * 1000, "[" * 300 + "]" * 300, "1" + " + 1" * 500],
)
def test_nesting_is_bounded(deep: str) -> None:
    file = hcl(f"x {{\n  a = {deep}\n}}\n{GOOD}")
    assert [problem.message for problem in file.problems] == ["nests too deeply to be read"]
    assert labels(file) == ["resource.x.good"]


@pytest.mark.parametrize(
    "text", ["", "\n", "# only a comment", "}" * 1000, "a={" * 500, '"' * 99, "${" * 400, "\ufeff", "<<"]
)
def test_nothing_raises(text: str) -> None:
    file = hcl(text)
    assert file.body.blocks == ()

"""The marker stands under the value, whatever the line is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.location import Location
from sglint.reports.excerpt import excerpt
from sglint.reports.terminal import cells, visible


def region(column: int, end_column: int, lines: int = 1) -> Location:
    return Location("a.tf", 1, column, lines, end_column)


@pytest.mark.parametrize(
    ("line", "location", "expected"),
    [
        ("a = 1", region(5, 6), ("a = 1", "    ^")),
        ("\ta\t= 22", region(6, 8), ("    a   = 22", "          ^^")),
        ("\t\tx", region(1, 3), ("        x", "^^^^^^^^")),
        ('n = "テスト" # x', region(5, 10), ('n = "テスト" # x', "    ^^^^^^^^")),
        ('n = "テスト" # x', region(13, 14), ('n = "テスト" # x', "               ^")),
        ("e\u0301 = 1", region(6, 7), ("e\u0301 = 1", "    ^")),
        ("a\u202eb = 1", region(2, 3), ("a\\u202eb = 1", " ^^^^^^")),
        ("a\x1b[2J = 1", region(9, 10), ("a\\x1b[2J = 1", "           ^")),
        ("block {  ", region(1, 2, lines=9), ("block {", "^^^^^^^")),
        ("  block {", region(3, 1, lines=2), ("  block {", "  ^^^^^^^")),
        ("abc", region(2, 2), ("abc", " ^")),
        ("abc", region(4, 4), ("abc", "   ^")),
        ("abc", region(40, 50), ("abc", "   ^")),
        ("", region(1, 1), ("", "^")),
    ],
)
def test_marker(line: str, location: Location, expected: tuple[str, str]) -> None:
    assert excerpt(line, location) == expected


@pytest.mark.parametrize("column", [1, 39, 41, 42, 200, 4000, 4990])
def test_a_long_line_is_cut_around_its_marker(column: int) -> None:
    line = "".join(chr(ord("a") + index % 26) for index in range(4995))
    shown, marker = excerpt(line, region(column, column + 5))
    start = len(marker) - len(marker.lstrip())
    assert shown[start : len(marker)] == line[column - 1 : column + 4]
    assert len(shown) <= 126
    assert shown.startswith("...") == (column > 41)
    assert shown.endswith("...") == (column < 4900)


def test_a_region_longer_than_what_is_shown_is_marked_to_the_end() -> None:
    shown, marker = excerpt("x" * 500, region(10, 400))
    assert shown == "x" * 120 + "..."
    assert marker == " " * 9 + "^" * 111


@given(st.text(max_size=300), st.integers(1, 320), st.integers(0, 50))
def test_any_line_is_shown_on_one_line_with_its_marker_inside(line: str, column: int, length: int) -> None:
    shown, marker = excerpt(line, region(column, column + length))
    assert visible(shown) == shown
    assert marker.strip() == "^" * len(marker.strip()) != ""
    assert len(marker) <= cells(shown) + 1


@given(st.text(alphabet=st.characters(categories=("L", "M", "N", "P", "S", "Zs")), max_size=100), st.data())
def test_the_marker_starts_under_the_character_and_is_as_wide(line: str, data: st.DataObject) -> None:
    line = f"{line}|"
    index = data.draw(st.integers(0, len(line) - 1))
    _, marker = excerpt(line, region(index + 1, index + 2))
    assert len(marker) - len(marker.lstrip()) == cells(line[:index])
    assert len(marker.strip()) == max(1, cells(line[index]))


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 1), ("語", 2), ("ｱ", 1), ("Ａ", 2), ("한", 2), ("🔒", 2), ("⃝", 0)],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width

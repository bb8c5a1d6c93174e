from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.location import Location
from sglint.model.record import replace
from sglint.reports.excerpt import excerpt
from sglint.reports.terminal import cells
from sglint.reports.text import render
from sglint.reports.wrapping import wrapped
from sglint.triage.finding import Outcome
from tests.reports.outcomes import GROUP_NAME, PLAIN, everything, finding, silent


def test_lines_break_at_spaces_and_hang() -> None:
    text = "the world can reach ssh (tcp 22) when IsProd is false and also otherwise"
    assert list(wrapped(text, "      ", 50)) == [
        "      the world can reach ssh (tcp 22) when IsProd",
        "        is false and also otherwise",
    ]


def test_without_a_width_there_is_one_line() -> None:
    assert list(wrapped("a " * 200, "  ", None)) == ["  " + "a " * 200]


def test_what_has_no_space_stays_in_one_piece() -> None:
    address = 'module.web["a"].' * 5
    assert list(wrapped(f"because {address} (main.tf:3)", "", 40)) == ["because", f"  {address}", "  (main.tf:3)"]


def test_wide_characters_count_twice() -> None:
    assert list(wrapped("語語語語語語語語語語 語語語語語語語語語語", "", 41)) == ["語" * 10 + " " + "語" * 10]
    assert list(wrapped("語語語語語語語語語語 語語語語語語語語語語", "", 40)) == ["語" * 10, "  " + "語" * 10]


@given(st.text(alphabet="ab 語", max_size=200), st.integers(1, 100))
def test_every_word_is_there_and_no_line_is_longer_than_it_must_be(text: str, width: int) -> None:
    lines = list(wrapped(text, "  ", width))
    assert " ".join(lines).split() == text.split()
    for line in lines:
        assert cells(line) <= max(width, 40) or len(line.split()) == 1


@pytest.mark.parametrize("room", [1, 30, 50, 119, 120, 500])
def test_an_excerpt_keeps_to_the_room(room: int) -> None:
    line = "x" * 60 + "MARK" + "x" * 60
    shown, marker = excerpt(line, Location("a.tf", 1, 61, 1, 65), room)
    assert shown[len(marker) - 4 : len(marker)] == "MARK"
    assert len(shown) <= max(room, 30) + (6 if room > 120 else 0)


def test_only_a_terminal_breaks_lines() -> None:
    outcome = Outcome(findings=(finding(GROUP_NAME, Location("a.tf", 1, 1, 1, 2), "web", "open " * 40),))
    assert max(map(len, render(outcome, PLAIN).splitlines())) > 200
    assert max(map(len, render(outcome, replace(PLAIN, width=72)).splitlines())) <= 72


def test_the_time_is_told_only_when_it_is_given() -> None:
    assert "in 1 unit, in 1.3 s.\n" in render(silent(), replace(PLAIN, seconds=1.26))
    assert "in 1 unit.\n" in render(silent(), PLAIN)


def test_statistics_count_each_policy_and_what_became_of_its_findings() -> None:
    report = render(everything(), replace(PLAIN, statistics=True))
    assert report.splitlines()[-6:] == [
        "2  SG105 unauthorized-port-from-world: 1 accepted, 1 medium",
        "2  SG901 unresolved-rule: 1 accepted, 1 not judged",
        "1  SG101 all-traffic-from-world: 1 critical",
        "1  SG102 ssh-from-world: 1 high",
        "1  SG301 missing-group-description: 1 low",
        "1  SG303 generic-group-name: 1 note",
    ]
    assert render(silent(), replace(PLAIN, statistics=True)) == render(silent(), PLAIN)


def test_the_summary_counts_by_level() -> None:
    """Of all groups, with a finding or not."""
    told = "\nPrivilege levels of 4 groups: level 1: 1, level 2: 1, level 5: 1, none: 1.\n"
    assert told in render(everything(), PLAIN)
    assert "\nPrivilege levels of 2 groups: level 5: 2.\n" in render(silent(), PLAIN)
    assert "Privilege levels" not in render(replace(silent(), levels={}), PLAIN)

"""Policies are chosen by id or name; a word that is neither gets the nearest ones."""

from __future__ import annotations

import pytest

from sglint.policies.registry import POLICIES, find
from sglint.triage.profiles import PROFILES, SUMMARIES
from sglint.triage.selection import in_force


def ids(*select: str, ignore: tuple[str, ...] = (), profile: str = "default") -> list[str]:
    return [policy.id for policy in in_force(select, ignore, profile)]


def test_by_default_all_are_in_force_but_the_strict_ones() -> None:
    assert ids() == [policy.id for policy in POLICIES if not policy.is_strict]


def test_strict_adds_the_strict_ones() -> None:
    assert ids(profile="strict") == [policy.id for policy in POLICIES]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_says_what_could_not_be_judged(profile: str) -> None:
    assert {policy.id for policy in POLICIES if policy.id.startswith("SG9")} <= set(ids(profile=profile))


def test_profiles_of_controls_have_the_policies_that_answer_to_them() -> None:
    assert {"SG101", "SG102", "SG103"} <= set(ids(profile="cis"))
    assert "SG104" not in ids(profile="cis")
    assert "SG104" in ids(profile="security-hub")
    assert "SG301" not in ids(profile="security-hub")
    assert set(PROFILES) == set(SUMMARIES)


def test_selected_policies_come_in_the_order_of_ids() -> None:
    assert ids("SG105", "ssh-from-world", "sg101") == ["SG101", "SG102", "SG105"]


def test_ignored_ones_are_left_out_also_where_selected() -> None:
    assert ids("SG101", "SG102", ignore=("all-traffic-from-world",)) == ["SG102"]
    assert "SG301" not in ids(ignore=("SG301",))


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("ssh-from-wrld", 'there is no policy "ssh-from-wrld"; did you mean SG102 (ssh-from-world)'),
        ("SG1022", 'there is no policy "SG1022"; did you mean SG102 (ssh-from-world)'),
        ("zzzz", 'there is no policy "zzzz"; sglint policies lists them'),
    ],
)
def test_an_unknown_word_is_an_error_with_the_nearest_ones(word: str, message: str) -> None:
    for choose in (lambda: in_force([word]), lambda: in_force(ignore=[word]), lambda: find(word)):
        with pytest.raises(ValueError, match="there is no policy") as error:
            choose()
        assert str(error.value).startswith(message)

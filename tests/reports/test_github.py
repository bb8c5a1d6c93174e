"""Workflow commands, read back as the runner reads them."""

from __future__ import annotations

import pytest

from sglint.model.location import Location, Problem
from sglint.model.record import replace
from sglint.policies.policy import Severity
from sglint.reports.github import render
from sglint.reports.options import Options
from sglint.triage.finding import Outcome
from tests.reports.outcomes import PLAIN, SSH, everything, finding, hostile


def commands(outcome: Outcome, options: Options = PLAIN) -> list[tuple[str, dict[str, str], str]]:
    """Name, properties and message of each command, unescaped as actions/runner does (ActionCommand.cs)."""
    found = []
    for line in render(outcome, options).splitlines():
        head, _, message = line.removeprefix("::").partition("::")
        name, _, listed = head.partition(" ")
        pairs = (pair.split("=", 1) for pair in listed.split(","))
        found.append((name, {key: _unescaped(value) for key, value in pairs}, _unescaped(message)))
    return found


def _unescaped(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def only(path: str = "a.tf", message: str = "open", place: tuple[int, int, int, int] = (3, 5, 3, 9)) -> Outcome:
    return Outcome(findings=(finding(SSH, Location(path, *place), "web", message),))


def test_what_the_runner_reads() -> None:
    properties = {"file": "a.tf", "line": "3", "endLine": "3", "col": "5", "endColumn": "9"}
    title = {"title": "sglint: SG102 ssh-from-world"}
    assert commands(only()) == [("error", {**properties, **title}, "open. Name the peers that need it.")]


@pytest.mark.parametrize("text", ["a,line=1", "a::b", "100%0A::warning::x", "a%2Cb", "x:y", "%25"])
def test_no_text_leaves_its_place(text: str) -> None:
    ((name, properties, message),) = commands(only(text, text))
    assert (name, properties["file"], message) == ("error", text, f"{text}. Name the peers that need it.")
    assert len(properties) == 6


def test_hostile_text_makes_no_command_of_its_own() -> None:
    lines = render(hostile(), PLAIN).splitlines()
    assert len(lines) == 2
    assert all(line.startswith("::error file=") for line in lines)


def test_the_most_severe_come_first_and_problems_before_them() -> None:
    found = commands(everything())
    assert [name for name, _, _ in found] == ["error"] * 4 + ["warning"] + ["notice"] * 2
    assert [properties["title"].split()[1] for _, properties, _ in found][:4] == ["not", "not", "SG101", "SG102"]


@pytest.mark.parametrize("severity", Severity)
def test_the_command_goes_by_the_severity_of_the_finding(severity: Severity) -> None:
    (found,) = only().findings
    ((name, _, _),) = commands(Outcome(findings=(replace(found, severity=severity),)))
    assert name == {5: "error", 4: "error", 3: "warning", 2: "notice", 1: "notice"}[severity]


def test_accepted_findings_are_no_annotations() -> None:
    for options in (PLAIN, replace(PLAIN, verbose=True)):
        assert "8443 from" not in render(everything(), options)


def test_several_lines_have_no_columns() -> None:
    ((_, properties, _),) = commands(only(place=(3, 5, 7, 2)))
    assert (properties["line"], properties["endLine"]) == ("3", "7")
    assert not {"col", "endColumn"} & set(properties)


def test_a_hint_belongs_to_the_problem() -> None:
    ((_, _, message),) = commands(Outcome(problems=(Problem(Location("a.tf", 1, 1, 1, 1), "is broken", "mend it"),)))
    assert message == "is broken; mend it"

from __future__ import annotations

import re
from unicodedata import category

import pytest

from sglint.model.location import Location
from sglint.model.record import replace
from sglint.policies.policy import Severity
from sglint.reports.text import render
from sglint.triage.finding import Outcome
from tests.reports.outcomes import GROUP_NAME, PLAIN, SSH, everything, finding, hostile, silent

_SGR = re.compile(r"\x1b\[[0-9;]+m")


def test_nothing_found_is_said_in_two_lines() -> None:
    assert render(silent(), PLAIN) == (
        "No findings. Checked 5 rules of 2 groups in 1 unit.\nPrivilege levels of 2 groups: level 5: 2.\n"
    )


def test_nothing_found_is_nothing_when_quiet() -> None:
    assert render(silent(), replace(PLAIN, quiet=True)) == ""


def test_colour_changes_nothing_else() -> None:
    colored = render(everything(), replace(PLAIN, color=True))
    assert _SGR.search(colored)
    assert _SGR.sub("", colored) == render(everything(), PLAIN)


@pytest.mark.parametrize("verbose", [False, True])
def test_without_colour_nothing_acts_on_a_terminal(verbose: bool) -> None:
    report = render(hostile(), replace(PLAIN, verbose=verbose))
    acting = {character for character in report if category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert acting == {"\n"}
    report.encode("utf-8")


def test_a_finding_without_its_source_line_has_no_excerpt() -> None:
    outcome = Outcome(findings=(finding(SSH, Location("a.tf", 3, 1, 3, 4), "web", "open"),))
    assert "|" not in render(outcome, PLAIN)


def test_findings_of_one_address_stand_together_in_their_order() -> None:
    places = [(1, "one"), (2, "two"), (3, "one")]
    findings = [finding(SSH, Location("a.tf", line, 1, line, 2), address, "open") for line, address in places]
    report = render(Outcome(findings=tuple(findings)), PLAIN)
    order = [report.index(text) for text in ("  one\n", "a.tf:1:1", "a.tf:3:1", "  two\n", "a.tf:2:1")]
    assert order == sorted(order)


def test_the_summary_goes_by_the_severity_of_the_finding() -> None:
    raised = replace(finding(GROUP_NAME, Location("a.tf", 1, 1, 1, 2), "web", "named so"), severity=Severity.CRITICAL)
    assert "1 finding: 1 critical." in render(Outcome(findings=(raised,)), PLAIN)

from __future__ import annotations

import pytest

from sglint.model.location import Location
from sglint.model.record import replace
from sglint.notation import read_rule
from sglint.reports.fingerprint import fingerprints
from sglint.triage.finding import Finding
from tests.reports.outcomes import PORT, ROOT, SSH, everything, finding

_RULE = read_rule("web ingress tcp 22 from 0.0.0.0/0")
_FINDING = finding(SSH, Location("a.tf", 3, 5, 3, 9), "web", "open", rule=_RULE)


def moved(finding: Finding, lines: int, columns: int) -> Finding:
    place = finding.location
    location = Location(
        place.path, place.line + lines, place.column + columns, place.end_line + lines, place.end_column + columns
    )
    return replace(finding, violation=replace(finding.violation, location=location))


def one(finding: Finding) -> str:
    return fingerprints((finding,), ROOT)[0]


def test_inserted_lines_and_indentation_change_nothing() -> None:
    before = everything().findings
    assert fingerprints([moved(each, 7, 2) for each in before], ROOT) == fingerprints(before, ROOT)


@pytest.mark.parametrize("path", ["./a.tf", "b/../a.tf", f"{ROOT}/a.tf"])
def test_the_way_a_path_is_typed_changes_nothing(path: str) -> None:
    place = replace(_FINDING.location, path=path)
    assert one(replace(_FINDING, violation=replace(_FINDING.violation, location=place))) == one(_FINDING)


@pytest.mark.parametrize(
    "other",
    [
        replace(_FINDING, policy=PORT),
        replace(_FINDING, violation=replace(_FINDING.violation, address="db")),
        replace(_FINDING, violation=replace(_FINDING.violation, subject="web ingress tcp 23 from 0.0.0.0/0")),
        replace(_FINDING, violation=replace(_FINDING.violation, location=replace(_FINDING.location, path="b.tf"))),
    ],
    ids=["policy", "address", "rule", "file"],
)
def test_what_makes_another_finding_makes_another_fingerprint(other: Finding) -> None:
    assert one(other) != one(_FINDING)


def test_repeats_are_told_apart_in_their_order() -> None:
    three = fingerprints((_FINDING, moved(_FINDING, 1, 0), moved(_FINDING, 2, 0)), ROOT)
    assert len(set(three)) == 3
    assert three[0] == one(_FINDING)
    assert three[:2] == fingerprints((moved(_FINDING, 5, 0), moved(_FINDING, 9, 0)), ROOT)


def test_the_message_is_no_part_of_it() -> None:
    assert one(replace(_FINDING, violation=replace(_FINDING.violation, message="reworded"))) == one(_FINDING)

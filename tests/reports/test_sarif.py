from __future__ import annotations

import json
import re
from typing import TypeAlias

import pytest

from sglint.model.location import Location, Problem, Step, whole_file
from sglint.model.record import replace
from sglint.policies.policy import Severity
from sglint.reports.sarif import render
from sglint.reports.terminal import visible
from sglint.triage.finding import Outcome
from tests.reports.outcomes import PLAIN, POLICIES, SSH, everything, finding, hostile

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"


def run(outcome: Outcome, root: str = PLAIN.root) -> dict[str, Json]:
    found: dict[str, Json] = json.loads(render(outcome, replace(PLAIN, root=root)))["runs"][0]
    return found


def at(value: Json, *path: str | int) -> Json:
    for key in path:
        if isinstance(value, dict) and isinstance(key, str):
            value = value[key]
        else:
            assert isinstance(value, list) and isinstance(key, int)
            value = value[key]
    return value


def only(location: Location, related: tuple[Step, ...] = ()) -> Outcome:
    found = finding(SSH, location, "web", "open to the world", related=related)
    return Outcome(findings=(found,), policies=POLICIES)


def artifact(path: str, root: str = PLAIN.root) -> Json:
    result = run(only(Location(path, 1, 1, 1, 2)), root)
    return at(result, "results", 0, "locations", 0, "physicalLocation", "artifactLocation")


@pytest.mark.parametrize(
    ("severity", "level"),
    [("critical", "error"), ("high", "error"), ("medium", "warning"), ("low", "note"), ("note", "note")],
)
def test_the_level_of_a_result_goes_by_the_severity_of_the_finding(severity: str, level: str) -> None:
    outcome = only(Location("a.tf", 1, 1, 1, 2))
    changed = replace(outcome, findings=(replace(outcome.findings[0], severity=Severity[severity.upper()]),))
    assert at(run(changed), "results", 0, "level") == level
    assert at(run(changed), "results", 0, "kind") == "fail"


def test_what_could_not_be_judged_is_open_and_no_alarm() -> None:
    log = run(everything())
    assert (at(log, "results", 2, "kind"), at(log, "results", 2, "level")) == ("open", "none")
    rule = at(log, "tool", "driver", "rules", 5)
    assert at(rule, "id") == "SG901"
    assert at(rule, "defaultConfiguration", "level") == "none"
    assert at(rule, "properties") == {"tags": ["aws", "security-group"]}


def test_a_rule_says_how_severe_it_is_and_what_it_answers_to() -> None:
    properties = at(run(everything()), "tool", "driver", "rules", 1, "properties")
    assert at(properties, "security-severity") == "8.0"
    assert at(properties, "tags") == [
        "security",
        "external/cwe/cwe-1220",
        "aws",
        "security-group",
        "Security Hub EC2.13",
        "Security Hub EC2.53",
        "cis-5.0",
        "nist-800-53-r5",
        "pci-dss-4.0.1",
        "hipaa",
        "fedramp-moderate",
    ]


def test_a_warning_is_written_though_it_is_the_default() -> None:
    assert at(run(everything()), "tool", "driver", "rules", 2, "defaultConfiguration", "level") == "warning"


def test_results_point_at_their_rule() -> None:
    log = run(everything())
    results = at(log, "results")
    assert isinstance(results, list)
    for result in results:
        index = at(result, "ruleIndex")
        assert isinstance(index, int)
        assert at(log, "tool", "driver", "rules", index, "id") == at(result, "ruleId")


def test_a_finding_of_a_policy_that_was_not_in_force_has_its_rule() -> None:
    outcome = replace(only(Location("a.tf", 1, 1, 1, 2)), policies=())
    assert at(run(outcome), "tool", "driver", "rules", 0, "id") == "SG102"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("main.tf", "main.tf"),
        ("./a//b/../main.tf", "a/main.tf"),
        ("/srv/project/a/main.tf", "a/main.tf"),
        ("../project/main.tf", "main.tf"),
        ("a b/größe 語#1?.tf", "a%20b/gr%C3%B6%C3%9Fe%20%E8%AA%9E%231%3F.tf"),
        ("c:d.tf", "c%3Ad.tf"),
        ("100%.tf", "100%25.tf"),
        ("not-utf-8-\udcff.tf", "not-utf-8-%FF.tf"),
        ("half-\ud800.tf", "half-%3F.tf"),
    ],
)
def test_a_path_under_the_root_is_a_relative_uri(path: str, uri: str) -> None:
    assert artifact(path) == {"uri": uri, "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("../other/main.tf", "file:///srv/other/main.tf"),
        ("/srv/project-2/ä.tf", "file:///srv/project-2/%C3%A4.tf"),
        ("../../../../x.tf", "file:///x.tf"),
    ],
)
def test_a_path_outside_the_root_is_a_file_uri(path: str, uri: str) -> None:
    assert artifact(path) == {"uri": uri}


def test_everything_lies_under_the_root_of_the_file_system() -> None:
    assert artifact("srv/main.tf", root="/") == {"uri": "srv/main.tf", "uriBaseId": "%SRCROOT%"}


def test_the_region_is_exact() -> None:
    region = at(run(only(Location("a.tf", 3, 5, 4, 2))), "results", 0, "locations", 0, "physicalLocation", "region")
    assert region == {"startLine": 3, "startColumn": 5, "endLine": 4, "endColumn": 2}


def test_a_place_without_extent_is_its_line() -> None:
    log = run(replace(only(Location("a.tf", 3, 5, 3, 5)), problems=(Problem(whole_file("b.tf"), "is binary"),)))
    assert at(log, "results", 0, "locations", 0, "physicalLocation", "region") == {"startLine": 3}


def test_related_locations_are_linked_from_the_message() -> None:
    steps = (Step('module.web["a"]', Location("a.tf", 9, 1, 9, 3)), Step("var.x", Location("b.tf", 2, 1, 2, 3)))
    result = at(run(only(Location("a.tf", 1, 1, 1, 2), related=steps)), "results", 0)
    text = r'open to the world. Because of [module.web\["a"\]](1), [var.x](2).'
    assert at(result, "message", "text") == text
    assert [at(result, "relatedLocations", index, "id") for index in (0, 1)] == [1, 2]
    assert at(result, "relatedLocations", 0, "message", "text") == 'module.web["a"]'


def test_a_code_flow_ends_at_the_finding() -> None:
    locations = at(run(everything()), "results", 1, "codeFlows", 0, "threadFlows", 0, "locations")
    assert isinstance(locations, list)
    lines = [at(each, "location", "physicalLocation", "region", "startLine") for each in locations]
    assert lines == [4, 30, 12]


def test_text_of_the_input_makes_no_link() -> None:
    text = at(run(hostile()), "results", 0, "message", "text")
    assert isinstance(text, str)
    assert re.findall(r"(?<!\\)\]\(([^)]*)\)", text) == ["1"]


def test_nothing_in_a_message_acts_on_who_displays_it() -> None:
    result = at(run(hostile()), "results", 0)
    for path in (("message",), ("relatedLocations", 0, "message")):
        text = at(result, *path, "text")
        assert isinstance(text, str)
        assert visible(text) == text


def test_problems_are_notifications_and_the_run_was_no_success() -> None:
    invocation = at(run(everything()), "invocations", 0)
    assert at(invocation, "executionSuccessful") is False
    first = at(invocation, "toolExecutionNotifications", 0)
    assert at(first, "level") == "error"
    assert at(first, "message", "text") == "an attribute or block is expected. close the brace."
    assert at(first, "locations", 0, "physicalLocation", "region", "startLine") == 7


def test_a_run_without_problems_was_a_success() -> None:
    assert at(run(Outcome()), "invocations", 0) == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_the_log_is_ascii() -> None:
    assert render(hostile(), PLAIN).isascii()

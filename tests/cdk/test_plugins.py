"""The plug-ins and the aspect in real runs of the newest and of an old library."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cdk.synthesis import newest, old, synthesize

APPS = Path(__file__).parent / "apps"
LIBRARIES = pytest.mark.parametrize("library", [newest, old], ids=["newest", "old"])


def test_the_newest_library_fails_and_names_constructs_properties_and_fixes(tmp_path: Path) -> None:
    ran = synthesize(APPS / "validated.py", tmp_path / "out", {**newest(), "CDK_VALIDATION": "false"}, "high")
    assert ran.returncode == 1
    assert "synthesized" not in ran.stdout
    report = json.loads((tmp_path / "out" / "validation-report.json").read_text(encoding="utf-8"))
    (plugin,) = report["pluginReports"]
    assert (plugin["pluginName"], plugin["conclusion"]) == ("sglint", "failure")
    assert [_summary(violation) for violation in plugin["violations"]] == [
        (
            "all-traffic-to-world",
            "warning",
            "SG201 all-traffic-to-world: the group may reach 0.0.0.0/0 on every protocol and port",
            [("Web/OutSG/Resource", "Web.template.json", ["Properties.SecurityGroupEgress.0.CidrIp"])],
        ),
        (
            "ssh-from-world",
            "error",
            "SG102 ssh-from-world: ssh (tcp 22) is open to 0.0.0.0/0",
            [
                (
                    "Web/Inner/SG/Resource",
                    "WebInner60AE1887.nested.template.json",
                    ["Properties.SecurityGroupIngress.0.CidrIp"],
                )
            ],
        ),
        (
            "ssh-from-world",
            "error",
            "SG102 ssh-from-world: ssh (tcp 22) is open to 0.0.0.0/0",
            [("Prod/Web/Hole", "assembly-Prod/ProdWebF45B1510.template.json", ["Properties.CidrIp"])],
        ),
    ]
    assert all(violation["suggestedFix"] for violation in plugin["violations"])
    assert plugin["violations"][1]["ruleMetadata"]["id"] == "SG102"


def _summary(violation: dict[str, object]) -> tuple[object, ...]:
    constructs = violation["violatingConstructs"]
    assert isinstance(constructs, list)
    resources = [(construct["constructPath"], construct["cloudFormationResource"]) for construct in constructs]
    return (
        violation["ruleName"],
        violation["severity"],
        violation["description"],
        [(path, resource["templatePath"], resource["propertyPaths"]) for path, resource in resources],
    )


def test_an_old_library_reports_a_failure(tmp_path: Path) -> None:
    ran = synthesize(APPS / "validated.py", tmp_path / "out", old(), "high")
    assert "Status: failure" in ran.stdout + ran.stderr
    assert "Validation failed" in ran.stdout + ran.stderr
    report = re.sub(r"\x1b\[\d+m", "", ran.stdout + ran.stderr)
    assert re.findall(r"^(\S+) \((\d) occurrences\)\nSeverity: (\w+)$", report, re.MULTILINE) == [
        ("all-traffic-to-world", "1", "warning"),
        ("ssh-from-world", "1", "error"),
        ("ssh-from-world", "1", "error"),
    ]
    assert re.findall(r"Construct Path: (\S+)", report) == [
        "Web/OutSG/Resource",
        "Web/Inner/SG/Resource",
        "Prod/Web/Hole",
    ]
    assert re.findall(r"> (Properties\S+)", report) == [
        "Properties.SecurityGroupEgress.0.CidrIp",
        "Properties.SecurityGroupIngress.0.CidrIp",
        "Properties.CidrIp",
    ]


@LIBRARIES
def test_synthesis_goes_on_when_nothing_fails(library: Callable[[], dict[str, str]], tmp_path: Path) -> None:
    ran = synthesize(APPS / "validated.py", tmp_path / "out", {**library(), "CDK_VALIDATION": "false"}, "never")
    assert ran.returncode == 0, ran.stderr
    assert "synthesized" in ran.stdout
    assert "Status: failure" not in ran.stdout + ran.stderr


@LIBRARIES
def test_the_aspect_annotates_constructs(library: Callable[[], dict[str, str]], tmp_path: Path) -> None:
    ran = synthesize(APPS / "annotated.py", tmp_path / "out", {**library(), "CDK_VALIDATION": "false"})
    assert ran.returncode == 0, ran.stderr
    assert [line.partition(": ")[0] for line in ran.stdout.splitlines()] == [
        "error /Web/WebSG/Resource SG102 ssh-from-world",
        "error /Web/Inner/SG/Resource SG103 rdp-from-world",
        "warning /Web/WebSG/Resource SG201 all-traffic-to-world",
        "info /Web/BackSG/from 0.0.0.0_0:{IndirectPort} SG901 unresolved-rule",
    ]

"""What an app may ask of the plug-ins. None of this needs aws-cdk-lib."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sglint.cdk_plugin import Options
from sglint.cdk_plugin.options import described, weigh
from sglint.model.location import Location
from sglint.policies.policy import Severity, Violation
from sglint.policies.registry import find
from sglint.triage.finding import Finding


def finding(policy: str, severity: Severity) -> Finding:
    return Finding(find(policy), Violation("ssh is open", Location("a", 1, 1, 1, 2), "Web/SG"), severity)


@pytest.mark.parametrize(
    ("fail_on", "policy", "severity", "expected"),
    [
        ("medium", "SG102", Severity.HIGH, "error"),
        ("high", "SG102", Severity.HIGH, "error"),
        ("critical", "SG102", Severity.HIGH, "warning"),
        ("never", "SG102", Severity.CRITICAL, "warning"),
        ("medium", "SG302", Severity.LOW, "warning"),
        ("medium", "SG302", Severity.NOTE, "info"),
        ("note", "SG901", Severity.NOTE, "info"),
    ],
)
def test_how_a_finding_weighs(fail_on: str, policy: str, severity: Severity, expected: str) -> None:
    assert weigh(finding(policy, severity), fail_on) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"fail_on": "loud"}, "fail_on is one of note, low, medium, high, critical and never"),
        ({"profile": "lax"}, "profile is one of default, strict"),
        ({"select": ("SG999",)}, "SG999"),
        ({"ignore": ("shh-from-world",)}, "shh-from-world"),
    ],
)
def test_what_does_not_exist(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Options(**arguments)  # type: ignore[arg-type]


def test_a_finding_in_one_sentence() -> None:
    assert described(finding("SG102", Severity.HIGH)) == "SG102 ssh-from-world: ssh is open"


def test_importing_the_plug_ins_does_not_import_the_library() -> None:
    code = (
        "import sys, sglint.cdk, sglint.cdk_plugin; print(sorted({'aws_cdk', 'constructs', 'jsii'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_what_an_app_leaves_open_is_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".sglint.toml").write_text(
        'fail-on = "high"\nignore = ["missing-rule-description"]\n', encoding="utf-8"
    )
    (tmp_path / "app").mkdir()
    monkeypatch.chdir(tmp_path / "app")
    planned = Options().plan(".")
    assert (planned.fail_on, planned.settings.ignore) == ("high", ("SG302",))
    assert Options(fail_on="low", has_configuration=True).plan(".").fail_on == "low"
    planned = Options(has_configuration=False).plan(".")
    assert (planned.fail_on, planned.settings.ignore) == ("medium", ())

"""What sound estates are told: what is above low has a reason that a network engineer would accept.

`fixtures/clean/README.md` says what lies in an estate.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sglint.cli import main
from sglint.engine import run, understand
from sglint.model.record import replace
from sglint.model.rules import Origin
from sglint.notation import write_rule
from sglint.settings import Settings
from sglint.triage.finding import Finding
from tests.intent import INPUTS, input_of

CLEAN = Path(__file__).parents[1] / "fixtures" / "clean"
ESTATES = sorted(path for path in CLEAN.iterdir() if path.is_dir())
each_estate = pytest.mark.parametrize("estate", ESTATES, ids=lambda estate: estate.name)


@each_estate
def test_what_is_told_is_written_down(estate: Path) -> None:
    told = []
    for dialect, path in _inputs(estate):
        outcome = run(Settings((path,)))
        assert outcome.problems == ()
        told += sorted(f"{dialect} {_line(finding)}" for finding in outcome.findings)
    golden = estate / "findings.txt"
    if os.environ.get("SGLINT_UPDATE_GOLDENS") == "1" and (told or golden.exists()):
        golden.write_text("".join(f"{line}\n" for line in told), encoding="utf-8", newline="\n")
    assert told == (golden.read_text(encoding="utf-8").splitlines() if golden.exists() else [])


@each_estate
def test_every_dialect_is_judged(estate: Path) -> None:
    for _, path in _inputs(estate):
        (analysis,) = understand(Settings((path,))).analyses
        assert any(group.rules for group in analysis.estate.groups)
        assert analysis.estate.attachments


def test_what_weighs_is_accepted_with_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CLEAN), "--fail-on", "medium"]) == 0
    assert "unused-suppression" not in capsys.readouterr().out


def _inputs(estate: Path) -> Iterator[tuple[str, str]]:
    """The dialects that it is written in, each with the path of its input: the CDK where it has patterns for it."""
    for dialect in INPUTS:
        if dialect != "cdk" or (estate / "app.py").exists():
            yield dialect, input_of(estate, dialect)


def _line(finding: Finding) -> str:
    """Policy, severity, and the resource (by construct where there is one) or its rule."""
    violation = finding.violation
    about = (finding.construct or violation.address).removesuffix("/Resource")
    if violation.rule is not None:
        about = write_rule(replace(violation.rule, group=about, description=None, origin=Origin.INLINE))
    return f"{finding.policy.id} {finding.severity} {about}"

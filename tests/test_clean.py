"""Sound estates are met with silence: no finding of any default policy, at any severity."""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.engine import run, understand
from sglint.settings import Settings

ESTATES = sorted(path for path in (Path(__file__).parents[1] / "fixtures" / "clean").iterdir() if path.is_dir())


@pytest.mark.parametrize("estate", ESTATES, ids=lambda estate: estate.name)
def test_nothing_is_found(estate: Path) -> None:
    outcome = run(Settings((str(estate),)))
    assert outcome.problems == ()
    assert [f"{finding.policy.id} {finding.location} {finding.violation.message}" for finding in outcome.findings] == []


@pytest.mark.parametrize("estate", ESTATES, ids=lambda estate: estate.name)
def test_both_dialects_are_judged(estate: Path) -> None:
    analyses = understand(Settings((str(estate),))).analyses
    assert len(analyses) == 2
    assert all(any(group.rules for group in analysis.estate.groups) for analysis in analyses)

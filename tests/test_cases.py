"""The same intent in three dialects comes to the same rules, and to the same findings.

`fixtures/cases/README.md` says what a case holds and how names of the dialects are brought together.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.engine import run, understand
from sglint.notation import read_rule, write_rule
from sglint.settings import Settings
from tests.intent import INPUTS, canonical, constructs_of, input_of, of_dialect, shared

CASES = sorted(path for path in (Path(__file__).parents[1] / "fixtures" / "cases").iterdir() if path.is_dir())
JUDGED = tuple(f"SG{number}" for number in (101, 102, 103, 104, 105, 201, 202, 203, 301, 302, 307, 901, 902))


@pytest.mark.parametrize("dialect", INPUTS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rules(case: Path, dialect: str) -> None:
    expected = (case / "rules.txt").read_text(encoding="utf-8").splitlines()
    assert expected == sorted(expected)
    settings = Settings((input_of(case, dialect),))
    understood = understand(settings)
    assert understood.problems == ()
    assert [analysis.estate.unresolved for analysis in understood.analyses] == [()]
    constructs = constructs_of(settings)
    groups = understood.analyses[0].estate.groups
    found = [write_rule(shared(rule, constructs)) for group in groups for rule in group.rules]
    assert sorted(found) == sorted(write_rule(shared(read_rule(line), {})) for line in expected)


@pytest.mark.parametrize("dialect", INPUTS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_findings(case: Path, dialect: str) -> None:
    expected = (case / "findings.txt").read_text(encoding="utf-8").splitlines()
    assert expected == sorted(expected)
    settings = Settings((input_of(case, dialect),), select=JUDGED)
    constructs = constructs_of(settings)
    found = []
    for finding in run(settings).findings:
        rule = finding.violation.rule
        address = finding.violation.address if rule is None else rule.group
        found.append(f"{finding.policy.id} {canonical(constructs.get(address, address))}")
    assert sorted(found) == list(of_dialect(expected, dialect))

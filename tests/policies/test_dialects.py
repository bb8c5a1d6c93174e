"""Each policy's Terraform and CloudFormation example is flagged on exactly the lines that say so.

A line that ends in a comment such as `# SG102, SG104` has these findings; every other line has none.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sglint.engine import run
from sglint.policies.registry import POLICIES
from sglint.settings import Settings

FIXTURES = Path(__file__).parents[2] / "fixtures" / "policies"
EXAMPLES = sorted(FIXTURES.glob("*/*.*"))
ABOUT_SUPPRESSIONS = ("SG903", "SG904", "SG905")
_MARK = re.compile(r"# (SG[0-9]{3}(?:, SG[0-9]{3})*)$")


def marked(path: Path) -> set[tuple[int, str]]:
    return {
        (number, id_)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (mark := _MARK.search(line))
        for id_ in mark[1].split(", ")
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_an_example_is_flagged_on_its_marked_lines(path: Path) -> None:
    outcome = run(Settings((str(path),), profile="strict"))
    assert outcome.problems == ()
    found = {(finding.location.line, finding.policy.id) for finding in outcome.pending}
    assert found == marked(path)


def test_every_policy_of_rules_has_its_examples_and_is_flagged_in_one() -> None:
    judging = [policy for policy in POLICIES if policy.id not in ABOUT_SUPPRESSIONS]
    for policy in judging:
        paths = [path for path in EXAMPLES if path.parent.name == policy.name]
        assert {path.suffix for path in paths} == {".tf", ".yaml"}
        assert policy.id in {id_ for path in paths for _, id_ in marked(path)}
    assert {path.parent.name for path in EXAMPLES} >= {policy.name for policy in judging}
    assert {path.parent.name for path in EXAMPLES} <= {policy.name for policy in POLICIES}

"""Each policy's case: one intent in Terraform, CloudFormation and CDK, with the same findings, each at its own line.

`fixtures/policies/README.md` says what a case holds.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sglint.engine import run
from sglint.model.record import replace
from sglint.notation import write_rule
from sglint.policies.policy import Policy
from sglint.policies.registry import POLICIES, find
from sglint.settings import Settings
from sglint.triage.baseline_file import read
from sglint.triage.finding import Finding, Outcome
from tests.intent import INPUTS, canonical, constructs_of, input_of, shared

CASES = sorted(path for path in (Path(__file__).parents[2] / "fixtures" / "policies").iterdir() if path.is_dir())
SOURCES = {"terraform": "main.tf", "cloudformation": "template.yaml", "cdk": "app.py"}
ABSENT = {
    ("SG203", "terraform"): "Terraform removes the rule that AWS gives a new group",
    ("SG306", "cloudformation"): "CloudFormation leaves the rules alone that it did not write",
    ("SG306", "cdk"): "CloudFormation leaves the rules alone that it did not write",
}
"""Where a policy has nothing to find in a dialect, and why. Its case is written in the dialect all the same."""

LEFT_OUT = ("SG111", "SG205", "SG304", "SG511", "SG512")
"""What the strict profile asks of whole estates, and is left out of the examples of other policies for brevity."""

_MARK = re.compile(r"# (SG[0-9]{3}(?:, SG[0-9]{3})*)$")

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
each_dialect = pytest.mark.parametrize("dialect", INPUTS)


@each_case
def test_every_dialect_has_the_same_findings(case: Path) -> None:
    found = "".join(f"{line}\n" for line in _truth({dialect: _lines(case, dialect) for dialect in INPUTS}))
    golden = case / "findings.txt"
    if os.environ.get("SGLINT_UPDATE_GOLDENS") == "1":
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


@each_dialect
@each_case
def test_findings_are_on_the_lines_that_say_so(case: Path, dialect: str) -> None:
    outcome = run(_settings(case, dialect))
    source = case / SOURCES[dialect]
    assert {finding.location.path for finding in outcome.pending} <= {str(source)}
    assert _found(outcome) == _marked(source)


@each_dialect
@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_every_policy_has_its_case_and_finds_something_in_it(policy: Policy, dialect: str) -> None:
    case = CASES[0].parent / policy.name
    found = policy.id in {id_ for _, id_ in _marked(case / SOURCES[dialect])}
    assert found == ((policy.id, dialect) not in ABSENT)


def test_every_case_is_named_after_a_policy() -> None:
    assert {case.name for case in CASES} == {policy.name for policy in POLICIES}


def _settings(case: Path, dialect: str) -> Settings:
    ignored = tuple(id_ for id_ in LEFT_OUT if find(id_).name != case.name)
    settings = Settings((input_of(case, dialect),), profile="strict", ignore=ignored)
    past = case / "baseline.json"
    if not past.exists():
        return settings
    return replace(settings, baseline=read(past.read_text(encoding="utf-8"), str(past)), ratchets=True)


def _lines(case: Path, dialect: str) -> Counter[str]:
    settings = _settings(case, dialect)
    outcome = run(settings)
    assert outcome.problems == ()
    constructs = constructs_of(settings)
    return Counter(_line(finding, constructs) for finding in outcome.pending)


def _truth(told: Mapping[str, Counter[str]]) -> Iterator[str]:
    """Every line, sorted; one that not all dialects have says which do."""
    for line in sorted({line for lines in told.values() for line in lines}):
        for number in range(max(lines[line] for lines in told.values())):
            having = [dialect for dialect, lines in told.items() if lines[line] > number]
            yield line if len(having) == len(told) else f"{line} in {' '.join(having)}"


def _found(outcome: Outcome) -> set[tuple[int, str]]:
    return {(finding.location.line, finding.policy.id) for finding in outcome.pending}


def _marked(source: Path) -> set[tuple[int, str]]:
    """The lines that end in a comment such as `# SG102, SG104`, with the ids that they name."""
    return {
        (number, id_)
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1)
        if (mark := _MARK.search(line))
        for id_ in mark[1].split(", ")
    }


def _line(finding: Finding, constructs: dict[str, str]) -> str:
    """Policy, severity and subject, as every dialect has them: without descriptions, since the CDK writes its own."""
    violation = finding.violation
    if violation.rule is not None:
        rules = (replace(shared(rule, constructs), description=None) for rule in (violation.rule, *violation.others))
        subject = " + ".join(map(write_rule, rules))
    elif violation.subject.startswith("entry "):
        word, acl, entry = violation.subject.split(" ", 2)
        subject = f"{word} {canonical(acl)} {entry}"
    else:
        subject = canonical(finding.construct or violation.address)
    return f"{finding.policy.id} {finding.severity} {subject}".rstrip()

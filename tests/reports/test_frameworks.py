"""Which policies answer a framework: whole outputs, compared with frameworks/. SGLINT_UPDATE_GOLDENS=1 writes them."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from sglint.compliance.mapping import Framework, find_framework, frameworks
from sglint.policies.registry import POLICIES
from sglint.reports.frameworks import FORMATS, answers, render_framework

_GOLDEN = Path(__file__).parent / "frameworks"
_ENDINGS = {"text": ".txt", "json": ".json", "csv": ".csv", "markdown": ".md"}
_CASES = [(id, form) for id in ("cis-5.0", "hipaa") for form in FORMATS]
each_framework = pytest.mark.parametrize("framework", frameworks(), ids=lambda framework: framework.id)


@pytest.mark.parametrize(("id", "form"), _CASES)
def test_output(id: str, form: str) -> None:
    output = render_framework(find_framework(id), form)
    golden = _GOLDEN / f"{id}{_ENDINGS[form]}"
    if os.environ.get("SGLINT_UPDATE_GOLDENS") == "1":
        golden.write_text(output, encoding="utf-8", newline="")
    assert output == golden.read_bytes().decode()


def test_every_golden_is_compared() -> None:
    assert sorted(path.name for path in _GOLDEN.iterdir()) == sorted(f"{id}{_ENDINGS[form]}" for id, form in _CASES)


@each_framework
def test_every_policy_that_names_a_control_answers_what_the_control_does(framework: Framework) -> None:
    found = [(answer.requirement.id, answer.policy.id) for answer in answers(framework)]
    assert found and len(found) == len(set(found))
    for answer in answers(framework):
        assert set(answer.controls) <= set(answer.policy.controls)
        assert answer.sources and answer.rules


def test_the_controls_of_every_policy_are_listed() -> None:
    found = {(answer.policy.id, answer.requirement.id) for answer in answers(find_framework("security-hub"))}
    assert found == {(policy.id, control) for policy in POLICIES for control in policy.controls}


@each_framework
def test_the_formats_say_the_same(framework: Framework) -> None:
    given = [(answer.requirement.id, answer.policy.id) for answer in answers(framework)]
    rows = list(csv.DictReader(render_framework(framework, "csv").splitlines()))
    assert [(row["requirement"], row["policy"]) for row in rows] == given
    document = json.loads(render_framework(framework, "json"))
    listed = [(each["id"], policy["id"]) for each in document["requirements"] for policy in each["policies"]]
    assert listed == given
    lines = render_framework(framework, "text").splitlines()
    assert (lines[0], len(lines)) == (framework.title, len(given) + 1)
    assert len(render_framework(framework, "markdown").splitlines()) == len(given) + 2


def test_the_chain_has_its_pages_in_order() -> None:
    (answer,) = (
        answer
        for answer in answers(find_framework("hipaa"))
        if (answer.requirement.id, answer.policy.id) == ("164.312(e)(1)", "SG401")
    )
    assert (answer.controls, answer.rules) == (("EC2.2",), ("vpc-default-security-group-closed",))
    assert answer.sources == (
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2",
        "https://docs.aws.amazon.com/config/latest/developerguide/operational-best-practices-for-hipaa_security.html",
    )

"""The real policies within what GitHub takes of a SARIF rule.

https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import json

import pytest

from sglint.policies.policy import Policy
from sglint.policies.registry import POLICIES
from sglint.reports.sarif import render
from sglint.triage.finding import Outcome
from tests.reports.outcomes import PLAIN, catalogue


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_a_rule_fits_and_says_all(policy: Policy) -> None:
    rule = json.loads(render(Outcome(policies=(policy,)), PLAIN))["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["name"].isidentifier()
    for part in ("shortDescription", "fullDescription"):
        text = rule[part]["text"]
        assert text.rstrip(")").endswith((".", "?"))
        assert len(text) <= 1024
    assert len(rule["properties"]["tags"]) <= 20
    for text in (policy.summary, policy.why, policy.fix, *policy.bad, *policy.good, *policy.controls):
        assert text in rule["help"]["markdown"]


def test_every_policy_has_results() -> None:
    results = json.loads(render(catalogue(), PLAIN))["runs"][0]["results"]
    assert {result["ruleId"] for result in results} == {policy.id for policy in POLICIES if policy.bad}
    assert all(result["message"]["text"].endswith(".") for result in results)

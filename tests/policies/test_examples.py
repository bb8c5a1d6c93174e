"""Each policy's examples are its specification: bad ones are found, good ones pass, and nothing worse turns up."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.notation import read_estate
from sglint.policies.policy import Policy
from sglint.policies.registry import POLICIES
from sglint.triage.finding import Finding
from sglint.triage.judge import judge

BAD = [pytest.param(policy, example, id=f"{policy.id}: {example}") for policy in POLICIES for example in policy.bad]
GOOD = [pytest.param(policy, example, id=f"{policy.id}: {example}") for policy in POLICIES for example in policy.good]
HYGIENE = ("SG301", "SG302", "SG304")


def findings(example: str, *policies: Policy) -> tuple[Finding, ...]:
    return judge([Analysis(read_estate(example))], policies or POLICIES)


@pytest.mark.parametrize(("policy", "example"), BAD)
def test_a_bad_example_is_found(policy: Policy, example: str) -> None:
    assert {finding.policy.id for finding in findings(example, policy)} == {policy.id}


@pytest.mark.parametrize(("policy", "example"), BAD)
def test_a_bad_example_shows_nothing_worse(policy: Policy, example: str) -> None:
    found = findings(example)
    own = {finding.violation.address for finding in found if finding.policy is policy}
    assert own, "the full set supersedes the policy that the example shows"
    # Examples leave descriptions and tags out for brevity; and a group that others refer to may have faults of its own.
    others = (finding for finding in found if finding.policy is not policy and finding.violation.address in own)
    assert [each for each in others if each.severity > policy.severity and each.policy.id not in HYGIENE] == []


@pytest.mark.parametrize(("policy", "example"), GOOD)
def test_a_good_example_passes(policy: Policy, example: str) -> None:
    assert findings(example, policy) == ()


@pytest.mark.parametrize(("policy", "example"), BAD)
def test_messages_read_as_one_sentence(policy: Policy, example: str) -> None:
    for finding in findings(example, policy):
        message = finding.violation.message
        assert message == message.strip()
        assert not message.endswith(".")
        assert "`" not in message and "\n" not in message and "  " not in message

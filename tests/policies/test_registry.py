"""The registry: file name = policy name = id's own, in order, complete, and consistent with itself."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import sglint.policies
from sglint.policies.pages import page
from sglint.policies.policy import Policy
from sglint.policies.registry import POLICIES, find

each_policy = pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)


@each_policy
def test_the_file_is_named_after_the_policy(policy: Policy) -> None:
    module = sys.modules[policy.check.__module__]
    assert module.__name__ == f"sglint.policies.{policy.name.replace('-', '_')}"
    assert module.POLICY is policy
    assert module.__doc__ is not None and module.__doc__.startswith(f"{policy.id}: ")


def test_every_file_with_a_policy_is_registered() -> None:
    folder = Path(sglint.policies.__file__).parent
    holding = {path.stem for path in folder.glob("*.py") if re.search(r"^POLICY = ", path.read_text(), re.MULTILINE)}
    assert holding == {policy.name.replace("-", "_") for policy in POLICIES}


def test_ids_are_unique_and_in_order() -> None:
    ids = [policy.id for policy in POLICIES]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"SG[0-9]{3}", id_) for id_ in ids)


def test_names_are_unique_and_fit_to_be_typed() -> None:
    names = [policy.name for policy in POLICIES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


@each_policy
def test_a_policy_is_found_by_id_and_name_in_any_case(policy: Policy) -> None:
    assert find(policy.id) is find(policy.name) is find(policy.id.lower()) is find(policy.name.upper()) is policy


@each_policy
def test_superseded_policies_exist_and_are_no_worse(policy: Policy) -> None:
    for id_ in policy.supersedes:
        assert find(id_).severity <= policy.severity


@each_policy
def test_texts_are_sentences_and_examples_are_there(policy: Policy) -> None:
    for text in (policy.summary, policy.why, policy.fix):
        assert text[0].isupper() or text.startswith("ssh")
        assert text.rstrip(")").endswith(".")
        assert "  " not in text
    assert policy.bad and policy.good
    assert all(re.fullmatch(r"[A-Z][A-Za-z0-9]+\.[0-9]+", control) for control in policy.controls)
    assert all(reference.startswith("https://docs.aws.amazon.com/") for reference in policy.references)


@each_policy
def test_the_page_says_it_all(policy: Policy) -> None:
    text = page(policy)
    for part in (policy.id, policy.name, policy.summary, policy.why, policy.fix, *policy.controls, *policy.references):
        assert part in text
    for example in (*policy.bad, *policy.good):
        assert example in text

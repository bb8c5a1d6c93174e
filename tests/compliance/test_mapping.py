"""The mapping: each row has a source, ids have the shape that their framework gives them, and nothing is left over."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from sglint.compliance.mapping import (
    Framework,
    Requirement,
    answered,
    by_number,
    controls,
    find_framework,
    frameworks,
    requirements,
    weaknesses,
)
from sglint.policies.registry import POLICIES

_NIST = r"[A-Z]{2}-[0-9]+(\([0-9]+\))*"
SHAPES = {
    "security-hub": r"(EC2|ELB)\.[0-9]+",
    "aws-config": r"[a-z0-9]+(-[a-z0-9]+)+",
    "cis-1.2": r"[1-4]\.[0-9]+",
    "cis-1.4": r"[1-5]\.[0-9]+",
    "cis-3.0": r"[1-5]\.[0-9]+",
    "cis-5.0": r"[1-5]\.[0-9]+",
    "nist-800-53-r5": _NIST,
    "pci-dss-4.0.1": r"([1-9]|1[0-2])(\.[0-9]+)+",
    "hipaa": r"164\.3(08|10|12|14|16)(\([0-9a-zA-Z]+\))+",
    "fedramp-moderate": _NIST + r"(\([a-z]\))*",
}
SITES = ("https://docs.aws.amazon.com/", "https://cwe.mitre.org/data/definitions/")

REQUIREMENTS = [requirement for framework in frameworks() for requirement in requirements(framework)]
each_framework = pytest.mark.parametrize("framework", frameworks(), ids=lambda framework: framework.id)
each_requirement = pytest.mark.parametrize(
    "requirement", REQUIREMENTS, ids=lambda requirement: f"{requirement.framework.id} {requirement.id}"
)


def test_every_framework_has_a_shape_here() -> None:
    assert [framework.id for framework in frameworks()] == list(SHAPES)


@each_framework
def test_ids_have_the_shape_of_the_framework_once_each_and_in_order(framework: Framework) -> None:
    ids = [requirement.id for requirement in requirements(framework)]
    assert ids
    assert [id for id in ids if not re.fullmatch(SHAPES[framework.id], id)] == []
    assert ids == sorted(set(ids), key=by_number)


@each_framework
def test_of_each_name_one_version_is_not_superseded(framework: Framework) -> None:
    versions = [other for other in frameworks() if other.name == framework.name]
    assert [other.is_superseded for other in versions] == [True] * (len(versions) - 1) + [False]


@each_requirement
def test_every_link_has_a_page_as_its_source(requirement: Requirement) -> None:
    assert requirement.links
    for link in requirement.links:
        for source in (link.source, link.control.source, requirement.address, requirement.framework.address):
            assert source.startswith(SITES), source


@each_requirement
def test_no_link_is_there_twice(requirement: Requirement) -> None:
    assert max(Counter(requirement.links).values()) == 1


def test_controls_are_described_once_at_their_own_place() -> None:
    for control in controls():
        assert control.source.endswith("#" + control.id.lower().replace(".", "-"))
        assert control.title and not control.title.endswith(".")
    assert max(Counter(control.id for control in controls()).values()) == 1


def test_the_controls_are_those_that_policies_name() -> None:
    assert {control.id for control in controls()} == {control for policy in POLICIES for control in policy.controls}


def test_weaknesses_are_found_by_policies_that_there_are() -> None:
    for weakness in weaknesses():
        assert weakness.source == f"https://cwe.mitre.org/data/definitions/{weakness.number}.html"
        assert list(weakness.policies) == sorted(set(weakness.policies))
        assert set(weakness.policies) <= {policy.id for policy in POLICIES}


def test_a_requirement_that_one_control_answers_has_its_title() -> None:
    (recommendation,) = (each for each in REQUIREMENTS if (each.framework.id, each.id) == ("cis-5.0", "5.5"))
    assert recommendation.title == "VPC default security groups should not allow inbound or outbound traffic"
    (boundary,) = (each for each in REQUIREMENTS if (each.framework.id, each.id) == ("nist-800-53-r5", "SC-7"))
    assert boundary.title == ""


def test_the_chain_from_a_control_over_its_rule() -> None:
    (transmission,) = (each for each in REQUIREMENTS if each.id == "164.312(e)(1)")
    (link,) = transmission.through(("EC2.2", "EC2.21"))
    assert (link.control.id, link.control.rule) == ("EC2.2", "vpc-default-security-group-closed")
    assert link.source.endswith("/operational-best-practices-for-hipaa_security.html")


def test_a_rule_that_is_two_controls_leads_to_both() -> None:
    (common,) = (each for each in REQUIREMENTS if each.id == "restricted-common-ports")
    assert [link.control.id for link in common.links] == ["EC2.14", "EC2.19"]


def test_a_pack_that_narrows_a_rule_to_one_control_leads_to_that_alone() -> None:
    (administration,) = (each for each in REQUIREMENTS if (each.framework.id, each.id) == ("cis-1.4", "5.2"))
    assert [link.control.id for link in administration.links] == ["EC2.13", "EC2.14"]


def test_what_a_control_answers() -> None:
    found = [(requirement.framework.id, requirement.id) for requirement in answered(("EC2.54",))]
    assert found == [
        ("security-hub", "EC2.54"),
        ("aws-config", "vpc-sg-port-restriction-check"),
        ("cis-3.0", "5.3"),
        ("cis-5.0", "5.4"),
        ("pci-dss-4.0.1", "1.3.1"),
    ]
    assert list(answered(())) == []


def test_ten_comes_after_nine() -> None:
    assert sorted(["SC-7(11)", "SC-7(4)", "AC-21", "AC-4", "SC-7"], key=by_number) == [
        "AC-4",
        "AC-21",
        "SC-7",
        "SC-7(4)",
        "SC-7(11)",
    ]


def test_a_framework_is_found_in_any_case() -> None:
    assert find_framework(" CIS-5.0 ").version == "5.0.0"


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("cis", 'there is no framework "cis"; did you mean cis-1.2 or cis-1.4 or cis-3.0 or cis-5.0?'),
        ("pci-dss-4.0", 'there is no framework "pci-dss-4.0"; did you mean pci-dss-4.0.1?'),
        ("hippa", 'there is no framework "hippa"; did you mean hipaa?'),
        ("", f'there is no framework ""; there are {", ".join(SHAPES)}'),
        ("soc-2", f'there is no framework "soc-2"; there are {", ".join(SHAPES)}'),
    ],
)
def test_a_framework_that_there_is_not(id: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        find_framework(id)

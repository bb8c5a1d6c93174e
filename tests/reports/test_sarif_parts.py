"""What a log says beside its results: taxonomies, revisions, categories, and what was left out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sglint.model.location import Location, Step
from sglint.model.record import replace
from sglint.model.revision import Revision
from sglint.notation import read_rule
from sglint.policies.registry import POLICIES as REGISTERED
from sglint.policies.registry import find
from sglint.reports.options import Options
from sglint.reports.sarif import render
from sglint.reports.sarif_limits import LOCATIONS, TAGS, clipped, kept, remarks
from sglint.triage.finding import Outcome
from tests.reports.outcomes import GROUP_NAME, PLAIN, SSH, UNRESOLVED, everything, finding

HERE = Location("a.tf", 1, 1, 1, 2)


def log(outcome: Outcome, options: Options = PLAIN) -> Any:
    return json.loads(render(outcome, options))["runs"][0]


# ---- taxonomies


def test_every_relationship_points_at_its_taxon() -> None:
    run = log(Outcome(policies=REGISTERED))
    seen = set()
    for rule in run["tool"]["driver"]["rules"]:
        for relationship in rule.get("relationships", ()):
            target = relationship["target"]
            taxonomy = run["taxonomies"][target["toolComponent"]["index"]]
            assert taxonomy["name"] == target["toolComponent"]["name"]
            assert taxonomy["taxa"][target["index"]]["id"] == target["id"]
            seen.add((taxonomy["name"], target["id"]))
    assert seen == {(taxonomy["name"], taxon["id"]) for taxonomy in run["taxonomies"] for taxon in taxonomy["taxa"]}
    assert run["tool"]["driver"]["supportedTaxonomies"] == [
        {"name": taxonomy["name"], "index": index} for index, taxonomy in enumerate(run["taxonomies"])
    ]


def test_what_ssh_from_the_world_corresponds_to() -> None:
    policy = find("SG102")
    (rule,) = log(Outcome(policies=(policy,)))["tool"]["driver"]["rules"]
    targets = {(each["target"]["toolComponent"]["name"], each["target"]["id"]) for each in rule["relationships"]}
    assert targets == {
        ("CWE", "CWE-1220"),
        ("AWS Security Hub", "EC2.13"),
        ("AWS Security Hub", "EC2.53"),
        ("AWS Security Hub", "EC2.54"),
        ("AWS Config managed rules", "restricted-ssh"),
        ("AWS Config managed rules", "vpc-sg-port-restriction-check"),
        ("CIS AWS Foundations Benchmark", "5.3"),
        ("CIS AWS Foundations Benchmark", "5.4"),
        ("NIST SP 800-53", "AC-4"),
        ("NIST SP 800-53", "AC-4(21)"),
        ("NIST SP 800-53", "CM-7"),
        ("NIST SP 800-53", "SC-7"),
        ("NIST SP 800-53", "SC-7(4)"),
        ("NIST SP 800-53", "SC-7(5)"),
        ("NIST SP 800-53", "SC-7(11)"),
        ("NIST SP 800-53", "SC-7(16)"),
        ("NIST SP 800-53", "SC-7(21)"),
        ("PCI DSS", "1.3.1"),
        ("HIPAA Security Rule", "164.308(a)(3)(i)"),
        ("HIPAA Security Rule", "164.308(a)(3)(ii)(B)"),
        ("HIPAA Security Rule", "164.308(a)(4)(i)"),
        ("HIPAA Security Rule", "164.308(a)(4)(ii)(A)"),
        ("HIPAA Security Rule", "164.308(a)(4)(ii)(B)"),
        ("HIPAA Security Rule", "164.308(a)(4)(ii)(C)"),
        ("HIPAA Security Rule", "164.312(a)(1)"),
        ("HIPAA Security Rule", "164.312(e)(1)"),
        ("FedRAMP Moderate", "AC-4"),
        ("FedRAMP Moderate", "AC-17(1)"),
        ("FedRAMP Moderate", "CM-2"),
        ("FedRAMP Moderate", "SC-4"),
        ("FedRAMP Moderate", "SC-7"),
        ("FedRAMP Moderate", "SC-7(3)"),
    }


def test_taxonomies_say_which_version_they_are_of() -> None:
    versions = {each["name"]: each.get("version") for each in log(Outcome(policies=REGISTERED))["taxonomies"]}
    assert versions == {
        "AWS Config managed rules": None,
        "AWS Security Hub": None,
        "CIS AWS Foundations Benchmark": "5.0.0",
        "CWE": None,
        "FedRAMP Moderate": None,
        "HIPAA Security Rule": None,
        "NIST SP 800-53": "Revision 5",
        "PCI DSS": "4.0.1",
    }


def test_tags_name_the_standards_within_the_limit() -> None:
    rules = log(Outcome(policies=REGISTERED))["tool"]["driver"]["rules"]
    tags = {rule["id"]: rule["properties"]["tags"] for rule in rules}
    assert tags["SG101"][-5:] == ["cis-5.0", "nist-800-53-r5", "pci-dss-4.0.1", "hipaa", "fedramp-moderate"]
    assert tags["SG403"] == ["security", "aws", "security-group", "Security Hub EC2.22"]
    assert max(map(len, tags.values())) <= TAGS


def test_without_anything_to_point_at_there_are_no_taxonomies() -> None:
    run = log(Outcome(policies=(GROUP_NAME,)))
    assert "taxonomies" not in run
    assert "supportedTaxonomies" not in run["tool"]["driver"]


# ---- the analysis


@pytest.mark.parametrize(
    ("category", "id"),
    [("sglint", "sglint/"), ("network/prod", "network/prod/"), ("prod/", "prod/"), ("/", "sglint/")],
)
def test_the_category(category: str, id: str) -> None:
    assert log(Outcome(), replace(PLAIN, category=category))["automationDetails"] == {"id": id}


def test_the_revision() -> None:
    assert "versionControlProvenance" not in log(Outcome())
    revision = Revision("https://github.com/example/network", "ab" * 20, "main")
    details = {"repositoryUri": revision.repository, "revisionId": revision.commit, "branch": "main"}
    (said,) = log(Outcome(), replace(PLAIN, revision=revision))["versionControlProvenance"]
    assert said == {**details, "mappedTo": {"uriBaseId": "%SRCROOT%"}}
    (said,) = log(Outcome(), replace(PLAIN, revision=replace(revision, branch="")))["versionControlProvenance"]
    assert "branch" not in said


# ---- limits


def test_the_least_severe_are_left_out() -> None:
    findings = (
        finding(GROUP_NAME, HERE, "a", "low"),
        finding(UNRESOLVED, HERE, "b", "open"),
        finding(SSH, HERE, "c", "high"),
        replace(finding(SSH, HERE, "d", "accepted"), acceptance=everything().findings[3].acceptance),
        finding(SSH, HERE, "e", "high"),
    )
    assert [index for index, _ in kept(findings, 5)] == [0, 1, 2, 3, 4]
    assert [index for index, _ in kept(findings, 3)] == [0, 2, 4]
    assert [index for index, _ in kept(findings, 2)] == [2, 4]


def test_what_is_left_out_is_said() -> None:
    assert list(remarks(5_000)) == []
    assert list(remarks(5_001)) == [("note", "Code scanning shows 5000 of the 5001 results.")]
    assert list(remarks(25_010)) == [
        ("warning", "10 of 25010 findings are left out, the least severe: 25000 is the limit."),
        ("note", "Code scanning shows 5000 of the 25000 results."),
    ]


def test_a_log_of_too_many_findings() -> None:
    findings = tuple(finding(GROUP_NAME, HERE, "web", "named so") for _ in range(5_001))
    run = log(Outcome(findings=findings))
    assert len(run["results"]) == 5_001
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "note"
    assert run["invocations"][0]["executionSuccessful"] is True


def test_many_related_locations() -> None:
    steps = tuple(Step(f"var.v{number}", Location("a.tf", number, 1, number, 2)) for number in range(1, 121))
    rule = replace(read_rule("web ingress tcp 22 from 0.0.0.0/0"), evidence=steps)
    (result,) = log(Outcome(findings=(finding(SSH, HERE, "web", "open", rule=rule, related=steps),)))["results"]
    assert len(result["relatedLocations"]) == LOCATIONS - 1
    assert result["message"]["text"].endswith("[var.v10](10) and 110 more, 21 of them left out.")
    (flow,) = result["codeFlows"][0]["threadFlows"]
    assert len(flow["locations"]) == 121


def test_a_long_text_is_cut_and_says_so() -> None:
    (result,) = log(Outcome(findings=(finding(SSH, HERE, "web", "x" * 1500),)))["results"]
    assert result["message"]["text"] == f"{'x' * 1000}... (501 characters left out)"
    assert clipped("x" * 1000) == "x" * 1000

"""What SG405 and SG406 say, how much it weighs, and what else is said of the same rule."""

from __future__ import annotations

import json

import pytest

from sglint.analysis.analysis import Analysis
from sglint.notation import read_estate
from sglint.policies.policy import Severity
from sglint.policies.registry import POLICIES, find
from sglint.reports.options import Options
from sglint.reports.sarif import render
from sglint.triage.finding import Finding, Outcome
from sglint.triage.judge import judge

BALANCED = """
attachment lb kind load-balancer tier edge facing public groups lb
attachment web kind instance tier compute facing public groups web
listener in of lb on tcp 443
target in web source balancer on tcp 80
lb ingress tcp 443 from 0.0.0.0/0 "x"
lb egress all to 10.0.0.0/8 "x"
"""
STORE = "attachment db kind database tier data facing public groups db\n"
CHAIN = """
attachment web kind instance tier compute facing public groups web
attachment app kind instance tier compute facing private groups app
attachment db kind database tier data facing private groups db
web egress all to 10.0.0.0/8
app egress all to 10.0.0.0/8
app ingress all from group web
db ingress all from group app
"""


def exposed(text: str) -> list[Finding]:
    found = judge([Analysis(read_estate(text))], POLICIES)
    return [finding for finding in found if finding.policy.id in ("SG405", "SG406")]


def test_one_rule_that_lets_callers_past_a_load_balancer_is_one_finding() -> None:
    found = judge([Analysis(read_estate(BALANCED + 'web ingress tcp 80 from 0.0.0.0/0 "x"'))], POLICIES)
    (finding,) = [each for each in found if each.violation.rule is not None and each.violation.rule.group == "web"]
    assert finding.policy.id == "SG405"
    assert [policy.id for policy in finding.also] == ["SG106"]
    assert finding.violation.message == (
        "tcp 80 from 0.0.0.0/0 lets callers go past lb to web, reachable by a public address"
    )


@pytest.mark.parametrize(
    ("facing", "port", "severity", "end"),
    [
        ("public", 80, Severity.HIGH, "reachable by a public address"),
        ("unknown", 80, Severity.HIGH, "reachable if there is a public address"),
        ("private", 80, Severity.MEDIUM, "though so far there is no public address"),
        ("private", 8080, Severity.HIGH, "though so far there is no public address"),
    ],
)
def test_what_a_bypass_weighs(facing: str, port: int, severity: Severity, end: str) -> None:
    text = BALANCED.replace("compute facing public", f"compute facing {facing}").replace("tcp 80", f"tcp {port}")
    (finding,) = exposed(f"{text}web ingress tcp {port} from 0.0.0.0/0")
    assert (finding.policy.id, finding.severity) == ("SG405", severity)
    assert finding.violation.message.endswith(end)


def test_a_rule_that_opens_everything_is_told_as_that() -> None:
    found = judge([Analysis(read_estate(BALANCED + "web ingress all from 0.0.0.0/0"))], POLICIES)
    told = {each.policy.id: [policy.id for policy in each.also] for each in found}
    assert "SG405" not in told
    assert "SG405" in told["SG101"]


def test_every_rule_that_opens_a_public_store_is_one_finding() -> None:
    found = judge(
        [Analysis(read_estate(STORE + "db ingress tcp 5432 from 0.0.0.0/0\ndb ingress tcp 5432 from ::/0"))], POLICIES
    )
    told = [(each.policy.id, [policy.id for policy in each.also]) for each in found if each.severity > Severity.LOW]
    assert told == [("SG406", ["SG104", "SG105"])] * 2


@pytest.mark.parametrize("port", [22, 443])
def test_a_chain_of_references_is_told_with_its_steps(port: int) -> None:
    (finding,) = exposed(f"{CHAIN}web ingress tcp {port} from 0.0.0.0/0")
    assert finding.severity is Severity.CRITICAL
    assert finding.violation.message == (
        "all protocols from group app lets the world into a data store (db), "
        f"by way of web (tcp {port} from 0.0.0.0/0) and app (all protocols from group web)"
    )
    assert [step.text for step in finding.violation.flow] == [
        f"the world comes to web: web admits tcp {port} from 0.0.0.0/0",
        "web carries web",
        "web comes to app: app admits all protocols from group web",
        "app carries app",
        "app comes to db: db admits all protocols from group app",
        "db carries db",
    ]


def test_the_way_is_a_code_flow() -> None:
    (finding,) = exposed(f"{CHAIN}web ingress tcp 22 from 0.0.0.0/0")
    (result,) = json.loads(render(Outcome((finding,), policies=(find("SG406"),)), Options()))["runs"][0]["results"]
    (flow,) = result["codeFlows"]
    assert len(flow["threadFlows"][0]["locations"]) == len(finding.violation.flow) + 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("app ingress all from", "app ingress tcp 8080 from"),
        ("db ingress all from", "db ingress tcp 5432 from"),
        ("app egress all", "app egress tcp 443"),
        ("web kind instance tier compute facing public", "web kind instance tier compute facing unknown"),
    ],
)
def test_where_a_chain_is_no_exposure(old: str, new: str) -> None:
    assert old in CHAIN
    assert exposed(CHAIN.replace(old, new) + "web ingress tcp 22 from 0.0.0.0/0") == []

"""How the policies about the network around groups bear on each other and on the terms of a run."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.notation import read_estate
from sglint.policies.registry import find
from sglint.triage.judge import judge, judge_by_path
from sglint.triage.terms import Terms, TermsByPath

NETWORK = ("SG106", "SG204", "SG401", "SG402", "SG403", "SG409", "SG501", "SG502", "SG503")


def told(text: str, *words: str) -> list[tuple[str, tuple[str, ...]]]:
    """The findings of a text in notation, each with what it supersedes."""
    found = judge([Analysis(read_estate(text))], [find(word) for word in words])
    return [(finding.policy.id, tuple(policy.id for policy in finding.also)) for finding in found]


def test_what_a_data_store_may_reach_is_told_once() -> None:
    store = "attachment db kind database tier data groups db\n"
    assert told(f"{store}db egress all to 0.0.0.0/0", "SG201", "SG202", "SG204") == [("SG204", ("SG201", "SG202"))]
    assert told(f"{store}db egress all to 0.0.0.0/0 implicit", "SG203", "SG204") == [("SG204", ("SG203",))]
    assert told(f"{store}db egress all to 0.0.0.0/0", "SG201") == [("SG201", ())]


def test_a_web_port_is_told_only_where_nothing_worse_is() -> None:
    carrier = "attachment web-1 kind instance tier compute groups web\n"
    ingress = ("SG101", "SG102", "SG105", "SG106")
    assert told(f"{carrier}web ingress all from 0.0.0.0/0", *ingress)[0][0] == "SG101"
    assert told(f"{carrier}web ingress tcp 443-444 from 0.0.0.0/0", *ingress) == [("SG105", ("SG106",))]
    assert told(f"{carrier}web ingress tcp 443 from 0.0.0.0/0", *ingress) == [("SG106", ())]


def test_an_acl_that_lets_everything_in_is_told_once_for_each_family() -> None:
    text = "entry main ingress 98 allow all from ::/0\nentry main ingress 99 allow all from 0.0.0.0/0"
    assert told(text, "SG501", "SG502") == [("SG501", ("SG502",))] * 2
    assert told(text, "SG502") == [("SG502", ())] * 2


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (Terms(), []),
        (Terms(profile="strict"), ["SG401"]),
        (Terms(select=("default-group-with-rules",)), ["SG401"]),
        (Terms(select=("SG402",)), []),
    ],
)
def test_a_default_group_that_nothing_closes_is_for_the_strict(terms: Terms, expected: list[str]) -> None:
    analyses = [Analysis(read_estate("vpc main\nvpc closed default-group std\ngroup std default"))]
    found = judge_by_path(analyses, TermsByPath(terms))
    assert [each.finding.policy.id for each in found if each.finding.policy.id in NETWORK] == expected


def message(text: str, word: str) -> list[str]:
    return [finding.violation.message for finding in judge([Analysis(read_estate(text))], [find(word)])]


def test_messages_name_resources_groups_and_values() -> None:
    carrier = "attachment web-1 kind instance tier compute facing public groups web,admin\n"
    opened = "web ingress tcp 22 from 0.0.0.0/0\nweb ingress tcp 22 from ::/0\nadmin ingress tcp 8443 from 0.0.0.0/0"
    assert message(carrier + opened, "SG409") == [
        "web-1 has a public address, and web admits tcp 22 from 0.0.0.0/0 and tcp 22 from ::/0 "
        "and admin admits tcp 8443 from 0.0.0.0/0"
    ]
    held_back = "entry main ingress 10 deny all from 8.8.8.0/24\nentry main ingress 20 allow tcp 0-65535 from 0.0.0.0/0"
    assert message(held_back, "SG501") == [
        "entry 20 of the ACL lets 0.0.0.0/0 (save 8.8.8.0/24) reach ssh (tcp 22) and rdp (tcp 3389)"
    ]
    idle = "entry main ingress 10 allow all from 10.0.0.0/8\nentry main ingress 20 deny tcp 22 from 10.1.0.0/16"
    assert message(idle, "SG503") == ["entry 20 (deny) has no effect: 10 (allow) decides it all before"]


def test_conditions_of_the_carrier_and_of_the_rule_must_go_together() -> None:
    carrier = "attachment web-1 kind instance tier compute facing public groups web when A is x\n"
    assert message(f"{carrier}web ingress tcp 22 from 0.0.0.0/0 when A is y", "SG409") == []
    assert message(f"{carrier}web ingress tcp 22 from 0.0.0.0/0 when B is y", "SG409")


def test_an_acl_of_subnets_without_a_way_in_weighs_less() -> None:
    entry = "entry main ingress 10 allow all from 0.0.0.0/0\n"
    severities = {
        facing: [
            str(finding.severity)
            for finding in judge([Analysis(read_estate(f"acl main facing {facing}\n{entry}"))], [find("SG501")])
        ]
        for facing in ("public", "unknown", "private")
    }
    assert severities == {"public": ["medium"], "unknown": ["medium"], "private": ["low"]}

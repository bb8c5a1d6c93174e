"""How the policies about the network around groups bear on each other and on the terms of a run."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.notation import read_estate
from sglint.policies.policy import Parameters
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


def test_a_statement_for_administrators_is_for_the_strict() -> None:
    analyses = [
        Analysis(
            read_estate(
                "statement root allow actions * resources *\n"
                "statement ops allow actions *:*,s3:* resources *\n"
                "statement net allow actions *,ec2:* resources *"
            )
        )
    ]
    for profile, expected in (("default", ["net"]), ("strict", ["net", "ops", "root"])):
        found = judge_by_path(analyses, TermsByPath(Terms(profile=profile)))
        told = [each.finding.violation.address for each in found if each.finding.policy.id == "SG513"]
        assert sorted(told) == expected


@pytest.mark.parametrize(
    "denied",
    [
        "statement p deny actions ec2:*Group* resources * conditional",
        "statement p deny actions ec2:*Group* resources * document 1",
        "statement q deny actions ec2:*Group* resources *",
        "statement p deny actions ec2:*Group* resources arn:aws:ec2:*:*:security-group/sg-1",
        "statement p deny actions ec2:DeleteSecurityGroup resources *",
        "statement p deny actions ec2:*Group* resources * when A is x",
    ],
)
def test_what_a_document_denies_must_be_denied_for_certain(denied: str) -> None:
    assert message(f"statement p allow actions ec2:* resources *\n{denied}", "SG513")


def test_what_a_choice_changes_nothing_about_is_told_once() -> None:
    """A list with a choice among its actions comes to a statement for each."""
    either = "".join(f"statement p allow actions ec2:*,{name}:* resources * when A is {value}\n"
                     for name, value in (("s3", "x"), ("sqs", '"not x"')))  # fmt: skip
    told = "ec2:* is allowed on every security group, without a condition"
    assert message(either, "SG513") == [told]
    assert message(either.partition("\n")[0], "SG513") == [f"{told}, when A is x"]


@pytest.mark.parametrize(
    ("actions", "is_found"),
    [
        ("ec2:AuthorizeSecurityGroupIngress", True),
        ("EC2:authorizesecuritygroupingress", True),
        ("ec2:Revoke*", True),
        ("ec2:CreateSecurityGrou?", True),
        ("e*", True),
        ("ec2:CreateSecurityGroups", False),
        ("ec2:[A-Z]*", False),
        ("ec2:Create", False),
        ("ec2:UpdateSecurityGroupRuleDescriptionsIngress", False),
        ("autoscaling:*", False),
    ],
)
def test_actions_are_matched_as_iam_matches_them(actions: str, is_found: bool) -> None:
    assert bool(message(f"statement p allow actions {actions} resources *", "SG513")) is is_found


@pytest.mark.parametrize(
    ("resources", "is_found"),
    [
        ("resources *", True),
        ("resources **", True),
        ("resources arn:aws:ec2:*:*:*", True),
        ("resources arn:aws:ec2:*:*:security-group/*", True),
        ("resources arn:*:ec2:*", True),
        ("resources arn:aws:s3:::logs,arn:aws-cn:ec2:*:*:security-group/*", True),
        ("resources arn:aws:ec2:eu-west-1:*:security-group/*", False),
        ("resources arn:aws:ec2:*:*:security-group/sg-*", False),
        ("resources arn:aws:ec2:*:*:vpc/*", False),
        ("not-resources arn:aws:s3:::*", True),
        ("not-resources arn:aws:ec2:*:*:security-group/sg-1", True),
        ("not-resources arn:aws*:ec2:*", False),
    ],
)
def test_resources_that_are_every_group(resources: str, is_found: bool) -> None:
    assert bool(message(f"statement p allow actions ec2:* {resources}", "SG513")) is is_found


@pytest.mark.parametrize(("tags", "expected"), [((), 1), (("Owner",), 0), (("Owner", "Team"), 1)])
def test_the_tags_that_are_required(tags: tuple[str, ...], expected: int) -> None:
    analysis = Analysis(read_estate("group web\ntag web Owner me"))
    violations = list(find("SG304").check(analysis, Parameters(required_tags=tags)))
    assert len(violations) == expected
    assert all(violation.is_strict is not bool(tags) for violation in violations)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("writer g ingress inline g\nwriter g ingress single a when A is x", ["a again, when A is x"]),
        ("writer g ingress inline g when A is x\nwriter g ingress single a when A is y", []),
        (
            "writer g ingress inline g when A is x\nwriter g ingress single a when A is y\nwriter g ingress listed b",
            ["b again, when A is x"],
        ),
        ("writer g ingress inline g\nwriter g egress single a\nwriter g egress listed b", ["b, and a"]),
        ("writer g ingress listed a when A is x\nwriter g ingress single b when A is y", []),
    ],
)
def test_writers_clash_where_they_are_together(lines: str, told: list[str]) -> None:
    found = message(f"group g\n{lines}", "SG306")
    assert len(found) == len(told)
    assert all(each.endswith(end) for each, end in zip(found, told, strict=True))


def test_many_groups_are_a_network_again() -> None:
    def text(count: int) -> str:
        shops = "".join(
            f"attachment shop-{number} kind task tier compute groups shop-{number} subnets a\n"
            f"shop-{number} egress all to 10.0.0.0/8\n"
            for number in range(count)
        )
        return f"subnet a 10.0.1.0/24\n{shops}api ingress tcp 8443 from 10.0.1.0/24"

    def is_strict(count: int) -> list[bool]:
        analysis = Analysis(read_estate(text(count)))
        return [violation.is_strict for violation in find("SG111").check(analysis, Parameters())]

    assert [is_strict(count) for count in (0, 1, 3, 4)] == [[True], [False], [False], [True]]


@pytest.mark.parametrize("tier", ["kind load-balancer tier edge", "kind endpoint tier endpoint"])
def test_what_is_there_for_a_whole_network(tier: str) -> None:
    text = (
        "subnet a 10.0.1.0/24\nattachment shop-1 kind task tier compute groups shop subnets a\n"
        f"attachment door {tier} groups api\nshop egress all to 10.0.0.0/8\napi ingress tcp 443 from 10.0.1.0/24"
    )
    analysis = Analysis(read_estate(text))
    assert [violation.is_strict for violation in find("SG111").check(analysis, Parameters())] == [True]

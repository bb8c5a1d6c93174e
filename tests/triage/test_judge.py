"""One bad rule is one finding, one place is told once, and findings come in one order."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.model.location import Location, Step
from sglint.model.record import replace
from sglint.model.rules import Estate, Places, Rule, SecurityGroup
from sglint.notation import read_estate, read_rule
from sglint.policies.policy import Parameters, Severity
from sglint.policies.registry import find
from sglint.triage.finding import Finding
from sglint.triage.judge import fails, judge
from sglint.triage.selection import in_force

EXPOSURE = in_force(["SG101", "SG102", "SG103", "SG104", "SG105", "SG201", "SG202", "SG203", "SG307", "SG901"])


def at(line: int, column: int = 1, path: str = "main.tf") -> Location:
    return Location(path, line, column, line, column + 5)


def estate(*rules: Rule, group: str = "web", description: str | None = "Web servers") -> Estate:
    return Estate((SecurityGroup(group, rules, description=description),))


def told(text: str, *words: str) -> list[tuple[str, tuple[str, ...]]]:
    """The findings of a text in notation, each with what it supersedes."""
    policies = in_force(words) if words else EXPOSURE
    found = judge([Analysis(read_estate(text))], policies)
    return [(finding.policy.id, tuple(policy.id for policy in finding.also)) for finding in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("web ingress all from 0.0.0.0/0", [("SG101", ("SG102", "SG103", "SG104", "SG105"))]),
        ("web ingress tcp 22 from 0.0.0.0/0", [("SG102", ("SG104", "SG105"))]),
        ("web ingress tcp 3389 from 0.0.0.0/0", [("SG103", ("SG104", "SG105"))]),
        ("web ingress tcp 6379 from 0.0.0.0/0", [("SG104", ("SG105",))]),
        ("web ingress tcp 8443 from 0.0.0.0/0", [("SG105", ())]),
        ("web ingress tcp 20-25 from 0.0.0.0/0", [("SG102", ("SG105",)), ("SG104", ("SG105",))]),
        ("web ingress tcp 443 from 0.0.0.0/0", []),
        ("web egress all to 0.0.0.0/0", [("SG201", ("SG202",))]),
        ("web egress all to 0.0.0.0/0 implicit", [("SG203", ())]),
        ("web ingress all from 0.0.0.0/1\nweb ingress all from 128.0.0.0/1", [
            ("SG101", ("SG102", "SG103", "SG104", "SG105")),
        ]),
        # One rule that opens everything does not hide another that opens ssh.
        ("web ingress all from 0.0.0.0/0\nweb ingress tcp 22 from ::/0", [
            ("SG101", ("SG102", "SG103", "SG104", "SG105")),
            ("SG102", ("SG104", "SG105")),
        ]),
        # What three rules open in pairs is told for each pair.
        (
            "web ingress tcp 22-23 from 0.0.0.0/1\nweb ingress tcp 22 from 128.0.0.0/1\n"
            "web ingress tcp 23 from 128.0.0.0/1",
            [("SG102", ("SG104", "SG105")), ("SG104", ("SG105",))],
        ),
    ],
)  # fmt: skip
def test_one_bad_rule_is_one_finding(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("word", ["SG101", "ssh-from-world", "sg103", "SG104", "unauthorized-port-from-world"])
def test_a_superseded_policy_that_is_selected_alone_reports_in_its_own_right(word: str) -> None:
    assert told("web ingress all from 0.0.0.0/0", word) == [(find(word).id, ())]


def test_ignoring_the_worst_leaves_the_next() -> None:
    policies = in_force((policy.id for policy in EXPOSURE), ignore=["all-traffic-from-world"])
    found = judge([Analysis(read_estate("web ingress all from 0.0.0.0/0"))], policies)
    assert [finding.policy.id for finding in found] == ["SG102", "SG103", "SG104"]


def test_what_a_policy_supersedes_is_only_that_of_the_same_rule() -> None:
    first = replace(read_rule("web ingress all from 0.0.0.0/0"), location=at(1), description="a")
    second = replace(read_rule("web ingress tcp 8443 from 0.0.0.0/0"), location=at(2), description="b")
    found = judge([Analysis(estate(first, second))], EXPOSURE)
    assert [(finding.policy.id, finding.location.line) for finding in found] == [("SG101", 1), ("SG105", 2)]


def test_findings_carry_severity_level_address_and_construct() -> None:
    rule = replace(
        read_rule('web ingress tcp 22 from 0.0.0.0/0 "why" standalone'), location=at(7, 20), address="aws_rule.ssh"
    )
    group = SecurityGroup("web", (rule,), description="Web", construct="Stack/WebSG")
    (finding,) = judge([Analysis(Estate((group,)))], in_force(ignore=["SG304"]))
    assert finding.policy.id == "SG102"
    assert finding.severity is Severity.HIGH
    assert finding.level == 2
    assert finding.construct == "Stack/WebSG"
    assert finding.location == at(7, 20)
    assert finding.violation.address == "aws_rule.ssh"
    assert finding.violation.subject == 'web ingress tcp 22 from 0.0.0.0/0 "why" standalone'


def test_findings_about_a_group_have_its_construct_and_no_level() -> None:
    group = SecurityGroup("web", location=at(3), construct="Stack/WebSG")
    (finding,) = judge([Analysis(Estate((group,)))], in_force(ignore=["SG304"]))
    assert (finding.policy.id, finding.construct, finding.level) == ("SG301", "Stack/WebSG", None)


def test_related_steps_are_evidence_then_ports_then_the_other_rules() -> None:
    evidence = (Step("var.cidrs", at(3, path="variables.tf")),)
    places = Places(block=at(10), protocol=at(11), ports=at(12), description=at(10))
    first = replace(read_rule("web ingress tcp 22 from 0.0.0.0/1"), location=at(13), places=places, evidence=evidence)
    second = replace(read_rule("web ingress tcp 22 from 128.0.0.0/1"), location=at(20))
    (finding,) = judge([Analysis(estate(first, second))], in_force(["SG102"]))
    assert finding.violation.related == (
        evidence[0],
        Step("the rule admits tcp 22", at(12)),
        Step("the group also admits tcp 22 from 128.0.0.0/1", at(20)),
    )


def test_configured_severities_replace_those_of_the_policies() -> None:
    analysis = Analysis(read_estate("web ingress tcp 22 from 0.0.0.0/0"))
    (finding,) = judge([analysis], in_force(["SG102"]), severities={"SG102": Severity.LOW})
    assert finding.severity is Severity.LOW


def test_parameters_say_which_ports_are_authorized() -> None:
    analysis = Analysis(read_estate("web ingress tcp 8443 from 0.0.0.0/0\nweb ingress tcp 80 from 0.0.0.0/0"))
    found = judge([analysis], EXPOSURE, Parameters(authorized_ingress=((6, 8443),)))
    assert [finding.violation.message for finding in found] == [
        "tcp 80 from 0.0.0.0/0 is outside the authorized ports (tcp 8443)"
    ]


def instances(message_differs: bool = False) -> tuple[Finding, ...]:
    """One rule of a module that two calls instantiate, as two groups of one unit."""
    groups = []
    for number, name in enumerate(("module.a.web", "module.b.web")):
        port = 22 + (number if message_differs else 0)
        rule = replace(
            read_rule(f"{name} ingress tcp {port} from 0.0.0.0/0"),
            location=at(5, path="modules/web/main.tf"),
            evidence=(Step(f"module.{name[7]}", at(10 + number)),),
        )
        groups.append(SecurityGroup(name, (rule,), description="Web"))
    return judge([Analysis(Estate(tuple(groups)))], in_force(["SG102", "SG104"]))


def test_instances_of_one_place_are_told_once_with_their_addresses() -> None:
    (finding,) = instances()
    assert finding.violation.address == "module.a.web"
    assert finding.violation.related == (
        Step("module.a", at(10)),
        Step("the same holds for module.b.web", at(11)),
    )


def test_instances_that_say_something_else_are_told_apart() -> None:
    assert [finding.violation.address for finding in instances(message_differs=True)] == [
        "module.a.web",
        "module.b.web",
    ]


def test_units_that_share_a_place_tell_it_once() -> None:
    rule = replace(read_rule("web ingress tcp 22 from 0.0.0.0/0"), location=at(5))
    found = judge([Analysis(estate(rule)), Analysis(estate(rule))], in_force(["SG102"]))
    assert len(found) == 1
    assert found[0].violation.related == ()


def test_what_is_told_once_keeps_the_worst_level() -> None:
    better, worse = (
        replace(read_rule(f"{group} ingress tcp 443 from {peer}"), location=at(5))
        for group, peer in (("app", "group web"), ("web", "10.0.0.0/8"))
    )
    groups = (SecurityGroup("app", (better,)), SecurityGroup("web", (worse,)))
    (finding,) = judge([Analysis(Estate(groups))], in_force(["SG302"]))
    assert finding.level == 4


def test_one_missing_description_of_a_block_is_one_finding() -> None:
    places = Places(block=at(10), protocol=at(11), ports=at(12), description=at(10))
    rules = [
        replace(read_rule(f"web ingress tcp 443 from {cidr}"), location=at(13, 5 + 20 * number), places=places)
        for number, cidr in enumerate(("10.0.0.0/8", "172.16.0.0/12"))
    ]
    (finding,) = judge([Analysis(estate(*rules))], in_force(ignore=["SG111", "SG304"]))
    assert (finding.policy.id, finding.location) == ("SG302", at(10))


def test_findings_come_by_path_line_column_and_id() -> None:
    rules = [
        replace(read_rule(f"web ingress tcp {ports} from 0.0.0.0/0"), location=place)
        for ports, place in (
            ("20-25", at(9, path="b.tf")),
            ("8443", at(2, 8, path="b.tf")),
            ("8444", at(2, 3, path="b.tf")),
            ("8445", at(30, path="a.tf")),
        )
    ]
    found = judge([Analysis(estate(*rules))], EXPOSURE)
    assert [(finding.location.path, finding.location.line, finding.policy.id) for finding in found] == [
        ("a.tf", 30, "SG105"),
        ("b.tf", 2, "SG105"),
        ("b.tf", 2, "SG105"),
        ("b.tf", 9, "SG102"),
        ("b.tf", 9, "SG104"),
    ]
    assert [finding.order for finding in found] == sorted(finding.order for finding in found)


def test_the_order_of_rules_does_not_matter() -> None:
    rules = [
        replace(read_rule(f"web ingress tcp {port} from 0.0.0.0/0"), location=at(port)) for port in (22, 3389, 8443)
    ]
    assert judge([Analysis(estate(*rules))], EXPOSURE) == judge([Analysis(estate(*reversed(rules)))], EXPOSURE)


def test_a_finding_fails_a_run_from_its_severity_on() -> None:
    found = judge([Analysis(read_estate("web ingress tcp 8443 from 0.0.0.0/0"))], EXPOSURE)
    assert fails(found, Severity.MEDIUM) and fails(found, Severity.NOTE)
    assert not fails(found, Severity.HIGH)
    assert not fails((), Severity.NOTE)


def test_what_could_not_be_judged_never_fails_a_run() -> None:
    analysis = Analysis(read_estate('web ingress tcp 22 from unknown("var.office")'))
    found = judge([analysis], EXPOSURE, severities={"SG901": Severity.CRITICAL})
    assert [finding.policy.id for finding in found] == ["SG901"]
    assert not fails(found, Severity.NOTE)

"""What policies say, word for word, and what they take into account beyond their examples."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.model.location import Location
from sglint.model.record import replace
from sglint.model.rules import Defect, DefectKind, Estate, Places, SecurityGroup, Unresolved
from sglint.notation import read_estate, read_rule
from sglint.policies.policy import Parameters, Severity, Violation
from sglint.policies.registry import find


def violations(word: str, text: str, parameters: Parameters | None = None) -> list[Violation]:
    return list(find(word).check(Analysis(read_estate(text)), parameters or Parameters()))


def messages(word: str, text: str, parameters: Parameters | None = None) -> list[str]:
    return [violation.message for violation in violations(word, text, parameters)]


@pytest.mark.parametrize(
    ("word", "text", "message"),
    [
        ("SG101", "web ingress all from 0::/0", "0::/0 may use every protocol and port"),
        (
            "SG101",
            "web ingress tcp 1-65535 from 2000::/3",
            "2000::/3 (every public IPv6 address) may use every tcp port (tcp 1-65535)",
        ),
        (
            "SG101",
            "web ingress all from 0.0.0.0/2\nweb ingress all from 64.0.0.0/2\nweb ingress all from 128.0.0.0/2\n"
            "web ingress all from 192.0.0.0/3",
            "0.0.0.0/2, 64.0.0.0/2, 128.0.0.0/2 and 192.0.0.0/3, together the world, may use every protocol and port",
        ),
        ("SG102", "web ingress tcp 22 from 0.0.0.0/0", "ssh (tcp 22) is open to 0.0.0.0/0"),
        ("SG102", "web ingress tcp 20-25 from 0.0.0.0/0", "tcp 20-25 from 0.0.0.0/0 includes ssh (22)"),
        ("SG102", "web ingress all from 0.0.0.0/0", "all protocols from 0.0.0.0/0 include ssh (tcp 22)"),
        (
            "SG102",
            "web ingress tcp 22 from 0.0.0.0/0 when IsProd is false and Region is us-east-1",
            "ssh (tcp 22) is open to 0.0.0.0/0, when IsProd is false and Region is us-east-1",
        ),
        (
            "SG102",
            "web ingress tcp 22 from 0.0.0.0/1\nweb ingress tcp 22 from 128.0.0.0/1 when IsProd is false",
            "ssh (tcp 22) is open to 0.0.0.0/1 and 128.0.0.0/1, together the world, when IsProd is false",
        ),
        (
            "SG102",
            "web ingress tcp 22 from prefix-list office entries 0.0.0.0/0",
            "ssh (tcp 22) is open to prefix list office (0.0.0.0/0)",
        ),
        (
            "SG103",
            "web ingress all from ::/0",
            "all protocols from ::/0 include rdp (tcp 3389) and rdp (udp 3389)",
        ),
        (
            "SG104",
            "web ingress tcp 20-25 from 0.0.0.0/0",
            "tcp 20-25 from 0.0.0.0/0 includes ftp (20-21), telnet (23) and smtp (25)",
        ),
        ("SG104", "web ingress tcp 22 from 0.0.0.0/0", "ssh (tcp 22) is open to 0.0.0.0/0"),
        (
            "SG105",
            "web ingress tcp 8443 from 0.0.0.0/0",
            "tcp 8443 from 0.0.0.0/0 is outside the authorized ports (tcp 80 and tcp 443)",
        ),
        (
            "SG105",
            "web ingress tcp 79-81 from 0.0.0.0/0",
            "tcp 79-81 from 0.0.0.0/0 includes 79,81, outside the authorized ports (tcp 80 and tcp 443)",
        ),
        (
            "SG105",
            "web ingress all from 0.0.0.0/0",
            "all protocols from 0.0.0.0/0 include every port outside the authorized ones (tcp 80 and tcp 443)",
        ),
        ("SG107", "db ingress tcp 5432 from 0.0.0.0/1",
         "tcp 5432 from 0.0.0.0/1 is open to 56.5% of the public IPv4 addresses"),
        ("SG108", "web ingress tcp 1-200 from 10.0.0.0/8",
         "tcp 1-200 from 10.0.0.0/8 opens 200 ports, more than 100"),
        ("SG109", "web ingress tcp 20-23 from 10.0.0.0/8",
         "tcp 20-23 from 10.0.0.0/8 includes ftp (20-21) and telnet (23) in clear text"),
        ("SG110", "web ingress all from 10.0.0.0/8", "10.0.0.0/8 may use every protocol and port"),
        ("SG112", "web ingress icmpv6 from ::/0",
         "icmpv6 from ::/0 admits ICMP beyond echo-request and path MTU discovery (icmpv6 2,128)"),
        ("SG113", "web ingress tcp 22 from 10.0.0.0/8",
         "ssh (tcp 22) is open to 10.0.0.0/8, and the network is wider than /24"),
        ("SG114", "web ingress tcp 5432 from fd00::/64",
         "postgresql (tcp 5432) is open to fd00::/64, and the network is wider than /124"),
        ("SG201", "web egress all to 0.0.0.0/0", "the group may reach 0.0.0.0/0 on every protocol and port"),
        ("SG202", "web egress udp 53 to 0.0.0.0/0", "udp 53 to 0.0.0.0/0 is outside the authorized ports (tcp 443)"),
        ("SG203", "web egress all to 0.0.0.0/0 implicit",
         "the group has no egress rule, so AWS lets it reach every address on every protocol and port"),
        ("SG301", "group web when IsProd is true", "the group has no description, when IsProd is true"),
        ("SG301", 'group web description "managed by terraform"',
         '"managed by terraform" is a tool\'s default and does not say what the group is for'),
        ("SG302", "web ingress all from group web", "the ingress rule for all protocols has no description"),
        ("SG302", 'web egress tcp unknown("var.port") to group db',
         "the egress rule for tcp var.port has no description"),
        ("SG305", "web ingress tcp 22 from group app\nweb ingress tcp 22 from group app",
         "tcp 22 from group app is written twice"),
        ("SG305", "web ingress tcp 22 from group web\nweb ingress tcp 22-23 from group web",
         "tcp 22 from the group itself is already admitted by tcp 22-23 from the group itself"),
        ("SG111", "subnet a 10.0.1.0/24\nattachment shop-1 kind task tier compute groups shop subnets a\n"
         "shop egress tcp 8443 to 10.0.1.0/24\napi ingress tcp 8443 from 10.0.1.0/24",
         "tcp 8443 from 10.0.1.0/24 admits every address there, where naming group shop would do"),
        ("SG111", "api ingress tcp 8443 from 10.0.1.0/24",
         "tcp 8443 from 10.0.1.0/24 names a private network; a rule that names the callers' group admits them alone"),
        ("SG205", "vpc main groups web,app endpoint s3\nweb egress all to 0.0.0.0/0\napp egress tcp 443 to ::/0",
         "the VPC has no endpoint for DynamoDB, so group web and group app reach it over the internet"),
        ("SG205", "vpc main groups web when A is x\nweb egress all to 0.0.0.0/0",
         "the VPC has no endpoint for S3 and DynamoDB, so group web reaches them over the internet, when A is x"),
        ("SG304", "group web\ntag web owner me\ntag web Environment prod",
         'the group has no tag Owner and CostCenter; "owner" is another key, as case counts'),
        ("SG306", "group web\nwriter web egress inline web\nwriter web egress listed a\nwriter web egress single b",
         "the group holds its egress rules itself, so each apply removes those of a and b again"),
        ("SG306", "group web\nwriter web ingress listed a\nwriter web ingress single b",
         "two kinds of resource write ingress rules of the group, which may overwrite each other's: a, and b"),
        ("SG404", "group web\nweb ingress tcp 8443 from group lb\nattachment shop kind task tier compute groups web\n"
         "attachment db kind database tier data groups web\nattachment db-2 kind database tier data groups web",
         "shop (task) and db (database) (and 1 more) carry the same group, so what is granted to one is granted to "
         "all"),
        ("SG511", "vpc main when A is x", "no flow log records the traffic of the VPC, when A is x"),
        ("SG512", "attachment lb kind load-balancer tier edge facing public web-acl none",
         "the load balancer faces the internet without a web ACL"),
        ("SG513", "statement p allow actions ec2:*Group*,s3:*,ec2:Describe* resources * when A is x",
         "ec2:*Group* is allowed on every security group, without a condition, when A is x"),
        ("SG513", "statement p allow not-actions iam:* resources *",
         "everything but iam:* is allowed, ec2:AuthorizeSecurityGroupIngress too, on every security group, "
         "without a condition"),
        ("SG407", "db ingress tcp 5432 from group web\nweb ingress tcp 22 from 0.0.0.0/0",
         "group web is trusted here and admits tcp 22 from 0.0.0.0/0 itself"),
        ("SG901", 'web ingress tcp 22 from unknown("var.office")', "only the deployment knows the peer var.office"),
        (
            "SG901",
            'web ingress tcp unknown("local.port" blocked by "var.port") from unknown("var.office")',
            "only the deployment knows the peer var.office and the ports local.port (blocked by var.port)",
        ),
        (
            "SG901",
            'web ingress unknown("var.protocol") from 10.0.0.0/8 when IsProd is true',
            "only the deployment knows the protocol var.protocol, when IsProd is true",
        ),
        (
            "SG901",
            'web ingress tcp 22 from unknown("cidrsubnet(\\n  var.a,\\n  8,\\n  1\\n)" blocked by "var.a")',
            "only the deployment knows the peer cidrsubnet( var.a, 8, 1 ) (blocked by var.a)",
        ),
    ],
)  # fmt: skip
def test_what_is_said(word: str, text: str, message: str) -> None:
    assert messages(word, text) == [message]


def test_parameters_change_what_is_found() -> None:
    assert messages("SG105", "web ingress tcp 8443 from 0.0.0.0/0", Parameters(authorized_ingress=((6, 8443),))) == []
    assert messages("SG202", "web egress udp 53 to 0.0.0.0/0", Parameters(authorized_egress=((17, 53),))) == []
    assert messages("SG105", "web ingress tcp 443 from 0.0.0.0/0", Parameters(authorized_ingress=())) == [
        "tcp 443 from 0.0.0.0/0 is outside the authorized ports (none)"
    ]
    assert messages("SG108", "web ingress tcp 1-200 from 10.0.0.0/8", Parameters(max_ports=200)) == []
    assert messages("SG113", "web ingress tcp 22 from 10.0.0.0/23", Parameters(widest_admin_networks=(16, 64))) == []
    assert messages("SG114", "db ingress tcp 5432 from 10.0.0.0/24", Parameters(widest_data_networks=(24, 64))) == []
    assert messages("SG303", 'group web name "thing"', Parameters(generic_names="thing")) == [
        'the name "thing" does not say what the group is for'
    ]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("web ingress tcp 8443 from 8.0.0.0/7", None),
        ("web ingress tcp 6379 from 8.0.0.0/7", Severity.HIGH),
        ("web ingress all from 8.0.0.0/7", Severity.HIGH),
    ],
)
def test_near_world_weighs_more_on_sensitive_ports(text: str, severity: Severity | None) -> None:
    assert [violation.severity for violation in violations("SG107", text)] == [severity]


def test_defects_are_told_where_they_stand() -> None:
    place = Location("main.tf", 7, 5, 7, 20)
    defects = (
        Defect(DefectKind.PORTS_REVERSED, "the first port (443) is above the last (80)", place),
        Defect(DefectKind.CIDR_HOST_BITS, '"10.1.2.3/16" has address bits set past its prefix', place),
    )
    rule = replace(read_rule("web ingress tcp none from 10.1.0.0/16 when A is x"), defects=defects)
    found = list(find("SG307").check(Analysis(Estate((SecurityGroup("web", (rule,)),))), Parameters()))
    assert [(violation.message, violation.location) for violation in found] == [
        ("the first port (443) is above the last (80), when A is x", place),
        ('"10.1.2.3/16" has address bits set past its prefix, when A is x', place),
    ]


def test_what_is_unknown_is_told_where_it_stands() -> None:
    peer, ports = Location("main.tf", 9, 5, 9, 20), Location("main.tf", 7, 5, 7, 20)
    places = Places(block=peer, protocol=peer, ports=ports, description=peer)
    rule = read_rule('web ingress tcp unknown("var.port") from 10.0.0.0/8')
    located = replace(rule, location=peer, places=places)
    (found,) = find("SG901").check(Analysis(Estate((SecurityGroup("web", (located,)),))), Parameters())
    assert found.location == ports


def test_what_could_not_be_followed_is_told_with_its_reason() -> None:
    place = Location("main.tf", 2, 3, 2, 9)
    unresolved = Unresolved("module.web", "./modules/web", "the directory does not exist", place)
    (found,) = find("SG902").check(Analysis(Estate(unresolved=(unresolved,))), Parameters())
    assert (found.message, found.location, found.address) == (
        "./modules/web was not judged: the directory does not exist",
        place,
        "module.web",
    )


def test_groups_known_only_by_reference_are_judged_for_their_rules_alone() -> None:
    text = 'group sg-1 name "default" referenced\nsg-1 ingress tcp 22 from 0.0.0.0/0'
    assert messages("SG301", text) == messages("SG303", text) == []
    assert len(messages("SG102", text)) == len(messages("SG302", text)) == 1


@pytest.mark.parametrize("word", ["SG101", "SG102", "SG103", "SG104", "SG105", "SG107", "SG110", "SG201", "SG202"])
def test_a_rule_of_which_a_part_is_unknown_is_judged_by_none_of_them(word: str) -> None:
    for direction, preposition in (("ingress", "from"), ("egress", "to")):
        assert messages(word, f'web {direction} tcp unknown("p") {preposition} 0.0.0.0/0') == []
        assert messages(word, f'web {direction} unknown("p") {preposition} 0.0.0.0/0') == []
        assert messages(word, f'web {direction} all {preposition} unknown("c")') == []
        assert messages(word, f"web {direction} all {preposition} prefix-list pl-1") == []


def test_rules_are_counted_under_the_condition_that_brings_most() -> None:
    lines = [f"web ingress tcp 443 from 10.0.{2 * number}.0/24" for number in range(40)]
    lines += [f"web ingress tcp 443 from 10.1.{2 * number}.0/24 when A is x" for number in range(30)]
    lines += [f"web ingress tcp 443 from 10.2.{2 * number}.0/24 when A is y" for number in range(10)]
    assert messages("SG308", "\n".join(lines)) == [
        "70 ingress rules count against the quota of 60 for IPv4, when A is x"
    ]


def test_groups_and_prefix_lists_count_for_both_families() -> None:
    lines = [f"web egress tcp 443 to group g{number}" for number in range(59)]
    lines.append("web egress tcp 443 to prefix-list pl-1")
    lines.append("web egress tcp 443 to prefix-list pl-2 entries 10.0.0.0/24,10.0.2.0/24")
    assert messages("SG308", "\n".join(lines)) == ["62 egress rules count against the quota of 60 for IPv4"]


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ("web ingress tcp 443 from group lb", "; removing it is enough, tcp 443 from group lb remains"),
        (
            "web ingress tcp 443 from group lb\nweb ingress tcp 22 from 10.0.0.0/28",
            "; removing it is enough, tcp 443 from group lb and tcp 22 from 10.0.0.0/28 remain",
        ),
        ("web ingress tcp 443 from 0.0.0.0/0", ""),
        ("web ingress all from group lb", ""),
        ("web ingress tcp 443 from group lb when A is x", ""),
        ("web egress tcp 443 to group lb", ""),
        ("db ingress tcp 443 from group lb", ""),
        # What else is open, or may be, when the rule is gone.
        ("web ingress tcp 443 from group lb\nweb ingress tcp 22 from 0.0.0.0/0", ""),
        ("web ingress tcp 443 from group lb\nweb ingress tcp 22 from 0.0.0.0/0 when A is x", ""),
        ("web ingress tcp 443 from group lb\nweb ingress tcp 22 from 0.0.0.0/1", ""),
        ("web ingress tcp 443 from group lb\nweb ingress all from 10.0.0.0/8", ""),
        ('web ingress tcp 443 from group lb\nweb ingress tcp 22 from unknown("c")', ""),
        ("web ingress tcp 443 from group lb\nweb ingress tcp 22 from prefix-list pl-1", ""),
        (
            "web ingress tcp 443 from group lb\nweb egress all to 0.0.0.0/0",
            "; removing it is enough, tcp 443 from group lb remains",
        ),
    ],
)
def test_what_remains_without_the_rule_that_opens_everything(beside: str, told: str) -> None:
    found = find("SG101").check(Analysis(read_estate(f"web ingress all from 0.0.0.0/0\n{beside}")), Parameters())
    assert [violation.message for violation in found] == [f"0.0.0.0/0 may use every protocol and port{told}"]


def test_what_remains_without_all_rules_that_open_everything() -> None:
    narrow = "\nweb ingress tcp 443 from group lb"
    both = messages("SG101", f"web ingress all from 0.0.0.0/0\nweb ingress all from ::/0{narrow}")
    told = "; removing all that opens everything is enough, tcp 443 from group lb remains"
    assert both == [f"{network} may use every protocol and port{told}" for network in ("0.0.0.0/0", "::/0")]
    (joint,) = messages("SG101", f"web ingress all from 0.0.0.0/1\nweb ingress all from 128.0.0.0/1{narrow}")
    assert joint.endswith("; removing them is enough, tcp 443 from group lb remains")

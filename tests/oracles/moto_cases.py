"""Templates for the comparison with moto: each is a group's rules, under one set of parameters and conditions."""

from __future__ import annotations

from dataclasses import dataclass

PARAMETERS = {
    "Env": ("{Type: String, AllowedValues: [dev, test, prod]}", ("dev", "test", "prod")),
    "Vpn": ("{Type: String, Default: 'no', AllowedValues: ['yes', 'no']}", ("no", "yes")),
    "Office": ("{Type: String, Default: 198.51.100.0/24}", ("198.51.100.0/24",)),
    "Offices": ("{Type: CommaDelimitedList, Default: '198.51.100.0/25,198.51.100.128/25'}", None),
    "Port": ("{Type: Number, Default: 8443}", ("8443",)),
    "Ports": ("{Type: List<Number>, Default: '22,443,8443'}", None),
    "Address": ("{Type: String, Default: 198.51.100.7}", ("198.51.100.7",)),
    "Everyone": ("{Type: String, Default: 'false'}", ("false",)),
}
"""Declarations, with the values to try. moto does not split the default of a list, so lists are given as text."""

LISTS = {"Offices": "198.51.100.0/25,198.51.100.128/25", "Ports": "22,443,8443"}

SECTIONS = """
Mappings:
  Networks:
    dev: {Cidr: 10.1.0.0/16, Port: "8080"}
    test: {Cidr: 10.2.0.0/16, Port: "8080"}
    prod: {Cidr: 10.3.0.0/16, Port: "443"}
  Regions:
    us-east-1: {Cidr: 192.0.2.0/25}
    eu-west-1: {Cidr: 192.0.2.128/25}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsDev: !Equals [dev, !Ref Env]
  NotProd: !Not [!Equals [!Ref Env, prod]]
  UseVpn: !Equals [!Ref Vpn, "yes"]
  VpnInProd: !And [{Condition: UseVpn}, {Condition: IsProd}]
  VpnOrDev: !Or [!Equals [!Ref Vpn, "yes"], {Condition: IsDev}]
  Neither: !Not [!Or [{Condition: IsProd}, {Condition: UseVpn}]]
  Deep: !And [!Or [{Condition: IsProd}, {Condition: IsDev}], !Not [!And [{Condition: UseVpn}, {Condition: IsDev}]]]
  InVirginia: !Equals [!Ref "AWS::Region", us-east-1]
  OpenToAll: !Equals [!Ref Everyone, "true"]
  ByJoin: !Equals [!Join ["-", [!Ref Env, !Ref Vpn]], prod-yes]
  ByMap: !Equals [!FindInMap [Networks, !Ref Env, Port], "8080"]
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.8.0.0/16}}
  Other: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: other, VpcId: !Ref Vpc}}
"""


@dataclass(frozen=True)
class Case:
    """Resources that join the common ones. Where moto does not do what AWS documents, `expected` says the rules.

    `expected` holds rules by the assignment of parameters, as `Env=prod` texts; `page` is the documentation that
    decides, and `gap` what moto does instead.
    """

    name: str
    resources: str
    expected: dict[str, tuple[str, ...]] | None = None
    gap: str = ""
    page: str = ""


def template(resources: str) -> str:
    """A whole template, with those of the common parameters that its resources and conditions can need."""
    declared = "\n".join(f"  {name}: {declaration}" for name, (declaration, _) in PARAMETERS.items())
    return f"Parameters:\n{declared}\n{SECTIONS.strip()}\n{resources}"


def group(ingress: str, more: str = "") -> str:
    """The group under test. `ingress` is the value of its property."""
    return (
        "  Group:\n    Type: AWS::EC2::SecurityGroup\n"
        f"    Properties: {{GroupDescription: x, VpcId: !Ref Vpc, SecurityGroupIngress: {ingress}{more}}}\n"
    )


def from_cidr(expression: str) -> str:
    return group(f"[{{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: {expression}}}]")


def on_port(expression: str) -> str:
    return group(f"[{{IpProtocol: tcp, FromPort: {expression}, ToPort: {expression}, CidrIp: 10.0.0.0/8}}]")


def from_group(expression: str) -> str:
    return group(f"[{{IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupId: {expression}}}]")


def traffic(expression: str) -> str:
    return group(f"[{{{expression}, CidrIp: 10.0.0.0/8}}]")


def rule(
    name: str, properties: str, condition: str = "", of: str = "!GetAtt Group.GroupId", kind: str = "Ingress"
) -> str:
    return (
        f"  {name}:\n    Type: AWS::EC2::SecurityGroup{kind}\n"
        + (f"    Condition: {condition}\n" if condition else "")
        + f"    Properties: {{GroupId: {of}, IpProtocol: tcp, {properties}}}\n"
    )


_SSH = "FromPort: 22, ToPort: 22"
HTTPS = "{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}"
DNS = "{IpProtocol: udp, FromPort: 53, ToPort: 53, CidrIp: 10.0.0.0/8}"
SSH = "{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.9.0.0/16}"
NETWORK = "!FindInMap [Networks, !Ref Env, Cidr]"

SAME = [
    # where the peer comes from
    Case("cidr-literal", from_cidr("10.0.0.0/8")),
    Case("cidr-parameter", from_cidr("!Ref Office")),
    Case("cidr-sub", from_cidr("!Sub '${Office}'")),
    Case("cidr-sub-with-suffix", from_cidr("!Sub '${Address}/32'")),
    Case("cidr-sub-with-values", from_cidr("!Sub ['${a}/${b}', {a: !Ref Address, b: 32}]")),
    Case("cidr-sub-attribute", from_cidr("!Sub '${Vpc.CidrBlock}'")),
    Case("cidr-join", from_cidr("!Join ['', [!Ref Address, /32]]")),
    Case("cidr-join-of-join", from_cidr("!Join [/, [!Join [., [10, 1, 2, 0]], 24]]")),
    Case("cidr-attribute", from_cidr("!GetAtt Vpc.CidrBlock")),
    Case("cidr-attribute-long", from_cidr("{'Fn::GetAtt': [Vpc, CidrBlock]}")),
    Case("cidr-map", from_cidr("!FindInMap [Networks, prod, Cidr]")),
    Case("cidr-map-by-parameter", from_cidr(NETWORK)),
    Case("cidr-map-by-region", from_cidr("!FindInMap [Regions, !Ref 'AWS::Region', Cidr]")),
    Case("cidr-map-long", from_cidr("{'Fn::FindInMap': [Networks, {Ref: Env}, Cidr]}")),
    Case("cidr-if", from_cidr("!If [IsProd, 10.0.0.0/8, 0.0.0.0/0]")),
    Case("cidr-if-long", from_cidr("{'Fn::If': [IsProd, {Ref: Office}, 0.0.0.0/0]}")),
    Case("cidr-if-nested", from_cidr("!If [IsProd, 10.0.0.0/8, !If [IsDev, 0.0.0.0/0, 172.16.0.0/12]]")),
    Case("cidr-if-in-join", from_cidr("!Join ['', [!If [UseVpn, 10.0.0.0, 172.16.0.0], /12]]")),
    Case("cidr-if-and", from_cidr("!If [VpnInProd, 10.0.0.0/8, 192.0.2.0/24]")),
    Case("cidr-if-or", from_cidr("!If [VpnOrDev, 10.0.0.0/8, 192.0.2.0/24]")),
    Case("cidr-if-not", from_cidr("!If [Neither, 10.0.0.0/8, 192.0.2.0/24]")),
    Case("cidr-if-deep", from_cidr("!If [Deep, 10.0.0.0/8, 192.0.2.0/24]")),
    Case("cidr-if-region", from_cidr("!If [InVirginia, 10.0.0.0/8, 0.0.0.0/0]")),
    Case("cidr-if-default", from_cidr("!If [OpenToAll, 0.0.0.0/0, 10.0.0.0/8]")),
    Case("cidr-if-by-join", from_cidr("!If [ByJoin, 0.0.0.0/0, 10.0.0.0/8]")),
    Case("cidr-if-by-map", from_cidr("!If [ByMap, 0.0.0.0/0, 10.0.0.0/8]")),
    Case("cidr-if-map", from_cidr(f"!If [UseVpn, {NETWORK}, 192.0.2.0/24]")),
    Case("cidr-select", from_cidr("!Select [1, [10.0.0.0/8, 172.16.0.0/12]]")),
    Case("cidr-select-text-index", from_cidr("!Select ['0', [10.0.0.0/8, 172.16.0.0/12]]")),
    Case("cidr-select-list-parameter", from_cidr("!Select [1, !Ref Offices]")),
    Case("cidr-select-split", from_cidr("!Select [2, !Split [';', '10.0.0.0/8;x;172.16.0.0/12']]")),
    Case("cidr-split-of-join", from_cidr("!Select [0, !Split ['|', !Join ['|', !Ref Offices]]]")),
    Case("cidr-join-of-split", from_cidr("!Join [., !Split ['-', '10-1-2-0/24']]")),
    Case("cidr-select-if", from_cidr("!Select [0, !If [IsProd, [10.0.0.0/8], [0.0.0.0/0]]]")),
    Case("cidr-select-of-ifs", from_cidr("!Select [1, [a, !If [UseVpn, 10.0.0.0/8, 0.0.0.0/0]]]")),
    Case("cidr-sub-if", from_cidr("!Sub ['${net}.0.0/16', {net: !If [IsDev, '10.1', '10.2']}]")),
    Case("cidr-quoted", from_cidr("'0.0.0.0/0'")),
    # ports
    Case("port-number", on_port("8080")),
    Case("port-text", on_port("'8080'")),
    Case("port-parameter", on_port("!Ref Port")),
    Case("port-list-parameter", on_port("!Select [1, !Ref Ports]")),
    Case("port-map", on_port("!FindInMap [Networks, !Ref Env, Port]")),
    Case("port-if", on_port("!If [IsProd, 443, 8080]")),
    Case("port-join", on_port("!Join ['', [80, 80]]")),
    Case("port-sub", on_port("!Sub '${Port}'")),
    Case("port-range", traffic("IpProtocol: tcp, FromPort: 1024, ToPort: 65535")),
    Case("port-range-mixed", traffic("IpProtocol: udp, FromPort: '1024', ToPort: 2048")),
    # protocols
    Case("protocol-udp", traffic("IpProtocol: udp, FromPort: 53, ToPort: 53")),
    Case("protocol-all", traffic("IpProtocol: -1, FromPort: -1, ToPort: -1")),
    Case("protocol-all-text", traffic("IpProtocol: '-1', FromPort: 22, ToPort: 22")),
    Case("protocol-number-six", traffic("IpProtocol: '6', FromPort: 22, ToPort: 22")),
    Case("protocol-if", traffic("IpProtocol: !If [IsProd, tcp, udp], FromPort: 53, ToPort: 53")),
    Case("icmp-all", traffic("IpProtocol: icmp, FromPort: -1, ToPort: -1")),
    Case("icmp-echo", traffic("IpProtocol: icmp, FromPort: 8, ToPort: -1")),
    Case("icmp-by-number", traffic("IpProtocol: '1', FromPort: 8, ToPort: 0")),
    Case("icmp-code", traffic("IpProtocol: icmp, FromPort: 3, ToPort: 4")),
    # groups as peers
    Case("peer-group-attribute", from_group("!GetAtt Other.GroupId")),
    Case("peer-group-ref", from_group("!Ref Other")),
    Case("peer-group-sub", from_group("!Sub '${Other}'")),
    # lists of rules
    Case("rules-several", group(f"[{HTTPS}, {SSH}]")),
    Case("rules-none", group("[]")),
    Case("rules-if-list", group(f"!If [IsProd, [{HTTPS}], [{HTTPS}, {SSH}]]")),
    Case("rules-if-no-list", group(f"!If [IsProd, [{HTTPS}], !Ref 'AWS::NoValue']")),
    Case("rules-if-item", group(f"[{HTTPS}, !If [VpnOrDev, {SSH}, {DNS}]]")),
    # standalone rules and conditions on resources
    Case("standalone", group("[]") + rule("A", f"{_SSH}, CidrIp: !Ref Office")),
    Case("standalone-ref", group("[]") + rule("A", f"{_SSH}, CidrIp: 10.0.0.0/8", of="!Ref Group")),
    Case("standalone-group", group("[]") + rule("A", f"{_SSH}, SourceSecurityGroupId: !Ref Other")),
    Case(
        "standalone-self",
        group("[]") + rule("A", "FromPort: 0, ToPort: 65535, SourceSecurityGroupId: !GetAtt Group.GroupId"),
    ),
    Case("standalone-if", group("[]") + rule("A", f"{_SSH}, CidrIp: !If [IsProd, 10.0.0.0/8, 0.0.0.0/0]")),
    Case("standalone-condition", group(f"[{HTTPS}]") + rule("A", f"{_SSH}, CidrIp: 0.0.0.0/0", "NotProd")),
    Case(
        "standalone-conditions-that-exclude-each-other",
        group("[]")
        + rule("A", f"{_SSH}, CidrIp: 10.0.0.0/8", "IsProd")
        + rule("B", f"{_SSH}, CidrIp: 0.0.0.0/0", "NotProd"),
    ),
    Case(
        "standalone-condition-and-if",
        group("[]") + rule("A", f"{_SSH}, CidrIp: !If [IsDev, 0.0.0.0/0, 10.0.0.0/8]", "VpnOrDev"),
    ),
    Case(
        "standalone-condition-excludes-branch",
        group("[]") + rule("A", f"{_SSH}, CidrIp: !If [IsProd, 0.0.0.0/0, 10.0.0.0/8]", "Neither"),
    ),
    Case("standalone-map", group("[]") + rule("A", f"{_SSH}, CidrIp: {NETWORK}", "UseVpn")),
]

_REFERENCE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference"
_GROUP_PAGE = f"{_REFERENCE}/aws-resource-ec2-securitygroup.html"
_EGRESS_PAGE = f"{_REFERENCE}/aws-resource-ec2-securitygroupegress.html"
_PSEUDO_PAGE = f"{_REFERENCE}/pseudo-parameter-reference.html"
_ANY_EGRESS = "Group egress all to 0.0.0.0/0"
_OTHER_EGRESS = "Other egress all to 0.0.0.0/0"
_SSH_FROM_NETWORK = "Group ingress tcp 22 from 10.1.0.0/24"


def _always(*rules: str, egress: str = _ANY_EGRESS) -> dict[str, tuple[str, ...]]:
    return {"": (*rules, egress, _OTHER_EGRESS)}


DIFFERENT = [
    Case(
        "no-value-in-a-list",
        group(f"[{HTTPS}, !If [UseVpn, {SSH}, !Ref 'AWS::NoValue']]"),
        {
            "Vpn=no": ("Group ingress tcp 443 from 10.0.0.0/8", _ANY_EGRESS, _OTHER_EGRESS),
            "Vpn=yes": (
                "Group ingress tcp 22 from 10.9.0.0/16",
                "Group ingress tcp 443 from 10.0.0.0/8",
                _ANY_EGRESS,
                _OTHER_EGRESS,
            ),
        },
        "keeps the item and fails on it",
        _PSEUDO_PAGE,
    ),
    Case(
        "no-ports-with-every-protocol",
        group("[{IpProtocol: '-1', CidrIp: 10.0.0.0/8}]"),
        _always("Group ingress all from 10.0.0.0/8"),
        "fails without ports",
        _GROUP_PAGE,
    ),
    Case(
        "inline-ipv6",
        group("[{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIpv6: '::/0'}]"),
        _always("Group ingress tcp 22 from ::/0"),
        "drops the peer",
        _GROUP_PAGE,
    ),
    Case(
        "inline-prefix-list",
        group("[{IpProtocol: tcp, FromPort: 22, ToPort: 22, SourcePrefixListId: pl-1}]"),
        _always("Group ingress tcp 22 from prefix-list pl-1"),
        "drops the peer",
        _GROUP_PAGE,
    ),
    Case(
        "inline-egress",
        group("[]", ", SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}]"),
        _always(egress="Group egress tcp 443 to 10.0.0.0/8"),
        "keeps the default rule and creates none",
        _GROUP_PAGE,
    ),
    Case(
        "standalone-egress",
        group("[]") + rule("A", "FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8", kind="Egress"),
        _always(egress="Group egress tcp 443 to 10.0.0.0/8"),
        "keeps the default rule and creates none",
        _EGRESS_PAGE,
    ),
    Case(
        "standalone-egress-under-a-condition",
        group("[]") + rule("A", "FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8", "IsProd", kind="Egress"),
        {
            "Env=dev": (_ANY_EGRESS, _OTHER_EGRESS),
            "Env=test": (_ANY_EGRESS, _OTHER_EGRESS),
            "Env=prod": ("Group egress tcp 443 to 10.0.0.0/8", _OTHER_EGRESS),
        },
        "keeps the default rule and creates none",
        _EGRESS_PAGE,
    ),
    Case(
        "single-rule-instead-of-a-list",
        group(HTTPS),
        _always("Group ingress tcp 443 from 10.0.0.0/8"),
        "takes the property names for rules and fails",
        _GROUP_PAGE,
    ),
    Case(
        "cidr-function",
        from_cidr("!Select [0, !Cidr [10.1.0.0/23, 2, 8]]"),
        _always(_SSH_FROM_NETWORK),
        "does not know Fn::Cidr",
        f"{_REFERENCE}/intrinsic-function-reference-cidr.html",
    ),
    Case(
        "map-default",
        from_cidr("!FindInMap [Networks, staging, Cidr, {DefaultValue: 10.1.0.0/24}]"),
        _always(_SSH_FROM_NETWORK),
        "does not know DefaultValue",
        f"{_REFERENCE}/intrinsic-function-reference-findinmap-enhancements.html",
    ),
    Case(
        "select-by-a-function",
        from_cidr("!Select [!If [IsProd, 1, 1], [x, 10.1.0.0/24]]"),
        _always(_SSH_FROM_NETWORK),
        "takes literal indexes only",
        f"{_REFERENCE}/intrinsic-function-reference-select.html",
    ),
    Case(
        "join-without-no-value",
        from_cidr("!Join ['', [10.1.0.0, !Ref 'AWS::NoValue', /24]]"),
        _always(_SSH_FROM_NETWORK),
        "joins the text None",
        _PSEUDO_PAGE,
    ),
]

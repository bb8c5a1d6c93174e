"""Refactorings that change nothing print nothing, in every dialect and from one to another."""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.cli import main

NOTHING = "No group admits anything else than before.\n"

INLINE = """\
resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers"

  ingress {
    description = "Clients"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", "192.0.2.0/24"]
  }

  ingress {
    description = "Each other"
    from_port   = 7000
    to_port     = 7100
    protocol    = "tcp"
    self        = true
  }

  egress {
    description = "Anywhere"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
VARIABLES = """\
variable "clients" {
  type    = list(string)
  default = ["192.0.2.0/24", "10.0.0.0/8"]
}

locals {
  ports = { first = 443, last = 443 }
}
"""
WITH_VARIABLES = VARIABLES + INLINE.replace("443\n", "local.ports.first\n", 1).replace(
    "443\n", "local.ports.last\n", 1
).replace('["10.0.0.0/8", "192.0.2.0/24"]', "var.clients")
STANDALONE = """\
resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers"
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each          = toset(["10.0.0.0/8", "192.0.2.0/24"])
  security_group_id = aws_security_group.web.id
  description       = "Clients"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.value
}

resource "aws_security_group_rule" "members" {
  type              = "ingress"
  security_group_id = aws_security_group.web.id
  description       = "Members"
  protocol          = 6
  from_port         = 7000
  to_port           = 7100
  self              = true
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.web.id
  description       = "Anywhere"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
"""
DYNAMIC = INLINE.replace(
    INLINE[INLINE.index("  ingress") : INLINE.index('  ingress {\n    description = "Each')],
    """\
  dynamic "ingress" {
    for_each = { a = "10.0.0.0/8", b = "192.0.2.0/24" }
    content {
      description = "Clients ${ingress.key}"
      from_port   = 443
      to_port     = 443
      protocol    = "tcp"
      cidr_blocks = [ingress.value]
    }
  }

""",
)
CALLER = """\
module "web" {
  source  = "./modules/group"
  name    = "web"
  clients = ["10.0.0.0/8", "192.0.2.0/24"]
}
"""
MODULE = """\
variable "name" {}
variable "clients" {}

""" + INLINE.replace('"web" {', '"this" {').replace('= "web"', "= var.name").replace(
    '["10.0.0.0/8", "192.0.2.0/24"]', "var.clients"
)
TEMPLATE = """\
Resources:
  WebGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupName: web
      GroupDescription: Web servers
      SecurityGroupIngress:
        - {Description: Clients, IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}
        - {Description: Clients, IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 192.0.2.0/24}
      SecurityGroupEgress:
        - {Description: Anywhere, IpProtocol: "-1", CidrIp: 0.0.0.0/0}
  Members:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !Ref WebGroup
      SourceSecurityGroupId: !GetAtt WebGroup.GroupId
      Description: Each other
      IpProtocol: tcp
      FromPort: 7000
      ToPort: 7100
"""
JSON = """\
{"Resources": {
  "WebGroup": {"Type": "AWS::EC2::SecurityGroup", "Properties": {
    "GroupName": "web", "GroupDescription": "Web servers",
    "SecurityGroupIngress": [
      {"Description": "Clients", "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/8"},
      {"Description": "Clients", "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "192.0.2.0/24"}],
    "SecurityGroupEgress": [{"Description": "Anywhere", "IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}]}},
  "Members": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {
    "GroupId": {"Ref": "WebGroup"}, "SourceSecurityGroupId": {"Fn::GetAtt": ["WebGroup", "GroupId"]},
    "Description": "Each other", "IpProtocol": "tcp", "FromPort": 7000, "ToPort": 7100}}}}
"""
LISTED = (
    TEMPLATE.replace(
        "FromPort: 443, ToPort: 443, CidrIp: 10",
        "FromPort: !FindInMap [P, !Ref Env, Port], ToPort: !FindInMap [P, !Ref Env, Port], CidrIp: 10",
    )
    + """\
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod]}
Mappings:
  P: {dev: {Port: 443}, prod: {Port: "443"}}
"""
)

FORMS: dict[str, dict[str, str]] = {
    "inline blocks": {"main.tf": INLINE},
    "variables and locals": {"main.tf": WITH_VARIABLES},
    "several files": {"groups.tf": INLINE, "terraform.tfvars": "# nothing\n"},
    "standalone rules": {"main.tf": STANDALONE},
    "a dynamic block": {"main.tf": DYNAMIC},
    "a module": {"main.tf": CALLER, "modules/group/main.tf": MODULE},
    "a template in YAML": {"template.yaml": TEMPLATE},
    "a template in JSON": {"template.json": JSON},
    "a parameter whose values are listed": {"template.yaml": LISTED},
}


def write(directory: Path, files: dict[str, str]) -> str:
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(directory)


@pytest.mark.parametrize("new", FORMS)
@pytest.mark.parametrize("old", FORMS)
def test_the_same_in_another_form(old: str, new: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = write(tmp_path / "old", FORMS[old]), write(tmp_path / "new", FORMS[new])
    assert main(["diff", *paths, "--fail-on", "note"]) == 0
    output = capsys.readouterr()
    assert (output.out, output.err) == (NOTHING, "")


@pytest.mark.parametrize("form", FORMS)
def test_one_more_client_is_all_that_is_told(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wider = {name: text.replace("192.0.2.0/24", "192.0.2.0/23") for name, text in FORMS[form].items()}
    paths = write(tmp_path / "old", FORMS["inline blocks"]), write(tmp_path / "new", wider)
    assert main(["diff", *paths]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("  # ")[0] for line in lines if line.startswith("  ") and "!" not in line] == [
        "  + ingress tcp 443 from 192.0.3.0/24"
    ]
    assert lines[-1].startswith("1 opened and 0 closed in 1 group, opened up to level 4.")


CASES = Path(__file__).parents[2] / "fixtures" / "cases"


@pytest.mark.parametrize("case", ["basic-web", "group-references", "standalone-rules", "self-reference"])
@pytest.mark.parametrize(
    "dialects", [("main.tf", "template.yaml"), ("template.yaml", "cdk.out"), ("cdk.out", "main.tf")]
)
def test_the_cases_of_three_dialects(case: str, dialects: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *(str(CASES / case / name) for name in dialects)]) == 0
    assert capsys.readouterr().out == NOTHING

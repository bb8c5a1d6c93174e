"""Inline suppressions: what each binding reaches, and what makes one not hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from sglint.config.environments import Environments
from sglint.config.settings import Configuration, Directory, Terraform
from sglint.engine import run
from sglint.model.record import replace
from sglint.settings import Settings
from sglint.triage.finding import Outcome
from sglint.triage.ledger import ledger

GOOD = 'reason="reviewed" until=2027-03-31 owner=net-team'
TODAY = date(2026, 6, 1)


def judged(directory: Path, text: str, name: str = "main.tf", **settings: object) -> Outcome:
    (directory / name).write_text(text, encoding="utf-8")
    asked = replace(Settings((str(directory),), today=TODAY), **settings)  # type: ignore[arg-type]
    return run(asked)


def accepted(outcome: Outcome) -> list[tuple[int, str]]:
    assert outcome.problems == ()
    return [(each.location.line, each.policy.id) for each in outcome.findings if each.acceptance is not None]


def alarms(outcome: Outcome) -> list[tuple[int, str]]:
    return [(each.location.line, each.policy.id) for each in outcome.findings if each.is_alarm]


def about(outcome: Outcome) -> list[str]:
    return [each.violation.message for each in outcome.findings if each.policy.id in ("SG903", "SG904", "SG905")]


HCL = """\
resource "aws_security_group" "web" {        @resource@
  name        = "web-service"
  description = "Web service"

  ingress {                                  @header@
    description = "admin"
    protocol    = "tcp"
    from_port   = 22                         @port@
    to_port     = 22
    cidr_blocks = [                          @list@
      "0.0.0.0/0",                           @first@
      "10.0.0.0/8",                          @second@
    ]
    ipv6_cidr_blocks = ["::/0"]              @other@
  }

  ingress {
    description = "remote desktop"
    protocol    = "tcp"
    from_port   = 3389
    to_port     = 3389
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
WORLD, WORLD6, DESKTOP, WIDE = (11, "SG102"), (14, "SG102"), (22, "SG103"), (12, "SG113")


def marked(at: str, comment: str) -> str:
    text = HCL.replace(f"@{at}@", comment)
    return "\n".join(line.split("@")[0].rstrip() for line in text.split("\n"))


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("first", [WORLD]),
        ("other", [WORLD6]),
        ("list", [WORLD]),
        ("header", [WORLD, WORLD6]),
        ("port", [WORLD, WORLD6]),
        ("resource", [WORLD, WORLD6]),
    ],
)
def test_it_binds_to_the_smallest_thing_on_its_line(tmp_path: Path, at: str, found: list[tuple[int, str]]) -> None:
    outcome = judged(tmp_path, marked(at, f"# sglint: ignore[ssh-from-world] {GOOD}"))
    assert accepted(outcome) == found
    assert set(alarms(outcome)) >= {WORLD, WORLD6, DESKTOP} - set(found)
    assert about(outcome) == []


def test_on_a_resource_it_reaches_every_rule(tmp_path: Path) -> None:
    outcome = judged(tmp_path, marked("resource", f"# sglint: ignore[SG103, ssh-from-world] {GOOD}"))
    assert accepted(outcome) == [WORLD, WORLD6, DESKTOP]


@pytest.mark.parametrize(
    "comment",
    [
        "# sglint: ignore[ssh-from-world] reason=x",
        "// sglint: ignore[ SSH-FROM-WORLD ] reason=x",
        "/* sglint: ignore[sg102] reason=x */",
        "# reviewed by the team # sglint: ignore[SG102] reason=x",
        "# sglint: ignore[SG102] reason=x # since the merger",
        "#sglint:ignore[SG102]reason=x",
        r'# sglint: ignore[SG102] reason="a \"quoted\" word, and an = sign"',
    ],
)
def test_every_kind_of_comment_will_do(tmp_path: Path, comment: str) -> None:
    assert accepted(judged(tmp_path, marked("first", comment))) == [WORLD]


def test_it_may_stand_on_the_line_above_with_other_comments_between(tmp_path: Path) -> None:
    comment = f"      # sglint: ignore[SG102] {GOOD}\n"
    for above in (comment, comment + "      # The bastion.\n", "      # Why:\n" + comment):
        text = marked("none", "").replace('      "0.0.0.0/0",', above + '      "0.0.0.0/0",')
        outcome = judged(tmp_path, text)
        lines = above.count("\n")
        assert accepted(outcome) == [(11 + lines, "SG102")]


def test_a_blank_line_between_parts_it_from_what_follows(tmp_path: Path) -> None:
    text = marked("none", "").replace(
        '      "0.0.0.0/0",', f'      # sglint: ignore[SG102] {GOOD}\n\n      "0.0.0.0/0",'
    )
    assert (13, "SG102") not in accepted(judged(tmp_path, text))


def test_several_policies_and_several_comments(tmp_path: Path) -> None:
    text = marked("header", f"# sglint: ignore[ssh-from-world,SG113] {GOOD}")
    outcome = judged(tmp_path, text)
    assert set(accepted(outcome)) == {WORLD, WORLD6} | ({WIDE} & {*accepted(outcome), *alarms(outcome)})


@pytest.mark.parametrize("select", [(), ("SG102",), ("SG105",), ("SG104", "SG105")])
def test_it_covers_what_its_policy_supersedes_on_the_rule(tmp_path: Path, select: Sequence[str]) -> None:
    outcome = judged(tmp_path, marked("first", f"# sglint: ignore[ssh-from-world] {GOOD}"), select=tuple(select))
    assert not [each for each in alarms(outcome) if each[0] == 11]
    assert [each for each in accepted(outcome) if each[0] == 11]


def test_it_covers_nothing_that_its_policy_is_not_broken_by(tmp_path: Path) -> None:
    text = marked("header", f"# sglint: ignore[ssh-from-world] {GOOD}").replace("= 22", "= 9443")
    outcome = judged(tmp_path, text, select=("SG105",))
    assert accepted(outcome) == []


def test_the_worst_of_a_rule_is_not_covered_by_what_it_supersedes(tmp_path: Path) -> None:
    outcome = judged(tmp_path, marked("first", f"# sglint: ignore[SG105] {GOOD}"))
    assert WORLD in alarms(outcome)
    assert about(outcome) == []


MODULE = """\
variable "cidrs" { type = list(string) }

resource "aws_security_group" "this" {
  name        = "web-service"
  description = "Web service"

  ingress {
    description = "admin"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = var.cidrs
  }
}
"""


@pytest.mark.parametrize(
    ("calls", "found"),
    [
        ('module "a" { # sglint: ignore[SG102] reason=x\n  source = "./m"\n  cidrs  = ["0.0.0.0/0"]\n}\n', 1),
        ('module "a" {\n  source = "./m" # sglint: ignore[SG102] reason=x\n  cidrs  = ["0.0.0.0/0"]\n}\n', 1),
        ('module "a" {\n  source = "./m"\n  cidrs  = ["0.0.0.0/0"] # sglint: ignore[SG102] reason=x\n}\n', 1),
        (
            'locals {\n  cidrs = [\n    "0.0.0.0/0", # sglint: ignore[SG102] reason=x\n  ]\n}\n'
            'module "a" {\n  source = "./m"\n  cidrs  = local.cidrs\n}\n',
            1,
        ),
        (
            'module "a" {\n  source = "./m"\n  cidrs  = ["0.0.0.0/0"]\n}\n'
            'module "b" { # sglint: ignore[SG102] reason=x\n  source = "./m"\n  cidrs  = ["10.0.0.0/28"]\n}\n',
            0,
        ),
    ],
)
def test_on_a_module_call_it_reaches_what_arises_through_the_call(tmp_path: Path, calls: str, found: int) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text(MODULE, encoding="utf-8")
    outcome = judged(tmp_path, calls)
    assert accepted(outcome) == [(12, "SG102")] * found
    assert ((12, "SG102") in alarms(outcome)) is (found == 0)


def test_of_two_calls_only_the_one_that_is_suppressed_is_silent(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text(MODULE, encoding="utf-8")
    call = 'module "NAME" {\n  source = "./m"\n  cidrs  = ["0.0.0.0/0"]\n}\n'
    calls = call.replace("NAME", "a") + f"# sglint: ignore[SG102] {GOOD}\n" + call.replace("NAME", "b")
    outcome = judged(tmp_path, calls)
    found = [each for each in outcome.findings if each.policy.id == "SG102"]
    by_address = {each.violation.address: each.acceptance is not None for each in found}
    assert by_address == {"module.a.aws_security_group.this": False, "module.b.aws_security_group.this": True}


YAML = """\
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Peer:
    Type: String
    Default: 0.0.0.0/0    @parameter@
Resources:
  Web:                    @resource@
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web "service" # not 'a' quote
      SecurityGroupIngress:
        - IpProtocol: tcp @rule@
          Description: "no # sglint: ignore[SG103] reason=x"
          FromPort: 22
          ToPort: 22
          CidrIp: 0.0.0.0/0 @peer@
        - {IpProtocol: tcp, Description: desktop, FromPort: 3389, ToPort: 3389, CidrIp: 0.0.0.0/0} @flow@
        - Description: |
            # sglint: ignore[SG103] reason="no comment: text"
          IpProtocol: tcp
          FromPort: 23
          ToPort: 23
          CidrIp: !Ref Peer
      SecurityGroupEgress:
        - {IpProtocol: tcp, Description: api, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/28}
"""


@pytest.mark.parametrize(
    ("at", "policy", "found"),
    [
        ("rule", "SG102", [(16, "SG102")]),
        ("peer", "SG102", [(16, "SG102")]),
        ("peer", "SG103", []),
        ("flow", "SG103", [(17, "SG103")]),
        ("resource", "SG103", [(17, "SG103")]),
        ("resource", "SG102", [(16, "SG102")]),
        ("parameter", "SG104", [(23, "SG104")]),
    ],
)
def test_in_yaml_it_binds_to_the_rule_else_the_resource(
    tmp_path: Path, at: str, policy: str, found: list[tuple[int, str]]
) -> None:
    text = YAML.replace(f"@{at}@", f"# sglint: ignore[{policy}] {GOOD}")
    text = "\n".join(line.split("@")[0].rstrip() for line in text.split("\n"))
    outcome = judged(tmp_path, text, "template.yaml")
    assert accepted(outcome) == found
    assert len(about(outcome)) == (0 if found else 1)


METADATA = """\
{"Resources": {"Web": {"Type": "AWS::EC2::SecurityGroup",
"Metadata": {"sglint": %s},
"Properties": {"GroupDescription": "Web service", "SecurityGroupIngress": [
{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0", "Description": "admin"},
{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv6": "::/0", "Description": "admin"}],
"SecurityGroupEgress": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/28",
"Description": "api"}]}}}}
"""


@pytest.mark.parametrize(
    ("metadata", "found"),
    [
        ('{"ignore": [{"policy": "ssh-from-world", "reason": "x", "until": "2027-01-01", "owner": "me"}]}', [4, 5]),
        ('{"ignore": [{"policy": ["SG102", "SG103"], "reason": "x"}]}', [4, 5]),
        ('{"ignore": [{"policy": "SG102", "reason": "x", "rule": "ingress tcp 22 from ::/0"}]}', [5]),
        ('{"ignore": [{"policy": "SG102", "reason": "x", "rule": "ingress tcp 23 from ::/0"}]}', []),
        ('{"ignore": [{"policy": "SG102", "reason": "x", "until": "2025-01-01"}]}', []),
        ('{"ignore": [{"policy": "SG102"}]}', []),
        ('{"ignore": [{"policy": "SG102", "reason": "x", "because": "y"}]}', []),
        ('{"ignore": [{"policy": "SG102", "reason": 5.5}]}', []),
        ('{"ignore": [{"reason": "x"}]}', []),
        ('{"ignore": ["SG102"]}', []),
        ('{"ignore": "SG102"}', []),
        ('{"ignored": []}', []),
        ("7", []),
    ],
)
def test_in_metadata_it_binds_to_the_resource_or_one_rule(tmp_path: Path, metadata: str, found: list[int]) -> None:
    outcome = judged(tmp_path, METADATA % metadata, "template.json")
    assert [line for line, _ in accepted(outcome)] == found
    told = [] if len(found) == 2 else about(outcome)
    assert bool(told) is (not found)


# ---- what makes one not hold


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("ignore[ssh-from-world]", "the suppression of ssh-from-world gives no reason, so it does not hold"),
        ('ignore[SG102] reason="  "', "the suppression of SG102 gives no reason, so it does not hold"),
        ("ignore[SG102] reason=x until=2026-05-31", "the suppression of SG102 held until 2026-05-31"),
        (
            "ignore[SG102] reason=x until=2026-05-31 owner=net",
            "the suppression of SG102 held until 2026-05-31; net answers for it",
        ),
        (
            "ignore[SG102] reason=x until=31.5.2026",
            'the suppression of SG102 silences nothing: "31.5.2026" is no day of the form YYYY-MM-DD',
        ),
        (
            "ignore[SG102] reason=x until=2026-02-30",
            'the suppression of SG102 silences nothing: "2026-02-30" is no day of the form YYYY-MM-DD',
        ),
        (
            "ignore[SG102] reason=x becuase=y",
            'the suppression of SG102 silences nothing: there is no field "becuase"; '
            "there are reason, until, owner, ticket, rule",
        ),
        ("ignore[SG102] reason=x reason=y", "the suppression of SG102 silences nothing: reason is given twice"),
        ("ignore[] reason=x", "the suppression silences nothing: it names no policy"),
        ("ignore SG102", "the suppression silences nothing: it is not understood; write ignore[POLICY] "),
        ("ignore[SG102] because I say so", "the suppression of SG102 silences nothing: because is not understood; "),
        ('ignore[SG102] reason="open', "the suppression of SG102 silences nothing: "),
        (
            "ignore[SG102,nonsense] reason=x",
            "the suppression of SG102 and nonsense silences nothing: there is no policy",
        ),
    ],
)
def test_one_that_does_not_hold_is_a_finding_and_silences_nothing(tmp_path: Path, comment: str, message: str) -> None:
    outcome = judged(tmp_path, marked("first", f"# sglint: {comment}"))
    assert accepted(outcome) == []
    assert WORLD in alarms(outcome)
    (told,) = about(outcome)
    assert told.startswith(message)


def test_the_last_day_is_a_day_on_which_it_holds(tmp_path: Path) -> None:
    comment = "# sglint: ignore[SG102] reason=x until=2026-06-01"
    assert accepted(judged(tmp_path, marked("first", comment))) == [WORLD]
    assert accepted(judged(tmp_path, marked("first", comment), today=date(2026, 6, 2))) == []


def test_what_silences_nothing_is_told_by_name(tmp_path: Path) -> None:
    outcome = judged(tmp_path, marked("first", f"# sglint: ignore[SG102,SG103] {GOOD}"))
    assert accepted(outcome) == [WORLD]
    assert about(outcome) == ["the suppression of SG102 and SG103 silences nothing of SG103"]


def test_a_policy_that_is_not_looked_at_is_not_called_unused(tmp_path: Path) -> None:
    text = marked("first", f"# sglint: ignore[SG103] {GOOD}")
    assert about(judged(tmp_path, text, select=("SG102", "SG905"))) == []
    assert about(judged(tmp_path, text, select=("SG103", "SG905"))) != []
    assert about(judged(tmp_path, text, ignore=("SG905",))) == []
    assert about(judged(tmp_path, marked("first", f"# sglint: ignore[SG102] {GOOD}"), ignore=("SG102",))) == []


def test_a_comment_that_stands_on_nothing_says_so(tmp_path: Path) -> None:
    outcome = judged(tmp_path, marked("none", "") + f"# sglint: ignore[SG102] {GOOD}\n")
    (told,) = about(outcome)
    assert told.endswith("silences nothing: it stands on nothing that is judged")


def test_a_comment_of_a_file_with_problems_is_not_called_unused(tmp_path: Path) -> None:
    text = marked("first", f"# sglint: ignore[SG103] {GOOD}") + "\nresource = = {\n"
    outcome = judged(tmp_path, text)
    assert outcome.problems
    assert about(outcome) == []


def test_suppressions_can_be_forbidden(tmp_path: Path) -> None:
    text = marked("first", f"# sglint: ignore[SG102] {GOOD}")
    outcome = judged(tmp_path, text, forbidden=frozenset({"suppressions"}))
    assert WORLD in alarms(outcome)
    assert about(outcome) == ["the suppression of SG102 silences nothing: inline suppressions are forbidden here"]


def test_other_files_that_speak_of_sglint_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ci.yaml").write_text("jobs: # sglint: ignore[nonsense]\n  - x\n", encoding="utf-8")
    assert about(judged(tmp_path, marked("none", ""))) == []


def test_entries_that_a_construct_repeats_on_its_resources_are_one_decision(tmp_path: Path) -> None:
    entry = '{"ignore": [{"policy": "SG102", "reason": "x"}]}'
    rule = '"IpProtocol": "tcp", "FromPort": PORT, "ToPort": PORT, "CidrIp": "0.0.0.0/0", "Description": "admin"'
    resources = ", ".join(
        f'"R{port}": {{"Type": "AWS::EC2::SecurityGroupIngress", "Metadata": {{"sglint": {entry}}},'
        f'"Properties": {{"GroupId": "sg-0123456789abcdef0", {rule.replace("PORT", str(port))}}}}}'
        for port in (22, 443)
    )
    outcome = judged(tmp_path, f'{{"Resources": {{{resources}}}}}', "template.json")
    assert [id_ for _, id_ in accepted(outcome)] == ["SG102"]
    assert about(outcome) == []


def test_what_an_app_accepts_on_its_constructs_is_accepted(tmp_path: Path) -> None:
    fixture = Path(__file__).parents[2] / "fixtures" / "cdk" / "suppressions"
    outcome = run(Settings((str(fixture),), today=TODAY))
    found = {
        (each.policy.id, each.violation.address): each.acceptance.reason
        for each in outcome.findings
        if each.acceptance is not None
    }
    assert sorted(found.values()) == ["honeypot", "key authentication only, reviewed", "telnet museum"]
    assert ("SG103", "Bastion/BastionSGEBD2A3B1") in {(e.policy.id, e.violation.address) for e in outcome.pending}
    assert about(outcome) == []
    assert [entry.acceptance.reason for entry in ledger(outcome)] == [
        "key authentication only, reviewed",
        "honeypot",
        "telnet museum",
    ]


def test_a_file_whose_comments_break_sglint_is_a_problem_and_the_rest_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(source: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("sglint.suppressions.gathering.suppressions", fail)
    outcome = judged(tmp_path, marked("first", f"# sglint: ignore[SG102] {GOOD}"))
    assert [problem.message for problem in outcome.problems] == [
        "suppressions not read, because sglint failed on it: RecursionError: too deep"
    ]
    assert WORLD in alarms(outcome)


def test_in_variable_files_it_binds_to_the_value(tmp_path: Path) -> None:
    (tmp_path / "terraform.tfvars").write_text(
        f'cidrs = ["0.0.0.0/0"] # sglint: ignore[SG102] {GOOD}\n', encoding="utf-8"
    )
    assert accepted(judged(tmp_path, MODULE)) == [(12, "SG102")]


def test_under_several_environments_one_use_is_use_enough(tmp_path: Path) -> None:
    (tmp_path / "dev.tfvars").write_text('cidrs = ["0.0.0.0/0"]\n', encoding="utf-8")
    (tmp_path / "prod.tfvars").write_text('cidrs = ["10.0.0.0/28"]\n', encoding="utf-8")
    environments = Environments(
        Configuration(
            directory=str(tmp_path),
            terraform=Terraform(Directory(environments={"dev": ("dev.tfvars",), "prod": ("prod.tfvars",)})),
        )
    )
    text = MODULE.replace("= var.cidrs", f"= var.cidrs # sglint: ignore[SG102] {GOOD}")
    outcome = judged(tmp_path, text, environments=environments)
    assert accepted(outcome) == [(12, "SG102")]
    assert [each.environments for each in outcome.findings if each.acceptance] == [("dev",)]
    assert about(outcome) == []


POLICY = """resource "aws_iam_policy" "it" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "ec2:*", Resource = "*" },
      {
        Effect   = "Allow"
        Action   = ["ec2:Auth*"]
        Resource = "*"
      },
    ]
  })
}
data "aws_iam_policy_document" "it" {
  statement {
    actions   = ["ec2:*"]
    resources = ["*"]
  }
  statement {
    actions   = ["ec2:Revoke*"]
    resources = ["*"]
  }
}
resource "aws_iam_role_policy" "it" {
  policy = data.aws_iam_policy_document.it.json
}
"""
TEMPLATE_POLICY = """Resources:
  It:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: it
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: ec2:*
                Resource: "*"
              - Effect: Allow
                Action: ec2:Auth*
                Resource: "*"
"""


@pytest.mark.parametrize(
    ("name", "text", "line", "found"),
    [
        ("main.tf", POLICY, 5, [6, 15, 19]),
        ("main.tf", POLICY, 6, [5, 15, 19]),
        ("main.tf", POLICY, 8, [5, 15, 19]),
        ("main.tf", POLICY, 1, [15, 19]),
        ("main.tf", POLICY, 15, [5, 6, 19]),
        ("main.tf", POLICY, 17, [5, 6, 19]),
        ("template.yaml", TEMPLATE_POLICY, 10, [12]),
        ("template.yaml", TEMPLATE_POLICY, 13, [9]),
        ("template.yaml", TEMPLATE_POLICY, 2, []),
    ],
)
def test_it_binds_to_a_statement_of_an_iam_policy(
    tmp_path: Path, name: str, text: str, line: int, found: list[int]
) -> None:
    lines = text.splitlines()
    lines[line - 1] += ' # sglint: ignore[SG513] reason="why"'
    (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    outcome = run(Settings((str(tmp_path / name),), select=("SG513",)))
    assert [finding.location.line for finding in outcome.pending] == found


JSON = """\
{"resource": {"aws_security_group": {
  "web": {@resource@
    "name": "web-service", "description": "Web service",
    "ingress": [
      {@rule@ "description": "a", "protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]},
      {"description": "b", "protocol": "tcp", "from_port": 22, "to_port": 22, "ipv6_cidr_blocks": ["::/0"]}
    ]
  }@kind@
}}}
"""


@pytest.mark.parametrize(
    ("mark", "comment", "lines"),
    [
        ("resource", '"//": "sglint: ignore[ssh-from-world] reason=\\"reviewed\\"",', [5, 6]),
        ("rule", '"//": ["of the hosts", "sglint: ignore[SG102] reason=reviewed"],', [5]),
        ("resource", '"//": "of the hosts",', []),
        ("resource", '"//": {"metadata": {"path": "a"}},', []),
    ],
)
def test_a_comment_in_json(tmp_path: Path, mark: str, comment: str, lines: list[int]) -> None:
    text = JSON.replace(f"@{mark}@", comment)
    for other in ("resource", "rule", "kind"):
        text = text.replace(f"@{other}@", "")
    outcome = judged(tmp_path, text, "main.tf.json", select=("SG102", "SG905"))
    assert [line for line, _ in accepted(outcome)] == lines
    assert about(outcome) == []


def test_a_comment_in_json_that_stands_on_nothing(tmp_path: Path) -> None:
    text = JSON.replace("@kind@", ', "//": "sglint: ignore[SG102] reason=reviewed"')
    outcome = judged(tmp_path, text.replace("@resource@", "").replace("@rule@", ""), "main.tf.json")
    assert accepted(outcome) == []
    assert about(outcome) == ["the suppression of SG102 silences nothing: it stands on nothing that is judged"]
    assert all(each.violation.edit is None for each in outcome.findings if each.policy.id == "SG905")


def test_a_comment_in_json_on_a_call_is_for_what_arises_through_it(tmp_path: Path) -> None:
    text = JSON
    for mark in ("resource", "rule", "kind"):
        text = text.replace(f"@{mark}@", "")
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "main.tf.json").write_text(text, encoding="utf-8")
    comment = '"//": "sglint: ignore[SG102] reason=reviewed", '
    call = f'{{"module": {{"a": {{{comment}"source": "./web"}}, "b": {{"source": "./web"}}}}}}'
    outcome = judged(tmp_path, call, "main.tf.json", select=("SG102",))
    assert outcome.problems == ()
    assert {each.violation.address for each in outcome.findings if each.acceptance is not None} == {
        "module.a.aws_security_group.web"
    }


def test_an_allowed_rule_is_not_called_unused_where_policies_were_not_looked_for(tmp_path: Path) -> None:
    (tmp_path / ".sglint.toml").write_text('[[allow]]\npeer = "world"\nport = 8443\nreason = "our front"\n')
    (tmp_path / "main.tf").write_text("", encoding="utf-8")
    from sglint.cli.arguments import parse
    from sglint.cli.planning import planned

    for options, expected in (([], 1), (["--profile", "cis"], 0), (["--select", "SG102,SG905"], 0)):
        (run_of,) = planned(parse([str(tmp_path), *options]))
        assert len(about(run(run_of.settings))) == expected

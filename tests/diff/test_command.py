"""`sglint diff` as a user runs it on two paths: what is told, what fails, and what is said about wrong words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sglint.cli import main

RULE = """\
  ingress {{
    description = "Clients"
    from_port   = {first}
    to_port     = {last}
    protocol    = "tcp"
    cidr_blocks = {peers}
  }}
"""


def group(*rules: tuple[int, int, str], name: str = "web") -> str:
    blocks = "".join(
        RULE.format(first=first, last=last, peers=json.dumps(peers.split())) for first, last, peers in rules
    )
    named = f'  name        = "{name}-service"\n  description = "A group"\n'
    return f'resource "aws_security_group" "{name}" {{\n{named}{blocks}}}\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    return tmp_path


def write(here: Path, old: str, new: str) -> None:
    (here / "old" / "main.tf").write_text(old)
    (here / "new" / "main.tf").write_text(new)


def test_an_opening_is_told_with_its_findings(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, group((22, 22, "10.1.2.0/24")), group((22, 22, "10.1.2.0/24 0.0.0.0/0")))
    assert main(["diff", "old", "new"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "aws_security_group.web",
        "  + ingress tcp 22 from 0.0.0.0/0 except 10.1.2.0/24  # widens, level 2, new/main.tf:9:35",
        "    ! high SG102 ssh-from-world: ssh (tcp 22) is open to 0.0.0.0/0",
        "",
        "1 opened and 0 closed in 1 group, opened up to level 2. 1 finding: 1 high.",
    ]


def test_a_closing_fails_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, group((22, 22, "0.0.0.0/0")), group((22, 22, "10.1.2.0/24")))
    assert main(["diff", "old", "new"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "aws_security_group.web",
        "  - ingress tcp 22 from 0.0.0.0/0 except 10.1.2.0/24  # narrows, level 2, old/main.tf:9:20",
        "",
        "0 opened and 1 closed in 1 group. No findings.",
    ]


WORLD, OFFICE = "0.0.0.0/0", "10.1.2.0/24"
ARISING = {
    "what was open before is no news": ((22, 22, WORLD), (22, 23, WORLD), {"SG104"}),
    "what was broken in another way is": ((1, 30000, WORLD), (0, 65535, WORLD), {"SG101"}),
    "a world that was there in part": ((22, 22, "52.0.0.0/8"), (22, 22, WORLD), {"SG102"}),
    "an opening that breaks nothing": ((443, 443, OFFICE), (443, 443, WORLD), set()),
}


@pytest.mark.parametrize("name", ARISING)
def test_the_findings_that_arise(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, expected = ARISING[name]
    write(here, group(old), group(new))
    assert main(["diff", "old", "new", "--format", "json"]) == (1 if expected else 0)
    found = json.loads(capsys.readouterr().out)
    assert {finding["policy"]["id"] for finding in found["findings"]} == expected
    assert found["summary"]["opened"] > 0


def test_rules_that_open_the_world_only_together(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, group((22, 22, "0.0.0.0/1")), group((22, 22, "0.0.0.0/1 128.0.0.0/1")))
    assert main(["diff", "old", "new"]) == 1
    output = capsys.readouterr().out
    assert "  + ingress tcp 22 from 128.0.0.0/1  # appears, level 2, " in output
    assert "SG102 ssh-from-world: ssh (tcp 22) is open to 0.0.0.0/1 and 128.0.0.0/1, together the world" in output


def test_a_rule_that_moves_to_another_group_is_an_opening(here: Path) -> None:
    ssh, https = (22, 22, WORLD), (443, 443, OFFICE)
    write(here, group(ssh) + group(https, name="api"), group(https) + group(ssh, name="api"))
    assert main(["diff", "old", "new"]) == 1


def test_one_instance_that_changes_among_many(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = """\
resource "aws_security_group" "web" {
  for_each    = { a = 22, b = %d }
  name        = "web-${each.key}"
  description = "Web"
  ingress {
    description = "Admin"
    from_port   = each.value
    to_port     = each.value
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
    write(here, text % 443, text % 22)
    assert main(["diff", "old", "new"]) == 1
    assert capsys.readouterr().out.splitlines()[:3] == [
        'aws_security_group.web["b"]',
        "  + ingress tcp 22 from 0.0.0.0/0  # appears, level 2, new/main.tf:10:20",
        "    ! high SG102 ssh-from-world: ssh (tcp 22) is open to 0.0.0.0/0",
    ]


@pytest.mark.parametrize(("severity", "status"), [("medium", 1), ("high", 1), ("critical", 0), ("never", 0)])
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_fail_on(severity: str, status: int, form: str, here: Path) -> None:
    write(here, group(), group((22, 22, WORLD)))
    assert main(["diff", "old", "new", "--fail-on", severity, "--format", form]) == status


def test_what_is_ignored_or_accepted_fails_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened = group((22, 22, WORLD))
    write(here, group(), opened)
    assert main(["diff", "old", "new", "--ignore", "SG102"]) == 0
    capsys.readouterr()
    comment = '    # sglint: ignore[ssh-from-world] reason="bastion"\n    cidr_blocks'
    write(here, group(), opened.replace("    cidr_blocks", comment))
    assert main(["diff", "old", "new"]) == 0
    assert (
        "! high SG102 ssh-from-world: ssh (tcp 22) is open to 0.0.0.0/0 (accepted: bastion)" in capsys.readouterr().out
    )


def test_the_configuration_of_the_new_side_counts(here: Path) -> None:
    write(here, group(), group((22, 22, WORLD)))
    (here / "new" / ".sglint.toml").write_text('fail-on = "critical"\n')
    assert main(["diff", "old", "new"]) == 0
    assert main(["diff", "old", "new", "--no-config"]) == 1


def test_what_cannot_be_read_is_told_and_the_rest_compared(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, group(), group((22, 22, WORLD)))
    (here / "old" / "broken.tf").write_text("locals { a = = 1 }\n")
    assert main(["diff", "old", "new"]) == 3
    output = capsys.readouterr()
    assert "+ ingress tcp 22 from 0.0.0.0/0" in output.out
    assert output.err.startswith("sglint: old/broken.tf:1:")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["old"], "old is a path: name two of them, OLD and NEW, or a revision first (old^0 if it is one)"),
        (["old", "missing"], "missing does not exist"),
        (
            ["old", "new", "old"],
            "old is a path: name two of them, OLD and NEW, or a revision first (old^0 if it is one)",
        ),
        (["../nothing", "new"], "../nothing does not exist"),
        (["nothing", "new"], "nothing is no path, and new is not in the work tree of a git repository"),
        (["main..HEAD"], "main..HEAD is no path, and . is not in the work tree of a git repository"),
        (["old", "new", "--select", "XYZ"], 'there is no policy "XYZ"; sglint policies lists them'),
        (["old", "new", "--var", "x"], '--var takes NAME=VALUE, not "x"'),
    ],
)
def test_wrong_words_get_one_line(
    words: list[str], message: str, here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(here.parent))
    write(here, group(), group())
    assert main(["diff", *words]) == 2
    output = capsys.readouterr()
    assert output.err == f"sglint: {message}\n"
    assert output.out == ""


def test_plans_and_templates(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template = (
        "Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: Web\n"
        "      SecurityGroupIngress:\n        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: %s}\n"
    )
    (here / "a.yaml").write_text(template % OFFICE)
    (here / "b.yaml").write_text(template % WORLD)
    assert main(["diff", "a.yaml", "b.yaml"]) == 1
    assert capsys.readouterr().out.startswith("Web\n  + ingress tcp 22 from 0.0.0.0/0 except 10.1.2.0/24  # widens,")
    assert main(["diff", "a.yaml", "a.yaml"]) == 0


def test_the_parameters_hold_for_both_sides(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    declared = 'variable "peer" {}\n'
    old = declared + group((22, 22, "10.1.2.0/24")).replace('"10.1.2.0/24"', "var.peer")
    write(here, old, group((22, 22, OFFICE)))
    assert main(["diff", "old", "new", "--var", f"peer={OFFICE}"]) == 0
    assert capsys.readouterr().out == "No group admits anything else than before.\n"
    assert main(["diff", "new", "old"]) == 0
    assert '+ ingress tcp 22 from unknown("var.peer")  # appears, old/main.tf' in capsys.readouterr().out

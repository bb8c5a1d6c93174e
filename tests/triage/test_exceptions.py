"""Exceptions and allowed rules of configuration, and the ledger of every accepted risk."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from sglint.cli import main
from sglint.model.intervals import IntervalSet
from sglint.model.traffic import ALL, TCP, UDP, Traffic
from sglint.triage.exceptions import Ports, glob

SOURCE = """\
resource "aws_security_group" "bastion" {
  name        = "bastion-hosts"
  description = "Bastion hosts"

  ingress {
    description = "ssh"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }

  ingress {
    description = "api"
    protocol    = "tcp"
    from_port   = 8443
    to_port     = 8443
    cidr_blocks = ["0.0.0.0/0"]
  }

  ingress {
    description = "halves"
    protocol    = "tcp"
    from_port   = 3389
    to_port     = 3389
    cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]
  }
}
"""
ALL_FOUND = {"SG102", "SG103", "SG105"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "main.tf").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def _alarms(capsys: pytest.CaptureFixture[str], configuration: str, *arguments: str) -> set[str]:
    Path(".sglint.toml").write_text(configuration, encoding="utf-8")
    main([*(arguments or (".",)), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    found = {finding["policy"]["id"] for finding in report["findings"] if not finding["accepted"]}
    return {id_ for id_ in found if not id_.startswith("SG4")}


def _exception(**fields: str) -> str:
    fields.setdefault("reason", "reviewed")
    return "[[exceptions]]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in fields.items())


def _allowed(**fields: str) -> str:
    return _exception(**fields).replace("exceptions", "allow")


def test_without_exceptions_everything_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert _alarms(capsys, "") == ALL_FOUND


@pytest.mark.parametrize(
    "scope",
    [
        {"address": "aws_security_group.bastion"},
        {"address": "*.bastio?"},
        {"path": "/infra/"},
        {"path": "*.tf"},
        {"peer": "world"},
        {"peer": "0.0.0.0/0"},
        {"peer": "anyone"},
        {"port": "22"},
        {"port": "tcp/20-30"},
        {"port": "tcp"},
        {"port": "all"},
        {"rule": "ingress tcp 22 from 0.0.0.0/0"},
        {"address": "*bastion", "path": "infra", "peer": "world", "port": "22"},
    ],
)
def test_an_exception_is_for_what_its_scope_says(capsys: pytest.CaptureFixture[str], scope: dict[str, str]) -> None:
    networks = '[networks]\nanyone = ["0.0.0.0/0", "::/0"]\n'
    assert _alarms(capsys, _exception(policy="ssh-from-world", **scope) + networks) == ALL_FOUND - {"SG102"}


@pytest.mark.parametrize(
    "scope",
    [
        {"address": "bastion"},
        {"path": "/other/"},
        {"peer": "10.0.0.0/8"},
        {"peer": "offices"},
        {"port": "23"},
        {"port": "udp/22"},
        {"rule": "egress tcp 22 to 0.0.0.0/0"},
        {"address": "*bastion", "port": "23"},
    ],
)
def test_what_is_out_of_scope_stays_and_the_exception_is_unused(
    capsys: pytest.CaptureFixture[str], scope: dict[str, str]
) -> None:
    assert _alarms(capsys, _exception(policy="SG102", **scope)) == ALL_FOUND | {"SG905"}


def test_an_address_may_be_that_of_the_group_or_of_the_standalone_rule(capsys: pytest.CaptureFixture[str]) -> None:
    rule = """
resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.bastion.id
  description       = "ssh"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "0.0.0.0/0"
}
"""
    group = (
        'resource "aws_security_group" "bastion" {\n  name        = "bastions"\n  description = "Bastion hosts"\n}\n'
    )
    Path("infra/main.tf").write_text(group + rule, encoding="utf-8")
    assert "SG102" in _alarms(capsys, "")
    for address in ("aws_security_group.bastion", "aws_vpc_security_group_ingress_rule.ssh"):
        assert "SG102" not in _alarms(capsys, _exception(policy="SG102", address=address))


def test_every_rule_of_what_several_open_together_must_be_in_scope(capsys: pytest.CaptureFixture[str]) -> None:
    assert _alarms(capsys, _exception(policy="SG103", peer="0.0.0.0/1")) == ALL_FOUND | {"SG905"}
    assert _alarms(capsys, _exception(policy="SG103", peer="world")) == ALL_FOUND - {"SG103"}


def test_an_exception_needs_a_reason_and_ends(capsys: pytest.CaptureFixture[str]) -> None:
    assert _alarms(capsys, _exception(policy="SG102", port="22", reason="")) == ALL_FOUND | {"SG903"}
    assert _alarms(capsys, _exception(policy="SG102", port="22", until="2024-01-01")) == ALL_FOUND | {"SG904"}


def test_exceptions_can_be_forbidden(capsys: pytest.CaptureFixture[str]) -> None:
    text = _exception(policy="SG102", port="22")
    assert _alarms(capsys, text, ".", "--forbid", "exceptions") == ALL_FOUND | {"SG905"}
    assert _alarms(capsys, 'forbid = ["exceptions"]\n' + text) == ALL_FOUND | {"SG905"}
    assert _alarms(capsys, 'forbid = ["suppressions"]\n' + text) == ALL_FOUND - {"SG102"}


def test_an_exception_is_not_called_unused_where_only_a_part_is_judged(capsys: pytest.CaptureFixture[str]) -> None:
    text = _exception(policy="SG102", path="/elsewhere/")
    assert _alarms(capsys, text, "infra") == ALL_FOUND
    assert _alarms(capsys, text, "infra/main.tf") == ALL_FOUND
    assert _alarms(capsys, text, ".") == ALL_FOUND | {"SG905"}


def test_an_allowed_rule_answers_every_policy_about_traffic(capsys: pytest.CaptureFixture[str]) -> None:
    assert _alarms(capsys, _allowed(peer="world", port="tcp/8443")) == ALL_FOUND - {"SG105"}
    assert _alarms(capsys, _allowed(peer="world", port="all")) == set()
    assert _alarms(capsys, _allowed(peer="world", port="all", direction="egress")) == ALL_FOUND | {"SG905"}
    assert _alarms(capsys, _allowed(peer="world", port="all", address="*.web")) == ALL_FOUND | {"SG905"}


def test_an_allowed_rule_says_nothing_about_hygiene(capsys: pytest.CaptureFixture[str]) -> None:
    Path("infra/main.tf").write_text(SOURCE.replace('    description = "api"\n', ""), encoding="utf-8")
    assert _alarms(capsys, _allowed(peer="world", port="all")) == {"SG302"}


BALANCED = (
    SOURCE
    + """
resource "aws_lb" "front" {
  internal        = INTERNAL
  security_groups = [aws_security_group.bastion.id]
}
"""
)
INSTANCE = """
resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.bastion.id]
}
"""


@pytest.mark.parametrize(
    ("source", "kind", "is_allowed"),
    [
        (BALANCED.replace("INTERNAL", "false"), "public-load-balancer", True),
        (BALANCED.replace("INTERNAL", "true"), "public-load-balancer", False),
        (BALANCED.replace("INTERNAL", "var.unknown"), "public-load-balancer", False),
        (BALANCED.replace("INTERNAL", "true"), "load-balancer", True),
        (BALANCED.replace("INTERNAL", "false") + INSTANCE, "load-balancer", False),
        (SOURCE + INSTANCE, "instance", True),
        (SOURCE, "load-balancer", False),
    ],
)
def test_an_allowed_rule_may_ask_what_the_group_is_attached_to(
    capsys: pytest.CaptureFixture[str], source: str, kind: str, is_allowed: bool
) -> None:
    Path("infra/main.tf").write_text(source, encoding="utf-8")
    found = _alarms(capsys, _allowed(**{"peer": "world", "port": "tcp/22", "attached-to": kind}))
    assert ("SG102" not in found) is is_allowed


@pytest.mark.parametrize(
    ("text", "traffic", "covers"),
    [
        ("22", Traffic(TCP, IntervalSet.single(22)), True),
        ("22", Traffic(UDP, IntervalSet.single(22)), True),
        ("22", Traffic(TCP, IntervalSet.of((22, 23))), False),
        ("udp/22", Traffic(TCP, IntervalSet.single(22)), False),
        ("tcp/*", Traffic(TCP), True),
        ("tcp", Traffic(TCP), True),
        ("0-65535", Traffic(ALL), False),
        ("all", Traffic(ALL), True),
        ("icmp", Traffic(1), True),
        ("icmp", Traffic(TCP), False),
    ],
)
def test_ports_cover_traffic_that_lies_in_them(text: str, traffic: Traffic, covers: bool) -> None:
    assert Ports.parse(text).covers(traffic) is covers


@pytest.mark.parametrize("text", ["", "ssh", "tcp/", "tcp/x", "70000", "23-22", "x/22", "*"])
def test_what_is_no_port(text: str) -> None:
    if text == "*":
        assert Ports.parse(text).protocol is None
        return
    with pytest.raises(ValueError, match="is no port"):
        Ports.parse(text)


def test_brackets_in_addresses_are_brackets() -> None:
    assert glob('module.web["a"].*[0]').fullmatch('module.web["a"].aws_security_group.this[0]')
    assert not glob("this[0]").fullmatch("this0")


# ---- the ledger

BOTH = (
    _exception(policy="SG102", port="22", owner="net-team", until="2099-12-31", ticket="NET-1", reason="bastion, | old")
    + _exception(policy="SG103", port="3389", until="2024-01-01")
    + _allowed(peer="world", port="tcp/8443", reason="=partners")
)


def _ledger(capsys: pytest.CaptureFixture[str], *arguments: str, configuration: str = BOTH) -> tuple[int, str]:
    Path(".sglint.toml").write_text(configuration, encoding="utf-8")
    status = main(["exceptions", ".", *arguments])
    return status, capsys.readouterr().out


def test_the_ledger_names_policy_address_rule_reason_owner_day_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = _ledger(capsys, "--format", "json")
    assert status == 1
    first, second, third = json.loads(text)["exceptions"]
    assert first == {
        "policy": "SG102 (ssh-from-world)",
        "address": "aws_security_group.bastion",
        "rule": 'aws_security_group.bastion ingress tcp 22 from 0.0.0.0/0 "ssh"',
        "reason": "bastion, | old",
        "owner": "net-team",
        "until": "2099-12-31",
        "ticket": "NET-1",
        "by": "exception",
        "standing": "holds",
        "where": ".sglint.toml:1:3",
        "fault": None,
        "location": {"path": ".sglint.toml", "line": 1, "column": 3},
    }
    assert (second["policy"], second["standing"]) == ("SG103", "expired")
    assert (third["policy"], third["by"]) == ("SG105 (unauthorized-port-from-world)", "allowed rule")


def test_the_status_is_a_gate(capsys: pytest.CaptureFixture[str]) -> None:
    good = _exception(policy="SG102", port="22", until="2099-12-31")
    assert _ledger(capsys, configuration=good)[0] == 0
    assert _ledger(capsys, "--expiring", "30d", configuration=good) == (0, "No accepted risks to list.\n")
    assert _ledger(capsys, "--expiring", "36500d", configuration=good)[0] == 1
    assert _ledger(capsys, configuration=_exception(policy="SG102", port="22", reason=""))[0] == 1
    assert _ledger(capsys, configuration=_exception(policy="SG102", port="23"))[0] == 0
    assert _ledger(capsys, configuration="")[0] == 0


def test_what_runs_out_soon_includes_what_has_run_out(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = _ledger(capsys, "--expiring", "30d", "--format", "json")
    assert status == 1
    assert [row["policy"] for row in json.loads(text)["exceptions"]] == ["SG103"]


def test_as_csv_every_cell_survives_and_none_is_a_formula(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = _ledger(capsys, "--format", "csv")
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert [row["reason"] for row in rows] == ["bastion, | old", "reviewed", "'=partners"]
    assert rows[0]["rule"] == 'aws_security_group.bastion ingress tcp 22 from 0.0.0.0/0 "ssh"'


def test_as_markdown_every_row_has_the_same_cells(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = _ledger(capsys, "--format", "markdown")
    lines = text.splitlines()
    assert len(lines) == 5
    assert {line.replace("\\|", "").count("|") for line in lines} == {11}


def test_as_text_it_is_read_from_the_top(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = _ledger(capsys)
    assert text.startswith(
        ".sglint.toml:1:3: exception of SG102 (ssh-from-world): holds\n  aws_security_group.bastion\n"
    )
    assert text.endswith("3 accepted risks, of which 2 hold.\n")


def test_in_sarif_an_exception_is_an_external_suppression(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".sglint.toml").write_text(_exception(policy="SG102", port="22"), encoding="utf-8")
    main([".", "--format", "sarif"])
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    (suppression,) = [each for result in results for each in result.get("suppressions", ())]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "reviewed"
    place = suppression["location"]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == (".sglint.toml", 1)

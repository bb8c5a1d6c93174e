"""`--ratchet`: a group may get narrower or stay as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sglint.analysis.analysis import Analysis
from sglint.analysis.posture import postures
from sglint.cli import main
from sglint.model.postures import Posture
from sglint.notation import read_estate, write_rule
from sglint.policies.wider_than_baseline import POLICY
from sglint.triage.baseline import Baseline, Place
from sglint.triage.baseline_file import read, write
from sglint.triage.judge import judge
from tests.baseline.test_baseline import here, put

__all__ = ("here",)


def posture(text: str) -> tuple[int | None, list[str]]:
    ((_, found),) = postures(Analysis(read_estate(text)))
    return found.level, [write_rule(rule).removeprefix("world ingress ") for rule in found.world]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("group web", (None, [])),
        ("web egress all to 0.0.0.0/0", (None, [])),
        ("web ingress tcp 22 from group db", (5, [])),
        ("web ingress tcp 22 from group db\nweb ingress tcp 1-9 from 10.0.0.0/8", (4, [])),
        ("web ingress tcp 22 from 0.0.0.0/0", (2, ["tcp 22 from 0.0.0.0/0"])),
        ("web ingress all from ::/0", (1, ["all from ::/0"])),
        (
            "web ingress tcp 80 from 0.0.0.0/0,::/0\nweb ingress tcp 81 from 0.0.0.0/0",
            (2, ["tcp 80-81 from 0.0.0.0/0", "tcp 80 from ::/0"]),
        ),
        ("web ingress tcp 22 from 0.0.0.0/1\nweb ingress tcp 22 from 128.0.0.0/1", (2, ["tcp 22 from 0.0.0.0/0"])),
        (
            "web ingress tcp 22 from 0.0.0.0/0 when IsProd is true",
            (2, ["tcp 22 from 0.0.0.0/0 when IsProd is true"]),
        ),
        (
            "web ingress tcp 22-23 from 0.0.0.0/0 when IsProd is true\nweb ingress tcp 22 from 0.0.0.0/0",
            (2, ["tcp 22 from 0.0.0.0/0", "tcp 23 from 0.0.0.0/0 when IsProd is true"]),
        ),
        ('web ingress tcp 22 from unknown("x")', (None, [])),
    ],
)
def test_how_open_a_group_is(rules: str, expected: tuple[int | None, list[str]]) -> None:
    assert posture(rules) == expected


def told(past: str, rules: str) -> list[str]:
    lines = f"{past}\n{rules}" if past else f"past other level 5\n{rules}"
    return [finding.violation.message for finding in judge([Analysis(read_estate(lines))], (POLICY,))]


@pytest.mark.parametrize(
    ("past", "rules", "message"),
    [
        (
            "past web level 4",
            "web ingress tcp 22 from 0.0.0.0/0",
            "level 4 → 2: the group now admits tcp 22 from the world",
        ),
        (
            'past web level 2 world "tcp 443 from 0.0.0.0/0"',
            "web ingress tcp 443 from 0.0.0.0/0\nweb ingress tcp 22,80 from 0.0.0.0/0",
            "level 2: the group now admits tcp 22,80 from the world",
        ),
        (
            'past web level 2 world "tcp 443 from 0.0.0.0/0"',
            "web ingress tcp 443 from 0.0.0.0/0,::/0",
            "level 2: the group now admits tcp 443 from the world over IPv6",
        ),
        (
            'past web level 2 world "tcp 443 from 0.0.0.0/0"',
            "web ingress all from 0.0.0.0/0,::/0",
            None,
        ),
        (
            "past web level 5",
            "web ingress all from 10.0.0.0/8",
            "level 5 → 3: the group now admits all protocols from 10.0.0.0/8",
        ),
        (
            "past web",
            "web ingress tcp 22 from 10.0.0.0/8",
            "level 4 in a group that had none: it now admits tcp 22 from 10.0.0.0/8",
        ),
        (
            'past web level 2 world "tcp 22 from 0.0.0.0/0 when IsProd is false"',
            "web ingress tcp 22 from 0.0.0.0/0",
            "level 2: the group now admits tcp 22 from the world when IsProd is true",
        ),
        (
            "",
            "web ingress tcp 22 from 0.0.0.0/0",
            "level 2 in a group that the baseline does not have: it admits tcp 22 from the world",
        ),
    ],
)
def test_what_got_worse_is_said(past: str, rules: str, message: str | None) -> None:
    (found,) = told(past, rules)
    assert message is None or found == message


@pytest.mark.parametrize(
    ("past", "rules"),
    [
        ("past web level 4", "web ingress tcp 22 from 10.0.0.0/8"),
        ("past web level 3", "web ingress tcp 22 from 10.0.0.0/8"),
        ("past web", "web ingress tcp 22 from group db"),
        ("past web level 4", 'web ingress tcp 22 from unknown("x")'),
        ('past web level 2 world "tcp 1-100 from 0.0.0.0/0"', "web ingress tcp 22 from 0.0.0.0/0"),
        (
            'past web level 2 world "tcp 22 from 0.0.0.0/0"',
            "web ingress tcp 22 from 0.0.0.0/1\nweb ingress tcp 22 from 128.0.0.0/1",
        ),
        (
            'past web level 2 world "tcp 22 from 0.0.0.0/0 when IsProd is false"',
            "web ingress tcp 22 from 0.0.0.0/0 when IsProd is false",
        ),
        ('past web level 2 world "tcp 22 from 0.0.0.0/0"', "web ingress tcp 22 from 0.0.0.0/0 when IsProd is false"),
        ("", "web ingress tcp 80,443 from 0.0.0.0/0,::/0"),
        ("", "web ingress all from 10.0.0.0/8"),
        ("past web level 4", "web egress all to 0.0.0.0/0"),
    ],
)
def test_what_stays_or_gets_narrower_is_not(past: str, rules: str) -> None:
    assert told(past, rules) == []


def test_without_a_past_nothing_is_held_to_it() -> None:
    assert judge([Analysis(read_estate("web ingress all from 0.0.0.0/0"))], (POLICY,)) == ()


def test_what_is_written_is_read() -> None:
    text = 'web ingress tcp 1-9 from 0.0.0.0/0,::/0\nweb ingress icmp from 0.0.0.0/0 when "a b" is true'
    ((_, found),) = postures(Analysis(read_estate(text)))
    groups = {
        Place("a.tf", "web"): found,
        Place("a.tf", "db", "live/é", "dev"): Posture(),
        Place("a.tf", "db", "live/é", "prod"): Posture(),
        Place("a.tf", "db", "live/é", "test"): Posture(5),
    }
    baseline = Baseline("known.json", groups=groups)
    assert read(write(baseline), "known.json") == baseline


# ---- the command

GROUP = """\
resource "aws_security_group" "%s" {
  name        = "%s-service"
  description = "Service"
%s}
"""


def group(name: str, *rules: tuple[int, str]) -> str:
    written = "".join(
        '  ingress {\n    description = "d"\n    protocol = "tcp"\n'
        f'    from_port = {port}\n    to_port = {port}\n    cidr_blocks = ["{cidr}"]\n  }}\n'
        for port, cidr in rules
    )
    return GROUP % (name, name, written)


OPTIONS = [".", "--baseline", "known.json"]


def update() -> None:
    assert main([*OPTIONS, "--update-baseline"]) == 0


def test_only_a_group_that_got_worse_fails(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", group("web", (22, "0.0.0.0/0")) + group("db", (5432, "10.0.0.0/8")))
    update()
    assert main([*OPTIONS, "--ratchet"]) == 0
    # Another finding, but neither a worse level nor more open to the world.
    put("main.tf", group("web", (22, "0.0.0.0/0")) + group("db", (5432, "10.0.0.0/8"), (22, "10.0.0.0/8")))
    assert main(OPTIONS) == 1
    assert main([*OPTIONS, "--ratchet"]) == 0
    put("main.tf", group("web", (22, "0.0.0.0/0")) + group("db", (5432, "0.0.0.0/0")))
    capsys.readouterr()
    assert main([*OPTIONS, "--ratchet", "--format", "concise"]) == 1
    expected = "SG906 wider-than-baseline: level 4 → 2: the group now admits tcp 5432 from the world"
    assert f"main.tf:20:20: {expected}" in capsys.readouterr().out


def test_every_format_says_how(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", group("web", (443, "10.1.2.0/24")))
    update()
    put("main.tf", group("web", (443, "0.0.0.0/0")))
    for form in ("text", "json", "sarif", "concise", "markdown", "github", "gitlab", "junit", "csv"):
        capsys.readouterr()
        assert main([*OPTIONS, "--ratchet", "--format", form]) == 1
        output = capsys.readouterr().out
        if form in ("json", "sarif", "gitlab"):
            output = json.dumps(json.loads(output), ensure_ascii=False)
        assert "SG906" in output and "2" in output
        assert "the group now admits tcp 443 from the world" in output.replace("&#58;", ":")


def test_it_holds_beside_a_selection_of_policies(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", group("web", (443, "10.1.2.0/24")))
    update()
    put("main.tf", group("web", (443, "0.0.0.0/0")))
    assert main([*OPTIONS, "--ratchet", "--select", "SG102"]) == 1
    assert main([*OPTIONS, "--select", "SG102"]) == 0


def test_what_is_accepted_does_not_fail(here: Path) -> None:
    put("main.tf", group("web", (443, "10.1.2.0/24")))
    update()
    comment = '# sglint: ignore[wider-than-baseline] reason="moved behind the new front"\n    cidr_blocks'
    put("main.tf", group("web", (443, "0.0.0.0/0")).replace("cidr_blocks", comment))
    assert main([*OPTIONS, "--ratchet"]) == 0


def test_getting_better_is_advice_to_hold_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", group("web", (443, "0.0.0.0/0")))
    update()
    put("main.tf", group("web", (443, "10.1.2.0/24")))
    capsys.readouterr()
    assert main([*OPTIONS, "--ratchet"]) == 0
    assert (
        capsys.readouterr().err == "sglint: note: known.json: 1 group less open than it says; run --update-baseline\n"
    )
    update()
    put("main.tf", group("web", (443, "0.0.0.0/0")))
    assert main([*OPTIONS, "--ratchet"]) == 1


def test_updating_takes_the_ratchet_along(here: Path) -> None:
    put("main.tf", group("web", (443, "10.1.2.0/24")))
    update()
    put("main.tf", group("web", (443, "0.0.0.0/0")))
    assert main([*OPTIONS, "--ratchet", "--update-baseline"]) == 0
    assert main([*OPTIONS, "--ratchet"]) == 0


def test_a_moved_group_is_held_to_what_it_was(here: Path) -> None:
    put("a/main.tf", group("web", (22, "0.0.0.0/0")))
    update()
    Path("a").rename("b")
    assert main([*OPTIONS, "--ratchet"]) == 0
    put("b/main.tf", group("web", (22, "0.0.0.0/0"), (3389, "0.0.0.0/0")))
    assert main([*OPTIONS, "--ratchet"]) == 1


def test_each_environment_is_held_to_its_own(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(".sglint.toml", '[terraform]\nenvironments = { dev = ["dev.tfvars"], prod = ["prod.tfvars"] }\n')
    put("main.tf", 'variable "cidr" {}\n' + group("web", (22, "X")).replace('"X"', "var.cidr"))
    put("dev.tfvars", 'cidr = "0.0.0.0/0"\n')
    put("prod.tfvars", 'cidr = "10.1.2.0/24"\n')
    update()
    assert main([*OPTIONS, "--ratchet"]) == 0
    put("prod.tfvars", 'cidr = "0.0.0.0/0"\n')
    capsys.readouterr()
    assert main([*OPTIONS, "--ratchet", "--format", "json"]) == 1
    (found,) = [each for each in json.loads(capsys.readouterr().out)["findings"] if each["policy"]["id"] == "SG906"]
    assert found["environments"] == ["prod"]


def test_how_severe_it_is_does_not_matter(here: Path) -> None:
    put("main.tf", group("web", (443, "10.1.2.0/24")))
    update()
    put("main.tf", group("web", (443, "0.0.0.0/0")))
    assert main([*OPTIONS, "--ratchet", "--fail-on", "critical"]) == 1


def test_never_is_never(here: Path) -> None:
    put("main.tf", group("web", (443, "10.1.2.0/24")))
    update()
    put("main.tf", group("web", (443, "0.0.0.0/0")))
    assert main([*OPTIONS, "--ratchet", "--fail-on", "never"]) == 0

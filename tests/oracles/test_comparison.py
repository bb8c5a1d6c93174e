"""The comparison itself: it says what is missing, what is too much, and what should have been left open."""

from __future__ import annotations

from sglint.notation import read_estate
from tests.oracles.comparison import differences

GROUP = 'group aws_security_group.web description "Web"'
SSH = 'aws_security_group.web ingress tcp 22 from 10.0.0.0/8 "ssh"'
LATE_PEER = 'aws_security_group.web ingress tcp 22 from unknown("known after apply") "ssh"'


def kinds(expected: list[str], *found: str) -> list[str]:
    return [line.partition(":")[0] for line in differences(expected, read_estate("\n".join(found)))]


def test_the_same_is_no_difference() -> None:
    assert kinds([GROUP, SSH], GROUP, SSH) == []
    assert kinds([GROUP, LATE_PEER], GROUP, 'aws_security_group.web ingress tcp 22 from unknown("var.x") "ssh"') == []


def test_missing_and_unexpected_rules() -> None:
    assert kinds([GROUP, SSH], GROUP) == ["missing"]
    assert kinds([GROUP], GROUP, SSH) == ["unexpected"]
    assert kinds([GROUP, SSH], GROUP, SSH.replace("22", "23")) == ["missing", "unexpected"]
    assert kinds([GROUP, SSH], GROUP, SSH.replace('"ssh"', "")) == ["missing", "unexpected"]


def test_missing_and_unexpected_groups() -> None:
    assert kinds([GROUP], "") == ["missing"]
    assert kinds([], GROUP) == ["unexpected"]
    assert kinds([GROUP], GROUP.replace("Web", "Other")) == ["missing", "unexpected"]
    assert (
        kinds(["group aws_security_group.web"], 'group aws_security_group.web description "Managed by Terraform"') == []
    )


def test_a_known_rule_must_be_known() -> None:
    assert kinds([GROUP, SSH], GROUP, LATE_PEER) == ["missing", "unexpected"]
    assert kinds([GROUP, SSH], GROUP, f"{SSH} when var.x is true") == ["unexpected"]


def test_an_open_rule_may_be_known_in_part_but_not_in_full() -> None:
    assert kinds([GROUP, LATE_PEER], GROUP, SSH) == ["nothing left open"]
    assert kinds([GROUP, LATE_PEER], GROUP, SSH, LATE_PEER) == []
    assert kinds([GROUP, LATE_PEER], GROUP, f"{SSH} when var.x is true") == []


def test_a_standalone_rule_is_compared_with_its_resource() -> None:
    line = f"{SSH} standalone  # aws_security_group_rule.ssh"
    assert kinds([GROUP, line], GROUP, f"{SSH} standalone") == ["missing", "unexpected"]

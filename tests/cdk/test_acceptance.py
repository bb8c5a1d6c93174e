"""Risks accepted on constructs reach the resources, and the resources carry them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sglint.cdk
from sglint.cdk.acceptance import accept
from sglint.model.values import Value
from tests.cdk.assemblies import evaluated

SUPPRESSIONS = Path(__file__).parents[2] / "fixtures" / "cdk" / "suppressions" / "cdk.out"


def _plain(value: Value) -> Any:
    if isinstance(value.data, tuple):
        return [_plain(item) for item in value.items()]
    if isinstance(value.data, dict):
        return {name: _plain(part) for name, part in value.entries().items()}
    return value.data


def test_resources_carry_what_the_app_accepted() -> None:
    found = {resource.address: resource.attributes.get("sglint") for resource in evaluated(SUPPRESSIONS).resources}
    loose = {"ignore": [{"policy": "SG102", "reason": "honeypot"}]}
    assert {address: value and _plain(value) for address, value in found.items()} == {
        "Bastion/BastionSGEBD2A3B1": {
            "ignore": [
                {
                    "policy": "ssh-from-world",
                    "reason": "key authentication only, reviewed",
                    "until": "2031-03-31",
                    "owner": "net-team",
                    "rule": "ingress tcp 22 from 0.0.0.0/0",
                }
            ]
        },
        "Bastion/LooseSG20BC34B1": loose,
        "Bastion/LooseSGto25525525525532ICMPType252Code8661C7C97A": loose,
        "Bastion/LooseSGfrom00000228532B8FE": loose,
        "Bastion/PlainSG": {"ignore": [{"policy": "SG104", "reason": "telnet museum"}]},
    }


def test_the_helper_is_importable_where_the_documentation_says() -> None:
    assert sglint.cdk.accept is accept


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"reason": " "}, "accepting a risk takes a reason"),
        ({"reason": "x", "until": "31.03.2027"}, '"31.03.2027" is no day of the form YYYY-MM-DD'),
        ({"reason": "x", "until": "2027-02-30"}, '"2027-02-30" is no day of the form YYYY-MM-DD'),
    ],
)
def test_what_cannot_be_accepted(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match="^" + message.replace(".", r"\.") + "$"):
        accept(object(), "SG102", **arguments)


def test_a_date_is_written_as_iso(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[dict[str, str]] = []
    types: list[frozenset[str]] = []

    def record(_: object, entry: dict[str, str], reached: frozenset[str]) -> None:
        written.append(entry)
        types.append(reached)

    monkeypatch.setattr("sglint.cdk.acceptance._add_aspect", record)
    accept(object(), "SG102", reason="x", until=date(2027, 3, 31), rule="egress all to 0.0.0.0/0")
    assert written == [{"policy": "SG102", "reason": "x", "until": "2027-03-31", "rule": "egress all to 0.0.0.0/0"}]
    assert types == [frozenset({"AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupEgress"})]

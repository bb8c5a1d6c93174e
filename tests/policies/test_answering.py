"""Egress matters less where nothing that carries the group ever opens a connection: interface endpoints."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.notation import read_estate
from sglint.policies.registry import find
from sglint.triage.judge import judge

ENDPOINT = "attachment secrets kind endpoint tier endpoint service vpc-endpoint groups web{}\n"
INSTANCE = "attachment server kind instance tier compute service ec2 groups web{}\n"
RESOLVER = "attachment names kind endpoint tier endpoint service resolver groups web\n"
OPEN = {"SG201": "web egress all to 0.0.0.0/0", "SG203": "web egress all to 0.0.0.0/0 implicit"}


@pytest.mark.parametrize("policy", OPEN)
@pytest.mark.parametrize(
    ("carriers", "severity"),
    [
        (ENDPOINT.format(""), "low"),
        ("", "medium"),
        (INSTANCE.format(""), "medium"),
        (RESOLVER, "medium"),
        (ENDPOINT.format("") + INSTANCE.format(""), "medium"),
        (ENDPOINT.format(" when A is x") + INSTANCE.format(" when A is y"), "medium"),
    ],
    ids=["endpoint", "unknown", "instance", "resolver", "both", "either"],
)
def test_only_endpoints_weigh_less(policy: str, carriers: str, severity: str) -> None:
    found = judge([Analysis(read_estate(carriers + OPEN[policy]))], [find(policy)])
    assert [str(finding.severity) for finding in found] == [severity]

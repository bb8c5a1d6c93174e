"""Which groups a rule means by the network that it names."""

from __future__ import annotations

import pytest

from sglint.analysis.analysis import Analysis
from sglint.analysis.callers import Callers
from sglint.analysis.pairs import Pairs
from sglint.notation import read_estate

SHOP = "attachment shop-1 kind instance tier compute groups shop subnets a\nshop egress tcp 8443 to 10.0.0.0/8\n"
SUBNET = "subnet a 10.0.1.0/24\n"
VPC = "vpc main groups shop,api addresses 10.0.0.0/16\n"


def found(text: str) -> list[str]:
    """The callers that the last rule of the text means."""
    analysis = Analysis(read_estate(text))
    (api,) = (group for group in analysis.groups if group.address == "api")
    return [group.address for group in Callers(analysis.estate, analysis.groups, Pairs()).of(api.rules[-1])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SUBNET + SHOP + "api ingress tcp 8443 from 10.0.1.0/24", ["shop"]),
        (SUBNET + SHOP + "api ingress tcp 8443 from 10.0.1.0/25", ["shop"]),
        (VPC + SHOP + "api ingress tcp 8443 from 10.0.0.0/16", ["shop"]),
        (VPC + SUBNET + SHOP + "api ingress tcp 8443 from 10.0.1.0/24", ["shop"]),
        # Beyond what the unit defines lie others.
        (SUBNET + SHOP + "api ingress tcp 8443 from 10.0.0.0/16", []),
        (SHOP + "api ingress tcp 8443 from 10.0.1.0/24", []),
        (VPC + SHOP + "api ingress tcp 8443 from 10.0.0.0/8", []),
        # A part of the VPC need not be where the shop is.
        (VPC + SHOP + "api ingress tcp 8443 from 10.0.1.0/24", []),
        # Few addresses are hosts.
        (SUBNET + SHOP + "api ingress tcp 8443 from 10.0.1.0/28", []),
        (SUBNET + SHOP + "api ingress tcp 8443 from 10.0.1.7/32", []),
        # The shop sends nothing there.
        (SUBNET + SHOP + "api ingress tcp 9443 from 10.0.1.0/24", []),
        (SUBNET + SHOP.replace("10.0.0.0/8", "192.168.0.0/24") + "api ingress tcp 8443 from 10.0.1.0/24", []),
        (SUBNET + SHOP.replace("10.0.0.0/8", "group api") + "api ingress tcp 8443 from 10.0.1.0/24", ["shop"]),
        (SUBNET + SHOP.replace("10.0.0.0/8", "group other") + "api ingress tcp 8443 from 10.0.1.0/24", []),
        (SUBNET + SHOP.replace("10.0.0.0/8", 'unknown("x")') + "api ingress tcp 8443 from 10.0.1.0/24", ["shop"]),
        # Data stores open no connections, and a group is not meant for itself.
        (
            SUBNET + SHOP.replace("kind instance tier compute", "kind cache tier data")
            + "api ingress tcp 8443 from 10.0.1.0/24",
            [],
        ),
        (
            SUBNET + "attachment api-1 kind task tier compute groups api subnets a\n"
            "api egress all to 0.0.0.0/0\napi ingress tcp 8443 from 10.0.1.0/24",
            [],
        ),
        # A network load balancer's own addresses have no group.
        (SUBNET + SHOP + "attachment nlb kind load-balancer tier edge\napi ingress tcp 8443 from 10.0.1.0/24", []),
        # A subnet of another VPC has the same addresses.
        (
            "vpc main groups api addresses 10.0.0.0/16\nvpc other groups shop subnets a\n"
            + SUBNET + SHOP + "api ingress tcp 8443 from 10.0.1.0/24",
            [],
        ),
        # What cannot be together.
        (
            SUBNET + SHOP.replace("subnets a", "subnets a when A is x")
            + "api ingress tcp 8443 from 10.0.1.0/24 when A is y",
            [],
        ),
        (SUBNET + "group shop referenced\n" + SHOP + "api ingress tcp 8443 from 10.0.1.0/24", []),
    ],
)  # fmt: skip
def test_groups_carried_where_the_network_lies(text: str, expected: list[str]) -> None:
    assert found(text) == expected

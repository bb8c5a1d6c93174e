"""Which resources that carry the same group are parts of one service."""

from __future__ import annotations

import pytest

from sglint.analysis.sharing import are_of_one_service
from sglint.notation import read_estate


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("shop-lb kind load-balancer tier edge", "shop kind task tier compute", False),
        ("shop kind instance tier compute", "shop-db kind database tier data", False),
        ("shop-db kind database tier data", "shop-cache kind cache tier data", False),
        ("orders kind database tier data", "users kind database tier data", True),
        ("aws_instance.shop_a kind instance tier compute", "aws_instance.shop_b kind instance tier compute", True),
        ("aws_instance.shop kind instance tier compute", "aws_instance.billing kind instance tier compute", False),
        ("ShopServer kind instance tier compute", "BillingServer kind instance tier compute", False),
        ("Estate/Console kind instance tier compute", "Estate/Api kind task tier compute", False),
        ("Estate/Console41AFD0E2 kind instance tier compute", "Estate/Api9C2AFD07 kind task tier compute", False),
        ("Estate/Shop/Console kind instance tier compute", "Estate/Shop/Api kind task tier compute", False),
        ("Estate/Shop/Console kind instance tier compute", "Estate/Bill/Api kind task tier compute", False),
        ("Estate/ShopApi kind instance tier compute", "Estate/Shop/Worker kind task tier compute", True),
        ("One/Shop kind instance tier compute", "Other/Shop kind task tier compute", True),
        ("Estate/Service kind instance tier compute", "Estate/Api kind task tier compute", True),
        ("ShopServerA kind instance tier compute", "ShopServerB kind task tier compute", True),
        ("aws_instance.this kind instance tier compute", "aws_instance.billing kind instance tier compute", True),
        ("shop kind task tier compute", "reports kind function tier compute", False),
        ("shop kind function tier compute", "reports kind function tier compute", True),
        ("main kind cluster tier compute", "workers kind instance tier compute", True),
        ("shop kind interface tier compute", "orders kind database tier data", True),
        ("aws_instance.it[shop] kind instance tier compute", "aws_instance.it[tax] kind instance tier compute", True),
        ("s3 kind endpoint tier endpoint", "ecr kind connector tier endpoint", True),
        ("public kind load-balancer tier edge", "vpn kind vpn tier edge", True),
        (
            "shop kind instance tier compute when A is x",
            "orders kind database tier data when A is y",
            True,
        ),
    ],
)
def test_tier_kind_and_name(one: str, other: str, expected: bool) -> None:
    first, second = read_estate(f"attachment {one}\nattachment {other}").attachments
    assert are_of_one_service(first, second) is expected
    assert are_of_one_service(second, first) is expected

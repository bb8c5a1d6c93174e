"""What plans and states say of writers, flow logs and web ACLs."""

from __future__ import annotations

import json

import pytest

from sglint.aws.terraform import translate
from sglint.model.rules import Direction, Estate
from sglint.reading.files import Files
from sglint.terraform.plan import read_plan
from tests.terraform.test_plan_attachments import change, configured


def read(document: object) -> Estate:
    return translate(read_plan("plan.json", Files((), {"plan.json": json.dumps(document).encode()})))


RULE = {"protocol": "-1", "cidr_blocks": ["10.0.0.0/8"], "from_port": 0, "to_port": 0}


@pytest.mark.parametrize(
    ("expressions", "expected"),
    [({}, []), ({"ingress": {"constant_value": [RULE]}}, [Direction.INGRESS]), ({"ingress": {}}, [Direction.INGRESS])],
)
def test_only_what_the_configuration_says_is_written_inline(
    expressions: dict[str, object], expected: list[Direction]
) -> None:
    estate = read(
        {
            "format_version": "1.2",
            "resource_changes": [change("aws_security_group", "web", {"ingress": [RULE], "egress": [RULE]}, {})],
            "configuration": {"root_module": {"resources": [configured("aws_security_group", "web", expressions)]}},
        }
    )
    assert [writer.direction for group in estate.groups for writer in group.writers] == expected


def test_a_state_does_not_tell_what_wrote_its_rules() -> None:
    group = {
        "address": "aws_security_group.web",
        "mode": "managed",
        "type": "aws_security_group",
        "name": "web",
        "values": {"id": "sg-1", "ingress": [RULE]},
    }
    estate = read({"format_version": "1.0", "values": {"root_module": {"resources": [group]}}})
    assert [each.writers for each in estate.groups] == [()]


def test_what_will_be_made_together_is_named_by_the_configuration() -> None:
    def reference(address: str) -> dict[str, object]:
        return {"references": [f"{address}.id", address]}

    late = {"id": True, "arn": True}
    estate = read(
        {
            "format_version": "1.2",
            "resource_changes": [
                change("aws_vpc", "main", {"cidr_block": "10.0.0.0/16"}, late),
                change("aws_subnet", "a", {"cidr_block": "10.0.1.0/24"}, {**late, "vpc_id": True}),
                change("aws_flow_log", "a", {}, {"subnet_id": True}),
                change("aws_lb", "web", {"load_balancer_type": "application"}, late),
                change("aws_wafv2_web_acl_association", "web", {}, {"resource_arn": True}),
            ],
            "configuration": {
                "root_module": {
                    "resources": [
                        configured("aws_vpc", "main", {}),
                        configured("aws_subnet", "a", {"vpc_id": reference("aws_vpc.main")}),
                        configured("aws_flow_log", "a", {"subnet_id": reference("aws_subnet.a")}),
                        configured("aws_lb", "web", {}),
                        configured(
                            "aws_wafv2_web_acl_association",
                            "web",
                            {"resource_arn": {"references": ["aws_lb.web.arn", "aws_lb.web"]}},
                        ),
                    ]
                }
            },
        }
    )
    assert [vpc.is_logged for vpc in estate.vpcs] == [True]
    assert [each.web_acl.value for each in estate.attachments if each.web_acl] == ["associated"]

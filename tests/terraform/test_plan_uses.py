"""Which groups a plan puts to use, and what stands behind a load balancer in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sglint.aws.terraform import translate
from sglint.model.rules import Estate
from sglint.notation.listeners import write_listener
from sglint.reading.files import Files
from sglint.terraform.plan import read_plan


def estate(document: dict[str, Any]) -> Estate:
    data = json.dumps(document).encode()
    found = read_plan("plan.json", Files(given={"plan.json": data}))
    assert found.problems == ()
    return translate(found)


def change(address: str, unknown: dict[str, Any] | None = None, **after: Any) -> dict[str, Any]:
    module, _, local = address.rpartition("module.m.")
    type_, name = local.split(".")
    return {
        "address": address,
        "mode": "managed",
        "type": type_,
        "name": name,
        **({"module_address": "module.m"} if module or address.startswith("module.m.") else {}),
        "change": {"after": after, "after_unknown": unknown or {}},
    }


def block(address: str, mode: str = "managed", **expressions: Any) -> dict[str, Any]:
    type_, name = address.split(".")
    return {"address": address, "mode": mode, "type": type_, "name": name, "expressions": expressions}


def refer(*references: str) -> dict[str, Any]:
    return {"references": list(references)}


GROUP = change("aws_security_group.a", {"id": True}, description="x")
EXISTING = change("aws_security_group.a", id="sg-1", description="x")
INSTANCE = change("aws_instance.i", {"vpc_security_group_ids": True})
RULE = block("aws_security_group_rule.r", security_group_id=refer("aws_security_group.a.id", "aws_security_group.a"))


def plan(*changes: dict[str, Any], blocks: tuple[dict[str, Any], ...] = (), **root: Any) -> dict[str, Any]:
    outputs = root.pop("output_changes", {})
    return {
        "format_version": "1.2",
        "resource_changes": list(changes),
        "output_changes": outputs,
        "configuration": {"root_module": {"resources": [block("aws_security_group.a"), *blocks], **root}},
    }


TO_GROUP = refer("aws_security_group.a.id", "aws_security_group.a")


@pytest.mark.parametrize(
    ("document", "is_unused"),
    [
        (plan(GROUP, INSTANCE, blocks=(block("aws_instance.i"),)), True),
        (plan(GROUP, INSTANCE, blocks=(block("aws_instance.i"), RULE)), True),
        (plan(GROUP, INSTANCE, blocks=(block("other_thing.x", y=TO_GROUP),)), False),
        (plan(GROUP, INSTANCE, blocks=(block("other_thing.x", z=[{"y": [{"x": TO_GROUP}]}]),)), False),
        (plan(GROUP, INSTANCE, blocks=(block("aws_instance.i", user_data=refer("var.text")),)), True),
        (plan(GROUP, INSTANCE, blocks=(block("aws_instance.i", tags=refer("local.tags")),)), True),
        (plan(GROUP, INSTANCE, blocks=(block("aws_instance.i", vpc_security_group_ids=refer("local.ids")),)), False),
        (plan(GROUP, INSTANCE, blocks=(block("aws_security_group.all", "data"),)), False),
        (plan(GROUP, INSTANCE, blocks=(block("aws_vpc.one", "data"),)), True),
        (plan(GROUP, INSTANCE, outputs={"o": {"expression": TO_GROUP}}), False),
        (plan(GROUP, INSTANCE, outputs={"o": {"expression": refer("local.o")}}), True),
        (
            plan(
                GROUP,
                INSTANCE,
                outputs={"o": {"expression": refer("local.o")}},
                output_changes={"o": {"after_unknown": True}},
            ),
            False,
        ),
        (plan(EXISTING, INSTANCE, change("other_thing.x", y=["sg-1"])), False),
        (plan(EXISTING, INSTANCE, change("other_thing.x", y=["sg-2"])), True),
        (plan(EXISTING, INSTANCE, change("aws_security_group_rule.r", type="ingress", security_group_id="sg-1")), True),
    ],
)
def test_groups_that_nothing_uses(document: dict[str, Any], is_unused: bool) -> None:
    assert estate(document).unused == ({"aws_security_group.a"} if is_unused else frozenset())


@pytest.mark.parametrize("is_used", [True, False])
def test_what_is_handed_to_a_module(is_used: bool) -> None:
    arguments: dict[str, Any] = {"y": refer("var.group")} if is_used else {}
    inner = block("other_thing.x", **arguments)
    call = {"m": {"expressions": {"group": TO_GROUP}, "module": {"resources": [inner]}}}
    assert bool(estate(plan(GROUP, INSTANCE, module_calls=call)).unused) != is_used


def test_a_group_of_a_module_by_its_output() -> None:
    group = change("module.m.aws_security_group.a", {"id": True})
    child = {"resources": [block("aws_security_group.a")], "outputs": {"id": {"expression": TO_GROUP}}}
    reading = block("other_thing.x", y=refer("module.m.id", "module.m"))
    for blocks, expected in (((reading,), frozenset()), ((), {"module.m.aws_security_group.a"})):
        document = plan(group, INSTANCE, blocks=blocks, module_calls={"m": {"module": child}})
        assert estate(document).unused == expected


def test_listeners_of_a_plan() -> None:
    document = plan(
        change("aws_lb.lb", {"id": True, "arn": True}),
        change("aws_lb_listener.in", {"load_balancer_arn": True, "default_action": [{"target_group_arn": True}]},
               port=443, protocol="HTTPS", default_action=[{"type": "forward"}]),
        change("aws_lb_target_group.app", {"id": True, "arn": True}, port=8080, protocol="HTTP"),
        change("aws_lb_target_group_attachment.app", {"target_group_arn": True}, target_id="i-1"),
        change("aws_instance.app", id="i-1"),
        blocks=(
            block(
                "aws_lb_listener.in",
                load_balancer_arn=refer("aws_lb.lb.arn", "aws_lb.lb"),
                default_action=[{"target_group_arn": refer("aws_lb_target_group.app.arn", "aws_lb_target_group.app")}],
            ),
            block(
                "aws_lb_target_group_attachment.app",
                target_group_arn=refer("aws_lb_target_group.app.arn", "aws_lb_target_group.app"),
            ),
        ),
    )  # fmt: skip
    assert [line for listener in estate(document).listeners for line in write_listener(listener)] == [
        "listener aws_lb_listener.in of aws_lb.lb on tcp 443",
        "target aws_lb_listener.in aws_instance.app source balancer on tcp 8080",
    ]

"""Plans name groups that do not exist yet by what the configuration refers to."""

from __future__ import annotations

import json

from sglint.aws.terraform import translate
from sglint.notation.surroundings import write_attachment
from sglint.reading.files import Files
from sglint.terraform.plan import read_plan


def change(type_: str, name: str, after: object, unknown: object) -> dict[str, object]:
    address = f"{type_}.{name}"
    detail = {"actions": ["create"], "before": None, "after": after, "after_unknown": unknown}
    return {"address": address, "mode": "managed", "type": type_, "name": name, "change": detail}


def configured(type_: str, name: str, expressions: object) -> dict[str, object]:
    return {
        "address": f"{type_}.{name}",
        "mode": "managed",
        "type": type_,
        "name": name,
        "expressions": expressions,
    }


def test_an_instance_and_its_group_that_will_be_made_together() -> None:
    reference = {"references": ["aws_security_group.web.id", "aws_security_group.web"]}
    plan = {
        "format_version": "1.2",
        "resource_changes": [
            change("aws_security_group", "web", {"ingress": []}, {"id": True}),
            change("aws_instance", "web", {"ami": "ami-1"}, {"id": True, "vpc_security_group_ids": True}),
            change("aws_instance", "bare", {"ami": "ami-1"}, {"id": True, "vpc_security_group_ids": True}),
        ],
        "configuration": {
            "root_module": {
                "resources": [
                    configured("aws_security_group", "web", {}),
                    configured("aws_instance", "web", {"vpc_security_group_ids": reference}),
                    configured("aws_instance", "bare", {}),
                ]
            }
        },
    }
    estate = translate(read_plan("plan.json", Files((), {"plan.json": json.dumps(plan).encode()})))
    assert [write_attachment(each) for each in estate.attachments] == [
        "attachment aws_instance.web kind instance tier compute service ec2 facing unknown "
        "groups aws_security_group.web",
        "attachment aws_instance.bare kind instance tier compute service ec2 facing unknown default",
    ]

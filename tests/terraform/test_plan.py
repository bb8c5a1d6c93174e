"""Plans and states as input: the same rules as the source, located in the JSON or at the source's own lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sglint.aws.resources import Evaluated
from sglint.aws.terraform import translate
from sglint.model.location import Location
from sglint.model.rules import GroupRef, Rule
from sglint.model.values import Unknown
from sglint.notation import write_rule
from sglint.reading.files import Files
from sglint.terraform.plan import read_plan
from tests.oracles.comparison import differences
from tests.oracles.plans import PLANS, RECORDED, RECORDED_WITH_INSTANCES, read_expected


def read(document: Any, indent: int | None = None) -> Evaluated:
    data = document if isinstance(document, str) else json.dumps(document, indent=indent)
    return read_plan("plan.json", Files(given={"plan.json": data.encode()}))


def rules(evaluated: Evaluated) -> list[Rule]:
    return [rule for group in translate(evaluated).groups for rule in group.rules]


def plan(*changes: dict[str, Any], **configuration: Any) -> dict[str, Any]:
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "resource_changes": list(changes),
        "configuration": {"root_module": configuration},
    }


def change(address: str, after: Any, unknown: Any = None, **more: Any) -> dict[str, Any]:
    type_, name = address.rpartition("module.")[2].split(".")[-2:]
    name = name.partition("[")[0]
    return {
        "address": address,
        "mode": "managed",
        "type": type_,
        "name": name,
        "change": {"actions": ["create"], "before": None, "after": after, "after_unknown": unknown or {}},
        **more,
    }


BLOCK = {"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"], "description": "ssh"}


@pytest.mark.parametrize("name", RECORDED)
def test_a_plan_says_what_its_source_says(name: str) -> None:
    path = str(PLANS / name / "plan.json")
    evaluated = read_plan(path, Files((path,)))
    assert evaluated.problems == ()
    assert differences(read_expected(PLANS / name), translate(evaluated)) == []


@pytest.mark.parametrize("name", [*RECORDED, *RECORDED_WITH_INSTANCES])
def test_every_resource_is_found_in_the_source(name: str) -> None:
    path = PLANS / name / "plan.json"
    evaluated = read_plan(str(path), Files((str(PLANS / name),)), source=str(PLANS / name))
    assert evaluated.problems == ()
    assert differences(read_expected(PLANS / name), translate(evaluated)) == []
    for resource in evaluated.resources:
        place = resource.location
        line = Path(place.path).read_text(encoding="utf-8").splitlines()[place.line - 1]
        assert line[place.column - 1 : place.end_column - 1].startswith("resource ")
        assert [step.location.path for step in resource.evidence] == [str(path)]


def test_rules_lie_at_their_exact_place_in_the_json() -> None:
    text = json.dumps(plan(change("aws_security_group.web", {"ingress": [BLOCK]})), indent=1)
    (rule,) = rules(read(text))
    line = next(number for number, line in enumerate(text.splitlines(), 1) if '"0.0.0.0/0"' in line)
    column = text.splitlines()[line - 1].index('"0.0.0.0/0"') + 1
    assert rule.location == Location("plan.json", line, column, line, column + len('"0.0.0.0/0"'))


def test_with_its_source_a_rule_lies_at_the_argument_and_the_json_is_evidence(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "main.tf").write_text('module "web" {\n  source = "./web"\n}\n', encoding="utf-8")
    (tmp_path / "web" / "main.tf").write_text(
        'variable "ports" {}\n\nresource "aws_security_group" "this" {\n  dynamic "ingress" {\n'
        "    for_each = var.ports\n    content {}\n  }\n}\n",
        encoding="utf-8",
    )
    document = plan(change("module.web.aws_security_group.this", {"ingress": [BLOCK]}, module_address="module.web"))
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    (rule,) = rules(read_plan(str(path), Files((str(tmp_path),)), source=str(tmp_path)))
    assert (rule.location.path, rule.location.line) == (str(tmp_path / "web" / "main.tf"), 4)
    at = path.read_text(encoding="utf-8").index('"0.0.0.0/0"') + 1
    assert rule.evidence[0].location == Location(str(path), 1, at, 1, at + len('"0.0.0.0/0"'))


def test_a_source_that_lacks_the_resource_leaves_it_in_the_json(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan(change("aws_security_group.web", {"ingress": [BLOCK]}))), encoding="utf-8")
    (rule,) = rules(read_plan(str(path), Files((str(tmp_path),)), source=str(tmp_path)))
    assert rule.location.path == str(path)


def test_what_is_known_after_an_apply_names_what_blocks_it() -> None:
    evaluated = read_plan(path := str(PLANS / "unknown-values" / "plan.json"), Files((path,)))
    by_description = {str(rule.description): rule for rule in rules(evaluated)}
    peer = by_description["late peer"].peer
    assert peer == Unknown("aws_security_group.parts.ingress[0].cidr_blocks", "terraform_data.late.output")
    assert [unknown.blocked_by for unknown in by_description["late ports"].unknowns] == ["terraform_data.late.output"]


def test_an_id_that_is_not_known_yet_is_a_reference_through_variables_and_outputs() -> None:
    document = plan(
        change("module.a.aws_security_group.this", {"ingress": []}, {"id": True}, module_address="module.a"),
        change(
            "module.b[0].aws_security_group_rule.in",
            {**BLOCK, "type": "ingress", "cidr_blocks": None},
            {"security_group_id": True, "source_security_group_id": True},
            module_address="module.b[0]",
        ),
        change("aws_security_group.web", {"ingress": []}, {"id": True}),
        module_calls={
            "a": {
                "module": {
                    "outputs": {"id": {"expression": {"references": ["aws_security_group.this.id"]}}},
                    "resources": [{"type": "aws_security_group", "name": "this"}],
                }
            },
            "b": {
                "expressions": {"group": {"references": ["module.a.id", "module.a"]}},
                "module": {
                    "resources": [
                        {
                            "type": "aws_security_group_rule",
                            "name": "in",
                            "expressions": {
                                "security_group_id": {"references": ["var.group"]},
                                "source_security_group_id": {"references": ["var.group"]},
                            },
                        }
                    ]
                },
            },
        },
        resources=[{"type": "aws_security_group", "name": "web"}],
    )
    assert [write_rule(rule) for rule in rules(read(document))] == [
        'module.a.aws_security_group.this ingress tcp 22 from group module.a.aws_security_group.this "ssh" standalone'
    ]


def test_an_instance_that_the_plan_does_not_name_is_left_open() -> None:
    (rule,) = rules(read(_each_key()))
    assert rule.group == "aws_security_group_rule.in.security_group_id"
    assert isinstance(rule.peer, GroupRef) and rule.peer.group == 'aws_security_group.tier["a"]'


def _each_key() -> dict[str, Any]:
    return plan(
        change('aws_security_group.tier["a"]', {"ingress": []}, {"id": True}, index="a"),
        change(
            "aws_security_group_rule.in",
            {**BLOCK, "type": "ingress", "cidr_blocks": None},
            {"security_group_id": True, "source_security_group_id": True},
        ),
        resources=[
            {
                "type": "aws_security_group_rule",
                "name": "in",
                "for_each_expression": {"references": ["local.tiers"]},
                "expressions": {
                    "security_group_id": {"references": ["aws_security_group.tier", "each.key"]},
                    "source_security_group_id": {"references": ['aws_security_group.tier["a"].id']},
                },
            }
        ],
    )


def test_the_source_is_evaluated_with_the_plans_variables(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'variable "key" {}\nvariable "odd" {}\nvariable "keys" {}\n'
        'resource "aws_security_group" "tier" {\n  for_each = toset(concat(var.keys, [var.odd.text]))\n}\n'
        'resource "aws_security_group_rule" "in" {\n  security_group_id = aws_security_group.tier[var.key].id\n}\n',
        encoding="utf-8",
    )
    odd = 'quote " and ${template}'
    document = plan(
        change('aws_security_group.tier["b"]', {"ingress": []}, {"id": True}, index="b"),
        change("aws_security_group_rule.in", {**BLOCK, "type": "ingress"}, {"security_group_id": True}),
        resources=[
            {
                "type": "aws_security_group_rule",
                "name": "in",
                "expressions": {"security_group_id": {"references": ["aws_security_group.tier", "var.key"]}},
            }
        ],
    )
    document["variables"] = {
        "key": {"value": "b"},
        "keys": {"value": ["a", "b"]},
        "odd": {"value": {"text": odd, "n": 1.5, "no": None}},
    }
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    (rule,) = rules(read_plan(str(path), Files((str(tmp_path),)), source=str(tmp_path)))
    assert rule.group == 'aws_security_group.tier["b"]'
    assert (rule.places.block.path, rule.places.block.line) == (str(tmp_path / "main.tf"), 7) if rule.places else False


def test_what_the_provider_computes_is_no_argument() -> None:
    unknown = {"ingress": True, "egress": True, "id": True, "arn": True, "name": True}
    document = plan(
        change("aws_security_group.web", {"description": "d"}, unknown),
        resources=[{"type": "aws_security_group", "name": "web", "expressions": {"description": {}}}],
    )
    (resource,) = read(document).resources
    assert set(resource.arguments.entries()) == {"description"}


def test_what_is_destroyed_or_read_is_no_resource() -> None:
    gone = change("aws_security_group.gone", None)
    deposed = change("aws_security_group.web", {"ingress": [BLOCK]}, deposed="0123abcd")
    looked_up = change("aws_security_group.data", {"ingress": [BLOCK]}) | {"mode": "data"}
    assert read(plan(gone, deposed, looked_up)).resources == ()


def test_ids_in_a_state_stand_for_its_own_groups() -> None:
    def resource(address: str, values: Any) -> dict[str, Any]:
        type_, name = address.split(".")[-2:]
        return {"address": address, "mode": "managed", "type": type_, "name": name, "values": values}

    state = {
        "format_version": "1.0",
        "terraform_version": "1.11.4",
        "values": {
            "root_module": {
                "resources": [
                    resource(
                        "aws_security_group.web", {"id": "sg-1", "ingress": [{**BLOCK, "security_groups": ["sg-2"]}]}
                    )
                ],
                "child_modules": [
                    {
                        "address": "module.db",
                        "resources": [
                            resource("module.db.aws_security_group.this", {"id": "sg-2", "ingress": []}),
                            resource(
                                "module.db.aws_security_group_rule.in",
                                {
                                    **BLOCK,
                                    "type": "egress",
                                    "cidr_blocks": None,
                                    "security_group_id": "sg-2",
                                    "source_security_group_id": "sg-9",
                                },
                            ),
                        ],
                    }
                ],
            }
        },
    }
    assert [write_rule(rule) for rule in rules(read(state))] == [
        'aws_security_group.web ingress tcp 22 from 0.0.0.0/0 "ssh"',
        'aws_security_group.web ingress tcp 22 from group module.db.aws_security_group.this "ssh"',
        'module.db.aws_security_group.this egress tcp 22 to group sg-9 "ssh" standalone',
    ]


def test_numbers_and_nulls_are_terraforms() -> None:
    block = {**BLOCK, "from_port": 2.2e1, "to_port": 22.0, "cidr_blocks": ["10.0.0.0/8"], "ipv6_cidr_blocks": None}
    (rule,) = rules(read(plan(change("aws_security_group.web", {"ingress": [block]}))))
    assert write_rule(rule) == 'aws_security_group.web ingress tcp 22 from 10.0.0.0/8 "ssh"'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"format_version": "1.2", "terraform_version": "1.11.4"}', "plan.json:1:1: is no plan or state"),
        ('{"format_version": "1.2", "planned_values": {', "plan.json:1:46: expected a key in double quotes or '}'"),
        ("[]", "plan.json:1:1: is no plan or state"),
    ],
)
def test_what_is_no_plan_is_one_problem(text: str, problem: str) -> None:
    evaluated = read(text)
    assert [str(each).startswith(problem) for each in evaluated.problems] == [True]
    assert evaluated.resources == ()


@pytest.mark.parametrize(
    "document",
    [
        {"format_version": "1.2", "resource_changes": [1, {"change": 2}, {"address": 3, "change": {"after": {}}}]},
        {"format_version": "1.2", "values": {"root_module": {"resources": [None], "child_modules": [0, {}]}}},
        plan(change("aws_security_group.web", {"ingress": [BLOCK]}), resources=[None, {"type": 1}], module_calls=[]),
    ],
)
def test_a_shape_that_nobody_expects_fails_nothing(document: Any) -> None:
    read(document)

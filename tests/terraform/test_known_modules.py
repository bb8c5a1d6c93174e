"""Modules that are understood without their source.

`fixtures/registry/security-group/expected.txt` is what Terraform itself plans for `main.tf` beside it with the
module's own source (5.3.1) and the AWS provider 3.39.0.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.aws.resources import Evaluated
from sglint.aws.terraform import TYPES, translate
from sglint.model.rules import GroupRef, Rule
from sglint.notation import write_rule
from sglint.reading.files import Files
from sglint.terraform.evaluation import evaluate
from sglint.terraform.inputs import Inputs
from sglint.terraform.modules import Modules
from sglint.terraform.registry.known_modules import known_module, module_name
from sglint.terraform.registry.security_group_facts import NAMED_RULES, PRESETS
from tests.oracles.comparison import differences

FIXTURE = Path(__file__).parents[2] / "fixtures" / "registry" / "security-group"
REGISTRY = "terraform-aws-modules/security-group/aws"


def evaluated(directory: Path) -> Evaluated:
    files = Files((str(directory),))
    return evaluate(str(directory), Inputs(workspace="default"), Modules(files), TYPES, known_module)


def call(directory: Path, arguments: str, source: str = REGISTRY, more: str = "") -> Evaluated:
    (directory / "main.tf").write_text(
        f'module "m" {{\n  source = "{source}"\n{arguments}\n}}\n{more}', encoding="utf-8"
    )
    return evaluated(directory)


def rules(found: Evaluated) -> list[Rule]:
    return [rule for group in translate(found).groups for rule in group.rules]


def lines(found: Evaluated) -> list[str]:
    return [write_rule(rule).removeprefix("module.m.aws_security_group.") for rule in rules(found)]


def test_a_call_comes_to_what_terraform_plans() -> None:
    found = evaluated(FIXTURE)
    assert (found.problems, found.unresolved) == ((), ())
    assert differences((FIXTURE / "expected.txt").read_text(encoding="utf-8").splitlines(), translate(found)) == []


def test_calls_that_name_each_others_groups(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        "".join(
            f"""
module "{name}" {{
  source = "{REGISTRY}"
  ingress_with_source_security_group_id = [
    {{ rule = "postgresql-tcp", source_security_group_id = module.{peer}.security_group_id }}
  ]
}}
"""
            for name, peer in (("one", "other"), ("other", "one"))
        ),
        encoding="utf-8",
    )
    found = evaluated(tmp_path)
    assert found.problems == ()
    group = "module.{}.aws_security_group.this_name_prefix[0]"
    assert [(rule.group, rule.peer) for rule in rules(found)] == [
        (group.format(name), GroupRef(group.format(peer))) for name, peer in (("one", "other"), ("other", "one"))
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (REGISTRY, (REGISTRY, "")),
        (f"{REGISTRY}//modules/ssh", (REGISTRY, "modules/ssh")),
        (f"registry.terraform.io/{REGISTRY}", (REGISTRY, "")),
        (f"registry.opentofu.org/{REGISTRY}//modules/web", (REGISTRY, "modules/web")),
        ("github.com/terraform-aws-modules/terraform-aws-security-group", (REGISTRY, "")),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-security-group.git?ref=v5.1.0", (REGISTRY, "")),
        (
            "git::https://github.com/terraform-aws-modules/terraform-aws-security-group.git//modules/ssh?ref=v5.1.0",
            (REGISTRY, "modules/ssh"),
        ),
        ("git@github.com:terraform-aws-modules/terraform-aws-security-group.git", (REGISTRY, "")),
        ("app.terraform.io/example/security-group/aws", ("", "")),
        ("example/security-group/aws", ("example/security-group/aws", "")),
        ("s3::https://s3.amazonaws.com/modules/vpc.zip", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_source_is_known_by_name(source: str, expected: tuple[str, str]) -> None:
    assert module_name(source) == expected


@pytest.mark.parametrize("source", ["example/security-group/aws", f"{REGISTRY}//modules/no-such-module"])
def test_other_modules_stay_unresolved(tmp_path: Path, source: str) -> None:
    found = call(tmp_path, '  ingress_rules = ["ssh-tcp"]', source)
    assert found.resources == ()
    assert [unresolved.address for unresolved in found.unresolved] == ["module.m"]


def test_a_rule_lies_at_the_item_that_asks_for_it_and_says_how_it_was_reasoned(tmp_path: Path) -> None:
    found = call(tmp_path, '  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_rules       = ["http-80-tcp", "ssh-tcp"]')
    ssh = next(resource for resource in found.resources if resource.address.endswith(".ingress_rules[1]"))
    assert (ssh.location.line, ssh.location.column, ssh.location.end_column) == (4, 41, 50)
    rule = next(rule for rule in rules(found) if rule.description == "SSH")
    assert (rule.location.line, rule.location.column) == (3, 26)
    assert rule.evidence[-1].text.startswith("as terraform-aws-modules/security-group/aws documents it")
    assert rule.evidence[-1].location.line == 1


def test_all_egress_goes_to_the_world_unless_told_otherwise(tmp_path: Path) -> None:
    assert lines(call(tmp_path, '  egress_rules = ["all-all"]')) == [
        'this_name_prefix[0] egress all to 0.0.0.0/0 "All protocols" standalone',
        'this_name_prefix[0] egress all to ::/0 "All protocols" standalone',
    ]
    assert lines(call(tmp_path, "")) == []


def test_a_group_that_exists_already_gets_the_rules(tmp_path: Path) -> None:
    arguments = '  create_sg = false\n  security_group_id = "sg-1"\n  ingress_with_self = [{ rule = "dns-udp" }]'
    assert lines(call(tmp_path, arguments)) == ['sg-1 ingress udp 53 from group sg-1 "Ingress Rule" standalone']


def test_nothing_is_made_where_the_call_says_so(tmp_path: Path) -> None:
    assert call(tmp_path, '  create = false\n  ingress_rules = ["ssh-tcp"]').resources == ()


def test_a_call_that_may_make_nothing_says_when(tmp_path: Path) -> None:
    arguments = '  create = var.enabled ? true : false\n  ingress_with_self = [{ rule = "dns-udp" }]'
    found = call(tmp_path, arguments, more='variable "enabled" {\n  type = bool\n}\n')
    assert {str(resource.when) for resource in found.resources} == {"var.enabled is true"}


def test_a_list_that_is_not_known_is_one_rule_that_names_what_blocks_it(tmp_path: Path) -> None:
    found = call(tmp_path, "  ingress_with_cidr_blocks = var.rules", more='variable "rules" {}\n')
    (rule,) = rules(found)
    assert rule.address == "module.m.aws_security_group_rule.ingress_with_cidr_blocks[*]"
    assert {unknown.blocked_by for unknown in rule.unknowns} == {"var.rules"}


def test_what_a_submodule_adds_is_there_whatever_else_is_listed(tmp_path: Path) -> None:
    arguments = '  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_rules = var.rules\n  auto_egress_rules = []'
    found = call(tmp_path, arguments, f"{REGISTRY}//modules/ssh", 'variable "rules" {}\n')
    assert [rule.description for rule in rules(found) if not rule.unknowns] == ["SSH", "Ingress Rule"]
    assert [rule.address.rpartition(".")[2] for rule in rules(found) if rule.unknowns] == ["ingress_rules[*]"]


def test_an_unknown_part_of_a_rule_leaves_the_others_known(tmp_path: Path) -> None:
    arguments = '  ingress_with_cidr_blocks = [{ rule = "ssh-tcp", cidr_blocks = var.office }]'
    (rule,) = rules(call(tmp_path, arguments, more='variable "office" {}\n'))
    assert write_rule(rule).startswith("module.m.aws_security_group.this_name_prefix[0] ingress tcp 22 from unknown(")


def test_a_table_of_rules_of_its_own_replaces_the_documented_one(tmp_path: Path) -> None:
    arguments = (
        '  rules = { mine = [1, 2, "udp", "My own"] }\n'
        '  ingress_cidr_blocks = ["10.0.0.0/8"]\n  ingress_rules = ["mine", "ssh-tcp"]'
    )
    assert lines(call(tmp_path, arguments)) == [
        'this_name_prefix[0] ingress udp 1-2 from 10.0.0.0/8 "My own" standalone',
        'this_name_prefix[0] ingress unknown("\\"ssh-tcp\\"") unknown("\\"ssh-tcp\\"") from 10.0.0.0/8 '
        'description unknown("\\"ssh-tcp\\"") standalone',
    ]


def test_computed_rules_are_made_up_to_their_number(tmp_path: Path) -> None:
    arguments = (
        "  computed_ingress_with_source_security_group_id = [\n"
        '    { rule = "ssh-tcp", source_security_group_id = "sg-1" },\n'
        '    { rule = "rdp-tcp", source_security_group_id = "sg-2" },\n  ]\n'
        "  number_of_computed_ingress_with_source_security_group_id = 1"
    )
    assert lines(call(tmp_path, arguments)) == [
        'this_name_prefix[0] ingress tcp 22 from group sg-1 "Ingress Rule" standalone'
    ]


def test_every_submodule_opens_rules_that_the_module_names() -> None:
    unnamed = {name for rules in PRESETS.values() for name in rules} - NAMED_RULES.keys()
    assert unnamed == {"smtps-2465-tcp"}  # The module itself names it in a submodule and not in its table.

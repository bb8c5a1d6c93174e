"""sglint against Terraform's own plans: of the modules in `fixtures/plans`, and of generated ones.

What the plans say is recorded beside each module, so sglint is compared with it everywhere; where the provider is at
hand, the record is compared with the plans.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from sglint.aws.terraform import TYPES, translate
from sglint.model.rules import Estate
from sglint.model.values import Unknown
from sglint.reading.files import Files
from sglint.terraform.evaluation import evaluate
from sglint.terraform.inputs import Inputs
from sglint.terraform.modules import Modules
from tests.oracles.comparison import differences
from tests.oracles.generator import write_module
from tests.oracles.planned_rules import planned_lines
from tests.oracles.plans import MODULES, plan_all, read_expected
from tests.oracles.provider import Planner, make_planner

SEED = int(os.environ.get("SGLINT_PLAN_SEED", "1"))
COUNT = int(os.environ.get("SGLINT_PLAN_COUNT", "12"))
"""Which generated modules are planned, and how many: a long run takes another seed and a larger count."""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Planner:
    return make_planner(tmp_path_factory.mktemp("terraform"))


@pytest.fixture(scope="module")
def plans(planner: Planner) -> dict[str, dict[str, Any]]:
    return plan_all(planner)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_sglint_agrees_with_the_recorded_plan(module: Path) -> None:
    assert differences(read_expected(module), understood(module)) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_unknown_values_name_what_blocks_them(module: Path) -> None:
    """In these modules that is a `terraform_data` or `timestamp()`, however far the value has come."""
    rules = [rule for group in understood(module).groups for rule in group.rules]
    unknowns = [unknown for rule in rules for unknown in rule.unknowns]
    unknowns += [rule.description for rule in rules if isinstance(rule.description, Unknown)]
    blocked_by = {unknown.blocked_by for unknown in unknowns}
    assert all(symbol.startswith(("terraform_data.", "timestamp()")) for symbol in blocked_by), blocked_by
    source = "".join(path.read_text(encoding="utf-8") for path in module.rglob("*.tf*"))
    assert all(symbol in source for symbol in blocked_by), blocked_by


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_the_record_is_what_terraform_plans(module: Path, plans: dict[str, dict[str, Any]]) -> None:
    assert read_expected(module) == planned_lines(plans[module.name])


def test_generated_modules(planner: Planner, tmp_path: Path) -> None:
    modules = [write_module(tmp_path / f"generated_{seed}", seed) for seed in range(SEED, SEED + COUNT)]
    planned = planner.plan_together(modules)
    wrong = {
        module.name: found
        for module in modules
        if (found := differences(planned_lines(planned[module.name]), understood(module)))
    }
    assert wrong == {}, f"SGLINT_PLAN_SEED is the number in a module's name; they lie in {tmp_path}"


def understood(module: Path) -> Estate:
    """What sglint makes of a module, which must be without problems."""
    files = Files((str(module),))
    evaluated = evaluate(str(module), Inputs(workspace="default"), Modules(files), TYPES)
    assert evaluated.problems == ()
    return translate(evaluated)

"""The modules of `fixtures/plans`, and the plans that Terraform makes of them.

    python -m tests.oracles.plans

records what the plans say as each module's `expected.txt`, and some of the plans themselves as `plan.json`.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from tests.oracles.planned_rules import planned_lines
from tests.oracles.provider import Planner, make_planner

PLANS = Path(__file__).parents[2] / "fixtures" / "plans"
MODULES = sorted(path for path in PLANS.iterdir() if path.is_dir())
RECORDED = (
    "attribute-as-block",
    "date-functions",
    "default-group",
    "dynamic-unknown",
    "modules-nested",
    "null-arguments",
    "overrides",
    "partly-unknown",
    "protocols",
    "references",
    "standalone-rules",
    "unknown-in-functions",
    "unknown-through-modules",
    "unknown-values",
)
"""Modules whose plans are recorded, for sglint to read as input. A plan does not say which instances `x[*]` means
before it is applied, nor what stands beside an unknown item in a list, so modules with those are not among them."""

RECORDED_WITH_INSTANCES = ("count", "for-each", "module-defaults")
"""More such modules, with references like `x[each.key].id`: only the source says which instance that is."""

_ROOT_ONLY = re.compile(r"\bpath\.root\b|\bpath\.cwd\b|\bterraform\.workspace\b|^provider ", re.MULTILINE)


def plan_all(planner: Planner) -> dict[str, dict[str, Any]]:
    """The plan of every module by name; those that need not be root modules are planned in one go."""
    alone = [module for module in MODULES if is_root_only(module)]
    plans = planner.plan_together(module for module in MODULES if module not in alone)
    plans.update((module.name, planner.plan(module)) for module in alone)
    return plans


def is_root_only(module: Path) -> bool:
    """Whether a module means something else when it is called: it has variable files, or speaks of the root."""
    sources = [path for path in module.iterdir() if path.is_file()]
    return any(".tfvars" in path.name or _ROOT_ONLY.search(path.read_text(encoding="utf-8")) for path in sources)


def read_expected(module: Path) -> list[str]:
    """The recorded lines of a module."""
    return (module / "expected.txt").read_text(encoding="utf-8").splitlines()


def main() -> None:
    with tempfile.TemporaryDirectory() as work:
        planner = make_planner(Path(work))
        for name, plan in plan_all(planner).items():
            lines = planned_lines(plan)
            (PLANS / name / "expected.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        for name in (*RECORDED, *RECORDED_WITH_INSTANCES):
            (PLANS / name / "plan.json").write_text(planner.shown(PLANS / name), encoding="utf-8")


if __name__ == "__main__":
    main()

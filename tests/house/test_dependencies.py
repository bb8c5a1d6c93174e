"""What is imported is declared, what is declared is imported, and each has its reason."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECISION = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")

_OF_THE_EXTRA_CDK = {"aws_cdk", "constructs", "jsii"}
_FOR_TYPES = {"typing_extensions"}
"""Imported by what only type checkers read."""


def _names(requirements: list[str]) -> set[str]:
    return {_normal(re.split(r"[\[<>=~! ]", requirement, maxsplit=1)[0]) for requirement in requirements}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported() -> set[str]:
    modules: set[str] = set()
    for path in (ROOT / "sglint").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                modules.add((node.module or "").split(".")[0])
    return modules - set(sys.stdlib_module_names) - {"sglint"}


def test_what_is_imported_is_what_is_declared() -> None:
    imported = _imported() - _OF_THE_EXTRA_CDK - _FOR_TYPES
    brought_by = packages_distributions()
    assert {_normal(brought_by[module][0]) for module in imported} == _names(PROJECT["dependencies"])


def test_each_runtime_dependency_has_its_reason() -> None:
    table = DECISION.partition("| --- | --- | --- |\n")[2].partition("\n\n")[0]
    told = [row.split(" | ")[0].removeprefix("| ").split(", ") for row in table.splitlines()]
    assert {name for names in told for name in names} == _names(PROJECT["dependencies"])


def test_each_package_of_an_extra_is_named() -> None:
    rows = re.findall(r"^\| (\w+) \| (.+?) \| .+ \|$", DECISION, re.MULTILINE)
    told = {(extra, name) for extra, names in rows for name in names.split(", ")}
    extras = PROJECT["optional-dependencies"]
    assert {(extra, name) for extra, packages in extras.items() for name in _names(packages)} <= told


def test_each_has_a_lower_bound() -> None:
    groups = (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    assert [requirement for group in groups for requirement in group if ">=" not in requirement] == []

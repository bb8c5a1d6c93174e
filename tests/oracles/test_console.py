"""Expressions mean what Terraform says they mean.

The answers of Terraform are on record, so sglint is held to them everywhere; where the binary is at hand, it is asked
again whether it still gives them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sglint.model.values import Unknown
from sglint.terraform.functions.registry import FUNCTIONS, Parameter
from tests.oracles.console_cases import ask_all, expressions, lay_out, placed, read_record, themes
from tests.oracles.gate import require
from tests.oracles.sglint_answers import answer, evaluate, type_json
from tests.oracles.terraform_answers import Answer

VERSION = "1.11."
PARSERS = ("jsondecode", "yamldecode")
"""Functions whose complaints about syntax are those of Go's parsers: only what failed is compared, not the reason."""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("console").resolve()
    lay_out(path)
    (path / "main.tf").touch()
    (path / "plan").touch()
    return path


@pytest.fixture(scope="module")
def terraform() -> str:
    path = shutil.which("terraform")
    version = ""
    if path is not None:
        shown = subprocess.run([path, "version", "-json"], capture_output=True, text=True, env=_ENVIRONMENT)
        version = json.loads(shown.stdout)["terraform_version"]
    return require(f"terraform {VERSION}x on the PATH", path if version.startswith(VERSION) else None)


_ENVIRONMENT = os.environ | {"TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}


def difference(expression: str, theirs: Answer, ours: Answer) -> str | None:
    """What is not the same of two answers to an expression."""
    if theirs.error is not None or ours.error is not None:
        same = _comparable(theirs.error) == _comparable(ours.error)
    else:
        same = (
            theirs.value == ours.value
            and pruned(theirs.unknown) == pruned(ours.unknown)
            and fits(ours.type, theirs.type)
        )
    return None if same else f"{expression}\n  Terraform: {theirs}\n  sglint:    {ours}"


def _comparable(error: tuple[str, str] | None) -> tuple[str, str] | None:
    if error is None:
        return None
    summary, detail = error
    # Which of several near names Terraform suggests is left to chance.
    detail = " ".join(detail.partition(" Did you mean")[0].split()).rstrip(". ")
    for function in PARSERS:
        if detail.startswith(f'Call to function "{function}" failed'):
            detail = detail.partition(":")[0]
    # What went wrong within `try` is told with places.
    return summary, detail.partition(" no expression succeeded")[0]


def pruned(unknown: object) -> object:
    """Where something is unknown, without the parts where nothing is."""
    if isinstance(unknown, list):
        parts = [pruned(part) for part in unknown]
        return parts if any(part is not False for part in parts) else False
    if isinstance(unknown, dict):
        members = {key: pruned(part) for key, part in unknown.items()}
        return {key: part for key, part in members.items() if part is not False} or False
    return unknown or False


def fits(ours: object, theirs: object) -> bool:
    """Whether a type is the same as far as it is determined: nulls and what is unknown show none here."""
    if theirs is None or "dynamic" in (ours, theirs):
        return True
    if not isinstance(ours, list) or not isinstance(theirs, list) or ours[0] != theirs[0]:
        return ours == theirs
    one, other = ours[1], theirs[1]
    if ours[0] == "tuple":
        return len(one) == len(other) and all(map(fits, one, other))
    if ours[0] == "object":
        return bool(one.keys() == other.keys()) and all(fits(one[key], other[key]) for key in one)
    return fits(one, other)


@pytest.mark.parametrize("theme", themes())
def test_recorded_answers(theme: str, directory: Path) -> None:
    record = read_record()
    differences = [
        difference(expression, record[expression], placed(answer(expression, directory), directory))
        for expression in expressions(theme)
    ]
    assert [found for found in differences if found] == []


def test_record_is_what_terraform_answers(terraform: str, tmp_path: Path) -> None:
    record = read_record()
    asked = ask_all(terraform, tmp_path.resolve())
    assert [expression for expression, _ in asked] == list(record)
    differences = [difference(expression, given, record[expression]) for expression, given in asked]
    assert [found for found in differences if found] == []


@pytest.mark.parametrize("expression", expressions("withheld"))
def test_withheld_results(expression: str, directory: Path) -> None:
    value, problems = evaluate(expression, directory)
    name = expression.partition("(")[0]
    assert FUNCTIONS[name].withheld
    assert (value.data, problems) == (Unknown(expression, f"{name}()"), ())


def test_every_function_is_asked_for_results_and_for_errors() -> None:
    record = read_record()
    asked = {name: [entry for text, entry in record.items() if f"{name}(" in _calls(text)] for name in FUNCTIONS}
    withheld = {name for name, function in FUNCTIONS.items() if function.withheld}
    without_results = {name for name, found in asked.items() if all(entry.error for entry in found)}
    without_errors = {name for name, found in asked.items() if not any(entry.error for entry in found)}
    assert without_results <= withheld
    assert {name for name in without_errors if FUNCTIONS[name].parameters} == set()
    assert {name for name, found in asked.items() if len(found) < 3} <= withheld


def _calls(expression: str) -> set[str]:
    import re

    return set(re.findall(r"\b[a-z0-9]+\(", expression))


def test_functions_are_those_of_terraform(terraform: str) -> None:
    shown = subprocess.run(
        [terraform, "metadata", "functions", "-json"], capture_output=True, text=True, check=True, env=_ENVIRONMENT
    )
    signatures = json.loads(shown.stdout)["function_signatures"]
    theirs = {name: _signature(found) for name, found in signatures.items() if not name.startswith("core::")}
    ours = {
        name: ([_parameter(each) for each in function.parameters], _parameter(function.rest) if function.rest else None)
        for name, function in FUNCTIONS.items()
    }
    assert ours == theirs


def _signature(found: dict[str, object]) -> tuple[object, object]:
    def plain(parameter: object) -> object:
        assert isinstance(parameter, dict)
        return parameter["name"], parameter["type"], parameter.get("is_nullable", False)

    rest = found.get("variadic_parameter")
    parameters = found.get("parameters") or []
    assert isinstance(parameters, list)
    return [plain(parameter) for parameter in parameters], plain(rest) if rest else None


def _parameter(parameter: Parameter) -> object:
    return parameter.name, type_json(parameter.type), parameter.nullable

"""The language beside its functions, held against the Terraform binary: expressions with all the names of a module,
and programs that Terraform rejects.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sglint.reading.files import Files
from sglint.terraform.evaluation import evaluate, evaluate_expression
from sglint.terraform.inputs import Inputs
from sglint.terraform.modules import Modules
from sglint.terraform.types import typeof
from tests.oracles.gate import require
from tests.oracles.sglint_answers import type_json, unknown_json, value_json
from tests.oracles.terraform_answers import SURROUNDINGS, Answer, ask
from tests.oracles.test_console import difference

ENVIRONMENT = os.environ | {"TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}


@pytest.fixture(scope="module")
def terraform() -> str:
    return require("terraform on the PATH", shutil.which("terraform"))


def answer(expression: str) -> Answer:
    """sglint's answer to an expression in a root module."""
    modules = Modules(Files((), {"main.tf": SURROUNDINGS.encode()}))
    value, problems = evaluate_expression(expression, "", Inputs(workspace="default"), modules)
    if problems:
        summary, _, detail = problems[0].message.partition(": ")
        return Answer(error=(summary, detail))
    return Answer(type_json(typeof(value)), value_json(value), unknown_json(value))


def test_expressions(terraform: str, tmp_path: Path) -> None:
    lines = (Path(__file__).parent / "language.txt").read_text(encoding="utf-8").splitlines()
    expressions = [line for line in lines if not line.startswith("#")]
    given = ask(terraform, tmp_path, expressions)
    differences = [
        difference(expression, theirs, answer(expression))
        for expression, theirs in zip(expressions, given, strict=True)
    ]
    assert [found for found in differences if found] == []


MODULE = """
variable "n" {
  type    = number
  default = 1
}
variable "shape" {
  type    = object({ a = number, b = optional(list(string)) })
  default = { a = 1 }
}
resource "terraform_data" "inner" {
  input = [var.n, var.shape]
}
output "o" {
  value = var.n
}
"""
BASE = """
module "single" {
  source = "./m"
}
module "counted" {
  source = "./m"
  count  = 2
}
module "each" {
  source   = "./m"
  for_each = toset(["a"])
}
resource "terraform_data" "counted" {
  count = 2
}
resource "terraform_data" "each" {
  for_each = toset(["a"])
}
"""
EXPRESSIONS = (
    "module.counted.o",
    "module.each.o",
    "module.single.nope",
    "module.counted[3].o",
    'module.each["q"].o',
    "terraform_data.counted.id",
    "terraform_data.each.id",
    "terraform_data.counted[3].id",
    'terraform_data.each["q"].id',
    "terraform_data.z.id",
    "module.single.o.x",
)
ARGUMENTS = (
    "count = 1.5",
    "count = -1",
    "count = null",
    'count = "x"',
    'for_each = ["a"]',
    "for_each = toset([1])",
    "for_each = null",
    "for_each = {}\n  count = 1",
)
PROGRAMS = (
    *(f'resource "terraform_data" "z" {{\n  input = {expression}\n}}' for expression in EXPRESSIONS),
    *(f'resource "terraform_data" "z" {{\n  {argument}\n}}' for argument in ARGUMENTS),
    'locals {\n  a = local.b\n  b = local.a\n}\nresource "terraform_data" "z" {\n  input = local.a\n}',
    'resource "terraform_data" "z" {\n  input = terraform_data.y.id\n}\n'
    'resource "terraform_data" "y" {\n  input = terraform_data.z.id\n}',
    'module "single2" {\n  source = "./m"\n  n = "x"\n}',
    'module "single2" {\n  source = "./m"\n  shape = {}\n}',
    'variable "v" {\n  type = string\n  default = []\n}\nresource "terraform_data" "z" {\n  input = var.v\n}',
    'resource "terraform_data" "each" {}',
)


def test_programs_that_terraform_rejects(terraform: str, tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text(MODULE)
    wrong = []
    for program in PROGRAMS:
        (tmp_path / "main.tf").write_text(f"{BASE}{program}\n")
        theirs, ours = _rejected(terraform, tmp_path), _problems(tmp_path)
        if theirs != ours:
            wrong.append((program, theirs, ours))
    assert wrong == []


def _rejected(terraform: str, directory: Path) -> set[str]:
    """Terraform's errors; with several, the first is the one the others follow from."""
    for command in (["get"], ["init", "-input=false"]):
        if not (directory / ".terraform" / "modules" / "modules.json").exists() or command == ["get"]:
            subprocess.run([terraform, *command], cwd=directory, env=ENVIRONMENT, capture_output=True)
    command = [terraform, "plan", "-json", "-refresh=false", "-input=false", "-lock=false"]
    printed = subprocess.run(command, cwd=directory, env=ENVIRONMENT, capture_output=True, text=True).stdout
    diagnostics = (json.loads(line).get("diagnostic") for line in printed.splitlines())
    return {
        _normal(f"{found['summary']}: {found['detail']}")
        for found in diagnostics
        if found is not None and found["severity"] == "error"
    }


def _problems(directory: Path) -> set[str]:
    evaluated = evaluate(str(directory), Inputs(), Modules(Files((str(directory),))), {"terraform_data"})
    return {_normal(problem.message.replace(f"{directory}/", "")) for problem in evaluated.problems}


def _normal(message: str) -> str:
    """Without what differs on purpose: how places are written, and the order in which a cycle is told."""
    import re

    message = " ".join(message.split()).rstrip(".:").replace(" (expand)", "")
    message = re.sub(r"(\S+\.tf:\d+)[,:]\d+(-\d+)?", r"\1", message)
    if message.startswith("Cycle: "):
        message = "Cycle: " + ", ".join(sorted(message.removeprefix("Cycle: ").split(", ")))
    return message

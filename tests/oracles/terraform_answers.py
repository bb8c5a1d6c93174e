"""Asks Terraform what expressions come to: each is an output of one module that is planned."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sglint.model.record import frozen

SURROUNDINGS = """\
resource "terraform_data" "x" {}
locals {
  greeting = "Hi $${name}!"
}
"""
"""What expressions may refer to: the `id` is a string that only the apply knows."""

INFINITE = "Infinite number"
"""What stands for the summary of an error when the answer cannot be written to a plan, for it is infinite."""

_INFINITE = re.compile(r'output value "e(\d+)": cannot serialize infinity')

BATCH = 100
"""How many expressions go into one plan: Terraform's time grows with the square of it."""


@frozen
class Answer:
    """What an expression comes to: a type and a value, or the summary and detail of the error.

    `value` is JSON text with exact numbers, null in place of what is unknown; `unknown` says where that is, in the
    form of a plan's `after_unknown`. `type` is as in a plan, None where something unknown leaves it open.
    """

    type: object = None
    value: str = ""
    unknown: object = False
    error: tuple[str, str] | None = None


class TerraformFailed(Exception):
    """Terraform did not do what it was started for."""


def ask(terraform: str, directory: Path, expressions: Sequence[str]) -> list[Answer]:
    """Terraform's answer to each expression. `directory` may hold files that they read; its `.tf` is written here.

    Each expression stands on one line. TerraformFailed when no plan comes about for another reason than these.
    """
    answers: list[Answer] = []
    for start in range(0, len(expressions), BATCH):
        answers += _ask(terraform, directory, expressions[start : start + BATCH])
    return answers


def _ask(terraform: str, directory: Path, expressions: Sequence[str]) -> list[Answer]:
    answers: dict[int, Answer] = {}
    while True:
        asked = [index for index in range(len(expressions)) if index not in answers]
        errors = _plan(terraform, directory, [(index, expressions[index]) for index in asked])
        if not errors:
            break
        answers.update(errors)
    answers.update(_planned(terraform, directory, asked))
    return [answers[index] for index in range(len(expressions))]


def _plan(terraform: str, directory: Path, asked: list[tuple[int, str]]) -> dict[int, Answer]:
    """Writes the plan, or gives the errors by expression."""
    lines = SURROUNDINGS.splitlines()
    places: dict[int, int] = {}
    for index, expression in asked:
        assert "\n" not in expression
        lines += [f'output "e{index}" {{', f"  value = {expression}", "  sensitive = true", "}"]
        for line in range(len(lines) - 3, len(lines) + 1):
            places[line] = index
    (directory / "main.tf").write_text("\n".join(lines) + "\n")
    run = _run(terraform, directory, "plan", "-json", "-input=false", "-refresh=false", "-out=plan", "-lock=false")
    errors: dict[int, Answer] = {}
    for printed in run.stdout.splitlines():
        message = json.loads(printed)
        diagnostic = message.get("diagnostic")
        if diagnostic is None or diagnostic["severity"] != "error":
            continue
        infinite = _INFINITE.search(diagnostic["detail"])
        if infinite is not None:
            errors[int(infinite[1])] = Answer(error=(INFINITE, ""))
            continue
        at = diagnostic.get("range", {}).get("start", {}).get("line")
        if at not in places:
            raise TerraformFailed(printed)
        errors.setdefault(places[at], Answer(error=(diagnostic["summary"], diagnostic["detail"])))
    if run.returncode and not errors:
        raise TerraformFailed(run.stdout + run.stderr)
    return errors


def _planned(terraform: str, directory: Path, asked: list[int]) -> dict[int, Answer]:
    shown = json.loads(_run(terraform, directory, "show", "-json", "plan").stdout, parse_float=_Exact, parse_int=_Exact)
    changes, values = shown.get("output_changes", {}), shown["planned_values"].get("outputs", {})
    answers: dict[int, Answer] = {}
    for index in asked:
        change = changes.get(f"e{index}", {})
        type_ = values.get(f"e{index}", {}).get("type")
        answers[index] = Answer(type_, exact_json(change.get("after")), change.get("after_unknown", False))
    return answers


def _run(terraform: str, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "TF_CLI_CONFIG_FILE": os.devnull,
        "TF_DATA_DIR": str(directory / ".terraform-data"),
        "CHECKPOINT_DISABLE": "1",
    }
    return subprocess.run(
        [terraform, *arguments], cwd=directory, env=environment, text=True, capture_output=True, timeout=300
    )


class _Exact(str):
    """A number as it is written."""

    __slots__ = ()


def exact_json(data: Any) -> str:
    """JSON text with sorted keys and the numbers as they were written, but for the sign of zero."""
    if isinstance(data, _Exact):
        return "0" if data == "-0" else str(data)
    if isinstance(data, list):
        return "[" + ",".join(map(exact_json, data)) + "]"
    if isinstance(data, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{exact_json(data[key])}" for key in sorted(data)) + "}"
    return json.dumps(data)

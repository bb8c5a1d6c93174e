"""Expressions that nobody wrote: sglint and Terraform agree on each.

`SGLINT_GENERATED` says how many are made (200 unless set), `SGLINT_SEED` from which seed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.oracles.console_cases import lay_out
from tests.oracles.expressions import EXPRESSIONS
from tests.oracles.gate import require
from tests.oracles.sglint_answers import answer
from tests.oracles.terraform_answers import INFINITE, Answer, ask
from tests.oracles.test_console import difference

COUNT = int(os.environ.get("SGLINT_GENERATED", "200"))
SEED = int(os.environ.get("SGLINT_SEED", "0"))


def generated() -> list[str]:
    """Different expressions, the same ones for the same seed."""
    found: dict[str, None] = {}

    @seed(SEED)
    @settings(
        max_examples=COUNT,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(EXPRESSIONS)
    def collect(expression: str) -> None:
        found.setdefault(expression)

    collect()
    return list(found)


def _agreement(expression: str, theirs: Answer, ours: Answer) -> str | None:
    """A difference that counts: of several faults in one expression, Terraform may meet another one first."""
    if theirs.error is not None and (ours.error is not None or theirs.error[0] == INFINITE):
        return None
    return difference(expression, theirs, ours)


def test_generated_expressions(tmp_path: Path) -> None:
    terraform = require("terraform on the PATH", shutil.which("terraform"))
    directory = tmp_path.resolve()
    lay_out(directory)
    asked = generated()
    theirs = ask(terraform, directory, asked)
    ours = [answer(expression, directory) for expression in asked]
    differences = [_agreement(*each) for each in zip(asked, theirs, ours, strict=True)]
    assert sorted(filter(None, differences), key=len) == []
    assert sum(given.error is None for given in theirs) > COUNT / 4

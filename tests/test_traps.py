"""The inputs that the comparison with other tools is made on say in their first line what is true."""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.engine import run
from sglint.settings import Settings

TRAPS = Path(__file__).parents[1] / "benchmarks" / "traps"


@pytest.mark.parametrize(
    "directory", sorted(path for path in TRAPS.iterdir() if path.is_dir()), ids=lambda path: path.name
)
def test_trap(directory: Path) -> None:
    (source,) = (directory / name for name in ("main.tf", "template.yaml") if (directory / name).exists())
    truth = source.read_text(encoding="utf-8").removeprefix("# ").partition(":")[0]
    outcome = run(Settings((str(directory),)))
    assert not outcome.problems
    alarms = {finding.policy.id for finding in outcome.findings} & {"SG101", "SG102"}
    assert truth in ("open", "closed")
    assert bool(alarms) == (truth == "open")

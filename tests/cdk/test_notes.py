"""The one note on source lines says what to set."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cdk.assemblies import GROUP, evaluated, stack, write

TEMPLATE = {"Resources": {"SG": GROUP}}


def notes(tmp_path: Path, *trace: str) -> tuple[str, ...]:
    entries = [{"type": "aws:cdk:logicalId", "data": "SG"}, {"type": "aws:cdk:creationStack", "data": list(trace)}]
    artifact = stack("Web", metadata={"/Web/SG/Resource": entries})
    return evaluated(write(tmp_path / "cdk.out", {"Web": artifact}, Web__template__json=TEMPLATE)).notes


@pytest.mark.parametrize(
    ("trace", "setting"),
    [
        ((), "`cdk synth --debug`"),
        (("...aws-cdk-lib, jsii runtime...", "(no user code in 10 frames)"), "JSII_HOST_STACK_TRACES=1"),
        (("...aws-cdk-lib...", "(no user code in 10 frames)"), "NODE_OPTIONS=--stack-trace-limit=100"),
        (("__init__ (/elsewhere/gone.py:3)",), "/elsewhere/gone.py, which is not found here"),
    ],
)
def test_the_setting_is_named(trace: tuple[str, ...], setting: str, tmp_path: Path) -> None:
    (note,) = notes(tmp_path, *trace)
    assert setting in note


def test_nothing_is_said_where_lines_are_known(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("Web(app)\n", encoding="utf-8")
    assert notes(tmp_path, "<module> (/app/app.py:1)") == ()


def test_compiled_code_beside_its_source(tmp_path: Path) -> None:
    for name in ("app.js", "app.ts"):
        (tmp_path / name).write_text("new Web(app);\n", encoding="utf-8")
    (note,) = notes(tmp_path, "new Web (/app/app.js:1:1)")
    assert "--enable-source-maps" in note

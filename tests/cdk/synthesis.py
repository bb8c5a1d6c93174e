"""Runs CDK apps with the libraries at hand: the one installed beside sglint, and an old one."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.oracles.gate import require

REPOSITORY = Path(__file__).parents[2]
SOURCE_LINES = {"JSII_HOST_STACK_TRACES": "1", "CDK_DEBUG": "1"}

_NODE = "Node.js (node on PATH)"
_NEWEST = "aws-cdk-lib (pip install 'sglint[cdk]')"
_OLD = "aws-cdk-lib 2.160.0 (SGLINT_OLD_CDK, a directory made by: pip install --target DIR aws-cdk-lib==2.160.0)"


def newest() -> dict[str, str]:
    """What the environment needs for the library that is installed; the test is skipped where there is none."""
    require(_NODE, shutil.which("node"))
    require(_NEWEST, importlib.util.find_spec("aws_cdk"))
    return {"PYTHONPATH": str(REPOSITORY)}


def old() -> dict[str, str]:
    """What the environment needs for the old library; the test is skipped where there is none."""
    require(_NODE, shutil.which("node"))
    directory = os.environ.get("SGLINT_OLD_CDK", "")
    require(_OLD, Path(directory, "aws_cdk").is_dir() if directory else None)
    return {"PYTHONPATH": os.pathsep.join((directory, str(REPOSITORY)))}


def newest_version() -> str:
    return importlib.metadata.version("aws-cdk-lib")


def synthesize(
    app: Path, output: Path, environment: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run an app, which writes its assembly to `output`.

    The library tells test runs by pytest's variables and behaves differently in them, so these are left out.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CDK_", "JSII_"))}
    return subprocess.run(
        [sys.executable, str(app), *arguments],
        env={
            **kept,
            "CDK_OUTDIR": str(output),
            "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION": "1",
            "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1",
            **environment,
        },
        cwd=app.parent,
        capture_output=True,
        text=True,
        timeout=300,
    )

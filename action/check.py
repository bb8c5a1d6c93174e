"""Run sglint and hand its reports to GitHub: log, annotations, summary of the job, and the file for code scanning.

The inputs of the action are in the environment. The exit status is that of sglint.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path


def main() -> int:
    directory = Path(os.environ["RUNNER_TEMP"]) / "sglint-reports"
    directory.mkdir(exist_ok=True)
    sarif, summary, annotations = (directory / name for name in ("sglint.sarif", "summary.md", "annotations"))
    for path in (sarif, summary, annotations):
        path.unlink(missing_ok=True)
    # Isolated, because the working directory is a checkout that anyone may have written.
    command = [sys.executable, "-I", "-m", "sglint", "check", *_options(), "--format", "text"]
    command += ["--format", f"sarif={sarif}", "--format", f"markdown={summary}", "--format", f"github={annotations}"]
    status = _run([*command, "--", *_lines("SGLINT_PATHS")])
    if annotations.exists() and _is_on("SGLINT_ANNOTATIONS"):
        _print(annotations.read_bytes())
    if summary.exists() and _is_on("SGLINT_SUMMARY"):
        _append("GITHUB_STEP_SUMMARY", summary.read_bytes())
    outputs = {"status": str(status), "sarif": "", "upload": ""}
    if sarif.exists():
        outputs |= {"sarif": str(sarif), "upload": str(_for_upload(sarif))}
    _append("GITHUB_OUTPUT", "".join(f"{name}={value}\n" for name, value in outputs.items()).encode())
    return status


def _options() -> Iterator[str]:
    for option in ("config", "profile", "fail-on", "category"):
        value = os.environ.get(f"SGLINT_{option.upper().replace('-', '_')}", "").strip()
        if value:
            yield f"--{option}={value}"
    yield from _lines("SGLINT_ARGUMENTS")


def _run(command: list[str]) -> int:
    """Run with standard error in the log's own order, and nothing in it taken for a command to the runner."""
    token = secrets.token_hex(16)
    _print(f"::stop-commands::{token}\n".encode())
    status = subprocess.run(command, stderr=subprocess.STDOUT, check=False).returncode
    _print(f"\n::{token}::\n".encode())
    return status


def _for_upload(sarif: Path) -> Path:
    """The report without what is accepted, known or gone: code scanning would open an alert for each of them."""
    log = json.loads(sarif.read_bytes())
    for run in log["runs"]:
        run["results"] = [result for result in run["results"] if _is_alert(result)]
    path = sarif.with_name("upload.sarif")
    path.write_text(json.dumps(log), encoding="utf-8")
    return path


def _is_alert(result: Mapping[str, object]) -> bool:
    """Whether a result is for code scanning, which passes over `suppressions` and `baselineState`."""
    return not result.get("suppressions") and result.get("baselineState") not in ("unchanged", "absent")


def _lines(variable: str) -> list[str]:
    return [line.strip() for line in os.environ.get(variable, "").splitlines() if line.strip()]


def _is_on(variable: str) -> bool:
    return os.environ.get(variable, "").strip().lower() == "true"


def _print(text: bytes) -> None:
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()


def _append(variable: str, text: bytes) -> None:
    with open(os.environ[variable], "ab") as file:
        file.write(text)


if __name__ == "__main__":
    sys.exit(main())

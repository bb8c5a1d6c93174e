"""Install sglint, as it was checked out with this action, into an environment of its own.

The output `python` is the interpreter to run it with. Nothing of the repository under test is read.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path


def main() -> int:
    source = Path(__file__).resolve().parents[1]
    environment = Path(os.environ["RUNNER_TEMP"]) / "sglint-environment"
    venv.create(environment, with_pip=True, clear=True)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = (str(python), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(source))
    status = subprocess.run(command, cwd=environment, check=False).returncode
    if status == 0:
        with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as file:
            file.write(f"python={python}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())

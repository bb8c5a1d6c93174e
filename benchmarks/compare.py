"""What scanners say of traps: small inputs in which ssh is open to the world, or is not, less obviously than it seems.

    python benchmarks/compare.py [CHECKOV]

prints a table in Markdown. CHECKOV is the program; without it, only sglint is run. The first line of each input says
what is true: `open` or `closed`, and how.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TRAPS = Path(__file__).with_name("traps")
_SGLINT = ("SG101", "SG102")
_CHECKOV = "CKV_AWS_24,CKV_AWS_277"
"""Its checks for ssh, and for every port, from the world."""


def sglint(directory: Path) -> bool:
    command = (sys.executable, "-m", "sglint", ".", "--format", "json", "--select", ",".join(_SGLINT))
    done = subprocess.run(command, cwd=directory, stdout=subprocess.PIPE, check=False)
    return bool(json.loads(done.stdout)["findings"])


def checkov(program: str, directory: Path) -> bool:
    command = (
        program,
        "--directory",
        ".",
        "--check",
        _CHECKOV,
        "--output",
        "json",
        "--framework",
        "terraform",
        "cloudformation",
    )
    done = subprocess.run(command, cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    reports = json.loads(done.stdout)
    reports = reports if isinstance(reports, list) else [reports]
    return any(report.get("results", {}).get("failed_checks") for report in reports)


def main(programs: list[str]) -> None:
    print(f"| input | ssh from the world is | sglint says |{' Checkov says |' * len(programs)}")
    print(f"| --- | --- | --- |{' --- |' * len(programs)}")
    wrong = [0] * (1 + len(programs))
    for directory in sorted(path for path in TRAPS.iterdir() if path.is_dir()):
        (source,) = (path for path in directory.iterdir() if path.name in ("main.tf", "template.yaml"))
        truth, _, how = source.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").partition(": ")
        said = [sglint(directory), *(checkov(program, directory) for program in programs)]
        words = []
        for index, alarm in enumerate(said):
            is_right = alarm == (truth == "open")
            wrong[index] += not is_right
            words.append(("open" if alarm else "closed") if is_right else ("**open**" if alarm else "**closed**"))
        print(f"| [{directory.name}](../benchmarks/traps/{directory.name}) | {truth}: {how} | {' | '.join(words)} |")
    print(f"| wrong answers | | {' | '.join(map(str, wrong))} |")


if __name__ == "__main__":
    main(sys.argv[1:])

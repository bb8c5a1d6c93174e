"""Fuzz a target for a time, guided by coverage, and add what was done to the record.

    python -m fuzz.run TARGET [SECONDS]

needs atheris. An input that breaks something is left in the working directory as `crash-*`: make it small, mend the
fault, and keep it in `fuzz/corpus/TARGET/`, where the tests run it.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from fuzz.seeds import seeds

RECORD = Path(__file__).with_name("record.json")
_LONGEST, _MEMORY = 30, 2000
"""Seconds for one input, and MB for the process; more counts as a fault."""


def main(target: str, seconds: int) -> int:
    with tempfile.TemporaryDirectory() as directory:
        for number, data in enumerate(seeds(target)):
            Path(directory, f"seed-{number:04}").write_bytes(data)
        command = (
            *(sys.executable, "-m", "fuzz.guided", target, directory),
            *(f"-max_total_time={seconds}", f"-timeout={_LONGEST}", f"-rss_limit_mb={_MEMORY}"),
            *("-print_final_stats=1", "-max_len=20000", "-verbosity=1"),
        )
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    executed = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode or executed is None:
        print(done.stderr[-4000:], file=sys.stderr)
    if executed is not None:
        _record(target, round(used.ru_utime + used.ru_stime), int(executed[1]))
    return done.returncode


def _record(target: str, seconds: int, executions: int) -> None:
    """Add `seconds` of processor time, which other work on the machine does not stretch, and `executions`."""
    record = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    entry = record.setdefault(target, {"seconds": 0, "executions": 0})
    entry["seconds"] += seconds
    entry["executions"] += executions
    RECORD.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target}: {executions} executions in {seconds} s; {entry['executions']} in {entry['seconds']} s so far")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60))

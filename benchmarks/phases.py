"""Where the time of a run goes: `python -m benchmarks.phases DIR` prints the share of each phase in CPU time.

The run is looked at every few milliseconds of CPU time, in one process. What it does then counts for the phase of the
innermost module of sglint that it is in.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from contextlib import redirect_stdout
from types import FrameType

_PHASES = {
    "discovery": "finding",
    "patterns": "finding",
    "execution/sieve": "finding",
    "reading/files": "finding",
    "reading/trees": "finding",
    "reading/hcl": "parsing",
    "reading/yaml": "parsing",
    "reading/": "parsing",
    "terraform/module.py": "parsing",
    "terraform/": "evaluating",
    "cloudformation/": "evaluating",
    "cdk/": "evaluating",
    "dialects": "evaluating",
    "aws/": "translating",
    "analysis/": "checking",
    "policies/": "checking",
    "triage/": "checking",
    "suppressions/": "checking",
    "notation/": "checking",
    "reports/": "reporting",
    "execution/": "joining",
}
"""The phase by how the path of a module begins; the first that fits."""


class Sampler:
    def __init__(self, interval: float = 0.004) -> None:
        self.found: Counter[str] = Counter()
        self._interval = interval

    def start(self) -> None:
        signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, self._interval, self._interval)

    def stop(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _sample(self, number: int, frame: FrameType | None) -> None:
        while frame is not None:
            _before, inside, path = frame.f_code.co_filename.replace(os.sep, "/").rpartition("/sglint/")
            phase = next((name for start, name in _PHASES.items() if inside and path.startswith(start)), None)
            if phase is not None:
                self.found[phase] += 1
                return
            frame = frame.f_back
        self.found["starting"] += 1


def main() -> None:
    sampler = Sampler()
    sampler.start()
    from sglint.cli import main as run

    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        run([sys.argv[1], "--jobs", "1", "--no-cache"])
    sampler.stop()
    total = sampler.found.total()
    print(json.dumps({phase: number / total for phase, number in sampler.found.most_common()}))


if __name__ == "__main__":
    main()

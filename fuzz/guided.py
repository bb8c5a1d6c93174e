"""The process that atheris fuzzes a target in."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["sglint"]):
    from fuzz.seeds import seeds
    from fuzz.targets import TARGETS

    target = sys.argv.pop(1)
    for data in seeds(target):
        TARGETS[target](data)  # what sglint loads only when it is needed is to be instrumented, too


def main() -> None:
    atheris.Setup(sys.argv, TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""A short, repeatable run of each fuzz target: what once broke it, and small damage done to what it begins with."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from fuzz.seeds import corpus, seeds
from fuzz.targets import TARGETS

_SEEDS, _MUTANTS = 12, 4
_PIECES = (
    b"",
    b"\x00",
    b"\xff",
    b"{",
    b"}",
    b'"',
    b"${",
    b"%{",
    b"<<E\n",
    b"[",
    b"!Ref",
    b"&a *a",
    b"\r",
    b"-1",
    b"9" * 40,
)


@pytest.mark.parametrize("target", TARGETS)
def test_what_once_broke_it(target: str) -> None:
    for path in corpus(target):
        TARGETS[target](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_damaged_fixtures(target: str) -> None:
    chance = random.Random(target)
    found = list(seeds(target))
    for data in islice(chance.sample(found, len(found)), _SEEDS):
        TARGETS[target](data)
        for _ in range(_MUTANTS):
            start = chance.randrange(len(data) + 1)
            end = min(len(data), start + chance.choice((0, 0, 1, 2, 40)))
            TARGETS[target](data[:start] + chance.choice(_PIECES) + data[end:])

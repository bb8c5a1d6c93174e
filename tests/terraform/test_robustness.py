"""Whatever stands in a file, evaluation ends with resources and problems, never with an exception."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from sglint.aws.terraform import translate
from tests.terraform.programs import run

SOURCES = sorted((Path(__file__).parents[2] / "fixtures" / "plans").glob("*/*.tf"))
_TOKEN = re.compile(r'\w+|\s+|"|[^\w\s]')


def garbled(seed: int) -> str:
    """A valid program with a few of its tokens dropped, repeated, swapped, or taken from another one."""
    random = Random(seed)
    tokens, others = (_TOKEN.findall(random.choice(SOURCES).read_text(encoding="utf-8")) for _ in range(2))
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(tokens) - 3)
        match random.randrange(4):
            case 0:
                del tokens[at : at + random.randint(1, 3)]
            case 1:
                tokens[at] = random.choice(others)
            case 2:
                tokens.insert(at, random.choice(tokens))
            case _:
                other = random.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
    return "".join(tokens)


@pytest.mark.parametrize("seed", range(60))
def test_garbled_programs(seed: int) -> None:
    translate(run(garbled(seed)))

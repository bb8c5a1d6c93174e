"""What fuzzing begins with: fixtures, and the inputs that once broke something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fuzz.targets import SEEDS

_FIXTURES = Path(__file__).parents[1] / "fixtures"
CORPUS = Path(__file__).with_name("corpus")
_LARGEST = 20_000
"""Bytes. Long inputs are slow to run and rarely find what short ones do not."""


def corpus(target: str) -> list[Path]:
    """The inputs that once broke something."""
    return sorted(path for path in (CORPUS / target).glob("*") if path.is_file())


def seeds(target: str) -> Iterator[bytes]:
    for path in corpus(target):
        yield path.read_bytes()
    seen = set()
    for path in sorted(_FIXTURES.rglob("*")):
        if path.name.endswith(SEEDS[target]) and path.is_file() and path.stat().st_size <= _LARGEST:
            data = path.read_bytes()
            if data not in seen:
                seen.add(data)
                yield data
    yield from _EXTRA.get(target, ())


_EXTRA: dict[str, tuple[bytes, ...]] = {
    "suppression": (
        b'# sglint: ignore[ssh-from-world,SG105] reason="bastion, reviewed" until=2027-03-31 owner=net-team',
        b'# why # sglint: ignore[SG102] rule="web ingress tcp 22 from 0.0.0.0/0" ticket=NET-12 # more',
    ),
    "configuration": (
        b'profile = "strict"\nselect = ["SG1"]\nfail-on = "high"\n[severities]\nSG102 = "low"\n',
        b'[parameters]\nauthorized-ingress = ["tcp/443"]\n[networks]\noffice = ["203.0.113.0/28"]\n',
        b'[[exceptions]]\npolicy = "ssh-from-world"\nreason = "a bastion"\nuntil = 2027-03-31\naddress = "module.*"\n',
    ),
}

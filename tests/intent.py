"""One intent written in three dialects: where its files lie, and what the dialects name differently, brought together.

A group or another resource is known by the last component of its address (or of its construct path, without
`Resource`), lower case, letters and digits alone. So are the symbols that block a value, and those in conditions.
`fixtures/cases/README.md` says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from sglint.engine import understand
from sglint.model.record import replace
from sglint.model.rules import GroupRef, Origin, Peer, Rule
from sglint.model.traffic import Traffic
from sglint.model.values import Unknown, When
from sglint.settings import Settings

INPUTS = {
    "terraform": ("main.tf", "main.tf.json"),
    "cloudformation": ("template.yaml", "template.json"),
    "cdk": ("cdk.out",),
}

_INDEXED = re.compile(r"[./](?![^\[]*\])")
_CLAUSE = re.compile(r" in ((?:terraform|cloudformation|cdk)(?: (?:terraform|cloudformation|cdk))*)$")


def input_of(directory: Path, dialect: str) -> str:
    """The path to give to sglint."""
    found = [path for name in INPUTS[dialect] if (path := directory / name).exists()]
    assert len(found) == 1, f"{directory.name} has {len(found)} inputs for {dialect}: {', '.join(INPUTS[dialect])}"
    return str(found[0])


def of_dialect(lines: list[str], dialect: str) -> Iterator[str]:
    """The lines that hold in a dialect: all, but those that name others (`… in terraform cdk`)."""
    for line in lines:
        clause = _CLAUSE.search(line)
        if clause is None:
            yield line
        elif dialect in clause[1].split():
            yield line[: clause.start()]


def constructs_of(settings: Settings) -> dict[str, str]:
    """The construct paths of the groups that have one, by address."""
    groups = (group for analysis in understand(settings).analyses for group in analysis.estate.groups)
    return {group.address: group.construct for group in groups if group.construct}


def canonical(name: str) -> str:
    """A name as all dialects have it."""
    components = [part for part in _INDEXED.split(name) if part not in ("Resource", "GroupId")]
    return re.sub(r"[^a-z0-9]", "", components[-1].lower())


def shared(rule: Rule, constructs: Mapping[str, str]) -> Rule:
    """What a rule says in every dialect."""
    traffic = rule.traffic
    if isinstance(traffic.protocol, Unknown):
        traffic = Traffic(_symbol(traffic.protocol))
    elif isinstance(traffic.selector, Unknown):
        traffic = Traffic(traffic.protocol, _symbol(traffic.selector))
    return Rule(
        canonical(constructs.get(rule.group, rule.group)),
        rule.direction,
        traffic,
        _shared_peer(rule.peer, constructs),
        _symbol(rule.description) if isinstance(rule.description, Unknown) else rule.description,
        Origin.INLINE,
        When(tuple(sorted((canonical(name), value) for name, value in rule.when.choices))),
    )


def _shared_peer(peer: Peer, constructs: Mapping[str, str]) -> Peer:
    if isinstance(peer, Unknown):
        return _symbol(peer)
    if isinstance(peer, GroupRef):
        return replace(peer, group=canonical(constructs.get(peer.group, peer.group)))
    return peer


def _symbol(unknown: Unknown) -> Unknown:
    name = canonical(unknown.blocked_by)
    return Unknown(name, name)

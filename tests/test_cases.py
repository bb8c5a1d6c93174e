"""The same intent in three dialects comes to the same rules, and to the same findings.

`fixtures/cases/README.md` says what a case holds and how names of the dialects are brought together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sglint.engine import run, understand
from sglint.model.rules import GroupRef, Origin, Peer, Rule
from sglint.model.traffic import Traffic
from sglint.model.values import Unknown, When
from sglint.notation import read_rule, write_rule
from sglint.settings import Settings

CASES = sorted(path for path in (Path(__file__).parents[1] / "fixtures" / "cases").iterdir() if path.is_dir())
INPUTS = {
    "terraform": ("main.tf", "main.tf.json"),
    "cloudformation": ("template.yaml", "template.json"),
    "cdk": ("cdk.out",),
}
JUDGED = tuple(f"SG{number}" for number in (101, 102, 103, 104, 105, 201, 202, 203, 301, 302, 307, 901, 902))

_INDEXED = re.compile(r"[./](?![^\[]*\])")
_CLAUSE = re.compile(r" in ((?:terraform|cloudformation|cdk)(?: (?:terraform|cloudformation|cdk))*)$")


def input_of(case: Path, dialect: str) -> str:
    """The path to give to sglint."""
    found = [path for name in INPUTS[dialect] if (path := case / name).exists()]
    assert len(found) == 1, f"{case.name} has {len(found)} inputs for {dialect}: {', '.join(INPUTS[dialect])}"
    return str(found[0])


@pytest.mark.parametrize("dialect", INPUTS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rules(case: Path, dialect: str) -> None:
    expected = (case / "rules.txt").read_text(encoding="utf-8").splitlines()
    assert expected == sorted(expected)
    settings = Settings((input_of(case, dialect),))
    understood = understand(settings)
    assert understood.problems == ()
    assert [analysis.estate.unresolved for analysis in understood.analyses] == [()]
    constructs = _constructs(settings)
    groups = understood.analyses[0].estate.groups
    found = [write_rule(_shared(rule, constructs)) for group in groups for rule in group.rules]
    assert sorted(found) == sorted(write_rule(_shared(read_rule(line), {})) for line in expected)


@pytest.mark.parametrize("dialect", INPUTS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_findings(case: Path, dialect: str) -> None:
    expected = (case / "findings.txt").read_text(encoding="utf-8").splitlines()
    assert expected == sorted(expected)
    settings = Settings((input_of(case, dialect),), select=JUDGED)
    constructs = _constructs(settings)
    found = []
    for finding in run(settings).findings:
        rule = finding.violation.rule
        address = finding.violation.address if rule is None else rule.group
        found.append(f"{finding.policy.id} {_canonical(constructs.get(address, address))}")
    assert sorted(found) == list(_of_dialect(expected, dialect))


def _of_dialect(lines: list[str], dialect: str) -> Iterator[str]:
    """The findings that hold in a dialect: all, but those that name others."""
    for line in lines:
        clause = _CLAUSE.search(line)
        if clause is None:
            yield line
        elif dialect in clause[1].split():
            yield line[: clause.start()]


def _constructs(settings: Settings) -> dict[str, str]:
    """The construct paths of the groups that have one, by address."""
    groups = (group for analysis in understand(settings).analyses for group in analysis.estate.groups)
    return {group.address: group.construct for group in groups if group.construct}


def _canonical(name: str) -> str:
    """A name as all dialects have it: the last component, lower case, letters and digits alone."""
    components = [part for part in _INDEXED.split(name) if part not in ("Resource", "GroupId")]
    return re.sub(r"[^a-z0-9]", "", components[-1].lower())


def _shared(rule: Rule, constructs: dict[str, str]) -> Rule:
    """What a rule says in every dialect."""
    traffic = rule.traffic
    if isinstance(traffic.protocol, Unknown):
        traffic = Traffic(_symbol(traffic.protocol))
    elif isinstance(traffic.selector, Unknown):
        traffic = Traffic(traffic.protocol, _symbol(traffic.selector))
    return Rule(
        _canonical(constructs.get(rule.group, rule.group)),
        rule.direction,
        traffic,
        _shared_peer(rule.peer, constructs),
        _symbol(rule.description) if isinstance(rule.description, Unknown) else rule.description,
        Origin.INLINE,
        When(tuple(sorted((_canonical(name), value) for name, value in rule.when.choices))),
    )


def _shared_peer(peer: Peer, constructs: dict[str, str]) -> Peer:
    if isinstance(peer, Unknown):
        return _symbol(peer)
    if isinstance(peer, GroupRef):
        return replace(peer, group=_canonical(constructs.get(peer.group, peer.group)))
    return peer


def _symbol(unknown: Unknown) -> Unknown:
    name = _canonical(unknown.blocked_by)
    return Unknown(name, name)

"""Whether two accounts of the same configuration say the same: lines that a plan came to, and sglint's estate.

What the plan knows is compared as sets, whole. Where a plan knows a part only after an apply, sglint may know more (the
known items of a list whose others are not, both arms of a condition), but must leave at least one rule open in such
a part, naming what blocks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sglint.model.rules import Estate, Origin, Rule, SecurityGroup
from sglint.model.traffic import Traffic, protocol_name
from sglint.model.values import Unknown
from sglint.notation import read_estate, read_rule, write_peer

LATER = "known after apply"
Said = tuple[str, str, str, str, str, str, str]
"""Resource, group, direction, protocol, ports, peer and description; LATER for what is not known."""


def differences(expected: Iterable[str], estate: Estate) -> list[str]:
    """What the lines say that the estate does not, and the other way round."""
    lines = list(expected)
    rules = [line for line in lines if not line.startswith("group ")]
    groups = read_estate("\n".join(line for line in lines if line.startswith("group ")))
    return [*_group_differences(groups, estate), *_rule_differences({_read(line) for line in rules}, estate)]


def _group_differences(expected: Estate, estate: Estate) -> Iterator[str]:
    planned, found = ({_group(group) for group in each.groups if group.is_defined} for each in (expected, estate))
    yield from (f"missing: group {group}" for group in sorted(planned - found))
    yield from (f"unexpected: group {group}" for group in sorted(found - planned))


def _group(group: SecurityGroup) -> tuple[str, str, bool]:
    description = _text(group.description)
    return group.address, "" if description == "Managed by Terraform" else description, group.is_default


def _rule_differences(planned: set[Said], estate: Estate) -> Iterator[str]:
    found = {(_said(rule), bool(rule.when)): rule for group in estate.groups for rule in group.rules}
    certain = {said for said in planned if LATER not in said}
    open_ones = planned - certain
    seen = {said for said, _ in found}
    yield from (f"missing: {said}" for said in sorted(certain - seen))
    for said, is_conditional in sorted(found):
        if (said not in certain or is_conditional) and not any(_may_be(said, each) for each in open_ones):
            yield f"unexpected: {said}{' under a condition' if is_conditional else ''}"
    for each in sorted(open_ones):
        if not any(
            _may_be(said, each) and (is_conditional or _is_as_open(said, each)) for said, is_conditional in found
        ):
            yield f"nothing left open: {each}"
    for rule in found.values():
        for unknown in (*rule.unknowns, *((rule.description,) if isinstance(rule.description, Unknown) else ())):
            if not unknown.blocked_by:
                yield f"names nothing that blocks it: {_said(rule)}"


def _may_be(said: Said, planned: Said) -> bool:
    return all(theirs in (LATER, mine) for mine, theirs in zip(said, planned, strict=True))


def _is_as_open(said: Said, planned: Said) -> bool:
    return any(mine == LATER for mine, theirs in zip(said, planned, strict=True) if theirs == LATER)


def _read(line: str) -> Said:
    rule = read_rule(line)
    said = _said(rule)
    return (line.rpartition("  # ")[2], *said[1:]) if rule.origin is Origin.STANDALONE else said


def _said(rule: Rule) -> Said:
    holder = rule.address if rule.origin is Origin.STANDALONE else rule.group
    peer = LATER if isinstance(rule.peer, Unknown) else write_peer(rule.peer)
    return (holder, rule.group, rule.direction.value, *_traffic(rule.traffic), peer, _text(rule.description))


def _traffic(traffic: Traffic) -> tuple[str, str]:
    if isinstance(traffic.protocol, Unknown):
        return LATER, LATER
    ports = LATER if isinstance(traffic.selector, Unknown) else str(traffic.selector.intervals)
    return protocol_name(traffic.protocol), ports


def _text(text: str | Unknown | None) -> str:
    return LATER if isinstance(text, Unknown) else text or ""

"""One line of text per rule, written and read back.

    web ingress tcp 22 from 0.0.0.0/0 "admin access" standalone when IsProd is false

The group's address, the direction, the traffic, `from` or `to` and the peer, then what is not the usual: a
description in quotes, `standalone` or `implicit` for rules that are not inline, and the condition. A name with
white space stands in quotes (JSON strings). Lines of the form `group ADDRESS …` speak of the group itself, those of the
form `unresolved ADDRESS source "…" reason "…"` of a module or nested template that could not be followed, and those of
the form `suppression POLICY,… reason "…" until DAY` of an accepted risk, `past ADDRESS level N world "…"` of how open a
group was; blank lines and what follows a `#` between words are passed over. `read(write(rule)) == rule`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sglint.model.acceptances import Acceptance, Means
from sglint.model.location import whole_file
from sglint.model.record import replace
from sglint.model.rules import (
    Direction,
    Estate,
    GroupRef,
    Network,
    Origin,
    Peer,
    PrefixList,
    Rule,
    SecurityGroup,
    Unresolved,
)
from sglint.model.values import Unknown
from sglint.notation.words import (
    Line,
    NotationError,
    quote,
    read_addresses,
    read_direction,
    read_text,
    read_traffic,
    read_unknown,
    read_when,
    word,
    write_addresses,
    write_traffic,
    write_unknown,
    write_when,
)

if TYPE_CHECKING:
    from datetime import date

    from sglint.model.postures import Posture


# ---- writing


def write_rule(rule: Rule) -> str:
    """The rule as one line, without its place."""
    parts = [word(rule.group), rule.direction.value, write_traffic(rule.traffic)]
    parts += ["from" if rule.direction is Direction.INGRESS else "to", write_peer(rule.peer)]
    if isinstance(rule.description, Unknown):
        parts += ["description", write_unknown(rule.description)]
    elif rule.description is not None:
        parts.append(quote(rule.description))
    if rule.origin is not Origin.INLINE:
        parts.append(rule.origin.value)
    if rule.when:
        parts.append(write_when(rule.when))
    return " ".join(parts)


def write_group(group: SecurityGroup) -> str:
    """The line for the group itself: name, description, whether it is a default group."""
    parts = ["group", word(group.address)]
    for keyword, value in (("name", group.name), ("description", group.description)):
        if value is not None:
            parts += [keyword, write_unknown(value) if isinstance(value, Unknown) else quote(value)]
    if group.is_default:
        parts.append("default")
    if not group.is_defined:
        parts.append("referenced")
    if group.when:
        parts.append(write_when(group.when))
    return " ".join(parts)


def write_unresolved(unresolved: Unresolved) -> str:
    """The line for what could not be followed."""
    source, reason = quote(unresolved.source), quote(unresolved.reason)
    return f"unresolved {word(unresolved.address)} source {source} reason {reason}"


def write_peer(peer: Peer) -> str:
    """A peer as it stands in a rule's line."""
    if isinstance(peer, Unknown):
        return write_unknown(peer)
    if isinstance(peer, GroupRef):
        return f"group {word(peer.group)}" + (f" of account {word(peer.account)}" if peer.account else "")
    if isinstance(peer, PrefixList):
        entries = "" if peer.entries is None else f" entries {write_addresses(peer.entries)}"
        size = "" if peer.size is None else f" size {peer.size}"
        return f"prefix-list {word(peer.id)}{entries}{size}"
    return write_addresses(peer.addresses)


# ---- reading


def read_rule(text: str) -> Rule:
    """The rule that a line says. NotationError when it says none."""
    line = Line(text)
    group = line.take("a group")
    return _read_rule(line, group)


def read_estate(text: str) -> Estate:
    """Groups with their rules, from lines in any order; a group without a line of its own has no description.

    Lines end with a line feed alone: other characters that break lines may stand in quotes.
    """
    from sglint.notation.ownership import Ownership
    from sglint.notation.surroundings import Surroundings

    groups: dict[str, SecurityGroup] = {}
    rules: dict[str, list[Rule]] = {}
    unresolved: list[Unresolved] = []
    acceptances: list[Acceptance] = []
    past: dict[str, Posture] = {}
    surroundings, ownership = Surroundings(), Ownership()
    for raw in text.split("\n"):
        line = Line(raw)
        if not line.words:
            continue
        if line.accept("group"):
            group = _read_group(line)
            groups[group.address] = group
            rules.setdefault(group.address, [])
        elif line.accept("unresolved"):
            unresolved.append(_read_unresolved(line))
        elif line.accept("suppression"):
            acceptances.append(_read_suppression(line))
        elif line.accept("past"):
            address = line.take("an address")
            past[address] = _read_posture(line)
        elif not ownership.accept(line) and not surroundings.accept(line):
            rule = _read_rule(line, line.take("a group"))
            rules.setdefault(rule.group, []).append(rule)
    return Estate(
        tuple(
            replace(ownership.of(groups.get(address, SecurityGroup(address))), rules=tuple(found))
            for address, found in rules.items()
        ),
        tuple(unresolved),
        tuple(acceptances),
        tuple(surroundings.attachments),
        surroundings.acls(),
        tuple(surroundings.vpcs),
        frozenset(surroundings.unused),
        tuple(surroundings.listeners.found),
        tuple(surroundings.subnets),
        tuple(surroundings.statements),
        past=past or None,
    )


def _read_group(line: Line) -> SecurityGroup:
    group = SecurityGroup(line.take("an address"))
    while line.words:
        if line.accept("name"):
            group = replace(group, name=read_text(line))
        elif line.accept("description"):
            group = replace(group, description=read_text(line))
        elif line.accept("default"):
            group = replace(group, is_default=True)
        elif line.accept("referenced"):
            group = replace(group, is_defined=False)
        elif line.accept("when"):
            group = replace(group, when=read_when(line))
        else:
            raise NotationError(f"cannot read {line.take('')!r} in: {line.text.strip()}")
    return group


def _read_unresolved(line: Line) -> Unresolved:
    address = line.take("an address")
    line.expect("source")
    source = line.take("a text in quotes")
    line.expect("reason")
    return Unresolved(address, source, line.take("a text in quotes"), whole_file(""))


def _read_suppression(line: Line) -> Acceptance:
    """A suppression; `expired`, `unused POLICY,…` and `fault "…"` say how it stands."""
    found = Acceptance(Means.SUPPRESSION, tuple(line.take("policies").split(",")), whole_file(""))
    while line.words:
        if line.accept("reason"):
            found = replace(found, reason=line.take("a reason"))
        elif line.accept("until"):
            found = replace(found, until=_read_day(line.take("a day")))
        elif line.accept("expired"):
            found = replace(found, is_expired=True)
        elif line.accept("unused"):
            found = replace(found, unused=tuple(line.take("policies").split(",")))
        elif line.accept("fault"):
            found = replace(found, fault=line.take("a clause"))
        else:
            raise NotationError(f"cannot read {line.take('')!r} in: {line.text.strip()}")
    return found


def _read_posture(line: Line) -> Posture:
    """`level N`, and `world "tcp 22 from 0.0.0.0/0"` for each thing that the world might use."""
    from sglint.model.postures import WORLD, Posture, as_world_rule

    found = Posture()
    while line.words:
        if line.accept("level"):
            found = replace(found, level=int(line.take("a level")))
        else:
            line.expect("world")
            rule = as_world_rule(read_rule(f"{WORLD} ingress {line.take('a rule in quotes')}"))
            found = replace(found, world=(*found.world, rule))
    return found


def _read_day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotationError(f"{text!r} is no day of the form YYYY-MM-DD") from None


def _read_rule(line: Line, group: str) -> Rule:
    direction = read_direction(line)
    traffic = read_traffic(line)
    line.expect("from" if direction is Direction.INGRESS else "to")
    rule = Rule(group, direction, traffic, _read_peer(line))
    while line.words:
        if line.is_quoted() or line.accept("description"):
            rule = replace(rule, description=read_text(line))
        elif line.accept("standalone"):
            rule = replace(rule, origin=Origin.STANDALONE)
        elif line.accept("implicit"):
            rule = replace(rule, origin=Origin.IMPLICIT)
        elif line.accept("when"):
            rule = replace(rule, when=read_when(line))
        else:
            raise NotationError(f"cannot read {line.take('')!r} in: {line.text.strip()}")
    return rule


def _read_size(line: Line) -> int:
    text = line.take("a number")
    if not text.isascii() or not text.isdecimal():
        raise NotationError(f"{text!r} is no number of entries, in: {line.text.strip()}")
    return int(text)


def _read_peer(line: Line) -> Peer:
    if line.peek() == "unknown(":
        return read_unknown(line)
    if line.accept("group"):
        group = line.take("a group")
        if line.accept("of"):
            line.expect("account")
            return GroupRef(group, account=line.take("an account"))
        return GroupRef(group)
    if line.accept("prefix-list"):
        name = line.take("a prefix list")
        entries = read_addresses(line.take("addresses")) if line.accept("entries") else None
        return PrefixList(name, entries, _read_size(line) if line.accept("size") else None)
    text = line.take("a peer")
    return Network(read_addresses(text), text)

"""One line of text per rule, written and read back.

    web ingress tcp 22 from 0.0.0.0/0 "admin access" standalone when IsProd is false

The group's address, the direction, the traffic, `from` or `to` and the peer, then what is not the usual: a
description in quotes, `standalone` or `implicit` for rules that are not inline, and the condition. A name with
white space stands in quotes (JSON strings). Lines of the form `group ADDRESS …` speak of the group itself; blank lines
and what follows a `#` between words are passed over. `read(write(rule)) == rule`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from sglint.model.addresses import AddressSet
from sglint.model.intervals import IntervalSet
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
)
from sglint.model.traffic import EVERY_PORT, Traffic, has_ports, is_icmp, protocol_number
from sglint.model.values import ALWAYS, Unknown, When


class NotationError(ValueError):
    """A line that is not notation; the message says what was expected."""


# ---- writing


def write_rule(rule: Rule) -> str:
    """The rule as one line, without its place."""
    parts = [_word(rule.group), rule.direction.value, _write_traffic(rule.traffic)]
    parts += ["from" if rule.direction is Direction.INGRESS else "to", write_peer(rule.peer)]
    if isinstance(rule.description, Unknown):
        parts += ["description", _write_unknown(rule.description)]
    elif rule.description is not None:
        parts.append(_quote(rule.description))
    if rule.origin is not Origin.INLINE:
        parts.append(rule.origin.value)
    if rule.when:
        parts.append(_write_when(rule.when))
    return " ".join(parts)


def write_group(group: SecurityGroup) -> str:
    """The line for the group itself: name, description, whether it is a default group."""
    parts = ["group", _word(group.address)]
    for keyword, value in (("name", group.name), ("description", group.description)):
        if value is not None:
            parts += [keyword, _write_unknown(value) if isinstance(value, Unknown) else _quote(value)]
    if group.is_default:
        parts.append("default")
    if not group.is_defined:
        parts.append("referenced")
    if group.when:
        parts.append(_write_when(group.when))
    return " ".join(parts)


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_BARE = re.compile(r'[^\s"#(][^\s]*')


def _word(text: str) -> str:
    return text if _BARE.fullmatch(text) else _quote(text)


def _write_unknown(unknown: Unknown) -> str:
    if unknown.blocked_by == unknown.expression:
        return f"unknown({_quote(unknown.expression)})"
    return f"unknown({_quote(unknown.expression)} blocked by {_quote(unknown.blocked_by)})"


def _write_traffic(traffic: Traffic) -> str:
    if isinstance(traffic.protocol, Unknown):
        text = _write_unknown(traffic.protocol)
        if isinstance(traffic.selector, Unknown):
            return f"{text} {_write_unknown(traffic.selector)}"
        return text if traffic.selector == EVERY_PORT else f"{text} {_intervals(traffic.selector)}"
    if isinstance(traffic.selector, Unknown):
        return f"{Traffic(traffic.protocol)}".split()[0] + f" {_write_unknown(traffic.selector)}"
    return str(traffic)


def _intervals(selector: IntervalSet) -> str:
    return ",".join(f"{first}-{last}" if first != last else str(first) for first, last in selector.intervals) or "none"


def write_peer(peer: Peer) -> str:
    """A peer as it stands in a rule's line."""
    if isinstance(peer, Unknown):
        return _write_unknown(peer)
    if isinstance(peer, GroupRef):
        return f"group {_word(peer.group)}" + (f" of account {_word(peer.account)}" if peer.account else "")
    if isinstance(peer, PrefixList):
        entries = "" if peer.entries is None else f" entries {_write_addresses(peer.entries)}"
        return f"prefix-list {_word(peer.id)}{entries}"
    return _write_addresses(peer.addresses)


def _write_addresses(addresses: AddressSet) -> str:
    return ",".join(addresses.cidrs()) or "nobody"


def _write_when(when: When) -> str:
    return "when " + " and ".join(f"{_word(name)} is {_word(value)}" for name, value in when.choices)


# ---- reading

_TOKEN = re.compile(r'\s*(?:(#.*)|(unknown\(|\))|("(?:[^"\\]|\\.)*")|([^\s"#()]\S*))')


class _Line:
    """The words of one line, consumed from the left. A quoted word is told from a bare one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[tuple[str, bool]] = []
        position, text = 0, text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise NotationError(f"cannot read {text[position:].strip()!r}")
            position = match.end()
            comment, punctuation, quoted, bare = match.groups()
            if comment is not None:
                break
            if quoted is not None:
                self.words.append((json.loads(quoted), True))
            else:
                self.words.append((punctuation or bare, False))
        self.words.reverse()

    def peek(self) -> str | None:
        """The next word if it is bare."""
        return self.words[-1][0] if self.words and not self.words[-1][1] else None

    def is_quoted(self) -> bool:
        return bool(self.words) and self.words[-1][1]

    def take(self, expected: str) -> str:
        if not self.words:
            raise NotationError(f"{expected} is missing at the end of: {self.text.strip()}")
        return self.words.pop()[0]

    def accept(self, word: str) -> bool:
        if self.peek() == word:
            self.words.pop()
            return True
        return False

    def expect(self, *words: str) -> None:
        for word in words:
            if not self.accept(word):
                raise NotationError(f"{word!r} is missing in: {self.text.strip()}")


def read_rule(text: str) -> Rule:
    """The rule that a line says. NotationError when it says none."""
    line = _Line(text)
    group = line.take("a group")
    return _read_rule(line, group)


def read_estate(text: str) -> Estate:
    """Groups with their rules, from lines in any order; a group without a line of its own has no description."""
    groups: dict[str, SecurityGroup] = {}
    rules: dict[str, list[Rule]] = {}
    for raw in text.splitlines():
        line = _Line(raw)
        if not line.words:
            continue
        if line.accept("group"):
            group = _read_group(line)
            groups[group.address] = group
            rules.setdefault(group.address, [])
        else:
            rule = _read_rule(line, line.take("a group"))
            rules.setdefault(rule.group, []).append(rule)
    return Estate(
        tuple(
            replace(groups.get(address, SecurityGroup(address)), rules=tuple(found)) for address, found in rules.items()
        )
    )


def _read_group(line: _Line) -> SecurityGroup:
    group = SecurityGroup(line.take("an address"))
    while line.words:
        if line.accept("name"):
            group = replace(group, name=_read_text(line))
        elif line.accept("description"):
            group = replace(group, description=_read_text(line))
        elif line.accept("default"):
            group = replace(group, is_default=True)
        elif line.accept("referenced"):
            group = replace(group, is_defined=False)
        elif line.accept("when"):
            group = replace(group, when=_read_when(line))
        else:
            raise NotationError(f"cannot read {line.take('')!r} in: {line.text.strip()}")
    return group


def _read_rule(line: _Line, group: str) -> Rule:
    word = line.take("ingress or egress")
    if word not in ("ingress", "egress"):
        raise NotationError(f"ingress or egress is expected, not {word!r}, in: {line.text.strip()}")
    direction = Direction(word)
    traffic = _read_traffic(line)
    line.expect("from" if direction is Direction.INGRESS else "to")
    rule = Rule(group, direction, traffic, _read_peer(line))
    while line.words:
        if line.is_quoted() or line.accept("description"):
            rule = replace(rule, description=_read_text(line))
        elif line.accept("standalone"):
            rule = replace(rule, origin=Origin.STANDALONE)
        elif line.accept("implicit"):
            rule = replace(rule, origin=Origin.IMPLICIT)
        elif line.accept("when"):
            rule = replace(rule, when=_read_when(line))
        else:
            raise NotationError(f"cannot read {line.take('')!r} in: {line.text.strip()}")
    return rule


def _read_text(line: _Line) -> str | Unknown:
    return _read_unknown(line) if line.peek() == "unknown(" else line.take("a text in quotes")


def _read_unknown(line: _Line) -> Unknown:
    line.expect("unknown(")
    expression = blocked_by = line.take("an expression")
    if line.accept("blocked"):
        line.expect("by")
        blocked_by = line.take("a symbol")
    line.expect(")")
    return Unknown(expression, blocked_by)


def _read_traffic(line: _Line) -> Traffic:
    if line.peek() == "unknown(":
        protocol: int | Unknown = _read_unknown(line)
    else:
        word = line.take("a protocol")
        number = protocol_number(word)
        if number is None:
            raise NotationError(f"{word!r} is no protocol, in: {line.text.strip()}")
        protocol = number
    if line.peek() == "unknown(":
        return Traffic(protocol, _read_unknown(line))
    if line.peek() in ("from", "to", None):
        return Traffic(protocol)
    return Traffic(protocol, _read_selector(line.take("ports"), protocol))


def _read_selector(text: str, protocol: int | Unknown) -> IntervalSet:
    if text == "none":
        return IntervalSet()
    if not isinstance(protocol, Unknown) and not has_ports(protocol) and not is_icmp(protocol):
        raise NotationError(f"only tcp, udp and icmp select anything, so {text!r} cannot stand here")
    return IntervalSet.of(*_read_intervals(text, isinstance(protocol, int) and is_icmp(protocol)))


def _read_intervals(text: str, icmp: bool) -> Iterator[tuple[int, int]]:
    for part in text.split(","):
        match = re.fullmatch(r"(\d+)(?:/(\d+))?" if icmp else r"(\d+)(?:-(\d+))?", part)
        if match is None:
            raise NotationError(f"{part!r} is not {'an ICMP type or type/code' if icmp else 'a port or a range'}")
        first, second = int(match[1]), None if match[2] is None else int(match[2])
        if not icmp:
            yield first, first if second is None else second
        elif second is None:
            yield first << 8, first << 8 | 255
        else:
            yield first << 8 | second, first << 8 | second


def _read_peer(line: _Line) -> Peer:
    if line.peek() == "unknown(":
        return _read_unknown(line)
    if line.accept("group"):
        group = line.take("a group")
        if line.accept("of"):
            line.expect("account")
            return GroupRef(group, account=line.take("an account"))
        return GroupRef(group)
    if line.accept("prefix-list"):
        name = line.take("a prefix list")
        return PrefixList(name, _read_addresses(line.take("addresses")) if line.accept("entries") else None)
    text = line.take("a peer")
    return Network(_read_addresses(text), text)


def _read_addresses(text: str) -> AddressSet:
    try:
        return AddressSet() if text == "nobody" else AddressSet.of(*text.split(","))
    except ValueError as error:
        raise NotationError(str(error)) from None


def _read_when(line: _Line) -> When:
    when = ALWAYS
    while True:
        name = line.take("a condition")
        line.expect("is")
        joined = when.conjoin(When(((name, line.take("a value")),)))
        if joined is None:
            raise NotationError(f"the condition contradicts itself in: {line.text.strip()}")
        when = joined
        if not line.accept("and"):
            return when

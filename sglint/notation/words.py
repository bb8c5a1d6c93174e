"""The words of notation: names, texts, unknown values, traffic, addresses and conditions, written and read back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby
from typing import TypeVar

from sglint.model.addresses import AddressSet
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Direction
from sglint.model.traffic import EVERY_PORT, Traffic, has_ports, is_icmp, protocol_number
from sglint.model.values import Unknown, When

E = TypeVar("E", bound=Enum)


class NotationError(ValueError):
    """A line that is not notation; the message says what was expected."""


# ---- writing


def quote(text: str) -> str:
    """The text as a JSON string."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    import json

    quoted = json.dumps(text, ensure_ascii=False)
    return quoted if quoted.isprintable() else "".join(map(_seen, quoted))


def _seen(character: str) -> str:
    """A character that one sees, or its escape: controls and marks of direction would act on who reads it."""
    import json
    from unicodedata import category

    return json.dumps(character)[1:-1] if category(character) in _UNSEEN else character


_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode categories that act on a terminal or hide in it."""
_BARE = r'(?!unknown\()[^\s"#()]\S*'
_LEADING = (
    *("acl", "attachment", "entry", "group", "listener", "past", "subnet"),
    *("suppression", "target", "unresolved", "unused", "vpc"),
)
"""Words that begin a line about something other than a rule, so a name equal to one stands in quotes."""


def word(text: str) -> str:
    return text if re.fullmatch(_BARE, text) and text.isprintable() and text not in _LEADING else quote(text)


def write_unknown(unknown: Unknown) -> str:
    if unknown.blocked_by == unknown.expression:
        return f"unknown({quote(unknown.expression)})"
    return f"unknown({quote(unknown.expression)} blocked by {quote(unknown.blocked_by)})"


def write_traffic(traffic: Traffic) -> str:
    if isinstance(traffic.protocol, Unknown):
        text = write_unknown(traffic.protocol)
        if isinstance(traffic.selector, Unknown):
            return f"{text} {write_unknown(traffic.selector)}"
        return text if traffic.selector == EVERY_PORT else f"{text} {_intervals(traffic.selector)}"
    if isinstance(traffic.selector, Unknown):
        return f"{Traffic(traffic.protocol)}".split()[0] + f" {write_unknown(traffic.selector)}"
    return str(traffic)


def _intervals(selector: IntervalSet) -> str:
    return ",".join(f"{first}-{last}" if first != last else str(first) for first, last in selector.intervals) or "none"


def write_addresses(addresses: AddressSet) -> str:
    return ",".join(addresses.cidrs()) or "nobody"


def write_when(when: When) -> str:
    return "when " + " and ".join(f"{word(name)} is {word(value)}" for name, value in when.choices)


def write_condition(when: When) -> tuple[str, ...]:
    """What to add to the parts of a line for its condition, nothing where there is none."""
    return (write_when(when),) if when else ()


def write_names(keyword: str, names: Sequence[str]) -> Iterator[str]:
    """Names behind a keyword; one that holds a comma stands in quotes behind a keyword of its own."""
    for is_plain, run in groupby(names, lambda name: word(name) == name and "," not in name):
        if is_plain:
            yield f"{keyword} {','.join(run)}"
        else:
            yield from (f"{keyword} {quote(name)}" for name in run)


# ---- reading

_TOKEN = r'\s*(?:(#.*)|(unknown\(|\))|("(?:[^"\\]|\\.)*")|([^\s"#()]\S*))'


def _unquote(quoted: str) -> str:
    import json

    try:
        return str(json.loads(quoted))
    except ValueError:
        raise NotationError(f"cannot read {quoted}: it is not a JSON string") from None


class Line:
    """The words of one line, consumed from the left. A quoted word is told from a bare one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[tuple[str, bool]] = []
        position, text = 0, text.rstrip()
        token = re.compile(_TOKEN)
        while position < len(text):
            match = token.match(text, position)
            if match is None:
                raise NotationError(f"cannot read {text[position:].strip()!r}")
            position = match.end()
            comment, punctuation, quoted, bare = match.groups()
            if comment is not None:
                break
            if quoted is not None:
                self.words.append((_unquote(quoted), True))
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


def read_direction(line: Line) -> Direction:
    found = line.take("ingress or egress")
    if found not in ("ingress", "egress"):
        raise NotationError(f"ingress or egress is expected, not {found!r}, in: {line.text.strip()}")
    return Direction(found)


def read_text(line: Line) -> str | Unknown:
    return read_unknown(line) if line.peek() == "unknown(" else line.take("a text in quotes")


def read_unknown(line: Line) -> Unknown:
    line.expect("unknown(")
    expression = blocked_by = line.take("an expression")
    if line.accept("blocked"):
        line.expect("by")
        blocked_by = line.take("a symbol")
    line.expect(")")
    return Unknown(expression, blocked_by)


def read_traffic(line: Line) -> Traffic:
    if line.peek() == "unknown(":
        protocol: int | Unknown = read_unknown(line)
    else:
        word = line.take("a protocol")
        number = protocol_number(word)
        if number is None:
            raise NotationError(f"{word!r} is no protocol, in: {line.text.strip()}")
        protocol = number
    if line.peek() == "unknown(":
        return Traffic(protocol, read_unknown(line))
    if line.peek() in ("from", "to", "when", None):
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
        match = re.fullmatch(r"([0-9]+)(?:/([0-9]+))?" if icmp else r"([0-9]+)(?:-([0-9]+))?", part)
        if match is None:
            raise _no_selector(part, icmp)
        first, second = int(match[1]), None if match[2] is None else int(match[2])
        if max(first, second or 0) > (255 if icmp else 65535):
            raise _no_selector(part, icmp)
        if not icmp:
            yield first, first if second is None else second
        elif second is None:
            yield first << 8, first << 8 | 255
        else:
            yield first << 8 | second, first << 8 | second


def _no_selector(part: str, icmp: bool) -> NotationError:
    return NotationError(f"{part!r} is not {'an ICMP type or type/code' if icmp else 'a port or a range'}")


def read_addresses(text: str) -> AddressSet:
    try:
        return AddressSet() if text == "nobody" else AddressSet.of(*text.split(","))
    except ValueError as error:
        raise NotationError(str(error)) from None


def read_when(line: Line) -> When:
    choices: set[tuple[str, str]] = set()
    while not choices or line.accept("and"):
        name = line.take("a condition")
        line.expect("is")
        choices.add((name, line.take("a value")))
    when = When(tuple(sorted(choices)))
    if not when.cases:
        raise NotationError(f"the condition contradicts itself in: {line.text.strip()}")
    return when


def read_names(line: Line) -> tuple[str, ...]:
    is_quoted = line.is_quoted()
    names = line.take("names")
    return (names,) if is_quoted else tuple(names.split(","))


def read_member(line: Line, members: type[E]) -> E:
    """The member of an enumeration that a word names."""
    found = line.take(members.__name__.lower())
    try:
        return members(found)
    except ValueError:
        known = ", ".join(str(member.value) for member in members)
        raise NotationError(f"{found!r} is none of {known}, in: {line.text.strip()}") from None


def unreadable(line: Line) -> NotationError:
    return NotationError(f"cannot read {line.take('')!r} in: {line.text.strip()}")

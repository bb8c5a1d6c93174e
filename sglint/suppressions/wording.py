"""The words of a suppression.

    sglint: ignore[ssh-from-world,SG105] reason="bastion, reviewed" until=2027-03-31 owner=net-team

Policies by id or name, then fields in any order. What follows a `#` is a comment on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sglint.model.acceptances import Acceptance, Means
from sglint.model.location import Location
from sglint.model.record import replace
from sglint.policies.registry import find
from sglint.triage.days import parse_day
from sglint.triage.rule_text import rule_of

FIELDS = ("reason", "until", "owner", "ticket", "rule")
_SHAPE = 'write ignore[POLICY] reason="…" until=YYYY-MM-DD owner=…'
_START = re.compile(r"(?:^|.*?(?:#|//))\s*sglint:\s*(.*)", re.DOTALL)
_IGNORE = re.compile(r"ignore\s*\[([^\]]*)\]\s*(.*)", re.DOTALL)
_FIELD = re.compile(r'([A-Za-z_-]+)=("(?:[^"\\]|\\.)*"|[^\s"#]+)(?=\s|#|$)\s*')


class NotUnderstood(ValueError):
    """A suppression that cannot be read: a clause that says why."""


def words_of(comment: str) -> str | None:
    """What a comment, without its markers, says to sglint; None when it says nothing to it."""
    match = _START.fullmatch(comment)
    return match[1].strip() if match else None


def read_words(words: str, location: Location) -> Acceptance:
    """The acceptance that the words after `sglint:` come to. What cannot be read of it is its fault."""
    match = _IGNORE.fullmatch(words)
    if match is None:
        return Acceptance(Means.SUPPRESSION, (), location, fault=f"it is not understood; {_SHAPE}")
    policies = [word.strip() for word in match[1].split(",")]
    try:
        return replace(acceptance(policies, _fields(match[2]), location), words=f"sglint: {words}")
    except NotUnderstood as error:
        named = tuple(word for word in policies if word)
        return Acceptance(Means.SUPPRESSION, named, location, fault=str(error))


def _fields(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text) and text[at] != "#":
        match = _FIELD.match(text, at)
        if match is None:
            raise NotUnderstood(f"{text[at:].split()[0]} is not understood; {_SHAPE}")
        at = match.end()
        value = match[2]
        yield match[1], re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def acceptance(policies: Iterable[str], fields: Iterable[tuple[str, str]], location: Location) -> Acceptance:
    """A suppression from its parts. Raises NotUnderstood."""
    words = tuple(dict.fromkeys(policies))
    if not words or "" in words:
        raise NotUnderstood("it names no policy")
    found: dict[str, str] = {}
    try:
        for word in words:
            find(word)
        for name, value in fields:
            if name not in FIELDS:
                raise NotUnderstood(f'there is no field "{name}"; there are {", ".join(FIELDS)}')
            if name in found:
                raise NotUnderstood(f"{name} is given twice")
            found[name] = value.strip()
        until = parse_day(found["until"]) if "until" in found else None
        if "rule" in found:
            rule_of(found["rule"])
    except ValueError as error:
        raise NotUnderstood(str(error)) from None
    return Acceptance(
        Means.SUPPRESSION,
        words,
        location,
        found.get("reason", ""),
        until,
        found.get("owner", ""),
        found.get("ticket", ""),
        found.get("rule", ""),
    )

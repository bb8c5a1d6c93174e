"""Regular expressions: RE2's, with what Go's `regexp` makes of matches and replacement templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from sglint.model.values import Data, Value
from sglint.terraform.functions.calling import Implementation, Invocation, Rejected
from sglint.terraform.values import ListItems, evidence_of


class Match(Protocol):
    """What the functions use of a match."""

    def start(self, group: int = 0) -> int: ...

    def end(self, group: int = 0) -> int: ...

    def group(self, group: int = 0) -> str | None: ...


class Pattern(Protocol):
    """What the functions use of a compiled pattern."""

    groups: int
    groupindex: dict[str, int]

    def search(self, text: str, pos: int = 0) -> Match | None: ...


class PatternError(ValueError):
    """A pattern that does not compile: the reason as Go words it, and the part at fault."""


_GO_REASONS = {
    "missing ]": "missing closing ]",
    "missing )": "missing closing )",
    "unexpected )": "unexpected )",
    "no argument for repetition operator": "missing argument to repetition operator",
    "bad repetition operator": "invalid nested repetition operator",
    "trailing \\": "trailing backslash at end of expression",
    "invalid perl operator": "invalid or unsupported Perl syntax",
    "invalid named capture group": "invalid named capture",
    "bad repeat argument": "invalid repeat count",
    "invalid repetition size": "invalid repeat count",
}


def compile_pattern(text: str) -> Pattern:
    """The pattern. PatternError when it is none."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        compiled: Pattern = re2.compile(text, options)
    except re2.error as error:
        message = error.args[0] if error.args else str(error)
        if isinstance(message, bytes):
            message = message.decode("utf-8", "replace")
        reason, _, part = message.partition(": ")
        raise PatternError(f"{_GO_REASONS.get(reason, reason)}", part) from None
    return compiled


def find_all(pattern: Pattern, text: str) -> Iterator[Match]:
    """All matches that do not overlap; none that is empty right behind another."""
    position, previous_end = 0, -1
    while position <= len(text):
        match = pattern.search(text, position)
        if match is None:
            return
        is_accepted = True
        if match.end() == position:
            is_accepted = match.start() != previous_end
            position += 1
        else:
            position = match.end()
        previous_end = match.end()
        if is_accepted:
            yield match


def replace_all(pattern: Pattern, text: str, template: str) -> str:
    """The text with every match replaced by the template, in which `$1`, `${1}` and `${name}` stand for groups."""
    parts: list[str] = []
    position, last_end = 0, 0
    while position <= len(text):
        match = pattern.search(text, position)
        if match is None:
            break
        parts.append(text[last_end : match.start()])
        if match.end() > last_end or match.start() == 0:
            parts.append(_expand(pattern, match, template))
        last_end = match.end()
        position = max(position + 1, match.end())
    parts.append(text[last_end:])
    return "".join(parts)


def _expand(pattern: Pattern, match: Match, template: str) -> str:
    expanded: list[str] = []
    while True:
        before, dollar, template = template.partition("$")
        expanded.append(before)
        if not dollar:
            return "".join(expanded)
        if template.startswith("$"):
            expanded.append("$")
            template = template[1:]
            continue
        name, rest = _group_name(template)
        if not name:
            expanded.append("$")
            continue
        template = rest
        expanded.append(_group(pattern, match, name))


def _group_name(template: str) -> tuple[str, str]:
    """The group that the text behind a `$` names, "" where it is malformed, and what follows."""
    is_braced = template.startswith("{")
    start = end = int(is_braced)
    while end < len(template) and (template[end] == "_" or template[end].isalnum()):
        end += 1
    name = template[start:end]
    if is_braced:
        if not template.startswith("}", end):
            return "", template
        end += 1
    return name, template[end:]


def _group(pattern: Pattern, match: Match, name: str) -> str:
    if name.isascii() and name.isdigit() and (name == "0" or name[0] != "0") and len(name) < 9:
        index = int(name)
    else:
        index = pattern.groupindex.get(name, -1)
    return (match.group(index) or "") if 0 <= index <= pattern.groups else ""


def _compiled(invocation: Invocation) -> Pattern:
    try:
        pattern = compile_pattern(invocation.text(0))
    except PatternError as error:
        reason, part = error.args
        raise Rejected(f"invalid regexp pattern: {reason} in {part}", 0) from None
    if pattern.groupindex and len(pattern.groupindex) != pattern.groups:
        raise Rejected("invalid regexp pattern: cannot mix both named and unnamed capture groups", 0)
    return pattern


def _captures(invocation: Invocation, pattern: Pattern, match: Match) -> Value:
    def part(text: str | None) -> Value:
        return Value(text, invocation.location, evidence_of(invocation.arguments))

    data: Data
    if not pattern.groups:
        return part(match.group())
    if pattern.groupindex:
        data = {name: part(match.group(pattern.groupindex[name])) for name in sorted(pattern.groupindex)}
    else:
        data = tuple(part(match.group(index)) for index in range(1, pattern.groups + 1))
    return invocation.collected(data)


def _regex(invocation: Invocation) -> Value:
    pattern = _compiled(invocation)
    match = pattern.search(invocation.text(1))
    if match is None:
        raise Rejected("pattern did not match any part of the given string")
    return _captures(invocation, pattern, match)


def _regex_all(invocation: Invocation) -> Value:
    pattern = _compiled(invocation)
    found = find_all(pattern, invocation.text(1))
    return invocation.collected(ListItems(_captures(invocation, pattern, match) for match in found))


IMPLEMENTATIONS: dict[str, Implementation] = {"regex": _regex, "regexall": _regex_all}

"""Functions on strings."""

from __future__ import annotations

from sglint.model.limits import limits, long_text
from sglint.model.values import Value
from sglint.terraform.functions.calling import Exceeding, Implementation, Invocation, Rejected
from sglint.terraform.functions.numeric import integer
from sglint.terraform.graphemes import clusters
from sglint.terraform.values import ListItems, evidence_of, first_unknown, normalised

_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""The White_Space property of Unicode, as Go's `unicode.IsSpace`."""


def _upper_character(character: str) -> str:
    """Go maps one character to one; where Unicode's full mapping has more, its simple one is the title case."""
    upper = character.upper()
    if len(upper) == 1:
        return upper
    title = character.title()
    return title if len(title) == 1 else character


def _lower_character(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else lower[0]


def _chomp(invocation: Invocation) -> Value:
    return invocation.result(invocation.text(0).rstrip("\r\n"))


def _ends_with(invocation: Invocation) -> Value:
    return invocation.result(invocation.text(0).endswith(invocation.text(1)))


def _starts_with(invocation: Invocation) -> Value:
    return invocation.result(invocation.text(0).startswith(invocation.text(1)))


def _contains(invocation: Invocation) -> Value:
    return invocation.result(invocation.text(1) in invocation.text(0))


def _indent(invocation: Invocation) -> Value:
    spaces, text = integer(invocation, 0), invocation.text(1)
    if spaces < 0:
        raise Rejected("the number of spaces must not be negative")
    if spaces * text.count("\n") > limits().text:
        raise Exceeding(long_text())
    return invocation.result(text.replace("\n", "\n" + " " * spaces))


def _join(invocation: Invocation) -> Value:
    lists = invocation.arguments[1:]
    if not lists:
        raise Rejected("at least one list is required")
    parts: list[str] = []
    for index, argument in enumerate(lists, 1):
        for position, item in enumerate(argument.items()):
            if not isinstance(item.data, str):
                of_list = f" of list {index}" if len(lists) > 1 else ""
                raise Rejected(f"element {position}{of_list} is null; cannot concatenate null values", index)
            parts.append(item.data)
    if len(invocation.text(0)) * len(parts) + sum(map(len, parts)) > limits().text:
        raise Exceeding(long_text())
    values = (item for argument in lists for item in argument.items())
    return Value(
        normalised(invocation.text(0).join(parts)),
        invocation.location,
        evidence_of((*invocation.arguments, *values)),
    )


def _lower(invocation: Invocation) -> Value:
    return invocation.result("".join(map(_lower_character, invocation.text(0))))


def _upper(invocation: Invocation) -> Value:
    return invocation.result("".join(map(_upper_character, invocation.text(0))))


def _title(invocation: Invocation) -> Value:
    previous = " "
    titled: list[str] = []
    for character in invocation.text(0):
        titled.append(_title_character(character) if _separates(previous) else character)
        previous = character
    return invocation.result("".join(titled))


def _title_character(character: str) -> str:
    title = character.title()
    return title if len(title) == 1 else character


def _separates(character: str) -> bool:
    if character.isascii():
        return not (character.isalnum() or character == "_")
    return not (character.isalpha() or character.isdecimal()) and character in _SPACE


def _replace(invocation: Invocation) -> Value:
    text, old, new = (invocation.text(index) for index in range(3))
    if len(old) > 1 and old[0] == old[-1] == "/":
        from sglint.terraform.functions.patterns import PatternError, compile_pattern, replace_all

        try:
            return invocation.result(replace_all(compile_pattern(old[1:-1]), text, new))
        except PatternError as error:
            reason, part = error.args
            raise Rejected(f"error parsing regexp: {reason}: `{part}`") from None
    if text.count(old) * len(new) > limits().text:
        raise Exceeding(long_text())
    return invocation.result(text.replace(old, new))


def _sort(invocation: Invocation) -> Value:
    items = invocation.items(0)
    blocking = first_unknown(invocation.arguments[0])
    if blocking is not None:
        return invocation.collected(ListItems(invocation.unknown(blocking) for _ in items))
    for position, item in enumerate(items):
        if item.data is None:
            raise Rejected(f"given list element {position} is null; a null string cannot be sorted")
    ordered = sorted(items, key=lambda item: str(item.data).encode("utf-8", "surrogatepass"))
    return invocation.collected(ListItems(ordered))


def _split(invocation: Invocation) -> Value:
    separator, text = invocation.text(0), invocation.text(1)
    parts = text.split(separator) if separator else list(text)
    evidence = evidence_of(invocation.arguments)
    return invocation.collected(ListItems(Value(part, invocation.location, evidence) for part in parts))


def _reverse(invocation: Invocation) -> Value:
    return invocation.result("".join(reversed(clusters(invocation.text(0)))))


def _substring(invocation: Invocation) -> Value:
    characters = clusters(invocation.text(0))
    offset, length = integer(invocation, 1), integer(invocation, 2)
    if offset >= 0 and length == 0:
        return invocation.result("")
    # Counted from the end, a length of 0 takes all that is left: Terraform's own behaviour.
    start = offset if offset >= 0 else max(offset + len(characters), 0)
    return invocation.result("".join(characters[start : start + length] if length > 0 else characters[start:]))


def _trim(invocation: Invocation) -> Value:
    return invocation.result(invocation.text(0).strip(invocation.text(1)) if invocation.text(1) else invocation.text(0))


def _trim_prefix(invocation: Invocation) -> Value:
    return invocation.result(invocation.text(0).removeprefix(invocation.text(1)))


def _trim_suffix(invocation: Invocation) -> Value:
    return invocation.result(invocation.text(0).removesuffix(invocation.text(1)))


def _trim_space(invocation: Invocation) -> Value:
    return invocation.result(invocation.text(0).strip(_SPACE))


IMPLEMENTATIONS: dict[str, Implementation] = {
    "chomp": _chomp,
    "endswith": _ends_with,
    "indent": _indent,
    "join": _join,
    "lower": _lower,
    "replace": _replace,
    "sort": _sort,
    "split": _split,
    "startswith": _starts_with,
    "strcontains": _contains,
    "strrev": _reverse,
    "substr": _substring,
    "title": _title,
    "trim": _trim,
    "trimprefix": _trim_prefix,
    "trimspace": _trim_space,
    "trimsuffix": _trim_suffix,
    "upper": _upper,
}

"""Arguments of resources by path, by item and as text, whatever lists and undecided conditions lie on the way."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.model.values import ALWAYS, Unknown, Value, When, alternatives, spelled


def reached(value: Value, path: str, given: When = ALWAYS) -> Iterator[tuple[When, Value]]:
    """The single values that a path leads to, each with the condition under which it is there.

    A path is names with a dot between them. Lists are passed through, at its end too; what is absent or null is left
    out. Where something on the way is unknown, that stands for what lies beyond it.
    """
    yield from _walk(value, tuple(path.split(".")), given)


def _walk(value: Value, names: tuple[str, ...], given: When) -> Iterator[tuple[When, Value]]:
    for when, chosen in alternatives(value, given):
        if isinstance(chosen.data, tuple):
            for item in chosen.items():
                yield from _walk(item, names, when)
        elif isinstance(chosen.data, Unknown) or not names:
            if chosen.data is not None:
                yield when, chosen
        else:
            member = chosen.get(names[0])
            if member is not None:
                yield from _walk(member, names[1:], when)


def is_written(value: Value, path: str) -> bool:
    """Whether an argument may say anything: it is written, and not plainly as null or an empty list.

    What became empty through something that it refers to counts as written: it may be given otherwise elsewhere.
    """
    member: Value | None = value
    for name in path.split("."):
        if member is None:
            return False
        if isinstance(member.data, tuple):
            return any(is_written(item, path[path.index(name) :]) for item in member.items())
        if not isinstance(member.data, dict):
            return member.data is not None
        member = member.get(name)
    return member is not None and (member.data not in (None, ()) or bool(member.evidence))


def named(value: Value) -> str | None:
    """The address of the resource that a value names, or the id it spells out; None where neither is known."""
    if isinstance(value.data, str):
        return value.data
    if isinstance(value.data, Unknown) and value.data.reference is not None:
        return value.data.reference.address
    return None


def may_name(value: Value) -> bool:
    """Whether a value that names nothing outright may name any resource of the unit: one that is looked up, say."""
    if not isinstance(value.data, Unknown):
        return False
    return value.data.reference is None or "data." in value.data.reference.address


def shown(value: Value) -> str:
    """What to call the thing that a value names: its address, id, or the expression that gives it."""
    return named(value) or spelled(value.data)


def written_items(written: Value | None, given: When) -> Iterator[tuple[When, Value]]:
    """The items of a list, or the one that stands in its place, each under the condition that it is there."""
    for outer, listed in alternatives(written, given) if written is not None else ():
        for item in listed.items() if isinstance(listed.data, tuple) else (listed,):
            yield from alternatives(item, outer)


def known_text(value: Value | None) -> str | Unknown | None:
    """A value that has no alternatives as text; None where there is none."""
    if value is None or value.data is None:
        return None
    return value.data if isinstance(value.data, (Unknown, str)) else spelled(value.data)


def plain_text(value: Value | None) -> str | Unknown | None:
    """A value as text; one of several alternatives is Unknown, blocked by the first choice it hangs on."""
    if value is None:
        return None
    for when, chosen in alternatives(value):
        if when:
            return Unknown(str(when), when.choices[0][0])
        return known_text(chosen)
    return None

"""From evaluated resources to the statements of IAM policies.

Documents are JSON text, what such text is made of, or objects; Terraform's data source has names of its own for the
elements. Source: the IAM JSON policy reference, and the argument reference of `aws_iam_policy_document`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from sglint.aws.arguments import reached
from sglint.aws.resources import Resource
from sglint.model.location import Step
from sglint.model.permissions import Statement
from sglint.model.record import frozen, replace
from sglint.model.values import GAP, EncodedText, Unknown, Value, When, alternatives, combinations, lift


@frozen
class _Names:
    """What a form of documents calls the elements of a statement."""

    statement: str
    sid: str
    effect: str
    actions: tuple[str, str]
    """What it is about, and what it leaves out."""
    resources: tuple[str, str]
    condition: str
    principals: tuple[str, ...]
    default_effect: str | None = None


_JSON = _Names(
    "Statement",
    "Sid",
    "Effect",
    ("Action", "NotAction"),
    ("Resource", "NotResource"),
    "Condition",
    ("Principal", "NotPrincipal"),
)
_BLOCKS = _Names(
    "statement",
    "sid",
    "effect",
    ("actions", "not_actions"),
    ("resources", "not_resources"),
    "condition",
    ("principals", "not_principals"),
    default_effect="Allow",
)
_SOURCES = ("source_policy_documents", "source_json")
_OVERRIDES = ("override_policy_documents", "override_json")
"""The arguments of Terraform's data source that add documents: statements replace those with the same id."""


def statements(resources: Iterable[Resource], policies: Mapping[str, str]) -> tuple[Statement, ...]:
    """The statements of a unit's policies, in order. `policies` has the types that hold documents, with the paths.

    What is not known is left out, and so are statements that name a principal: they are of another kind of policy.
    """
    found: list[Statement] = []
    for resource in resources:
        path = policies.get(resource.type)
        if path is None:
            continue
        base = Statement(
            resource.address, True, (), (), evidence=resource.evidence, construct=resource.construct, when=resource.when
        )
        numbers = count()
        for when, written in reached(resource.arguments, path, resource.when):
            for inner, document in _documents(written, when):
                own = _of_document(document, inner, base)
                number = next(numbers) if own else 0
                found += (_held(replace(each, document=number), resource) for _, each in own)
    return tuple(found)


def _held(statement: Statement, resource: Resource) -> Statement:
    """A statement with the resource that holds it as evidence, where it is written elsewhere."""
    place, whole = statement.location, resource.extent
    if place.path == whole.path and whole.line <= place.line <= whole.end_line:
        return statement
    return replace(statement, evidence=(Step(resource.address, resource.location), *statement.evidence))


def _documents(value: Value, given: When) -> Iterator[tuple[When, Value]]:
    """The objects that a value stands for as a document."""
    for when, chosen in alternatives(value, given):
        data = chosen.data
        if isinstance(data, dict):
            yield when, chosen
        elif isinstance(data, EncodedText):
            yield from _documents(data.value, when)
        elif isinstance(data, Unknown) and data.encoded is not None:
            yield from _documents(data.encoded, when)
        else:
            text = data.outline if isinstance(data, Unknown) else data
            parsed = _parsed(text, chosen) if isinstance(text, str) else None
            if parsed is not None:
                yield when, parsed


def _parsed(text: str, source: Value) -> Value | None:
    """The object that JSON text says, all of it at the place of the text; None where it says none."""

    def value(part: object) -> Value:
        if isinstance(part, dict):
            return replace(source, data={key: value(item) for key, item in part.items()})
        if isinstance(part, list):
            return replace(source, data=tuple(map(value, part)))
        return replace(source, data=part if part is None or isinstance(part, (bool, str)) else str(part))

    import json

    try:
        found = json.loads(text)
        return value(found) if isinstance(found, dict) else None
    except (ValueError, RecursionError):
        return None


def _of_document(document: Value, given: When, base: Statement) -> list[tuple[str, Statement]]:
    """The statements of a document, each with its id, and those that it takes from others.

    A later one with the same id replaces an earlier one.
    """
    names = _JSON if document.get(_JSON.statement) is not None else _BLOCKS
    found: list[tuple[str, Statement]] = []
    for path in (*_SOURCES, "", *_OVERRIDES):
        added = list(_taken(document, path, given, base) if path else _own(document, names, given, base))
        ids = {sid for sid, _ in added if sid}
        found = [pair for pair in found if pair[0] not in ids] + added
    return found


def _taken(document: Value, path: str, given: When, base: Statement) -> Iterator[tuple[str, Statement]]:
    """The statements of the documents that an argument names."""
    for when, source in reached(document, path, given):
        for inner, each in _documents(source, when):
            yield from _of_document(each, inner, base)


def _own(document: Value, names: _Names, given: When, base: Statement) -> Iterator[tuple[str, Statement]]:
    """The statements that stand in a document itself, each with its id."""
    for when, body in reached(document, names.statement, given):
        if not isinstance(body.data, dict) or any(_says_something(body.get(name)) for name in names.principals):
            continue
        parts = [body.get(name) for name in (names.effect, *names.actions, *names.resources, names.condition)]
        # What a denial is certain to deny counts, and nothing else: its choices are left as they are.
        is_denial = parts[0] is not None and parts[0].data == "Deny"
        given_parts = tuple(part if is_denial else _decided(part) for part in parts if part is not None)
        for inner, chosen in combinations(given_parts, when):
            pending = iter(chosen)
            effect, *patterns, condition = (None if part is None else next(pending) for part in parts)
            statement = _statement(effect, patterns, names, base)
            if statement is not None:
                sid = body.get(names.sid)
                yield (
                    str(sid.data) if sid is not None and isinstance(sid.data, str) else "",
                    replace(
                        statement,
                        is_conditional=_says_something(condition),
                        when=inner,
                        location=body.location,
                        evidence=tuple(dict.fromkeys((*body.evidence, *base.evidence))),
                    ),
                )


def _decided(value: Value) -> Value:
    """A value with the choices that items of a list leave open as choices of its own, unless these are too many."""

    def listed(plain: Value) -> Value:
        if not isinstance(plain.data, tuple):
            return plain
        found = lift(lambda *items: Value(items, plain.location), plain.items(), plain.location, "")
        return plain if isinstance(found.data, Unknown) else found

    return lift(listed, (value,), value.location, "")


def _statement(effect: Value | None, patterns: list[Value | None], names: _Names, base: Statement) -> Statement | None:
    """What is certain of a statement; None where that is nothing."""
    says = names.default_effect if effect is None or effect.data is None else effect.data
    actions, resources = _selection(*patterns[:2]), _selection(*patterns[2:])
    if says not in ("Allow", "Deny") or actions is None or resources is None:
        return None
    return replace(
        base,
        is_allow=says == "Allow",
        actions=actions[0],
        is_not_action=actions[1],
        resources=resources[0],
        is_not_resource=resources[1],
    )


def _selection(named: Value | None, left_out: Value | None) -> tuple[tuple[str, ...], bool] | None:
    """The patterns of what a statement is about, or of what it leaves out: then all of them must be known."""
    known, _ = _patterns(named)
    if known:
        return known, False
    known, is_whole = _patterns(left_out)
    return (known, True) if known and is_whole else None


def _patterns(value: Value | None) -> tuple[tuple[str, ...], bool]:
    """The patterns of an element that are known, and whether they are all."""
    if value is None or value.data is None:
        return (), True
    listed = isinstance(value.data, (tuple, Unknown))
    items = tuple(item for item in value.certain_items() if item.data is not None) if listed else (value,)
    known = tuple(item.data for item in items if isinstance(item.data, str) and GAP not in item.data)
    return known, not isinstance(value.data, Unknown) and len(known) == len(items)


def _says_something(value: Value | None) -> bool:
    """Whether an element is there, or may be."""
    return value is not None and value.data not in (None, (), {})

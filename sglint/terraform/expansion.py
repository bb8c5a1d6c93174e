"""`count` and `for_each`: which instances a resource or a module call has."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from sglint.model.limits import limits
from sglint.model.location import Location
from sglint.model.record import frozen, replace
from sglint.model.values import ALWAYS, Unknown, Value, When, alternatives
from sglint.reading.syntax import Attribute, Body
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.scope import Operand, Referable, Scope
from sglint.terraform.symbols import symbols
from sglint.terraform.types import NUMBER, name, typeof
from sglint.terraform.values import SetItems

if TYPE_CHECKING:
    from sglint.terraform.evaluator import Evaluator


OPEN = "[*]"
"""The key of the one member that stands for all instances when they are not known."""

_WHOLE = "value must be a whole number, between -9223372036854775808 and 9223372036854775807"


class Form(Enum):
    """What a block says about its instances."""

    SINGLE = ""
    COUNT = "count"
    FOR_EACH = "for_each"


@frozen
class Member:
    """One instance. `suffix` is its key as addresses show it; `[*]` stands for instances that are not known."""

    key: int | str | None
    suffix: str
    when: When
    names: Mapping[str, Operand]
    blocked_by: str = ""
    """What keeps the instances that it stands for from being known."""

    @property
    def is_open(self) -> bool:
        return self.suffix == OPEN


@frozen
class Expansion:
    """The instances of a block. `outcomes` says which of them there are under each condition."""

    form: Form
    members: tuple[Member, ...]
    outcomes: tuple[tuple[When, tuple[Member, ...]], ...]

    @property
    def open_member(self) -> Member | None:
        return next((member for member in self.members if member.is_open), None)

    @property
    def is_decided(self) -> bool:
        """Whether the instances are these and no others, whatever the circumstances."""
        return len(self.outcomes) == 1 and not self.outcomes[0][0] and self.open_member is None


def open_expansion(evaluator: Evaluator, body: Body, blocked_by: str) -> Expansion:
    """The expansion of a block whose instances cannot be told."""
    at = body.extent
    if "for_each" in body.attributes:
        names: dict[str, Operand] = {"each": _each(evaluator, Unknown("", blocked_by), Value(None, at))}
        form = Form.FOR_EACH
    else:
        names = {"count": symbols(evaluator, "count", {"index": Value(Unknown("count.index", blocked_by), at)})}
        form = Form.COUNT
    members = (Member(None, OPEN, ALWAYS, names, blocked_by),)
    return Expansion(form, members, ((ALWAYS, members),))


def _each(evaluator: Evaluator, cause: Unknown, collection: Value) -> Operand:
    """`each` where the instances are unknown."""
    names = {
        part: Value(Unknown(f"each.{part}", cause.blocked_by), collection.location, collection.evidence)
        for part in ("key", "value")
    }
    return symbols(evaluator, "each", names)


def expand(evaluator: Evaluator, body: Body, scope: Scope) -> Expansion:
    """The instances that a block's `count` or `for_each` asks for."""
    count, for_each = body.attributes.get("count"), body.attributes.get("for_each")
    if count is not None and for_each is not None:
        detail = (
            'The "count" and "for_each" meta-arguments are mutually-exclusive, only one should be used to be explicit '
            "about the number of resources to be created"
        )
        evaluator.fail('Invalid combination of "count" and "for_each"', detail, for_each.location)
    if count is not None:
        return _Counting(evaluator, count, scope).expand()
    if for_each is not None:
        return _Iterating(evaluator, for_each, scope).expand()
    only = Member(None, "", ALWAYS, {})
    return Expansion(Form.SINGLE, (only,), ((ALWAYS, (only,)),))


def _joined(form: Form, outcomes: list[tuple[When, tuple[Member, ...]]]) -> Expansion:
    """One expansion of all outcomes; a member that is the same in all of them exists unconditionally."""
    if len(outcomes) == 1 and not outcomes[0][0]:
        return Expansion(form, outcomes[0][1], tuple(outcomes))
    by_suffix = [{member.suffix: member for member in members} for _, members in outcomes]
    always = {
        suffix: member
        for suffix, member in by_suffix[0].items()
        if len(by_suffix) > 1 and all(_is_same(member, others.get(suffix)) for others in by_suffix[1:])
    }
    merged = list(always.values())
    settled: list[tuple[When, tuple[Member, ...]]] = []
    for when, members in outcomes:
        here = [always.get(member.suffix) or replace(member, when=when) for member in members]
        merged += (member for member in here if member.suffix not in always)
        settled.append((when, tuple(here)))
    return Expansion(form, tuple(merged), tuple(settled))


def _is_same(member: Member, other: Member | None) -> bool:
    return other is not None and other.names == member.names


class _Counting:
    def __init__(self, evaluator: Evaluator, attribute: Attribute, scope: Scope) -> None:
        self._evaluator = evaluator
        self._expression = attribute.expression
        self._scope = scope
        self._made: dict[int, Member] = {}

    def expand(self) -> Expansion:
        value = self._evaluator.value(self._expression, self._scope)
        outcomes = [(when, self._members(count)) for when, count in alternatives(value)]
        return _joined(Form.COUNT, outcomes)

    def _members(self, count: Value) -> tuple[Member, ...]:
        data = self._integer(count)
        if isinstance(data, Unknown):
            index = Value(Unknown("count.index", data.blocked_by), count.location, count.evidence)
            return (Member(None, OPEN, ALWAYS, self._names(index), data.blocked_by),)
        return tuple(self._member(number, count) for number in range(data))

    def _member(self, number: int, count: Value) -> Member:
        """The same number is the same instance, however many there are beside it."""
        if number not in self._made:
            names = self._names(Value(number, count.location, count.evidence))
            self._made[number] = Member(number, f"[{number}]", ALWAYS, names)
        return self._made[number]

    def _names(self, index: Value) -> dict[str, Operand]:
        return {"count": symbols(self._evaluator, "count", {"index": index})}

    def _integer(self, value: Value) -> int | Unknown:
        summary = "Invalid count argument"
        unsuitable = 'The given "count" argument value is unsuitable'
        at = self._expression.location
        if value.data is None:
            detail = 'The given "count" argument value is null. An integer is required'
            return self._failed(summary, detail, at)
        try:
            data = convert(value, NUMBER).data
        except ConversionError as error:
            return self._failed("Incorrect value type", f"Invalid expression value: {error.message}", at)
        if isinstance(data, Unknown):
            return data
        if not isinstance(data, int):
            return self._failed(summary, f"{unsuitable}: {_WHOLE}", at)
        if data < 0:
            return self._failed(summary, f"{unsuitable}: must be greater than or equal to zero", at)
        if data > limits().instances:
            return _cause(self._evaluator.too_many("instances", at))
        return data

    def _failed(self, summary: str, detail: str, at: Location) -> Unknown:
        return _cause(self._evaluator.fail(summary, detail, at))


class _Iterating:
    def __init__(self, evaluator: Evaluator, attribute: Attribute, scope: Scope) -> None:
        self._evaluator = evaluator
        self._expression = attribute.expression
        self._scope = scope

    def expand(self) -> Expansion:
        operand = self._evaluator.operand(self._expression, self._scope)
        if isinstance(operand, Referable):
            elements = operand.elements()
            if elements is not None and all(isinstance(key.data, str) for key, _ in elements):
                members = tuple(self._member(key, element) for key, element in elements)
                return Expansion(Form.FOR_EACH, members, ((ALWAYS, members),))
            operand = operand.value(self._expression.location)
        return _joined(Form.FOR_EACH, [(when, self._members(value)) for when, value in alternatives(operand)])

    def _member(self, key: Value, element: Operand) -> Member:
        text = str(key.data)
        each = symbols(self._evaluator, "each", {"key": key, "value": element})
        return Member(text, f"[{quoted(text)}]", ALWAYS, {"each": each})

    def _open(self, cause: Unknown, collection: Value) -> Member:
        names = {"each": _each(self._evaluator, cause, collection)}
        return Member(None, OPEN, ALWAYS, names, cause.blocked_by)

    def _members(self, collection: Value) -> tuple[Member, ...]:
        data = collection.data
        if isinstance(data, Unknown):
            return (self._open(data, collection),)
        if isinstance(data, (tuple, dict)) and len(data) > limits().instances:
            cause = _cause(self._evaluator.too_many("instances", self._expression.location))
            return (self._open(cause, collection),)
        if isinstance(data, dict):
            entries = collection.entries()
            placed = {key: Value(key, entries[key].location, entries[key].evidence) for key in sorted(entries)}
            return tuple(self._member(key, entries[name]) for name, key in placed.items())
        if isinstance(data, SetItems):
            return self._set_members(collection)
        if data is None:
            detail = (
                'The given "for_each" argument value is unsuitable: the given "for_each" argument value is null. A '
                "map, or set of strings is allowed"
            )
        else:
            detail = (
                'The given "for_each" argument value is unsuitable: the "for_each" argument must be a map, or set of '
                f"strings, and you have provided a value of type {name(typeof(collection))}"
            )
        return (self._failed("Invalid for_each argument", detail, collection),)

    def _set_members(self, collection: Value) -> tuple[Member, ...]:
        members: list[Member] = []
        for outer in collection.items():
            for when, item in alternatives(outer):
                member = self._set_member(item, collection)
                members.append(replace(member, when=when))
        is_open = [member for member in members if member.is_open]
        return tuple(member for member in members if not member.is_open or member is is_open[0])

    def _set_member(self, item: Value, collection: Value) -> Member:
        if isinstance(item.data, Unknown):
            return self._open(item.data, item)
        if isinstance(item.data, str):
            return self._member(item, item)
        what = "dynamic" if item.data is None else name(typeof(item))
        detail = (
            'The given "for_each" argument value is unsuitable: "for_each" supports maps and sets of strings, but you '
            f"have provided a set containing type {what}"
        )
        return self._failed("Invalid for_each set argument", detail, collection)

    def _failed(self, summary: str, detail: str, collection: Value) -> Member:
        return self._open(_cause(self._evaluator.fail(summary, detail, self._expression.location)), collection)


def _cause(failed: Value) -> Unknown:
    assert isinstance(failed.data, Unknown)
    return failed.data


_ESCAPES = str.maketrans({"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"})


def quoted(key: str) -> str:
    """An instance key as Terraform prints it in addresses."""
    return '"' + key.translate(_ESCAPES).replace("${", "$${").replace("%{", "%%{") + '"'

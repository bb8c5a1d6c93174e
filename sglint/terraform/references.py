"""References to things that have instances: resources and module calls."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol

from sglint.model.location import Location
from sglint.model.values import Unknown, Value, When, conditional
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.evaluator import Evaluator
from sglint.terraform.expansion import Expansion, Form, Member
from sglint.terraform.scope import Operand, Referable
from sglint.terraform.traversals import attribute_of, element_of
from sglint.terraform.types import NUMBER, STRING
from sglint.terraform.values import ListItems, MapEntries


class Instance(Referable):
    """One instance of what has several."""

    __slots__ = ("member",)
    member: Member

    @abstractmethod
    def whole(self, at: Location) -> Value:
        """The object that it is where it exists."""

    @abstractmethod
    def existing(self, name: str, at: Location) -> Operand:
        """An attribute of it where it exists."""

    def attribute(self, name: str, at: Location) -> Operand:
        found = self.existing(name, at)
        if not self.member.when:
            return found
        return self._when_it_exists(found.value(at) if isinstance(found, Referable) else found, at)

    def index(self, key: Value, at: Location) -> Operand:
        return self.attribute(key.data, at) if isinstance(key.data, str) else self.value(at)

    def sequence(self) -> tuple[Operand, ...] | None:
        return (self,)

    def value(self, at: Location) -> Value:
        return self._when_it_exists(self.whole(at), at)

    def _when_it_exists(self, value: Value, at: Location) -> Value:
        when = self.member.when
        return conditional([(when, value)], at, "") if when else value


class Node(Protocol):
    """What a block with `count` or `for_each` stands for in one instance of its module."""

    symbol: str
    """The name that expressions of its module use."""
    header: Location
    is_resource: bool

    @property
    def evaluator(self) -> Evaluator: ...

    def expansion(self) -> Expansion:
        """Its instances."""

    def instance(self, member: Member) -> Instance: ...


class Reference(Referable):
    """`type.name` or `module.name`: all instances at once, or the only one."""

    __slots__ = ("_node",)

    def __init__(self, node: Node) -> None:
        self._node = node

    def attribute(self, name: str, at: Location) -> Operand:
        node = self._node
        expansion = node.expansion()
        if expansion.form is Form.SINGLE:
            return node.instance(expansion.members[0]).attribute(name, at)
        if node.is_resource:
            key = "each.key" if expansion.form is Form.FOR_EACH else "count.index"
            detail = (
                f'Because {node.symbol} has "{expansion.form.value}" set, its attributes must be accessed on specific '
                "instances. For example, to correlate with indices of a referring resource, use: "
                f"{node.symbol}[{key}]"
            )
            return node.evaluator.reject("Missing resource instance key", detail, at)
        if expansion.form is Form.FOR_EACH:
            name_key = Value(name, at)
            if _find(expansion, name_key):
                return self.index(name_key, at)
            detail = f'This object does not have an attribute named "{name}"'
            return node.evaluator.fail("Unsupported attribute", detail, at)
        return attribute_of(node.evaluator, Value(ListItems((Value({}, at),)), at), name, at)

    def index(self, key: Value, at: Location) -> Operand:
        node = self._node
        expansion = node.expansion()
        if expansion.form is Form.SINGLE:
            if not node.is_resource and isinstance(key.data, str):
                return self.attribute(key.data, at)
            if not node.is_resource:
                return element_of(node.evaluator, Value({}, at), key, at)
            detail = (
                f'Because {node.symbol} does not have "count" or "for_each" set, references to it must not include an '
                "index key. Remove the bracketed index to refer to the single instance of this resource"
            )
            return node.evaluator.reject("Unexpected resource instance key", detail, at)
        if isinstance(key.data, Unknown) and expansion.open_member is None:
            return Value(Unknown(f"{node.symbol}[{key.data.expression}]", key.data.blocked_by), at)
        found = _find(expansion, key)
        if not found:
            detail = "The given key does not identify an element in this collection value"
            return node.evaluator.fail("Invalid index", detail, at)
        if len(expansion.outcomes) > 1:  # Of one alone all are members.
            for when, members in expansion.outcomes:
                if not any(member in members for member in found):
                    node.evaluator.drop(when)
        if len(found) == 1:
            return node.instance(found[0])
        return conditional(((member.when, node.instance(member).whole(at)) for member in found), at, node.symbol)

    def elements(self) -> tuple[tuple[Value, Operand], ...] | None:
        at = self._node.header
        expansion = self._node.expansion()
        if expansion.form is Form.SINGLE or not expansion.is_decided:
            return None
        return tuple((Value(member.key, at), self._node.instance(member)) for member in expansion.members)

    def sequence(self) -> tuple[Operand, ...] | None:
        expansion = self._node.expansion()
        if expansion.form is Form.FOR_EACH or not expansion.is_decided:
            return None
        return tuple(self._node.instance(member) for member in expansion.members)

    def value(self, at: Location) -> Value:
        """An object, or a tuple or map of objects, under each condition."""
        node = self._node
        expansion = node.expansion()
        outcomes: list[tuple[When, Value]] = []
        for when, members in expansion.outcomes:
            unsure = next((member for member in members if member.is_open), None)
            if unsure is not None:
                outcomes.append((when, Value(Unknown(node.symbol, unsure.blocked_by), at)))
                continue
            objects = [node.instance(member).whole(at) for member in members]
            if expansion.form is Form.SINGLE:
                outcomes.append((when, objects[0]))
            elif expansion.form is Form.COUNT:
                outcomes.append((when, Value(tuple(objects), at)))
            else:
                keys = (str(member.key) for member in members)
                outcomes.append((when, Value(MapEntries(zip(keys, objects, strict=True)), at)))
        return conditional(outcomes, at, node.symbol)


def _find(expansion: Expansion, key: Value) -> list[Member]:
    """The instances under a key; where instances are not known, any key leads to the one that stands for them."""
    wanted: object = None
    if not isinstance(key.data, Unknown):
        try:
            wanted = convert(key, NUMBER if expansion.form is Form.COUNT else STRING).data
        except ConversionError:
            return []
    found = [member for member in expansion.members if member.key == wanted and not member.is_open]
    if not found and expansion.open_member is not None:
        return [expansion.open_member]
    return found

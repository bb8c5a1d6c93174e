"""Evaluates what stands in a template: literals, lists, objects, and the intrinsic functions anywhere in them.

`Ref` to `AWS::NoValue` is None. Where that is all there is, the property or list item is left out; as one of
several alternatives it stays, and means absent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from sglint.cloudformation.alternatives import settled
from sglint.cloudformation.forms import TRANSFORM, Intrinsic, Report, intrinsic, members
from sglint.cloudformation.literals import first_unknown, scalar, shown
from sglint.model.limits import limits, raising
from sglint.model.location import Location
from sglint.model.values import ALWAYS, Conditional, Unknown, Value, When, alternatives, conditional
from sglint.reading.document import Mapping, Node, Scalar, Sequence

_MAX_DEPTH = 60
_BESIDE_OTHERS = ("Ref", TRANSFORM)
"""What may stand beside other keys: a property of this name, and a macro that adds to its object."""


class Scope(Protocol):
    """What a stack knows by name. Each answer is placed at the `location` where the name is used."""

    def referred(self, name: str, location: Location, given: When) -> Value:
        """What `Ref` gives: a parameter, a pseudo parameter, a resource."""
        ...

    def attribute(self, logical_id: str, attribute: str, location: Location, given: When) -> Value:
        """What `Fn::GetAtt` gives."""
        ...

    def mapping(self, name: str) -> Mapping | None:
        """An entry of the Mappings section."""
        ...

    def branches(self, condition: str, location: Location) -> tuple[When | None, When | None]:
        """When a condition holds and when not, None for a side that it never takes."""
        ...

    def imported(self, name: Value, location: Location) -> Value:
        """What another stack exports under a name."""
        ...

    def stack_output(self, stack: str, output: str, location: Location) -> Value | None:
        """The output of a stack that is called so; None where no such stack is at hand."""
        ...


class Evaluator:
    """Evaluates nodes of one stack. `given` is what may be taken for granted where the node stands."""

    def __init__(self, scope: Scope, report: Report, functions: Functions) -> None:
        self.scope = scope
        self.report = report
        self._functions = functions
        self._depth = 0
        self._nodes = 0
        self._members: dict[int, dict[str, tuple[Scalar, Node]]] = {}

    def members(self, table: Mapping) -> dict[str, tuple[Scalar, Node]]:
        """The entries by key of a part of the template that is looked into again and again."""
        if id(table) not in self._members:
            self._members[id(table)] = members(table)
        return self._members[id(table)]

    def value(self, node: Node, given: When = ALWAYS) -> Value:
        """The value of a node. Faults are reported, and what they spoil is Unknown."""
        self._nodes += 1
        if self._depth >= _MAX_DEPTH or self._nodes > limits().values:
            is_deep = self._depth >= _MAX_DEPTH
            reason = f"nested deeper than {_MAX_DEPTH} levels" if is_deep else f"more than {limits().values} values"
            if self._nodes <= limits().values + 1:
                hint = "" if is_deep else raising("values", "what is left is unknown", "it evaluated")
                self.report(node.location, f"not evaluated: {reason}", hint)
            return Value(Unknown(reason, reason), node.location)
        self._depth += 1
        try:
            return self._value(node, given)
        finally:
            self._depth -= 1

    def _value(self, node: Node, given: When) -> Value:
        function = intrinsic(node)
        if function is not None:
            return self._applied(function, given)
        if isinstance(node, Scalar):
            if node.value is None:
                self.report(node.location, "null values are not allowed in templates")
            return scalar(node)
        if isinstance(node, Sequence):
            listed = (self.value(item, given) for item in node.items)
            return Value(tuple(item for item in listed if item.data is not None), node.location)
        for key, _ in node.entries:
            if key.text in self._functions and key.text not in _BESIDE_OTHERS:
                self.report(key.location, f"{key.text} must be the only member of its object")
        members = ((key.text, self.value(member, given)) for key, member in node.entries)
        return Value({key: value for key, value in members if value.data is not None}, node.location)

    def _applied(self, function: Intrinsic, given: When) -> Value:
        apply = self._functions.get(function.name)
        if apply is None:
            return self.malformed(function, f"encountered unsupported function: {function.name}")
        return apply(self, function, given)

    def arguments(self, function: Intrinsic, least: int, most: int, expected: str) -> tuple[Node, ...] | None:
        """The items of a function's argument, None, which is reported, if they are too few, too many or none."""
        listed = function.argument
        if isinstance(listed, Sequence) and listed.tag is None and least <= len(listed.items) <= most:
            return listed.items
        self.report(function.location, f"every {function.name} object requires {expected}")
        return None

    def malformed(self, function: Intrinsic, message: str) -> Value:
        """The value of a function that cannot be applied, with the reason reported."""
        self.report(function.location, message)
        return unknown(function, function.name)

    def listed(self, node: Node, given: When) -> Value:
        """A value meant as a list, with the items left out of it that `AWS::NoValue` takes away in part."""
        value = self.value(node, given)
        chosen = ((when, settled(inner)) for when, inner in alternatives(value))
        if not isinstance(value.data, Conditional):
            return settled(value)
        return conditional(chosen, value.location, "list")


def unknown(function: Intrinsic, blocked_by: str, expression: str = "") -> Value:
    """The value of a function application that cannot be resolved."""
    return Value(Unknown(expression or f"!{short(function.name)}", blocked_by), function.location)


def blocked(function: Intrinsic, operands: tuple[Value, ...]) -> Value:
    """The value of a function some operand of which is unknown."""
    found = next((first for operand in operands if (first := first_unknown(operand.data))), None)
    blocked_by = found.blocked_by if found is not None else function.name
    expression = f"!{short(function.name)} {', '.join(shown(operand) for operand in operands)}"
    evidence = tuple(step for operand in operands for step in operand.evidence)
    return Value(Unknown(expression, blocked_by), function.location, evidence)


def short(name: str) -> str:
    """A function's name as its short form has it."""
    return name.removeprefix("Fn::")


Function: TypeAlias = Callable[[Evaluator, Intrinsic, When], Value]
Functions: TypeAlias = dict[str, Function]

"""The conditions of a template: which side each takes, and under which values of the parameters."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ByName

from sglint.cloudformation.forms import Intrinsic, Report, condition_reference, intrinsic, items, members
from sglint.cloudformation.logic import Sides, equal, every, some, undecided
from sglint.model.cases import Cases
from sglint.model.location import Location
from sglint.model.values import ALWAYS, Value, When
from sglint.reading.document import Mapping, Node

_MAX_DEPTH = 50


class Conditions:
    """The conditions of one stack, each worked out when first asked for."""

    def __init__(
        self,
        section: Mapping,
        evaluate: Callable[[Node], Value],
        label: Callable[[str], str],
        report: Report,
        is_open: bool,
        presences: ByName[str, tuple[When, When]],
    ) -> None:
        """`label` makes a condition's name one that is unique in the unit.

        `is_open` says that a macro may add conditions. `presences` are conditions that have been worked out.
        """
        self._presences = presences
        self._declared = members(section)
        self._evaluate = evaluate
        self._label = label
        self._report = report
        self._is_open = is_open
        self._sides: dict[str, Sides] = {}
        self._pending: list[str] = []

    def decide_all(self) -> None:
        """Works every condition out, so that faults show in those that nothing asks for."""
        for name, (key, _) in self._declared.items():
            self.sides(name, key.location)

    def sides(self, name: str, location: Location) -> Sides:
        """The two sides of the condition called `name` at `location`."""
        found = self._sides.get(name)
        if found is not None:
            return found
        if len(self._pending) == _MAX_DEPTH:
            self._report(location, f"conditions depend on each other more than {_MAX_DEPTH} deep")
            return undecided(self._label(name))
        if name in self._pending:
            between = ", ".join(self._pending[self._pending.index(name) :])
            self._report(location, f"circular dependency between conditions: [{between}]")
            return undecided(self._label(name))
        declared = self._declared.get(name)
        if declared is None:
            if not self._is_open:
                self._report(location, f"unresolved condition dependency {name}: no condition has this name")
            return undecided(self._label(name))
        self._pending.append(name)
        result = self._decided(declared[1])
        self._pending.pop()
        if result is None or not result.is_bounded:
            result = undecided(self._label(name))
        self._sides[name] = result
        return result

    def branches(self, name: str, location: Location) -> tuple[When | None, When | None]:
        """When the condition holds and when it does not, None for a side that it never takes."""
        if name in self._presences:
            return self._presences[name]
        sides = self.sides(name, location)
        label = self._label(name)
        if not sides.fails:
            return ALWAYS, None
        if not sides.holds:
            return None, ALWAYS
        return _side(sides.holds, label, "true"), _side(sides.fails, label, "false")

    def _decided(self, node: Node) -> Sides | None:
        """The sides of a condition as written, None where it is malformed or cannot be taken apart."""
        reference = condition_reference(node)
        if reference is not None:
            return self.sides(reference.text, reference.location)
        function = intrinsic(node)
        operands = items(function.argument) if function is not None else None
        if function is None or operands is None or function.name not in _OPERANDS:
            self._report(node.location, "a condition must be Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition")
            return None
        return self._applied(function, operands)

    def _applied(self, function: Intrinsic, operands: tuple[Node, ...]) -> Sides | None:
        least, most, expected = _OPERANDS[function.name]
        if not least <= len(operands) <= most:
            self._report(function.location, f"every {function.name} object requires {expected}")
            return None
        if function.name == "Fn::Equals":
            return equal(self._evaluate(operands[0]), self._evaluate(operands[1]))
        decided = [self._decided(operand) for operand in operands]
        sides = tuple(each for each in decided if each is not None)
        if len(sides) != len(decided):
            return None
        if function.name == "Fn::Not":
            return sides[0].negated()
        return every(sides) if function.name == "Fn::And" else some(sides)


_OPERANDS = {
    "Fn::And": (2, 10, "a list of 2 to 10 conditions"),
    "Fn::Or": (2, 10, "a list of 2 to 10 conditions"),
    "Fn::Not": (1, 1, "a list of one condition"),
    "Fn::Equals": (2, 2, "a list of two values"),
}


def _side(cases: Cases, label: str, word: str) -> When:
    return When(((label, word),), (cases,), cases)

"""Names of which one attribute at a time means something: `each`, `count`, `path`, `var`, the iterator of a block."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sglint.model.location import Location
from sglint.model.values import Value
from sglint.terraform.scope import Operand, Referable

if TYPE_CHECKING:
    from sglint.terraform.evaluator import Evaluator

_SUPPORTED = {
    "terraform": (
        ". The only supported attributes are terraform.workspace, the name of the currently-selected workspace, and "
        "terraform.applying, a boolean which is true only during apply"
    ),
}


class Prefix(Referable):
    """What means nothing by itself, and has its attributes looked up by a function."""

    __slots__ = ("_evaluator", "_look_up", "_requirement")

    def __init__(self, evaluator: Evaluator, requirement: str, look_up: Callable[[str, Location], Operand]) -> None:
        """`requirement` is what Terraform says where no attribute follows."""
        self._evaluator = evaluator
        self._requirement = requirement
        self._look_up = look_up

    def attribute(self, name: str, at: Location) -> Operand:
        return self._look_up(name, at)

    def index(self, key: Value, at: Location) -> Operand:
        return self.value(at)

    def value(self, at: Location) -> Value:
        return self._evaluator.reject("Invalid reference", self._requirement, at)


def looked_up(evaluator: Evaluator, name: str, look_up: Callable[[str, Location], Operand]) -> Prefix:
    """An object such as `var`, whose attributes are found one by one."""
    requirement = f'The "{name}" object cannot be accessed directly. Instead, access one of its attributes'
    return Prefix(evaluator, requirement, look_up)


def symbols(evaluator: Evaluator, name: str, values: Mapping[str, Operand]) -> Prefix:
    """An object with these attributes; each says where it is from."""

    def look_up(attribute: str, at: Location) -> Operand:
        found = values.get(attribute)
        if found is None:
            detail = f'The "{name}" object does not have an attribute named "{attribute}"{_SUPPORTED.get(name, "")}'
            return evaluator.reject(f'Invalid "{name}" attribute', detail, at)
        return found.referenced(f"{name}.{attribute}", at) if isinstance(found, Value) else found

    return looked_up(evaluator, name, look_up)


def absent(evaluator: Evaluator, summary: str, detail: str) -> Prefix:
    """A name that means nothing here."""
    return Prefix(evaluator, detail, lambda _, at: evaluator.reject(summary, detail, at))

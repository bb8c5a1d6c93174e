"""What the names in an expression stand for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TypeAlias

from sglint.model.location import Location
from sglint.model.record import frozen
from sglint.model.values import Value


class Referable(ABC):
    """What a traversal passes through without its becoming a value: `var`, a resource, an instance of a module.

    Only what is asked for gets evaluated: `aws_instance.web.id` needs no argument of the instance.
    """

    __slots__ = ()

    @abstractmethod
    def attribute(self, name: str, at: Location) -> Operand:
        """`this.name`, written at `at`."""

    @abstractmethod
    def index(self, key: Value, at: Location) -> Operand:
        """`this[key]`, written at `at`. `key` is not Conditional."""

    def elements(self) -> tuple[tuple[Value, Operand], ...] | None:
        """Keys and elements of a collection whose size is decided; None asks to go through the value."""
        return None

    def sequence(self) -> tuple[Operand, ...] | None:
        """What a splat goes over; None asks to go through the value."""
        return None

    @abstractmethod
    def value(self, at: Location) -> Value:
        """The whole of it as a value."""


Operand: TypeAlias = Value | Referable

SPLAT = "*"
"""The name under which a splat's item stands in its scope."""


@frozen
class Scope:
    """Names in force at one place, the inner ones first.

    `module` is the address of the module instance (empty for the root), `label` tells this scope from its like:
    the instance of a resource, the round of a `for`. `otherwise` answers for names that nothing binds.
    """

    names: Mapping[str, Operand]
    module: str = ""
    label: str = ""
    outer: Scope | None = None
    otherwise: Callable[[str], Operand] | None = None
    is_constant: bool = False
    """Whether neither names nor functions may be used, as in a variable's default."""

    def resolve(self, name: str) -> Operand | None:
        scope: Scope = self
        while True:
            found = scope.names.get(name)
            if found is not None:
                return found
            if scope.outer is None:
                return scope.otherwise(name) if scope.otherwise is not None else None
            scope = scope.outer

    def inner(self, names: Mapping[str, Operand], label: str) -> Scope:
        return Scope(names, self.module, label, self, is_constant=self.is_constant)

    def qualifier(self, mentions: set[str]) -> str:
        """What tells the same expression in other places apart from here: the module, and the rounds it is in."""
        labels = [f"in {self.module}"] if self.module else []
        scope: Scope | None = self
        while scope is not None:
            if scope.label and not mentions.isdisjoint(scope.names):
                labels.append(scope.label)
            scope = scope.outer
        return f" ({', '.join(labels)})" if labels else ""

"""What stacks give to others: exports, for `Fn::ImportValue`, and outputs, for `Fn::GetStackOutput`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from sglint.model.values import Value

_ANYWHERE = "*"
"""The environment of outputs: they are asked for by stack, also from other accounts and regions."""


class Exporter(Protocol):
    """A stack that may export values."""

    @property
    def environment(self) -> str:
        """The account and region, where known: names of exports are unique within one."""
        ...

    def exports(self) -> Iterator[tuple[str, Callable[[], Value]]]:
        """Each export whose name is known, with what works out its value."""
        ...

    def outputs(self) -> Iterator[tuple[str, Callable[[], Value]]]:
        """Each output as `Stack.Output`, with what works out its value; none where the stack's name is not known."""
        ...


class Exports:
    """The exports of some stacks by name, collected when the first is asked for.

    Only names that are known on both sides meet. A name that several stacks of an environment export, which
    CloudFormation does not allow, is taken from the first.
    """

    def __init__(self, exporters: Iterable[Exporter] = (), others: Exports | None = None) -> None:
        """`others` are asked for what the exporters have not."""
        self._exporters = exporters
        self._others = others
        self._found: dict[tuple[str, str], Callable[[], Value]] | None = None
        self._pending: set[tuple[str, str]] = set()

    def find_output(self, stack: str, output: str) -> Value | None:
        """The value of a stack's output, placed where it was written."""
        return self.find(_ANYWHERE, f"{stack}.{output}")

    def find(self, environment: str, name: str) -> Value | None:
        """The value exported under a name, placed where it was written; None also for one that imports itself."""
        if self._found is None:
            self._found = {}
            for exporter in self._exporters:
                for exported, value in exporter.exports():
                    self._found.setdefault((exporter.environment, exported), value)
                for output, value in exporter.outputs():
                    self._found.setdefault((_ANYWHERE, output), value)
        key = (environment, name)
        found = self._found.get(key)
        if found is None:
            return self._others.find(environment, name) if self._others is not None else None
        if key in self._pending:
            return None
        self._pending.add(key)
        try:
            return found()
        finally:
            self._pending.discard(key)

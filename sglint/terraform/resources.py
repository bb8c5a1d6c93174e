"""Resources and data sources of one module instance."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from sglint.model.location import Location
from sglint.model.record import replace
from sglint.model.values import Unknown, Value
from sglint.reading.syntax import Block
from sglint.terraform.attributes import Attributes, unwritten
from sglint.terraform.blocks import argument, written
from sglint.terraform.evaluator import Evaluator
from sglint.terraform.expansion import Expansion, Member
from sglint.terraform.references import Instance
from sglint.terraform.scope import Operand, Scope

if TYPE_CHECKING:
    from sglint.terraform.instance import ModuleInstance

_ENCODED = frozenset({("aws_iam_policy_document", "json"), ("aws_iam_policy_document", "minified_json")})
"""Data sources that make JSON text of their arguments, with the attribute that holds it."""
_NAMED = frozenset({("aws_ec2_managed_prefix_list", "id"), ("aws_prefix_list", "id")})
"""Data sources that look up prefix lists by name, with the attribute that identifies them."""

META_ARGUMENTS = frozenset({"count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection"})


class ResourceNode:
    """One resource or data block within one instance of its module."""

    def __init__(self, module: ModuleInstance, block: Block) -> None:
        module.run.circular.append(self)
        self.module = module
        self.block = block
        self.header = block.location
        self.is_resource = True
        self.is_managed = block.type == "resource"
        self.symbol = ".".join(block.labels if self.is_managed else (block.type, *block.labels))
        self.address = module.qualified(self.symbol)
        self._expansion: Expansion | None = None
        self._instances: dict[int, ResourceInstance] = {}

    @property
    def evaluator(self) -> Evaluator:
        return self.module.run.evaluator

    @cached_property
    def arguments(self) -> dict[str, list[Block]]:
        """What is written, by name, with the blocks that write it."""
        return written(self.block.body)

    def expansion(self) -> Expansion:
        """Its instances."""
        if self._expansion is None:
            self._expansion = self.module.expansion(self.block, self.address)
        return self._expansion

    def instance(self, member: Member) -> ResourceInstance:
        found = self._instances.get(id(member))
        if found is None:
            found = self._instances[id(member)] = ResourceInstance(self, member)
        return found


class ResourceInstance(Instance):
    """One instance of a resource. Its arguments are evaluated one by one, as they are asked for."""

    __slots__ = ("_arguments", "_node", "address", "scope")

    def __init__(self, node: ResourceNode, member: Member) -> None:
        self._node = node
        self.member = member
        self.address = node.address + member.suffix
        self.scope: Scope = node.module.scope.inner(member.names, self.address)
        self._arguments: dict[str, Value] = {}

    def written(self, at: Location, wanted: Collection[str] | None = None) -> dict[str, Value]:
        """The arguments that are written, meta-arguments aside: the wanted ones, or all."""
        return {
            name: self._argument(name, at)
            for name in self._node.arguments
            if name not in META_ARGUMENTS and (wanted is None or name in wanted)
        }

    def _argument(self, name: str, at: Location) -> Value:
        """An argument that is written."""
        if name not in self._arguments:
            evaluator, body, blocks = self._node.evaluator, self._node.block.body, self._node.arguments[name]
            symbol = f"{self.address}.{name}"
            found = self._node.module.run.once(
                symbol, self._node.address, lambda: argument(evaluator, body, self.scope, name, blocks, self.address)
            )
            self._arguments[name] = found or Value(Unknown(symbol, symbol), at)
        return self._arguments[name]

    def existing(self, name: str, at: Location) -> Operand:
        if self._node.block.type == "data" and (self._node.block.labels[0], name) in _ENCODED:
            return self._encoded(name, at)
        if self._node.block.type == "data" and (self._node.block.labels[0], name) in _NAMED:
            return self._named(name, at)
        is_written = self._node.is_managed and name not in META_ARGUMENTS and name in self._node.arguments
        value = self._argument(name, at) if is_written else None
        if value is None or value.data is None:
            return unwritten(self.address, name, at)
        return value.referenced(f"{self._node.symbol}{self.member.suffix}.{name}", at)

    def _encoded(self, name: str, at: Location) -> Value:
        """JSON text that a data source makes of its arguments. How it is laid out is the provider's affair."""
        found = unwritten(self.address, name, at)
        assert isinstance(found.data, Unknown)
        header = self._node.block.location
        return replace(found, data=replace(found.data, encoded=Value(self.written(header), header)))

    def _named(self, name: str, at: Location) -> Value:
        """The id of something that AWS keeps for everyone: its name, where that is known, says all that there is to."""
        found = unwritten(self.address, name, at)
        given = self._argument("name", at).data if "name" in self._node.arguments else None
        if not isinstance(given, str) or not given.startswith("com.amazonaws."):
            return found
        return replace(found, data=Unknown(given, f"{self.address}.{name}"))

    def whole(self, at: Location) -> Value:
        written = self.written(at) if self._node.is_managed else {}
        known = {name: value for name, value in written.items() if value.data is not None}
        for name in ("id", "arn"):
            known.setdefault(name, unwritten(self.address, name, at))
        return Value(Attributes(known, self.address), at)

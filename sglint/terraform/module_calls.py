"""Calls of modules: where their source lies, and their instances."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sglint.model.limits import limits
from sglint.model.location import Location
from sglint.model.rules import Unresolved
from sglint.model.values import Unknown, Value, When
from sglint.reading.syntax import Block, ObjectCons
from sglint.terraform.evaluator import Evaluator
from sglint.terraform.expansion import Expansion, Member
from sglint.terraform.module import Module
from sglint.terraform.outside import OutsideCall, Supplied
from sglint.terraform.providers import provider_name
from sglint.terraform.references import Instance
from sglint.terraform.scope import Operand, Referable, Scope

if TYPE_CHECKING:
    from sglint.terraform.instance import ModuleInstance

META_ARGUMENTS = frozenset({"source", "version", "providers", "count", "for_each", "depends_on", "//"})
"""What is no input of the module; `//` is a comment in the JSON syntax."""


class CallNode:
    """One `module` block within one instance of the module that holds it.

    `target` is the module it calls, None when that is not on disk or cannot be called: `reason` then says why.
    """

    def __init__(self, module: ModuleInstance, block: Block) -> None:
        module.run.circular.append(self)
        self.module = module
        self.block = block
        self.header = block.location
        self.is_resource = False
        self.name = block.labels[0]
        self.symbol = f"module.{self.name}"
        self.address = module.qualified(self.symbol)
        self.argument_names = frozenset(block.body.attributes) - META_ARGUMENTS
        self.providers = self._passed_providers()
        self.source = self._source()
        self.reason = ""
        self.target = self._locate()
        self._expansion: Expansion | None = None
        self._instances: dict[int, ModuleReference] = {}
        if self.target is not None:
            self._check_arguments(self.target)

    @property
    def evaluator(self) -> Evaluator:
        return self.module.run.evaluator

    @property
    def expansion_symbol(self) -> str:
        """What the call's own `count` or `for_each` is called among dependencies."""
        return f"{self.address} (expand)"

    @property
    def path(self) -> str:
        """The names of the calls that lead here, as in modules.json."""
        caller = self.module.caller
        return f"{caller.path}.{self.name}" if caller is not None else self.name

    def expansion(self) -> Expansion:
        """Its instances."""
        if self._expansion is None:
            self._expansion = self.module.expansion(self.block, self.expansion_symbol)
        return self._expansion

    def instance(self, member: Member) -> ModuleReference:
        found = self._instances.get(id(member))
        if found is None:
            found = self._instances[id(member)] = ModuleReference(self, member)
        return found

    def unresolved(self) -> Unresolved:
        """The call as one that could not be followed."""
        at = self._source_location
        return Unresolved(self.address, self.source or self.evaluator.text(at), self.reason, at, self.module.evidence)

    def argument(self, name: str, scope: Scope) -> Value | None:
        """What the call passes for a variable; None when it passes nothing."""
        attribute = self.block.body.attributes.get(name)
        if attribute is None or name in META_ARGUMENTS:
            return None
        return self.evaluator.value(attribute.expression, scope)

    # ---- the module that is called

    @property
    def _source_location(self) -> Location:
        source = self.block.body.attributes.get("source")
        return source.expression.location if source is not None else self.header

    def _source(self) -> str | None:
        attribute = self.block.body.attributes.get("source")
        if attribute is None:
            detail = 'The argument "source" is required, but no definition was found'
            self.evaluator.fail("Missing required argument", detail, self.header)
            return None
        data = self.evaluator.value(attribute.expression, self.module.scope).data
        return data if isinstance(data, str) else None

    def version(self) -> str | None:
        """The version constraint of the call."""
        attribute = self.block.body.attributes.get("version")
        data = self.evaluator.value(attribute.expression, self.module.scope).data if attribute is not None else None
        return data if isinstance(data, str) else None

    def _passed_providers(self) -> dict[str, str]:
        attribute = self.block.body.attributes.get("providers")
        if attribute is None or not isinstance(attribute.expression, ObjectCons):
            return {}
        return {provider_name(inner): provider_name(outer) for inner, outer in attribute.expression.items}

    def _locate(self) -> Module | None:
        run = self.module.run
        if self.source is None:
            self.reason = "its source is not known"
            return None
        call = (self.source, self.module.module.directory, self.path, run.directory)
        directory = run.modules.directory_of(*call)
        if directory is None:
            self.reason = run.modules.why_not(*call)
            return None
        if self._is_recursive(directory):
            detail = f"{self.symbol} calls a module that it is part of"
            self.evaluator.fail("Module cycle", detail, self._source_location)
            self.reason = "it calls itself"
            return None
        run.followed.add(directory)
        return run.modules.load(directory)

    def _is_recursive(self, directory: str) -> bool:
        instance: ModuleInstance | None = self.module
        while instance is not None:
            if self.module.run.modules.load(directory) is instance.module:
                return True
            instance = instance.caller.module if instance.caller is not None else None
        return False

    def _check_arguments(self, target: Module) -> None:
        variables = target.blocks["variable"]
        for name in sorted(self.argument_names):
            if (name,) not in variables:
                detail = f'An argument named "{name}" is not expected here'
                self.evaluator.fail("Unsupported argument", detail, self.block.body.attributes[name].location)
        for (name,), variable in variables.items():
            if name not in self.argument_names and not variable.declares("default"):
                detail = f'The argument "{name}" is required, but no definition was found'
                self.evaluator.fail("Missing required argument", detail, self.header)


class ModuleReference(Instance):
    """One instance of a call, of which outputs are read. `called` is the module instance, where there is one."""

    __slots__ = ("_is_asked", "_node", "_scope", "_supplied", "address", "called", "when")

    def __init__(self, node: CallNode, member: Member) -> None:
        self._node = node
        self.member = member
        self.address = node.address + member.suffix
        self.when: When = node.module.when.conjoin(member.when) or member.when
        self._scope = node.module.scope.inner(member.names, self.address)
        self._is_asked = False
        self._supplied: Supplied | None = None
        self.called: ModuleInstance | None = None
        if node.target is not None and not node.module.run.has_room(node.header):
            node.reason = f"there are more than {limits().modules} instances of modules"
        elif node.target is not None:
            self.called = node.module.called(node, node.target, self.address, self._argument, self.when)

    def _argument(self, name: str) -> Value | None:
        return self._node.argument(name, self._scope)

    def supplied(self) -> Supplied | None:
        """What is known, from elsewhere, of a module that is not on disk."""
        supply = self._node.module.run.supply
        if not self._is_asked and self.called is None and self._node.source is not None and supply is not None:
            self._is_asked = True
            self._supplied = supply(self._call(self._node.source))
        return self._supplied

    def _call(self, source: str) -> OutsideCall:
        node = self._node
        return OutsideCall(
            source,
            node.version(),
            self.address,
            cache(self._argument),
            node.header,
            node.block.extent,
            self.when,
            node.module.evidence,
        )

    def existing(self, name: str, at: Location) -> Operand:
        if self.called is not None:
            return self.called.output(name, at)
        supplied = self.supplied()
        if supplied is not None and name in supplied.outputs:
            return supplied.outputs[name].referenced(f"{self.address}.{name}", at)
        return Value(Unknown(f"{self.address}.{name}", self._node.address), at)

    def whole(self, at: Location) -> Value:
        if self.called is None:
            return Value(Unknown(self.address, self._node.address), at)
        outputs: dict[str, Value] = {}
        for (name,) in self.called.module.blocks["output"]:
            found = self.called.output(name, at)
            outputs[name] = found.value(at) if isinstance(found, Referable) else found
        return Value(outputs, at)

"""One instance of a module: its variables, locals, outputs, resources and calls, each evaluated when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sglint.model.location import Evidence, Location, Step
from sglint.model.values import ALWAYS, Unknown, Value, When
from sglint.reading.syntax import Block, Expression
from sglint.terraform.expansion import Expansion, expand, open_expansion
from sglint.terraform.module import Module
from sglint.terraform.module_calls import CallNode
from sglint.terraform.names import module_scope
from sglint.terraform.resources import ResourceNode
from sglint.terraform.run import Run
from sglint.terraform.scope import Operand
from sglint.terraform.types import Type
from sglint.terraform.variables import type_of, value_of

Given: TypeAlias = Callable[[str, Type], Value | None]
"""Looks up what a variable of a type is set to from outside; None when nothing sets it."""


class ModuleInstance:
    """The root module, or one instance of a `module` block.

    `when` says under which conditions it exists.
    """

    def __init__(
        self,
        run: Run,
        module: Module,
        given: Given,
        address: str = "",
        caller: CallNode | None = None,
        when: When = ALWAYS,
    ) -> None:
        self.run = run
        run.circular.append(self)
        self.module = module
        self.address = address
        self.caller = caller
        self.when = when
        self.default_tags: dict[str, Value | None] = {}
        """By provider, for what this module configures."""
        self._given = given
        self._variables: dict[str, Value] = {}
        self._locals: dict[str, Operand] = {}
        self._outputs: dict[str, Operand] = {}
        self._resources: dict[tuple[str, ...], ResourceNode] = {}
        self._calls: dict[str, CallNode] = {}
        self.scope = module_scope(self)

    def qualified(self, symbol: str) -> str:
        """The address of something in this instance."""
        return f"{self.address}.{symbol}" if self.address else symbol

    @property
    def evidence(self) -> Evidence:
        """The chain of calls that led here, nearest first."""
        if self.caller is None:
            return ()
        return (Step(self.address, self.caller.header), *self.caller.module.evidence)

    def called(
        self, node: CallNode, module: Module, address: str, argument: Callable[[str], Value | None], when: When
    ) -> ModuleInstance:
        """An instance of a module that this one calls."""
        return ModuleInstance(self.run, module, lambda name, _: argument(name), address, node, when)

    # ---- values by name

    def variable(self, name: str, at: Location) -> Value:
        symbol = self.qualified(f"var.{name}")
        self.run.needs(symbol, at)
        if name not in self._variables:
            block = self.module.find("variable", name)
            if block is None:
                detail = (
                    f'An input variable with the name "{name}" has not been declared. This variable can be declared '
                    f'with a variable "{name}" {{}} block'
                )
                return self.run.evaluator.reject("Reference to undeclared input variable", detail, at)
            found = self.run.once(symbol, symbol, lambda: self._variable(name, block))
            self._variables[name] = found or Value(Unknown(symbol, symbol), at)
        is_passed = self.caller is not None and name in self.caller.argument_names
        return self._variables[name].referenced(f"{self.address} argument {name}" if is_passed else f"var.{name}", at)

    def _variable(self, name: str, block: Block) -> Value:
        type_ = type_of(self.run, self.module, block)
        return value_of(self.run, self.module, block, type_, self._given(name, type_), self.address)

    def local(self, name: str, at: Location) -> Operand:
        symbol = self.qualified(f"local.{name}")
        self.run.needs(symbol, at)
        if name not in self._locals:
            attribute = self.module.locals.get(name)
            if attribute is None:
                detail = f'A local value with the name "{name}" has not been declared'
                return self.run.evaluator.reject("Reference to undeclared local value", detail, at)
            self._locals[name] = self._evaluated(symbol, attribute.expression, at)
        found = self._locals[name]
        return found.referenced(f"local.{name}", at) if isinstance(found, Value) else found

    def output(self, name: str, at: Location) -> Operand:
        symbol = self.qualified(f"output.{name}")
        self.run.needs(symbol, at)
        if name not in self._outputs:
            block = self.module.find("output", name)
            value = block.body.attributes.get("value") if block is not None else None
            if value is None:
                detail = f'This object does not have an attribute named "{name}"'
                return self.run.evaluator.fail("Unsupported attribute", detail, at)
            self._outputs[name] = self._evaluated(symbol, value.expression, at)
        found = self._outputs[name]
        return found.referenced(self.qualified(name), at) if isinstance(found, Value) else found

    def _evaluated(self, symbol: str, expression: Expression, at: Location) -> Operand:
        evaluator = self.run.evaluator
        found = self.run.once(symbol, symbol, lambda: evaluator.operand(expression, self.scope))
        return found or Value(Unknown(symbol, symbol), at)

    # ---- what has instances

    def resource(self, type_: str, *labels: str) -> ResourceNode | None:
        """The node of a resource, data or ephemeral block, None when it is not declared."""
        key = (type_, *labels)
        if key not in self._resources:
            block = self.module.find(type_, *labels)
            if block is None:
                return None
            self._resources[key] = ResourceNode(self, block)
        return self._resources[key]

    def call(self, name: str) -> CallNode | None:
        """The node of a module call, None when it is not declared."""
        if name not in self._calls:
            block = self.module.find("module", name)
            if block is None:
                return None
            self._calls[name] = CallNode(self, block)
        return self._calls[name]

    def expansion(self, block: Block, symbol: str) -> Expansion:
        """The instances of a block of this module."""
        evaluator, body = self.run.evaluator, block.body
        found = self.run.once(f"{symbol} instances", symbol, lambda: expand(evaluator, body, self.scope))
        return found or open_expansion(evaluator, body, symbol)

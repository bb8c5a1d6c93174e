"""Which groups something may put to use: those named, however indirectly, where a group is attached or handed on.

Nothing is evaluated here. From every resource, data source and provider configuration, from the outputs of the root
module and the arguments of calls that could not be followed, the names are followed through locals, variables and
outputs. Rules and groups do not put a group to use.
"""

from __future__ import annotations

from collections.abc import Iterator

from sglint.reading.syntax import Block, Body, Expression, GetAttr, Index, Literal, Name, Splat
from sglint.terraform.instance import ModuleInstance

_GROUPS = frozenset({"aws_security_group", "aws_default_security_group"})
NO_USE = _GROUPS | {
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
    "aws_vpc_security_group_rules_exclusive",
}
LOOKUPS = frozenset({"aws_security_group", "aws_security_groups"})
"""Data sources that may find any group, by its name or tags."""


def used_groups(root: ModuleInstance, groups: frozenset[str]) -> frozenset[str]:
    """Those of the groups, given by address, that something in the root module, or one it calls, may put to use."""
    search = _Search(groups)
    for (name,) in root.module.blocks["output"]:
        search.output(root, name)
    search.module(root)
    return groups - search.remaining


class _Search:
    """Follows names until no group remains that nothing was found to use."""

    def __init__(self, groups: frozenset[str]) -> None:
        self.remaining = set(groups)
        self._seen: set[tuple[int, str]] = set()

    def module(self, instance: ModuleInstance) -> None:
        """Everything in an instance of a module that may put groups to use, and in those that it calls."""
        for block in self._blocks(instance):
            if not self.remaining:
                return
            self._body(instance, block.body)
        for (name,) in instance.module.blocks["module"]:
            node = instance.call(name)
            if node is not None and node.target is None:
                self._use(node.address)
                self._body(instance, node.block.body)
            for called in self._called(instance, name):
                self.module(called)

    def _blocks(self, instance: ModuleInstance) -> Iterator[Block]:
        declared = instance.module.blocks
        for labels, block in declared["resource"].items():
            if labels[0] not in NO_USE:
                yield block
        if any(labels[0] in LOOKUPS for labels in declared["data"]):
            self.remaining.clear()
        yield from (*declared["data"].values(), *declared["ephemeral"].values())
        yield from (*instance.module.repeated, *instance.module.providers.values())

    def output(self, instance: ModuleInstance, name: str) -> None:
        """What an output of the root module, or one that something reads, gives away."""
        block = instance.module.find("output", name)
        value = block.body.attributes.get("value") if block is not None else None
        if value is not None and self._is_new(instance, f"output.{name}"):
            self._expression(instance, value.expression)

    def _use(self, address: str) -> None:
        """Something uses what goes by an address: a group, all its instances, or all groups of a module."""
        self.remaining -= {
            group for group in self.remaining if group == address or group.startswith((f"{address}[", f"{address}."))
        }

    def _is_new(self, instance: ModuleInstance, symbol: str) -> bool:
        key = (id(instance), symbol)
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new

    def _called(self, instance: ModuleInstance, name: str) -> Iterator[ModuleInstance]:
        node = instance.call(name)
        for member in node.expansion().members if node is not None else ():
            called = node.instance(member).called if node is not None else None
            if called is not None:
                yield called

    def _body(self, instance: ModuleInstance, body: Body) -> None:
        for attribute in body.attributes.values():
            self._expression(instance, attribute.expression)
        for block in body.blocks:
            self._body(instance, block.body)

    def _expression(self, instance: ModuleInstance, expression: Expression) -> None:
        """Follow every name in an expression."""
        pending: list[object] = [expression]
        while pending and self.remaining:
            node = pending.pop()
            if isinstance(node, (GetAttr, Index, Splat)):
                self._name(instance, _names(node))
                pending.extend(_beside(node))
            elif isinstance(node, tuple):
                pending.extend(node)
            else:
                pending.extend(getattr(node, part) for part in _parts(type(node)))

    def _name(self, instance: ModuleInstance, names: tuple[str, ...]) -> None:
        if len(names) < 2:
            return
        root, first = names[:2]
        if root in _GROUPS:
            self._use(instance.qualified(f"{root}.{first}"))
        elif root == "local" and self._is_new(instance, f"local.{first}"):
            attribute = instance.module.locals.get(first)
            if attribute is not None:
                self._expression(instance, attribute.expression)
        elif root == "var" and instance.caller is not None and self._is_new(instance, f"var.{first}"):
            call = instance.caller.block.body.attributes
            # What is passed may be named through each.value.
            for passed in (call.get(first), call.get("for_each")):
                if passed is not None:
                    self._expression(instance.caller.module, passed.expression)
        elif root == "module":
            for called in self._called(instance, first):
                outputs = [name for (name,) in called.module.blocks["output"]]
                for name in [name for name in outputs if name in names[2:]] or outputs:
                    self.output(called, name)


_KNOWN_PARTS: dict[type, tuple[str, ...]] = {Literal: ()}


def _parts(type_: type) -> tuple[str, ...]:
    """The fields of a syntax node that may hold further nodes."""
    if type_ not in _KNOWN_PARTS:
        fields: tuple[str, ...] = getattr(type_, "__match_args__", ())
        _KNOWN_PARTS[type_] = tuple(field for field in fields if field != "location")
    return _KNOWN_PARTS[type_]


def _beside(node: GetAttr | Index | Splat) -> Iterator[object]:
    """What belongs to a traversal besides its names: indices, what a splat does with items, another kind of root."""
    step: object = node
    while isinstance(step, (GetAttr, Index, Splat)):
        if isinstance(step, Index):
            yield step.key
        elif isinstance(step, Splat):
            yield step.item
        step = step.source
    if not isinstance(step, Name):
        yield step


def _names(node: GetAttr | Index | Splat) -> tuple[str, ...]:
    """The names of a traversal from its root on, unknown indices left out; empty where its root is no name."""
    steps: list[str] = []
    step: object = node
    while isinstance(step, (GetAttr, Index, Splat)):
        if isinstance(step, GetAttr):
            steps.append(step.name)
        elif isinstance(step, Index) and isinstance(step.key, Literal) and isinstance(step.key.value, str):
            steps.append(step.key.value)
        step = step.source
    return (step.name, *reversed(steps)) if isinstance(step, Name) else ()

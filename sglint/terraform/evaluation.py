"""Evaluates a root module with the modules it calls, down to its resources."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping
from functools import partial

from sglint.aws.resources import Evaluated, Resource
from sglint.model.limits import limits, raising
from sglint.model.location import Location, Problem
from sglint.model.record import replace
from sglint.model.rules import Unresolved
from sglint.model.values import Unknown, Value
from sglint.reading.files import Unreadable
from sglint.reading.syntax import Block
from sglint.terraform.constructs import construct_path
from sglint.terraform.inputs import Inputs, Settings
from sglint.terraform.instance import ModuleInstance
from sglint.terraform.lifecycle import unmanaged_arguments
from sglint.terraform.module_calls import CallNode, ModuleReference
from sglint.terraform.modules import Modules
from sglint.terraform.outside import Supply
from sglint.terraform.providers import default_tags, default_tags_inside
from sglint.terraform.resources import ResourceNode
from sglint.terraform.run import Run
from sglint.terraform.uses import used_groups

_FRAMES = 10_000
"""How deeply evaluation may nest; Terraform nests as deeply as locals and modules refer to each other."""


def evaluate(
    directory: str, inputs: Inputs, modules: Modules, types: Collection[str], supply: Supply | None = None
) -> Evaluated:
    """The resources of these types in a root module and all modules it calls, in source order.

    Where `types` is a `Wanted` mapping, only the top-level arguments are evaluated that its paths begin with. Only what
    these resources reach is evaluated. `supply` may know what a module does whose source is not on disk.
    """
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        return _Evaluation(directory, inputs, modules, types, supply).evaluate()
    finally:
        sys.setrecursionlimit(limit)


def evaluate_expression(
    text: str, directory: str, inputs: Inputs, modules: Modules
) -> tuple[Value, tuple[Problem, ...]]:
    """What an expression comes to in a root module, as `terraform console` would show it, and what is wrong with it."""
    from sglint.reading.hcl_standalone import parse_expression

    path = "<expression>"
    modules.files.give(path, text.encode())
    run = Run(directory, modules, inputs.workspace, None)
    rows = text.count("\n")
    at = Location(path, 1, 1, rows + 1, len(text) - text.rfind("\n"))
    root = ModuleInstance(run, modules.load(directory), Settings(inputs, run, modules.files).value)
    try:
        value = run.evaluator.value(parse_expression(text, at), root.scope)
    except Unreadable as error:
        return Value(Unknown(text, text), at), (error.problem,)
    return value, run.evaluator.problems


def _wanted(types: Collection[str]) -> dict[str, frozenset[str] | None]:
    """For each type the arguments that are asked for, None for all. It is the same for all units of a run."""
    known = _WANTED.get(id(types))
    if known is None or known[0] is not types:
        wanted = types if isinstance(types, Mapping) else dict.fromkeys(types)
        _WANTED.clear()
        known = _WANTED[id(types)] = (types, {type_: _first_names(paths) for type_, paths in wanted.items()})
    return known[1]


_WANTED: dict[int, tuple[Collection[str], dict[str, frozenset[str] | None]]] = {}
"""What the types that were asked for last come to, by their identity."""


def _first_names(paths: tuple[str, ...] | None) -> frozenset[str] | None:
    """The arguments that paths begin with, None for all."""
    return None if paths is None else frozenset(path.partition(".")[0] for path in paths)


def _beside(instance: ModuleInstance, block: Block, written: Mapping[str, Value]) -> dict[str, Value]:
    """What is said of a resource beside its arguments."""
    found: dict[str, Value] = {}
    tags = default_tags(instance, block)
    if tags is not None:
        found["default_tags"] = tags
    unmanaged = unmanaged_arguments(block, written)
    if unmanaged:
        found["unmanaged"] = Value(tuple(Value(name, block.location) for name in unmanaged), block.location)
    return found


class _Evaluation:
    def __init__(
        self, directory: str, inputs: Inputs, modules: Modules, types: Collection[str], supply: Supply | None
    ) -> None:
        modules.begin()
        self._types = _wanted(types)
        self._run = Run(directory, modules, inputs.workspace, supply)
        settings = Settings(inputs, self._run, modules.files)
        self._root = ModuleInstance(self._run, modules.load(directory), settings.value)
        self._resources: list[Resource] = []
        self._unresolved: dict[str, Unresolved] = {}
        self._is_full = False

    def evaluate(self) -> Evaluated:
        self._module(self._root)
        self._run.report_cycles()
        return Evaluated(
            tuple(self._resources),
            tuple(self._unresolved.values()),
            self._run.evaluator.problems,
            frozenset(self._run.followed),
            uses=partial(used_groups, self._root),
            release=self._run.release,
        )

    def _module(self, instance: ModuleInstance) -> None:
        for problem in instance.module.problems:
            self._run.report(problem)
        for node in self._nodes(instance):
            if not self._is_full:
                self._add(node)
        for (name,) in instance.module.blocks["module"]:
            self._call(instance, name)

    def _nodes(self, instance: ModuleInstance) -> Iterator[ResourceNode]:
        for labels in instance.module.blocks["resource"]:
            if labels[0] in self._types:
                node = instance.resource("resource", *labels)
                if node is not None:
                    yield node
        for block in instance.module.repeated:
            if block.labels[0] in self._types:
                yield ResourceNode(instance, block)

    def _add(self, node: ResourceNode) -> None:
        block, instance = node.block, node.module
        try:
            for member in node.expansion().members:
                when = instance.when.conjoin(member.when)
                if when is None:
                    continue
                if len(self._resources) >= limits().resources:
                    self._overflow(block)
                    return
                resource = node.instance(member)
                wanted = self._types.get(block.labels[0])
                written = resource.written(block.location, wanted)
                self._resources.append(
                    Resource(
                        address=resource.address,
                        type=block.labels[0],
                        arguments=Value(written, block.location),
                        location=block.location,
                        extent=block.extent,
                        when=when,
                        evidence=instance.evidence,
                        construct=construct_path(block),
                        attributes=_beside(instance, block, written) if wanted is None else {},
                    )
                )
        except RecursionError:
            self._too_deep(block.location)
            symbol = node.address
            self._resources.append(
                Resource(
                    symbol,
                    block.labels[0],
                    Value(Unknown(symbol, symbol), block.location),
                    block.location,
                    block.extent,
                )
            )

    def _overflow(self, block: Block) -> None:
        self._is_full = True
        message = f"Too many resources: more than {limits().resources} are not evaluated"
        hint = raising("resources", "those beyond are not judged", "them judged")
        self._run.report(Problem(block.location, message, hint))

    def _too_deep(self, at: Location) -> None:
        self._run.report(Problem(at, "Too deep: references lead through more steps than are followed"))

    def _call(self, instance: ModuleInstance, name: str) -> None:
        node = instance.call(name)
        if node is None or self._is_full:
            return
        try:
            for member in node.expansion().members:
                if instance.when.conjoin(member.when) is None:
                    continue
                reference = node.instance(member)
                if reference.called is not None:
                    self._module(reference.called)
                else:
                    self._outside(node, reference)
        except RecursionError:
            self._too_deep(node.header)

    def _outside(self, node: CallNode, reference: ModuleReference) -> None:
        supplied = reference.supplied()
        if supplied is None:
            self._unresolved.setdefault(node.address, node.unresolved())
            return
        tags = default_tags_inside(node, "aws")
        attributes = {} if tags is None else {"default_tags": tags}
        for resource in supplied.resources():
            if resource.type in self._types:
                self._resources.append(replace(resource, attributes={**resource.attributes, **attributes}))

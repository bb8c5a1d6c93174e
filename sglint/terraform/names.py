"""The names that mean something everywhere in a module: `var`, `local`, `data`, `path`, resource types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sglint.model.location import Location
from sglint.model.values import Value
from sglint.terraform import paths
from sglint.terraform.references import Reference
from sglint.terraform.scope import Operand, Scope
from sglint.terraform.symbols import Prefix, absent, looked_up, symbols

if TYPE_CHECKING:
    from sglint.terraform.evaluator import Evaluator
    from sglint.terraform.instance import ModuleInstance

_NO_EACH = (
    'Reference to "each" in context without for_each',
    'The "each" object can be used only in "module" or "resource" blocks, and only when the "for_each" argument is set',
)
_NO_COUNT = (
    'Reference to "count" in non-counted context',
    'The "count" object can only be used in "module", "resource", and "data" blocks, and only when the "count" '
    "argument is set",
)
_NO_SELF = (
    'Invalid "self" reference',
    'The "self" object is not available in this context. This object can be used only in resource provisioner, '
    "connection, and postcondition blocks",
)


def module_scope(instance: ModuleInstance) -> Scope:
    """The scope of expressions in a module instance. A name that nothing else claims is a resource type."""
    run = instance.run
    evaluator = run.evaluator
    place = Location(instance.module.directory, 1, 1, 1, 1)
    path: dict[str, Operand] = {
        "module": Value(paths.relative(instance.module.directory, run.directory), place),
        "root": Value(".", place),
        "cwd": Value(paths.absolute(run.directory), place),
    }
    terraform = symbols(evaluator, "terraform", run.terraform(place))
    names: dict[str, Operand] = {
        "var": looked_up(evaluator, "var", instance.variable),
        "local": looked_up(evaluator, "local", instance.local),
        "module": looked_up(evaluator, "module", lambda name, at: _called(instance, name, at)),
        "data": _kind(instance, "data"),
        "ephemeral": _kind(instance, "ephemeral"),
        "path": symbols(evaluator, "path", path),
        "terraform": terraform,
        "tofu": terraform,
        "each": absent(evaluator, *_NO_EACH),
        "count": absent(evaluator, *_NO_COUNT),
        "self": absent(evaluator, *_NO_SELF),
    }
    return Scope(names, instance.address, otherwise=lambda name: _type(instance, "resource", name))


def constant_scope(evaluator: Evaluator) -> Scope:
    """The scope of expressions that may name nothing, such as defaults of variables."""
    detail = "Variables may not be used here"
    return Scope({}, otherwise=lambda _: absent(evaluator, "Variables not allowed", detail), is_constant=True)


def _kind(instance: ModuleInstance, kind: str) -> Prefix:
    """`data` and `ephemeral`, before the type."""
    return Prefix(instance.run.evaluator, _two_names(kind), lambda name, _: _type(instance, kind, name))


def _two_names(kind: str) -> str:
    source = "data source" if kind == "data" else "ephemeral resource"
    return f'The "{kind}" object must be followed by two attribute names: the {source} type and the resource name'


def _type(instance: ModuleInstance, kind: str, type_: str) -> Prefix:
    """A resource type, before the name."""
    requirement = (
        "A reference to a resource type must be followed by at least one attribute access, specifying the resource name"
        if kind == "resource"
        else _two_names(kind)
    )
    return Prefix(instance.run.evaluator, requirement, lambda name, at: _resource(instance, kind, type_, name, at))


def _resource(instance: ModuleInstance, kind: str, type_: str, name: str, at: Location) -> Operand:
    node = instance.resource(kind, type_, name)
    if node is not None and instance.run.is_evaluating(node.address):
        detail = f"Configuration for {node.symbol} may not refer to itself"
        return instance.run.evaluator.reject("Self-referential block", detail, at)
    if node is not None:
        instance.run.needs(node.address, at)
        return Reference(node)
    described = "managed" if kind == "resource" else kind
    detail = f'A {described} resource "{type_}" "{name}" has not been declared in {instance.address or _ROOT}'
    return instance.run.evaluator.reject("Reference to undeclared resource", detail, at)


def _called(instance: ModuleInstance, name: str, at: Location) -> Operand:
    node = instance.call(name)
    if node is not None:
        instance.run.needs(node.expansion_symbol, at)
        return Reference(node)
    detail = f'No module call named "{name}" is declared in {instance.address or _ROOT}'
    return instance.run.evaluator.reject("Reference to undeclared module", detail, at)


_ROOT = "the root module"

"""What a plan's `configuration` says of its expressions: the symbols that each refers to, followed to resources.

The configuration is that of modules, not of their instances, and holds no locals; so what is reached is the reference
as it is written, seen from one module instance (Terraform's documentation, "JSON Output Format", expression
representation).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sglint.model.record import frozen
from sglint.reading.document import Mapping, Node, Scalar, Sequence

MAX_DEPTH = 32
"""How many module boundaries a reference is followed across."""

_PART = re.compile(r'[^.\[\]"]+|\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
_CALL = re.compile(r'module\.([^.\[]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.?')


@frozen
class Symbol:
    """Where a chain of references ends: an attribute of a resource, or something that leads no further."""

    text: str
    address: str = ""
    """The resource, where it is one."""
    attribute: str = ""

    @property
    def type(self) -> str:
        """The type of the resource; empty for anything else."""
        return _parts(_local(self.address))[-2][0] if self.address else ""

    @property
    def is_input(self) -> bool:
        """Whether it is given to the root module, so that every plan knows its value."""
        return self.text.startswith(("var.", "path.", "terraform."))


@frozen
class Settings:
    """What the configuration says of one resource block, as seen from one instance of its module."""

    module: str
    block: Mapping

    def expression(self, path: tuple[str | int, ...]) -> Node | None:
        """The representation of the expression that an attribute's value comes from.

        Arguments that may be written as blocks have one for all of them.
        """
        node = self.block.get("expressions")
        for step in path:
            if isinstance(node, Mapping) and node.get("references") is not None:
                return node
            if isinstance(node, Mapping) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, Sequence) and isinstance(step, int):
                node = node.items[step] if step < len(node.items) else None
        return node


class Configuration:
    """The configuration of a plan; empty for a state, which has none."""

    def __init__(self, node: Node | None) -> None:
        root = node.get("root_module") if isinstance(node, Mapping) else None
        self._root = root if isinstance(root, Mapping) else None

    def settings(self, module: str, type_: str, name: str) -> Settings | None:
        """The block of a resource in a module instance given by its address."""
        found = self._module(module)
        resources = found.get("resources") if found is not None else None
        for block in resources.items if isinstance(resources, Sequence) else ():
            if isinstance(block, Mapping) and _text(block.get("type")) == type_ and _text(block.get("name")) == name:
                return Settings(module, block)
        return None

    def blocks(self, mode: str) -> Iterator[tuple[str, Mapping]]:
        """Every block of a mode, `managed` or `data`, with its module's address without keys."""
        yield from _blocks("", self._root, mode)

    def outputs(self) -> Iterator[tuple[str, Mapping]]:
        """The outputs of the root module."""
        outputs = _child(self._root, "outputs")
        for key, value in outputs.entries if outputs is not None else ():
            if isinstance(value, Mapping):
                yield key.text, value

    def source(self, module: str) -> str | None:
        """The `source` of the call that leads to a module instance."""
        caller, name = _caller(module)
        call = self._call(caller, name)
        return _text(call.get("source")) if call is not None else None

    def symbols(self, settings: Settings, expression: Node | None) -> tuple[Symbol, ...]:
        """What an expression hangs on, in its own order."""
        return tuple(dict.fromkeys(self._follow(settings.module, expression, settings, 0)))

    def _module(self, address: str) -> Mapping | None:
        module = self._root
        for name, _ in calls(address):
            found = _child(_child(module, "module_calls"), name)
            module = _child(found, "module")
        return module

    def _call(self, module: str, name: str) -> Mapping | None:
        return _child(_child(self._module(module), "module_calls"), name)

    def _follow(self, module: str, expression: Node | None, settings: Settings | None, depth: int) -> Iterator[Symbol]:
        if depth > MAX_DEPTH:
            return
        for reference in _references(expression):
            parts = _parts(reference)
            prefix = f"{module}." if module else ""
            match parts[0][0]:
                case "var" if module:
                    caller, name = _caller(module)
                    given = _child(_child(self._call(caller, name), "expressions"), parts[1][0])
                    yield from self._follow(caller, given, None, depth + 1)
                case "module" if len(parts) > 2:
                    child = f"{prefix}module.{parts[1][0]}{parts[1][1]}"
                    output = _child(_child(self._module(child), "outputs"), parts[2][0])
                    yield from self._follow(child, output.get("expression") if output else None, None, depth + 1)
                case "each" | "count" if settings is not None:
                    name = "for_each_expression" if parts[0][0] == "each" else "count_expression"
                    yield from self._follow(module, settings.block.get(name), None, depth + 1)
                case "var" | "local" | "module" | "each" | "count" | "path" | "terraform" | "self":
                    yield Symbol(prefix + reference)
                case "data" | "ephemeral":
                    yield _resource(prefix, reference, 3)
                case _:
                    yield _resource(prefix, reference, 2)


def _blocks(address: str, module: Mapping | None, mode: str) -> Iterator[tuple[str, Mapping]]:
    resources = module.get("resources") if module is not None else None
    for block in resources.items if isinstance(resources, Sequence) else ():
        if isinstance(block, Mapping) and _text(block.get("mode")) == mode:
            yield address, block
    children = _child(module, "module_calls")
    for key, call in children.entries if children is not None else ():
        yield from _blocks(f"{address}.module.{key.text}".lstrip("."), _child(call, "module"), mode)


def calls(address: str) -> tuple[tuple[str, str], ...]:
    """The module calls that lead to an address, each with the key of its instance: `("zone", '["a"]')`."""
    found = []
    position = 0
    while match := _CALL.match(address, position):
        found.append((match[1], match[2] or ""))
        position = match.end()
    return tuple(found)


def _local(address: str) -> str:
    """An address without the modules that lead to it."""
    position = 0
    while match := _CALL.match(address, position):
        position = match.end()
    return address[position:]


def _caller(module: str) -> tuple[str, str]:
    """The module instance that makes a call, and the name of the call."""
    path = calls(module)
    return ".".join(f"module.{name}{key}" for name, key in path[:-1]), path[-1][0]


def _parts(reference: str) -> tuple[tuple[str, str], ...]:
    """The steps of a reference, each with the index behind it: `a.b[0].c` is a, b[0], c."""
    found: list[tuple[str, str]] = []
    for part in _PART.findall(reference):
        if part.startswith("[") and found:
            found[-1] = (found[-1][0], found[-1][1] + part)
        else:
            found.append((part, ""))
    return tuple(found) or (("", ""),)


def _resource(prefix: str, reference: str, length: int) -> Symbol:
    parts = _parts(reference)
    address = prefix + ".".join(name + index for name, index in parts[:length])
    attribute = ".".join(name + index for name, index in parts[length:])
    return Symbol(prefix + reference, address, attribute)


def _references(expression: Node | None) -> Iterator[str]:
    """What an expression refers to, without the prefixes that Terraform lists behind each reference."""
    listed = expression.get("references") if isinstance(expression, Mapping) else None
    before = ""
    for item in listed.items if isinstance(listed, Sequence) else ():
        reference = _text(item) or ""
        if not before.startswith((f"{reference}.", f"{reference}[")):
            yield reference
        before = reference if not before.startswith(reference) else before


def _child(node: Node | None, name: str) -> Mapping | None:
    found = node.get(name) if isinstance(node, Mapping) else None
    return found if isinstance(found, Mapping) else None


def _text(node: Node | None) -> str | None:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None

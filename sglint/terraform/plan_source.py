"""The source that a plan was made of: where each of its resources is written, and which instances it names.

A plan's JSON does not say which instance `aws_security_group.tier[each.key].id` means before there is one; the source
evaluated with the plan's own variables does.
"""

from __future__ import annotations

from collections.abc import Iterator

from sglint.aws.resources import Resource
from sglint.model.location import Location, Problem, Step
from sglint.model.record import replace
from sglint.model.values import Unknown, Value
from sglint.reading.document import Mapping, Node, Scalar, Sequence
from sglint.reading.files import Files
from sglint.reading.syntax import Block, Literal
from sglint.terraform.evaluation import evaluate
from sglint.terraform.inputs import Inputs
from sglint.terraform.module import Module
from sglint.terraform.modules import Modules
from sglint.terraform.plan_configuration import calls

_PLANNED = "the plan"


class PlanSource:
    """A root module on disk, and the modules that its calls lead to."""

    def __init__(self, root: str, files: Files, variables: Node | None) -> None:
        """`variables` are the plan's own."""
        self._root = root
        self._modules = Modules(files)
        self._loaded: dict[str, Module] = {}
        self._inputs = Inputs(tuple(_settings(variables)))
        self._evaluated: dict[str, dict[str, Resource]] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the source could not be read."""
        return tuple(problem for module in self._loaded.values() for problem in module.problems)

    def placed(self, resource: Resource, module: str, name: str) -> Resource:
        """The resource at its own lines; as it is where the source does not hold it.

        An argument is placed where it is written, else at the head of the resource; the JSON becomes its evidence.
        """
        directory = self._directory(module)
        block = self._load(directory).find("resource", resource.type, name) if directory is not None else None
        if block is None:
            return resource
        arguments = {
            key: _at(self._named(resource, key, value), _place(block, key))
            for key, value in resource.arguments.entries().items()
        }
        planned = Step(_PLANNED, resource.location)
        return replace(
            resource,
            arguments=Value(dict(arguments), block.location),
            location=block.location,
            extent=block.extent,
            evidence=(planned,),
        )

    def _named(self, resource: Resource, name: str, value: Value) -> Value:
        """An argument with the resource that the source names there, where the plan leaves that open."""
        if not isinstance(value.data, Unknown) or value.data.reference is not None:
            return value
        if resource.type not in self._evaluated:
            found = evaluate(self._root, self._inputs, self._modules, (resource.type,))
            self._evaluated[resource.type] = {each.address: each for each in found.resources}
        source = self._evaluated[resource.type].get(resource.address)
        written = source.arguments.get(name) if source is not None else None
        if written is None or not isinstance(written.data, Unknown) or written.data.reference is None:
            return value
        return replace(value, data=written.data)

    def _load(self, directory: str) -> Module:
        if directory not in self._loaded:
            self._loaded[directory] = self._modules.load(directory)
        return self._loaded[directory]

    def _directory(self, module: str) -> str | None:
        """The directory of a module instance; None when a call on the way to it is not on disk."""
        directory: str | None = self._root
        path: list[str] = []
        for name, _ in calls(module):
            if directory is None:
                return None
            path.append(name)
            call = self._load(directory).find("module", name)
            attribute = call.body.attributes.get("source") if call is not None else None
            source = attribute.expression if attribute is not None else None
            if not isinstance(source, Literal) or not isinstance(source.value, str):
                return None
            directory = self._modules.directory_of(source.value, directory, ".".join(path), self._root)
        return directory


def _place(block: Block, name: str) -> Location:
    """Where an argument is written: its expression, its one block, or the head of the resource."""
    attribute = block.body.attributes.get(name)
    if attribute is not None:
        return attribute.expression.location
    blocks = [
        each for each in block.body.blocks if each.type == name or (each.type == "dynamic" and each.labels == (name,))
    ]
    return blocks[0].location if len(blocks) == 1 else block.location


def _at(value: Value, place: Location) -> Value:
    return Value(value.data, place, (Step(_PLANNED, value.location),))


def _settings(variables: Node | None) -> Iterator[str]:
    """The plan's variables as `terraform -var` takes them."""
    for name, entry in variables.entries if isinstance(variables, Mapping) else ():
        value = entry.get("value") if isinstance(entry, Mapping) else None
        if isinstance(value, Scalar) and isinstance(value.value, str):
            yield f"{name.text}={value.value}"
        elif value is not None:
            yield f"{name.text}={_expression(value)}"


def _expression(node: Node) -> str:
    """A value as HCL writes it."""
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{_quoted(key.text)} = {_expression(value)}" for key, value in node.entries) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(_expression(item) for item in node.items) + "]"
    return _quoted(node.value) if isinstance(node.value, str) else node.text


def _quoted(text: str) -> str:
    import json

    return json.dumps(text).replace("${", "$${").replace("%{", "%%{")

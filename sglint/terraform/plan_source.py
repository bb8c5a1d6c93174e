"""The source that a plan was made of: where each of its resources is written."""

from __future__ import annotations

from dataclasses import replace

from sglint.aws.resources import Resource
from sglint.model.location import Location, Problem, Step
from sglint.model.values import Value
from sglint.reading.files import Files
from sglint.reading.syntax import Block, Literal
from sglint.terraform.module import Module
from sglint.terraform.modules import Modules
from sglint.terraform.plan_configuration import calls

_PLANNED = "the plan"


class PlanSource:
    """A root module on disk, and the modules that its calls lead to."""

    def __init__(self, root: str, files: Files) -> None:
        self._root = root
        self._modules = Modules(files)
        self._loaded: dict[str, Module] = {}

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
        arguments = {key: _at(value, _place(block, key)) for key, value in resource.arguments.entries().items()}
        planned = Step(_PLANNED, resource.location)
        return replace(
            resource,
            arguments=Value(dict(arguments), block.location),
            location=block.location,
            extent=block.extent,
            evidence=(planned,),
        )

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

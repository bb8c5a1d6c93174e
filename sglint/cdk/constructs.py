"""The constructs of one stack: their paths by logical id, and what the assembly records of their making.

Paths come from whichever source an assembly has: the stack's metadata, the construct tree, or the metadata of the
resources in the template. Logical ids are unique per template only, so each nested stack has its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sglint.cdk.frames import Frame, own_frames
from sglint.cdk.logical_ids import logical_id
from sglint.cdk.shapes import mapping, text, texts
from sglint.model.record import frozen

_NESTED_STACK = ".NestedStack"
_NESTED_STACK_RESOURCE = ".NestedStackResource"
_DEFAULT_CHILDREN = ("Resource", "Default")
_MAX_DEPTH = 200


@frozen
class TreeNode:
    """A resource in a construct tree; `logical_id` is None in trees of older libraries."""

    path: str
    logical_id: str | None


class Constructs:
    """The constructs of one stack. A template is known by its owner: the construct path of its (nested) stack."""

    def __init__(self, stack: str, metadata: dict[str, list[object]], tree: Iterable[TreeNode] = ()) -> None:
        """`stack` is the stack's path; the keys of `metadata` are paths with a slash before them."""
        self._stack = stack
        self._entries = {path.removeprefix("/"): list(map(mapping, entries)) for path, entries in metadata.items()}
        nodes = [node for node in tree if node.path.startswith(f"{stack}/")]
        paths = [*self._entries, *(node.path for node in nodes)]
        self._nested = {nested for path in paths if (nested := nested_stack(path)) is not None}
        self._ids: dict[tuple[str, str], str] = {}
        for node in nodes:
            owner = self._owner(node.path)
            name = node.logical_id or logical_id(tuple(node.path.removeprefix(f"{owner}/").split("/")))
            if name is not None:
                self._ids[owner, name] = node.path
        for path, entries in self._entries.items():
            for entry in entries:
                name = text(entry.get("data"))
                if entry.get("type") == "aws:cdk:logicalId" and name is not None:
                    self._ids[self._owner(path), name] = path

    def path(self, owner: str, name: str) -> str | None:
        """The path of the construct with a logical id in the template of `owner`."""
        return self._ids.get((owner, name))

    def template(self, path: str) -> str | None:
        """The template file of the nested stack at a path, where the assembly names it (newer libraries)."""
        entries = self._entries.get(path, ())
        files = (text(entry.get("data")) for entry in entries if entry.get("type") == "aws:cdk:templateFile")
        return next((file for file in files if file), None)

    def created(self, path: str) -> Iterator[Frame]:
        """The user's own frames at the making of a construct, innermost first.

        What a library makes deep inside may have none recorded: then those of the nearest construct around it.
        """
        while path.startswith(f"{self._stack}/"):
            for candidate in (path, *(f"{path}/{child}" for child in _DEFAULT_CHILDREN)):
                found = list(own_frames(self.trace(candidate)))
                if found:
                    yield from found
                    return
            path = path.rpartition("/")[0]

    def trace(self, path: str) -> Iterator[str]:
        """The trace at the making of a construct, as recorded."""
        for entry in self._entries.get(path, ()):
            if entry.get("type") == "aws:cdk:creationStack":
                yield from texts(entry.get("data"))
            elif entry.get("type") == "aws:cdk:logicalId":
                yield from texts(entry.get("trace"))

    def assigned(self, path: str, name: str) -> list[list[Frame]]:
        """For each time a property was written to, in order, the user's own frames; a list may be empty."""
        found = []
        for entry in self._entries.get(path, ()):
            data = mapping(entry.get("data"))
            if entry.get("type") == "aws:cdk:propertyAssignment" and data.get("propertyName") == name:
                found.append(list(own_frames(texts(data.get("stackTrace")))))
        return found

    def _owner(self, path: str) -> str:
        """The innermost stack that a construct lies in."""
        above = path.rpartition("/")[0]
        while above and above != self._stack:
            if above in self._nested:
                return above
            above = above.rpartition("/")[0]
        return self._stack


def nested_stack(path: str) -> str | None:
    """The path of the nested stack that a resource deploys, for the resource that CDK's `NestedStack` makes."""
    above, _, last = path.rpartition("/")
    around, slash, middle = above.rpartition("/")
    name = middle.removesuffix(_NESTED_STACK)
    if not slash or name == middle or last != name + _NESTED_STACK_RESOURCE:
        return None
    return f"{around}/{name}"


def tree_nodes(content: dict[str, object]) -> Iterator[TreeNode]:
    """The resources in a construct tree file."""
    pending = [(mapping(content.get("tree")), 0)]
    while pending:
        node, depth = pending.pop()
        attributes, path = mapping(node.get("attributes")), text(node.get("path"))
        if path and "aws:cdk:cloudformation:type" in attributes:
            yield TreeNode(path, text(attributes.get("aws:cdk:cloudformation:logicalId")))
        if depth < _MAX_DEPTH:
            pending.extend((mapping(child), depth + 1) for child in mapping(node.get("children")).values())

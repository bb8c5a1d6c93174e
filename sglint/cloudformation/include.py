"""`AWS::Include`: the content of another file in the place of the transform."""

from __future__ import annotations

import os

from sglint.cloudformation.deployment import Deployment, Template
from sglint.cloudformation.forms import TRANSFORM, text
from sglint.model.record import replace
from sglint.reading.document import Mapping, Node, Scalar, Sequence
from sglint.reading.files import Unreadable

_NAME = "AWS::Include"


class Includes:
    """Puts the local files that a template includes in their places.

    The transform stands at the top of a template, in its `Transform` section, or as `Fn::Transform` inside any
    section, beside keys that stay (template reference, `AWS::Include` transform). An included file cannot include.
    """

    def __init__(self, template: Template, deployment: Deployment) -> None:
        self._template = template
        self._deployment = deployment
        self.is_partial = False
        """Whether something was left out that could add to any section."""

    def applied(self, root: Mapping) -> Mapping:
        """The template with what it includes. What is not a local file is noted as unresolved."""
        if not self._is_mentioned():
            return root
        found = self._visited(root)
        result = found if isinstance(found, Mapping) else root
        declared = root.get("Transform")
        for each in declared.items if isinstance(declared, Sequence) else (declared,):
            if isinstance(each, Mapping):
                result = _merged(result, self._content(each))
        return result

    def _is_mentioned(self) -> bool:
        """Whether the template says `Transform` at all, which spares the others a walk."""
        try:
            return "Transform" in self._deployment.files.read(self._template.path).text
        except Unreadable:
            return True

    def _visited(self, node: Node) -> Node:
        if isinstance(node, Sequence):
            items = tuple(self._visited(item) for item in node.items)
            return node if all(a is b for a, b in zip(items, node.items, strict=True)) else replace(node, items=items)
        if not isinstance(node, Mapping):
            return node
        if node.tag == "Transform":
            return self._content(node) or node
        entries = tuple((key, self._visited(value)) for key, value in node.entries)
        if any(new[1] is not old[1] for new, old in zip(entries, node.entries, strict=True)):
            node = replace(node, entries=entries)
        for key, value in node.entries:
            if key.text == TRANSFORM:
                node = self._replaced(node, key, value)
        return node

    def _replaced(self, node: Mapping, key: Scalar, value: Node) -> Mapping:
        """A mapping with an included file's entries in the place of its `Fn::Transform`."""
        calls = value.items if isinstance(value, Sequence) else (value,)
        rest = replace(node, entries=tuple(entry for entry in node.entries if entry[0] is not key))
        for call in calls:
            content = self._content(call)
            if content is None:
                return node
            rest = _merged(rest, content)
        return rest

    def _content(self, call: Node) -> Mapping | None:
        """What an `AWS::Include` brings in; None for other macros and for what cannot be read."""
        if not isinstance(call, Mapping) or text(call.get("Name")) != _NAME:
            self._leave_macro(call)
            return None
        parameters = call.get("Parameters")
        where = parameters.get("Location") if isinstance(parameters, Mapping) else None
        written = text(where)
        if where is None or written is None or "://" in written:
            self._leave(_NAME, written or _NAME, "what it includes is not a local file", where or call)
            return None
        path = os.path.normpath(os.path.join(os.path.dirname(self._template.path), written))
        if not self._deployment.files.contains(path) or not self._deployment.files.exists(path):
            self._leave(_NAME, written, f"{path} does not exist in the input", where)
            return None
        try:
            content = self._deployment.read(path)
        except Unreadable as error:
            self._deployment.problems.setdefault(error.problem)
            return None
        if not isinstance(content, Mapping):
            self._deployment.report(content.location, "an included file must hold an object")
            return None
        return content

    def _leave_macro(self, call: Node) -> None:
        name = text(call.get("Name")) if isinstance(call, Mapping) else None
        self._leave(name or TRANSFORM, name or TRANSFORM, "a macro runs in the account, at deploy time", call)

    def _leave(self, name: str, source: str, reason: str, place: Node) -> None:
        self.is_partial = True
        template = self._template
        self._deployment.leave(template.prefix + name, source, reason, place.location, template.evidence)


def _merged(into: Mapping, content: Mapping | None) -> Mapping:
    """Both mappings' entries; sections that both have are joined."""
    if content is None:
        return into
    entries = list(into.entries)
    for key, value in content.entries:
        at = next((index for index, (known, _) in enumerate(entries) if known.text == key.text), None)
        if at is None:
            entries.append((key, value))
            continue
        known, present = entries[at]
        if isinstance(present, Mapping) and isinstance(value, Mapping):
            entries[at] = (known, _merged(present, value))
        else:
            entries[at] = (key, value)
    return replace(into, entries=tuple(entries))

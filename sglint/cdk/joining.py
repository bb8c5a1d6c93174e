"""Joins an assembly's templates: which nested template belongs to which resource, and which construct made each."""

from __future__ import annotations

import os
from collections.abc import Iterator

from sglint.cdk.constructs import Constructs, nested_stack
from sglint.cdk.manifest import Stack, read_assembly
from sglint.cloudformation.deployment import Deployment
from sglint.cloudformation.forms import members, text
from sglint.cloudformation.nesting import NESTED_STACK
from sglint.model.record import frozen
from sglint.reading.document import Mapping, scalars
from sglint.reading.files import Files, Unreadable

_MAX_NESTING = 12
_MAX_TEMPLATES = 2000


@frozen
class Joint:
    """A resource of a template, and what lies beside the template about it.

    `path` is its construct's. `nested` is the file of the template that it deploys and `prefix` what stands before the
    addresses in there; both are empty unless it is a nested stack of the assembly.
    """

    address: str
    path: str | None
    nested: str = ""
    prefix: str = ""


@frozen
class _Template:
    path: str
    owner: str
    depth: int


def joints(stack: Stack, constructs: Constructs, deployment: Deployment) -> Iterator[Joint]:
    """The resources in a stack's template and in those nested in it. A template that cannot be read has none."""
    pending = [_Template(stack.template, stack.path, 0)]
    for template in pending:
        for name, body in _resources(template.path, deployment):
            joint = _joint(stack, constructs, template, name, body, deployment)
            if joint.nested and template.depth < _MAX_NESTING and len(pending) < _MAX_TEMPLATES:
                pending.append(_Template(joint.nested, joint.prefix.removesuffix("/"), template.depth + 1))
            yield joint


def template_files(directory: str, files: Files) -> dict[str, str]:
    """The template file of each stack of an assembly, nested ones too, by the stack's construct path."""
    deployment = Deployment(files)
    found: dict[str, str] = {}
    for stack in read_assembly(directory, files).stacks:
        found[stack.path] = stack.template
        for joint in joints(stack, Constructs(stack.path, stack.metadata), deployment):
            if joint.nested:
                found[joint.prefix.removesuffix("/")] = joint.nested
    return found


def _resources(path: str, deployment: Deployment) -> Iterator[tuple[str, Mapping]]:
    try:
        document = deployment.read(path)
    except Unreadable:
        return
    section = document.get("Resources") if isinstance(document, Mapping) else None
    if isinstance(section, Mapping):
        for name, (_, body) in members(section).items():
            if isinstance(body, Mapping):
                yield name, body


def _joint(
    stack: Stack, constructs: Constructs, template: _Template, name: str, body: Mapping, deployment: Deployment
) -> Joint:
    address = f"{template.owner}/{name}"
    path = constructs.path(template.owner, name) or _metadata(body, "aws:cdk:path")
    if text(body.get("Type")) != NESTED_STACK:
        return Joint(address, path)
    owner = nested_stack(path) if path is not None else None
    nested = _nested_file(stack, constructs, owner, body)
    if nested is None or not _is_inside(nested, deployment.files):
        return Joint(address, path)
    return Joint(address, path, nested, f"{owner or address}/")


def _nested_file(stack: Stack, constructs: Constructs, owner: str | None, body: Mapping) -> str | None:
    """The template file of a nested stack: as its construct's metadata names it, its asset, or its own metadata."""
    directory = os.path.dirname(stack.manifest)
    named = constructs.template(owner) if owner is not None else None
    if named is None:
        asset = _asset(stack, body)
        if asset is not None:
            return asset
        named = _metadata(body, "aws:asset:path")
    return os.path.normpath(os.path.join(directory, named)) if named is not None else None


def _is_inside(path: str, files: Files) -> bool:
    return "\0" not in path and files.contains(path)


def _metadata(body: Mapping, name: str) -> str | None:
    metadata = body.get("Metadata")
    return text(metadata.get(name)) if isinstance(metadata, Mapping) else None


def _asset(stack: Stack, body: Mapping) -> str | None:
    """The asset whose object key, or parameter, the URL of a nested stack's template holds."""
    properties = body.get("Properties")
    url = properties.get("TemplateURL") if isinstance(properties, Mapping) else None
    for written in scalars(url) if url is not None else ():
        for mark, path in stack.assets.items():
            if mark in written.text:
                return path
    return None

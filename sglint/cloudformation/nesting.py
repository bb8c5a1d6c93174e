"""Nested stacks: finds the template that an `AWS::CloudFormation::Stack` deploys, and hands it its parameters."""

from __future__ import annotations

import os
import re

from sglint.cloudformation.deployment import Deployment, Template
from sglint.cloudformation.forms import text
from sglint.cloudformation.pseudo import OF_THE_STACK
from sglint.model.limits import limits
from sglint.model.location import Step
from sglint.model.values import Unknown, Value, When
from sglint.reading.document import Mapping, Scalar
from sglint.reading.files import Unreadable

NESTED_STACK = "AWS::CloudFormation::Stack"

_MAX_NESTING = 12
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def nested_template(
    parent: Template,
    deployment: Deployment,
    logical_id: str,
    key: Scalar,
    body: Mapping,
    properties: Value,
    when: When,
) -> Template | None:
    """The template of a nested stack, read. None, which is noted as unresolved, where it is not at hand.

    A relative `TemplateURL` is a path from the directory of the template that holds it, as for
    `aws cloudformation package`. The CDK names the file beside the template or in the resource's metadata.
    """
    address = parent.prefix + logical_id
    url = properties.get("TemplateURL")
    place = url.location if url is not None else key.location
    written = url.data if url is not None and isinstance(url.data, str) else _expression(url)
    path, reason = _path(parent, deployment, address, body, url)
    if path is not None and not deployment.has_room(place):
        path, reason = None, f"there are more than {limits().stacks} nested stacks"
    if path is None:
        deployment.leave(address, written, reason, place, parent.evidence)
        return None
    try:
        document = deployment.read(path)
    except Unreadable as error:
        deployment.problems.setdefault(error.problem)
        deployment.leave(address, written, "its template could not be read", place, parent.evidence)
        return None
    deployment.followed.add(path)
    given = properties.get("Parameters")
    return Template(
        path=path,
        document=document,
        prefix=deployment.prefixes.get(address, f"{address}/"),
        parameters=given.entries() if given is not None else {},
        pseudo={name: value for name, value in parent.pseudo.items() if name not in OF_THE_STACK},
        environment=parent.environment,
        when=when,
        evidence=(Step(f"nested stack {address}", place), *parent.evidence),
        parents=(*parent.parents, parent.path),
        tags={**parent.tags, **_tags(properties)},
    )


def _tags(properties: Value) -> dict[str, Value]:
    """The tags of a nested stack by key."""
    found: dict[str, Value] = {}
    listed = properties.get("Tags")
    for item in listed.items() if listed is not None else ():
        key, value = item.get("Key"), item.get("Value")
        if key is not None and isinstance(key.data, str) and value is not None:
            found[key.data] = value
    return found


def _expression(url: Value | None) -> str:
    return url.data.expression if url is not None and isinstance(url.data, Unknown) else ""


def _path(
    parent: Template, deployment: Deployment, address: str, body: Mapping, url: Value | None
) -> tuple[str | None, str]:
    """The path of a nested stack's template, or None and why there is none."""
    known = deployment.nested.get(address)
    if known is not None:
        return _followed(parent, deployment, known)
    asset = _asset(body)
    if asset is not None:
        return _followed(parent, deployment, _beside(parent.path, asset))
    if url is None:
        return None, "it has no TemplateURL"
    if isinstance(url.data, Unknown):
        return None, f"its TemplateURL is known only to the deployment ({url.data.blocked_by})"
    if not isinstance(url.data, str):
        return None, "its TemplateURL is not one known text"
    if _SCHEME.match(url.data):
        return None, "its template is not a local file"
    return _followed(parent, deployment, _beside(parent.path, url.data))


def _asset(body: Mapping) -> str | None:
    metadata = body.get("Metadata")
    return text(metadata.get("aws:asset:path")) if isinstance(metadata, Mapping) else None


def _beside(template: str, path: str) -> str:
    return os.path.normpath(os.path.join(os.path.dirname(template), path))


def _followed(parent: Template, deployment: Deployment, path: str) -> tuple[str | None, str]:
    if not deployment.files.contains(path):
        return None, f"its template {path} lies outside the input"
    if not deployment.files.exists(path):
        return None, f"its template {path} does not exist"
    above = (*parent.parents, parent.path)
    if path in above:
        deployment.has_cycle = True
        return None, f"its template {path} is one that it is nested in"
    if len(above) >= _MAX_NESTING:
        return None, f"stacks are nested more than {_MAX_NESTING} deep"
    return path, ""

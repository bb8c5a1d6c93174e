"""CloudFormation templates, YAML or JSON: read, and told from the many other files of those formats."""

from __future__ import annotations

import re

from sglint.model.location import Problem
from sglint.reading.document import Mapping, Node, Scalar
from sglint.reading.files import Source, Unreadable
from sglint.reading.json_document import read_json
from sglint.reading.yaml_document import read_yaml

_RESOURCES = re.compile(rb"""(?:^|[\s{,"'])Resources["']?\s*:""")
_BRACED = re.compile(r"\s*[{\[]")


def looks_like_template(data: bytes) -> bool:
    """Whether a file's bytes may be a template: a key `Resources`, and the `::` of a resource type.

    Never false for a template that declares a resource; a first sieve for what is worth parsing.
    """
    return b"::" in data and _RESOURCES.search(data) is not None


def is_template(node: Node) -> bool:
    """Whether a document is a template: by its version, or by resources with types such as `AWS::EC2::VPC`."""
    if not isinstance(node, Mapping):
        return False
    if node.key("AWSTemplateFormatVersion") is not None:
        return True
    resources = node.get("Resources")
    return isinstance(resources, Mapping) and any(
        key.text.startswith("Fn::") or _has_type(resource) for key, resource in resources.entries
    )


def _has_type(resource: Node) -> bool:
    type_ = resource.get("Type") if isinstance(resource, Mapping) else None
    return isinstance(type_, Scalar) and "::" in type_.text


def read_document(source: Source) -> Node:
    """The document of a YAML or JSON file.

    A name that ends in `.json` means JSON. Otherwise text in braces or brackets, which may be either, is read as what
    its name says and, should that fail, as the other. Of several YAML documents it is the first, unless that is a
    template: CloudFormation takes one alone.
    Raises Unreadable with the place, what was expected and what was found.
    """
    name = source.path.lower()
    if name.endswith(".json"):
        return read_json(source)
    if not _BRACED.match(source.text):
        return _read_single(source)
    readers = [read_json, _read_single]
    if name.endswith((".yaml", ".yml")):
        readers.reverse()
    try:
        return readers[0](source)
    except Unreadable as error:
        try:
            return readers[1](source)
        except Unreadable:
            raise error from None


def _read_single(source: Source) -> Node:
    node, following = read_yaml(source)
    if following is not None and is_template(node):
        raise Unreadable(Problem(following, "expected the end of the template, found another document"))
    return node

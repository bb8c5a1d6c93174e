"""Descriptions that the library writes where the app gives none.

A group is described by its construct's path, and a rule by its peer and ports (aws-ec2/lib/security-group.ts and
port.ts of aws-cdk-lib). See docs/decisions/cdk-generated-descriptions.md for how they are judged.
"""

from __future__ import annotations

import re

from sglint.aws.resources import Resource
from sglint.model.record import replace
from sglint.model.values import Data, GeneratedText, Value

DEFAULT_CHILD = "Resource"
DEFAULT_RULES = frozenset(
    (
        "Allow all outbound traffic by default",
        "Allow all outbound ipv6 traffic by default",
        "Disallow all traffic",
    )
)
"""Descriptions of the rules that `SecurityGroup` writes by itself."""

_NUMBERS = r"(?:\d+|\{IndirectPort\})(?:-(?:\d+|\{IndirectPort\}))?"
_PORTS = rf"(?:UDP )?(?:{_NUMBERS}|ALL PORTS)|ALL TRAFFIC|ALL ICMP(?:v6)?|ICMP Type \d+(?: Code \d+)?|ESP 50|AH 51"
_RULE = re.compile(rf"(?:from|to) \S+:(?:{_PORTS})")


def with_generated_marked(resource: Resource, path: str) -> Resource:
    """A resource, made by the construct at `path`, with the descriptions marked that no person wrote."""
    described = {name: _marked(name, value, path) for name, value in resource.arguments.entries().items()}
    return replace(resource, arguments=replace(resource.arguments, data=described))


def _marked(name: str, value: Value, path: str) -> Value:
    data: Data = value.data
    if isinstance(data, tuple):
        return replace(value, data=tuple(_marked(name, item, path) for item in data))
    if isinstance(data, dict):
        return replace(value, data={key: _marked(key, item, path) for key, item in data.items()})
    if isinstance(data, str) and (
        (name == "Description" and (data in DEFAULT_RULES or _RULE.fullmatch(data)))
        or (name == "GroupDescription" and data == path.removesuffix(f"/{DEFAULT_CHILD}"))
    ):
        return replace(value, data=GeneratedText(data))
    return value

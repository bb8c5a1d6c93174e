"""`AWS::Serverless`: serverless resources as what they expand to, where that can carry VPC settings or policies.

Source: the AWS SAM specification, its Globals section and resource reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from sglint.cloudformation.forms import text
from sglint.model.record import replace
from sglint.reading.document import Mapping, Node, Scalar, Sequence

_PREFIX = "AWS::Serverless::"
_EXPANDS_TO = {
    "Application": "AWS::CloudFormation::Stack",
    "CapacityProvider": "AWS::Lambda::CapacityProvider",
    "Function": "AWS::Lambda::Function",
    "StateMachine": "AWS::StepFunctions::StateMachine",
}
_STREAMS = frozenset(("DocumentDB", "DynamoDB", "Kinesis", "MQ", "MSK", "SQS", "SelfManagedKafka"))
"""The event sources that become a mapping of their own and may name security groups."""


def serverless(resources: Mapping, defaults: Node | None) -> Mapping:
    """The resources with serverless ones replaced. `defaults` is the Globals section.

    A resource keeps its logical id. A function becomes `AWS::Lambda::Function`; its stream events become
    `AWS::Lambda::EventSourceMapping` under the function's and the event's name, as AWS SAM names them.
    """
    return replace(resources, entries=tuple(_expanded(resources, defaults if isinstance(defaults, Mapping) else None)))


def _expanded(resources: Mapping, defaults: Mapping | None) -> Iterator[tuple[Scalar, Node]]:
    for key, body in resources.entries:
        written = body.get("Type") if isinstance(body, Mapping) else None
        name = (text(written) or "").removeprefix(_PREFIX)
        kind = _EXPANDS_TO.get(name) if (text(written) or "").startswith(_PREFIX) else None
        if kind is None or not isinstance(body, Mapping) or not isinstance(written, Scalar):
            yield key, body
            continue
        section = defaults.get(name) if defaults is not None else None
        properties = body.get("Properties")
        merged = _merged(section, properties) if section is not None and properties is not None else properties
        merged = merged if merged is not None else section
        if name == "Application" and isinstance(merged, Mapping):
            merged = _renamed(merged, "Location", "TemplateURL")
        elif isinstance(merged, Mapping) and merged.get("Role") is not None:
            # AWS SAM makes a role of the policies, unless one is given.
            merged = replace(merged, entries=tuple(entry for entry in merged.entries if entry[0].text != "Policies"))
        yield key, _with(body, replace(written, value=kind, text=kind), merged)
        if name == "Function" and isinstance(merged, Mapping):
            yield from _event_sources(key, body, written, merged)


def _with(body: Mapping, kind: Scalar, properties: Node | None) -> Mapping:
    changed = {"Type": kind, "Properties": properties}
    entries = [(key, changed.pop(key.text, None) or value) for key, value in body.entries]
    rest = changed.get("Properties")
    if rest is not None:
        entries.append((Scalar("Properties", "Properties", rest.location), rest))
    return replace(body, entries=tuple(entries))


def _merged(default: Node, own: Node) -> Node:
    """Globals under a resource's own properties: objects are merged, lists joined, anything else replaced."""
    if isinstance(default, Mapping) and isinstance(own, Mapping) and not _is_function(own):
        names = {key.text for key, _ in own.entries}
        kept = [entry for entry in default.entries if entry[0].text not in names]
        mine = ((key, default.get(key.text), value) for key, value in own.entries)
        joined = ((key, _merged(base, value) if base is not None else value) for key, base, value in mine)
        return replace(own, entries=(*kept, *joined))
    if isinstance(default, Sequence) and isinstance(own, Sequence) and default.tag is None and own.tag is None:
        return replace(own, items=(*default.items, *own.items))
    return own


def _is_function(node: Mapping) -> bool:
    return node.tag is not None or any(key.text == "Ref" or key.text.startswith("Fn::") for key, _ in node.entries)


def _renamed(properties: Mapping, old: str, new: str) -> Mapping:
    return replace(
        properties,
        entries=tuple(
            (replace(key, value=new, text=new) if key.text == old else key, value) for key, value in properties.entries
        ),
    )


def _event_sources(function: Scalar, body: Mapping, kind: Scalar, properties: Mapping) -> Iterator[tuple[Scalar, Node]]:
    events = properties.get("Events")
    if not isinstance(events, Mapping) or events.tag is not None:
        return
    for key, event in events.entries:
        settings = event.get("Properties") if isinstance(event, Mapping) else None
        if (
            not isinstance(event, Mapping)
            or text(event.get("Type")) not in _STREAMS
            or not isinstance(settings, Mapping)
        ):
            continue
        name = function.text + key.text
        source = _with(event, replace(kind, value=_MAPPING, text=_MAPPING), settings)
        condition = next((entry for entry in body.entries if entry[0].text == "Condition"), None)
        if condition is not None:
            source = replace(source, entries=(*source.entries, condition))
        yield replace(key, value=name, text=name), source


_MAPPING = "AWS::Lambda::EventSourceMapping"

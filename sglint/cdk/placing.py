"""Puts resources and their rules where the app's code writes them.

What is evaluated stands in a template that no human wrote. Here each value moves to the line of the app that made its
resource, or that wrote its very rule, and keeps its place in the template as evidence. That is all policies and
reports need: neither knows that there was a template in between.
"""

from __future__ import annotations

from sglint.aws.resources import Resource
from sglint.cdk.constructs import Constructs
from sglint.cdk.descriptions import DEFAULT_CHILD, DEFAULT_RULES
from sglint.cdk.sources import Sources
from sglint.model.location import Evidence, Location, Step
from sglint.model.record import replace
from sglint.model.values import Alternative, Conditional, Data, Value

RULE_LISTS = ("SecurityGroupIngress", "SecurityGroupEgress")
_TOLD_BY_THE_PEER = frozenset(("GroupId", "IpProtocol", "FromPort", "ToPort"))
"""Parts of a rule whose own place in the template adds nothing to that of the rule's peer."""


def placed(resource: Resource, path: str, constructs: Constructs, sources: Sources) -> Resource:
    """A resource at the line that made its construct, its rules at the lines that wrote them.

    A resource of which no line is recorded, or can be found, stays where it is.
    """
    created = sources.first(constructs.created(path))
    properties = {
        name: _placed_list(name, value, path, constructs, sources, created)
        if name in RULE_LISTS
        else _moved(value, created, name)
        for name, value in resource.arguments.entries().items()
    }
    attributes = {name: _moved(value, created, name) for name, value in resource.attributes.items()}
    moved = replace(resource, arguments=replace(resource.arguments, data=properties), attributes=attributes)
    if created is None:
        return moved
    step = Step(resource.address, resource.location)
    return replace(
        moved,
        arguments=replace(moved.arguments, location=created),
        location=created,
        extent=created,
        evidence=(step, *resource.evidence),
    )


def _placed_list(
    name: str, value: Value, path: str, constructs: Constructs, sources: Sources, created: Location | None
) -> Value:
    """The rules of a group, each where it is written."""
    assigned = [sources.first(frames) for frames in constructs.assigned(path, name)]
    items = value.items()
    if not items:
        return _moved(value, created, name)
    writings = _writings(items, assigned, path.endswith(f"/{DEFAULT_CHILD}"))
    told = {place for place in writings if place is not None}
    others = tuple(Step(f"{name} changed", place) for place in dict.fromkeys(assigned) if place and place not in told)
    moved = tuple(_moved(item, place or created, name, others) for item, place in zip(items, writings, strict=True))
    return Value(moved, created or value.location)


def _writings(
    items: tuple[Value, ...], assigned: list[Location | None], is_default_child: bool
) -> list[Location | None]:
    """Where each rule of a list was written.

    The library records every change to the list in order. Changes that add a rule come last and one by one, after the
    removal of a placeholder and after overrides; rules that `SecurityGroup` writes by itself are not recorded. So the
    last changes belong to the last rules of the user. Elsewhere (plain L1 constructs) the whole list is assigned.
    """
    if not assigned:
        return [None] * len(items)
    if not is_default_child:
        return [assigned[-1]] * len(items)
    places: list[Location | None] = [None] * len(items)
    written = [index for index, item in enumerate(items) if not _is_default_rule(item)]
    for index, place in zip(reversed(written), reversed(assigned), strict=False):
        places[index] = place
    return places


def _is_default_rule(rule: Value) -> bool:
    description = rule.get("Description")
    return description is not None and description.data in DEFAULT_RULES


def _moved(value: Value, place: Location | None, name: str, others: Evidence = ()) -> Value:
    """A value at `place` with everything in it, each plain part keeping its place in the template as evidence."""
    if place is None:
        return value
    data: Data = value.data
    if isinstance(data, dict):
        return Value({key: _moved(part, place, key, others) for key, part in value.entries().items()}, place)
    if isinstance(data, tuple):
        return Value(tuple(_moved(part, place, name, others) for part in value.items()), place)
    if isinstance(data, Conditional):
        chosen = (Alternative(each.when, _moved(each.value, place, name, others)) for each in data.alternatives)
        return Value(Conditional(tuple(chosen)), place, value.evidence)
    if name in _TOLD_BY_THE_PEER:
        return Value(data, place, value.evidence)
    return Value(data, place, (Step(name, value.location), *value.evidence, *others))

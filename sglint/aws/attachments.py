"""From evaluated resources to attachments: which resource carries which groups, and whether it faces the internet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sglint.aws.arguments import is_written, named, reached, shown
from sglint.aws.builder import Builder
from sglint.aws.carriers import Carrier, Fallback
from sglint.aws.facing import Surroundings
from sglint.aws.resources import Resource
from sglint.model.attachments import Attachment, Facing, Kind, Tier
from sglint.model.record import frozen, replace
from sglint.model.values import When


@frozen
class Joining:
    """A resource type that attaches one group to something else: arguments for the group and for what carries it."""

    group: str
    carrier: str
    kind: Kind
    tier: Tier
    service: str

    @property
    def paths(self) -> str:
        return f"{self.group} {self.carrier}"


def attachments(
    resources: Iterable[Resource],
    carriers: Mapping[str, Carrier],
    joinings: Mapping[str, Joining],
    surroundings: Surroundings,
    builder: Builder,
) -> tuple[Attachment, ...]:
    """The attachments of a unit, in the order of its resources. The builder knows its groups by now.

    Of resources without groups, only those in a default group and load balancers are among them: a network load
    balancer that has none passes its callers on as they are.
    """
    resources = tuple(resource for resource in resources if resource.type in carriers or resource.type in joinings)
    joined = {
        named(value)
        for resource in resources
        if resource.type in joinings
        for _, value in reached(resource.arguments, joinings[resource.type].carrier)
    }
    found: list[Attachment] = []
    by_address: dict[str, Attachment] = {}
    for resource in resources:
        row = carriers.get(resource.type)
        if row is None or not isinstance(resource.arguments.data, dict):
            continue
        own = tuple(_of_resource(resource, row, surroundings, builder))
        if resource.address in joined:
            own = tuple(replace(attachment, is_in_default_group=False) for attachment in own)
        by_address.setdefault(resource.address, own[0])
        found += own
    for resource in resources:
        if resource.type in joinings:
            found += _joined(resource, joinings[resource.type], by_address, builder)
    return tuple(
        attachment
        for attachment in found
        if attachment.groups or attachment.is_in_default_group or attachment.kind is Kind.LOAD_BALANCER
    )


def _of_resource(
    resource: Resource, row: Carrier, surroundings: Surroundings, builder: Builder
) -> Iterator[Attachment]:
    """What a resource carries: one attachment for each condition, at least one."""
    by_when: dict[When, dict[str, None]] = {}
    for path in row.groups if builder.has_seats else ():
        for when, value in reached(resource.arguments, path, resource.when):
            if not builder.may_carry(resource.location):
                break
            by_when.setdefault(when, {})[builder.group_name(value)[0]] = None
    subnets = surroundings.subnets_of(
        shown(value) for path in row.subnets for _, value in reached(resource.arguments, path)
    )
    base = Attachment(
        resource.address,
        row.kind,
        row.tier,
        row.service,
        facing=surroundings.facing(resource, row, subnets),
        subnets=subnets,
        when=resource.when,
        location=resource.location,
        evidence=resource.evidence,
        construct=resource.construct,
    )
    for when, groups in by_when.items():
        yield replace(base, groups=tuple(groups), when=when)
    if not by_when:
        is_in_default = row.fallback is not None and _falls_back(resource, row, row.fallback)
        yield replace(base, is_in_default_group=is_in_default)


def _falls_back(resource: Resource, row: Carrier, fallback: Fallback) -> bool:
    """Whether a resource is certain to name no group where AWS then takes the default one."""
    arguments = resource.arguments
    if any(is_written(arguments, path) for path in (*row.groups, *fallback.unless)):
        return False
    if fallback.within and not is_written(arguments, fallback.within):
        return False
    if fallback.only is None:
        return True
    path, expected = fallback.only
    written = [value.data for _, value in reached(arguments, path)]
    return all(data in expected for data in written or [None])


def _joined(
    resource: Resource, joining: Joining, carriers: Mapping[str, Attachment], builder: Builder
) -> Iterator[Attachment]:
    """The attachment that a resource of its own makes, at the carrier where the unit defines that."""
    for group_when, group in reached(resource.arguments, joining.group, resource.when):
        for when, target in reached(resource.arguments, joining.carrier, group_when):
            carrier = carriers.get(named(target) or "")
            base = carrier or Attachment(
                shown(target), joining.kind, joining.tier, joining.service, facing=Facing.UNKNOWN
            )
            yield replace(
                base,
                groups=(builder.group_name(group)[0],),
                is_in_default_group=False,
                when=when,
                location=resource.location,
                evidence=resource.evidence,
                construct=resource.construct,
            )

"""What the attachment tables say of a resource type that carries security groups."""

from __future__ import annotations

from sglint.model.attachments import Facing, Kind, Tier
from sglint.model.record import frozen

_TIERS = {
    Kind.LOAD_BALANCER: Tier.EDGE,
    Kind.VPN: Tier.EDGE,
    Kind.INSTANCE: Tier.COMPUTE,
    Kind.INTERFACE: Tier.COMPUTE,
    Kind.TASK: Tier.COMPUTE,
    Kind.FUNCTION: Tier.COMPUTE,
    Kind.CLUSTER: Tier.COMPUTE,
    Kind.JOB: Tier.COMPUTE,
    Kind.DESKTOP: Tier.COMPUTE,
    Kind.DATABASE: Tier.DATA,
    Kind.CACHE: Tier.DATA,
    Kind.SEARCH: Tier.DATA,
    Kind.QUEUE: Tier.DATA,
    Kind.FILE_SYSTEM: Tier.DATA,
    Kind.ENDPOINT: Tier.ENDPOINT,
    Kind.CONNECTOR: Tier.ENDPOINT,
}


@frozen
class Fallback:
    """When a resource that names no group gets the VPC's default group.

    `within` is the argument that puts it into a VPC, where it need not be in one. None of `unless` may be written:
    they bring groups from elsewhere. `only` limits it to resources of which an argument has one of some values; None
    among them stands for leaving it out.
    """

    within: str = ""
    unless: tuple[str, ...] = ()
    only: tuple[str, tuple[str | None, ...]] | None = None


@frozen
class Carrier:
    """One resource type. Arguments are paths: names with a dot between them, lists passed through on the way.

    `public` is an argument that gives the resource a public address, `internal` one that takes it away; `facing` holds
    where neither is written.
    """

    kind: Kind
    tier: Tier
    service: str
    groups: tuple[str, ...]
    subnets: tuple[str, ...] = ()
    facing: Facing = Facing.PRIVATE
    public: str = ""
    internal: str = ""
    fallback: Fallback | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path of the row."""
        paths = [*self.groups, *self.subnets, self.public, self.internal]
        if self.fallback is not None:
            paths += [self.fallback.within, *self.fallback.unless]
            paths += [self.fallback.only[0]] if self.fallback.only is not None else []
        return tuple(path for path in paths if path)


def carrier(
    kind: Kind,
    service: str,
    groups: str,
    subnets: str = "",
    facing: Facing = Facing.PRIVATE,
    public: str = "",
    internal: str = "",
    fallback: Fallback | None = None,
    tier: Tier | None = None,
) -> Carrier:
    """A row of a table. Several paths stand in one text, with blanks between them; `tier` is else the kind's own."""
    paths, places = tuple(groups.split()), tuple(subnets.split())
    return Carrier(kind, tier or _TIERS[kind], service, paths, places, facing, public, internal, fallback)

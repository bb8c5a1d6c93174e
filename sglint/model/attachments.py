"""What carries security groups: resources of the unit with network interfaces in them."""

from __future__ import annotations

from enum import Enum

from sglint.model.location import Evidence, Location
from sglint.model.record import field, frozen
from sglint.model.values import ALWAYS, When


class Tier(Enum):
    """What a resource is to the network around it."""

    EDGE = "edge"
    """It is made to be reached from outside: load balancers, VPN endpoints."""
    COMPUTE = "compute"
    """It runs code."""
    DATA = "data"
    """It keeps or passes on data: databases, caches, queues, file systems, search."""
    ENDPOINT = "endpoint"
    """It is a door of a managed service inside the VPC: interface endpoints, resolvers, connectors."""


class Kind(Enum):
    LOAD_BALANCER = "load-balancer"
    VPN = "vpn"
    INSTANCE = "instance"
    """An instance, or what instances are launched from."""
    INTERFACE = "interface"
    TASK = "task"
    FUNCTION = "function"
    CLUSTER = "cluster"
    """Nodes or control plane of a managed cluster."""
    JOB = "job"
    """Builds, training, batches: compute that a service starts and ends."""
    DATABASE = "database"
    CACHE = "cache"
    SEARCH = "search"
    QUEUE = "queue"
    FILE_SYSTEM = "file-system"
    ENDPOINT = "endpoint"
    CONNECTOR = "connector"
    """The interface through which a managed service reaches into the VPC."""
    DESKTOP = "desktop"


class Facing(Enum):
    """Whether the internet reaches a resource by address, rules aside."""

    PUBLIC = "public"
    PRIVATE = "private"
    UNKNOWN = "unknown"


class WebAcl(Enum):
    """Whether a web ACL (AWS WAF) filters the requests that a resource answers."""

    NONE = "none"
    ASSOCIATED = "associated"
    UNKNOWN = "unknown"


@frozen
class Attachment:
    """A resource with the groups it carries, under one condition.

    A resource that carries other groups under other conditions has an attachment for each. `groups` and `subnets` are
    named as rules name groups: by address where the unit defines them, else by id or the expression that gives it.
    `is_in_default_group` says that it names no group at all, so that AWS puts it into the VPC's default group.
    """

    address: str
    kind: Kind
    tier: Tier
    service: str
    groups: tuple[str, ...] = ()
    facing: Facing = Facing.UNKNOWN
    subnets: tuple[str, ...] = ()
    is_in_default_group: bool = False
    when: When = ALWAYS
    web_acl: WebAcl | None = None
    """None for what can have none, and where that is not known."""
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)
    evidence: Evidence = field(default=(), compare=False)
    construct: str | None = field(default=None, compare=False)
    """The path of the CDK construct that made it, where the input says."""

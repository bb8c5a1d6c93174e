"""The graph: peers, groups and the resources that carry them, with the traffic between them. Pure data."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TypeAlias

from sglint.analysis.attachments import Use
from sglint.model.attachments import Attachment, Tier
from sglint.model.record import frozen
from sglint.model.rules import Direction, Rule, SecurityGroup
from sglint.model.traffic import Traffic
from sglint.model.values import When
from sglint.policies.policy import Severity
from sglint.triage.finding import Finding


class PeerKind(Enum):
    """What stands at the other end of traffic, where that is no group of the unit."""

    WORLD = "world"
    PUBLIC = "public"
    """Addresses of the internet, short of all of them."""
    PRIVATE = "private"
    PREFIX_LIST = "prefix-list"
    GROUP = "group"
    """A group that the unit knows by reference only."""
    UNKNOWN = "unknown"


class EdgeKind(Enum):
    INGRESS = "ingress"
    """Traffic that the rules of the target admit from the source."""
    EGRESS = "egress"
    """Traffic that the rules of the source let out to the target."""
    CARRIES = "carries"
    """From a group to a resource that carries it."""
    FORWARDS = "forwards"
    """What a load balancer passes on to a target."""


class Reached(IntEnum):
    """Whether the world comes there, as `Analysis.ways` tells."""

    NO = 0
    POSSIBLY = 1
    """If the resource that the way begins with has a public address, which is not known."""
    CERTAINLY = 2

    def __str__(self) -> str:
        return self.name.lower()


@frozen
class Unit:
    """What was evaluated together. `path` is a directory or a file, `environment` names one set of inputs."""

    path: str
    environment: str = ""


@frozen
class Cluster:
    """The groups of one unit in one VPC. `vpc` is its address, id or the expression that gives it; empty for none."""

    id: str
    unit: int
    vpc: str = ""


@frozen
class Peer:
    """Networks, prefix lists or groups that are alike in all of their traffic; `names` tells them apart.

    One that both sends and receives is two: `direction` is that of the rules that name it.
    """

    id: str
    cluster: str
    kind: PeerKind
    direction: Direction
    names: tuple[str, ...]
    details: tuple[str, ...] = ()
    """What the names come to, where that is more."""


@frozen
class RuleEntry:
    """A rule with what is known about it. `findings` are positions in the graph's."""

    id: str
    rule: Rule
    level: int | None
    findings: tuple[int, ...] = ()
    source: str | None = None
    """The line of code that it stands on."""


@frozen
class GroupNode:
    id: str
    cluster: str
    group: SecurityGroup
    use: Use
    tiers: tuple[Tier, ...]
    """Those of the resources that carry it, from the world inward."""
    rules: tuple[RuleEntry, ...]
    findings: tuple[int, ...] = ()
    """All of it: its own and its rules'."""
    reached: Reached = Reached.NO
    source: str | None = None

    @property
    def level(self) -> int | None:
        """The worst of its rules' privilege levels."""
        return min((entry.level for entry in self.rules if entry.level is not None), default=None)


@frozen
class ResourceNode:
    """A resource, with an attachment for each condition under which it carries other groups."""

    id: str
    cluster: str
    attachments: tuple[Attachment, ...]
    findings: tuple[int, ...] = ()
    reached: Reached = Reached.NO
    source: str | None = None

    @property
    def attachment(self) -> Attachment:
        return self.attachments[0]


Node: TypeAlias = Peer | GroupNode | ResourceNode


@frozen
class Edge:
    id: str
    kind: EdgeKind
    source: str
    target: str
    rules: tuple[RuleEntry, ...] = ()
    traffics: tuple[Traffic, ...] = ()
    reached: Reached = Reached.NO

    @property
    def level(self) -> int | None:
        return min((entry.level for entry in self.rules if entry.level is not None), default=None)


@frozen
class Stage:
    """One connection on a way from the world: into `resource`, by rules of `group` where it needs any."""

    resource: str
    group: str | None
    rules: tuple[str, ...]
    traffics: tuple[Traffic, ...]


@frozen
class Path:
    """How the world comes to the resource of the last stage. `edges` are those it takes."""

    stages: tuple[Stage, ...]
    when: When
    reached: Reached
    edges: tuple[str, ...]


@frozen
class GraphFinding:
    """A finding with the line of code that it stands on, and the nodes that it is about."""

    finding: Finding
    source: str | None = None
    nodes: tuple[str, ...] = ()


@frozen
class Graph:
    """Everything that a picture needs, in the order of the input."""

    units: tuple[Unit, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    peers: tuple[Peer, ...] = ()
    groups: tuple[GroupNode, ...] = ()
    resources: tuple[ResourceNode, ...] = ()
    edges: tuple[Edge, ...] = ()
    paths: tuple[Path, ...] = ()
    findings: tuple[GraphFinding, ...] = ()
    problems: int = 0
    """How much of the input could not be read, and so is missing."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        return (*self.peers, *self.groups, *self.resources)

    def worst(self, node: GroupNode | ResourceNode) -> Severity | None:
        """The severity of the worst finding on a node that counts."""
        found = (self.findings[position].finding for position in node.findings)
        return max((finding.severity for finding in found if finding.is_alarm), default=None)

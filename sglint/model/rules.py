"""Security groups and their rules, whichever dialect wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from sglint.model.acceptances import Acceptance
from sglint.model.addresses import AddressSet
from sglint.model.location import Edit, Evidence, Location
from sglint.model.record import field, frozen
from sglint.model.traffic import Traffic
from sglint.model.values import ALWAYS, Unknown, When

if TYPE_CHECKING:
    from sglint.model.acls import NetworkAcl
    from sglint.model.attachments import Attachment
    from sglint.model.listeners import Listener
    from sglint.model.permissions import Statement
    from sglint.model.postures import Posture
    from sglint.model.subnets import Subnet
    from sglint.model.vpcs import Vpc


class Direction(Enum):
    INGRESS = "ingress"
    EGRESS = "egress"


class Form(Enum):
    """The kinds of resource that write rules of one group and do not go together (Terraform's AWS provider)."""

    INLINE = "inline"
    """The group itself: it removes the rules that it does not hold."""
    LISTED = "listed"
    """A rule resource that takes lists of peers."""
    SINGLE = "single"
    """A rule resource with one peer, under AWS's own id for a rule."""


@frozen
class Writer:
    """A resource that writes the rules of one direction of a group, or is certain to leave it none."""

    address: str
    direction: Direction
    form: Form
    when: When = ALWAYS
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)


class Origin(Enum):
    """How a rule came to be part of its group."""

    INLINE = "inline"
    STANDALONE = "standalone"
    IMPLICIT = "implicit"
    """Nobody wrote it: AWS's own default."""


@frozen
class Network:
    """Addresses. `written` is the text in the source, for messages; two networks are equal by their addresses."""

    addresses: AddressSet
    written: str = field(default="", compare=False)

    def __str__(self) -> str:
        return str(self.addresses)


@frozen
class GroupRef:
    """The members of another group, named by its address in the input, its id, or the expression that gives it.

    `is_resolved` says that the group is part of the same unit. `account` is the owner's account id, where given.
    """

    group: str
    is_resolved: bool = field(default=False, compare=False)
    account: str | None = None

    def __str__(self) -> str:
        return f"group {self.group}" + (f" of account {self.account}" if self.account else "")


@frozen
class PrefixList:
    """A managed prefix list; `entries` are its addresses where the input defines them.

    `size` is how many rules it counts for, where that is known: as many as it may have entries.
    """

    id: str
    entries: AddressSet | None = None
    size: int | None = None

    def __str__(self) -> str:
        return f"prefix-list {self.id}" + (f" ({self.entries})" if self.entries is not None else "")


Peer: TypeAlias = Network | GroupRef | PrefixList | Unknown
NOBODY = Network(AddressSet())
"""The peer of a rule that names none."""


class DefectKind(Enum):
    """What makes a rule invalid, or other than its author can have meant."""

    PORTS_REVERSED = "ports-reversed"
    PORTS_OUT_OF_RANGE = "ports-out-of-range"
    PORTS_MISSING = "ports-missing"
    PORTS_IGNORED = "ports-ignored"
    PROTOCOL_UNKNOWN = "protocol-unknown"
    CIDR_INVALID = "cidr-invalid"
    CIDR_HOST_BITS = "cidr-host-bits"
    PEER_MISSING = "peer-missing"
    PEER_REPEATED = "peer-repeated"


@frozen
class Defect:
    """Something wrong with how a rule is written. `detail` is a clause that names the values."""

    kind: DefectKind
    detail: str
    location: Location
    edit: Edit | None = None
    """How to write what AWS takes it for, where that is what is meant."""


@frozen
class Places:
    """Where the parts of a rule are written; each falls back to the nearest thing that contains it."""

    block: Location
    protocol: Location
    ports: Location
    description: Location


@frozen
class Rule:
    """One direction, one traffic, one peer.

    `location` is that of the peer: the list item, where there is a list. Two rules are equal when they say the
    same; where they are written does not count.
    """

    group: str
    direction: Direction
    traffic: Traffic
    peer: Peer
    description: str | Unknown | None = None
    origin: Origin = Origin.INLINE
    when: When = ALWAYS
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)
    places: Places | None = field(default=None, compare=False)
    evidence: Evidence = field(default=(), compare=False)
    address: str = field(default="", compare=False)
    """The resource that holds the rule: its group when inline, itself when standalone."""
    defects: tuple[Defect, ...] = field(default=(), compare=False)
    construct: str | None = field(default=None, compare=False)
    """The path of the CDK construct that made the resource, where the input says."""

    @property
    def addresses(self) -> AddressSet:
        """The addresses it is certain to admit; empty for groups and where unknown."""
        if isinstance(self.peer, Network):
            return self.peer.addresses
        if isinstance(self.peer, PrefixList) and self.peer.entries is not None:
            return self.peer.entries
        return AddressSet()

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """What keeps the rule from being judged in full, each with the symbol that blocks it."""
        peer = (self.peer,) if isinstance(self.peer, Unknown) else ()
        return (*peer, *self.traffic.unknowns)


@frozen
class SecurityGroup:
    """A security group with all rules of the unit that belong to it.

    A group that rules name but the unit does not define is known only by reference (`is_defined` is false):
    its rules are judged all the same, and nothing is said about the group itself.
    """

    address: str
    rules: tuple[Rule, ...] = ()
    name: str | Unknown | None = None
    description: str | Unknown | None = None
    vpc: str | Unknown | None = None
    also_in: tuple[str | Unknown, ...] = ()
    """Other VPCs that the group is associated with, and may be attached in."""
    tags: Mapping[str, str | Unknown] = field(default_factory=dict)
    may_have_other_tags: bool = False
    """Whether it may get tags with keys that only the deployment knows."""
    writers: tuple[Writer, ...] = ()
    """What writes its rules, where that may be done in several ways that do not go together."""
    is_default: bool = False
    is_defined: bool = True
    when: When = ALWAYS
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)
    description_location: Location | None = field(default=None, compare=False)
    evidence: Evidence = field(default=(), compare=False)
    construct: str | None = field(default=None, compare=False)
    """The path of the CDK construct that made it, where the input says."""


@frozen
class Unresolved:
    """A module call or nested template that could not be followed; what it holds was not judged."""

    address: str
    source: str
    reason: str
    location: Location
    evidence: Evidence = ()
    construct: str | None = None
    """The path of the CDK construct that made it, where the input says."""


@frozen
class Estate:
    """What one unit of input comes to."""

    groups: tuple[SecurityGroup, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    """The risks that are accepted, where these themselves are judged."""
    attachments: tuple[Attachment, ...] = ()
    acls: tuple[NetworkAcl, ...] = ()
    vpcs: tuple[Vpc, ...] = ()
    unused: frozenset[str] = frozenset()
    """Groups that nothing of the unit puts to use, by address: no resource, output, module call or lookup names them.

    Rules that name one do not count. A group that is neither attached nor among these may be in use.
    """
    listeners: tuple[Listener, ...] = ()
    subnets: tuple[Subnet, ...] = ()
    """Those with addresses that are known."""
    statements: tuple[Statement, ...] = ()
    """What its IAM policies allow and deny."""
    cut: Location | None = None
    """The first rule that is left out, or resource whose groups are, where there are more than are judged."""
    past: Mapping[str, Posture] | None = None
    """How open groups were, by address, where they are held to it: a group that is not named is new."""

"""By which ways the world comes to what carries groups: into an open group, and on from resource to resource.

Every hop is a connection of its own. Into the first resource comes what its groups open to the world, where the
resource may face the internet. From there on comes what a group admits from a group of the resource before, as far as
the egress of that one allows it; from a load balancer, only what its listeners pass on to their targets. Network ACLs
hold back on every hop what they do not let across. docs/decisions/exposure.md says what is taken for granted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from typing import TypeAlias

from sglint.analysis.admission import Admission
from sglint.analysis.crossings import Crossings
from sglint.analysis.flows import EVERY_FLOW, certain_flows, possible_flows, traffics_of
from sglint.analysis.pairs import Pairs
from sglint.model.addresses import AddressSet, everything, private, public
from sglint.model.attachments import Attachment, Facing, Kind
from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.listeners import Listener, Source, Target
from sglint.model.record import field, frozen
from sglint.model.rules import Direction, Estate, GroupRef, PrefixList, Rule, SecurityGroup
from sglint.model.traffic import Traffic
from sglint.model.values import Unknown, When


@frozen
class Hop:
    """One connection, and the resource that it reaches.

    `admission` is what the resource's group admits it by; None for a load balancer without groups, which admits all.
    `listener` is the one that takes it, where it reaches a load balancer whose listeners are known. `target` is set
    where a load balancer passes it on.
    """

    attachment: Attachment
    flows: IntervalSet
    admission: Admission | None
    listener: Listener | None = None
    target: Target | None = None

    @property
    def traffics(self) -> tuple[Traffic, ...]:
        """What may come by it, by protocol."""
        return traffics_of(self.flows)


@frozen
class Way:
    """How the world comes to a resource, the last hop's. The first hop's groups admit the world.

    `is_certain` says that the first resource has a public address; otherwise it only may have one.
    """

    hops: tuple[Hop, ...]
    when: When
    is_certain: bool

    @property
    def attachment(self) -> Attachment:
        return self.hops[-1].attachment


Opened: TypeAlias = Mapping[str, Sequence[Admission]]
"""What groups open to the world."""
Accept: TypeAlias = Callable[[Hop], bool]

_Likeness: TypeAlias = tuple[frozenset[tuple[str, When]], tuple[str, ...]]

MAX_CONDITIONS = 16
"""Under how many conditions a resource is looked at before further ways to it are left out."""


class Exposure:
    """The resources of an estate, and how traffic may go between them.

    What is unknown of a rule's traffic or peer opens no way. What is unknown of anything that may hold traffic back
    (egress, listeners, network ACLs) holds nothing back.
    """

    def __init__(self, estate: Estate, groups: Iterable[SecurityGroup], opened: Opened, pairs: Pairs) -> None:
        """`groups` are the estate's with the rules under their groups' conditions; `opened` is what they leave open."""
        self._groups = {group.address: group for group in groups}
        self._attachments = estate.attachments
        self._pairs = pairs
        self._crossings = Crossings(estate.acls, estate.subnets, pairs)
        self._records: dict[str, list[Attachment]] = {}
        self._carriers: dict[str, list[Attachment]] = {}
        for attachment in estate.attachments:
            self._records.setdefault(attachment.address, []).append(attachment)
            for name in attachment.groups:
                self._carriers.setdefault(name, []).append(attachment)
        self._admitting: dict[str, list[Rule]] = {}
        for group in self._groups.values():
            for rule in group.rules:
                if rule.direction is Direction.INGRESS and isinstance(rule.peer, GroupRef):
                    self._admitting.setdefault(rule.peer.group, []).append(rule)
        self._opened = opened
        self._listeners: dict[str, list[Listener]] = {}
        for listener in estate.listeners:
            self._listeners.setdefault(listener.balancer, []).append(listener)

    def ways(self, accept: Accept = lambda hop: True) -> tuple[Way, ...]:
        """For each resource that the world may come to, one of the shortest ways; a certain one before others.

        `accept` says of each hop after the first whether a way may lead over it.
        """
        return tuple(self._within(partial(self._ways, accept)))

    def openings(self) -> Iterator[Way]:
        """The ways of a single hop."""
        return self._within(self._openings)

    def _within(self, compute: Callable[[], Iterator[Way]]) -> Iterator[Way]:
        return self._pairs.within(self._attachments[0].location, compute) if self._attachments else iter(())

    def _ways(self, accept: Accept) -> Iterator[Way]:
        found: set[Attachment] = set()
        been: dict[tuple[Attachment, ...], dict[Listener | None, list[When]]] = {}
        expanded: dict[_Likeness, list[When]] = {}
        first = tuple(self._openings())
        for is_certain in (True, False):
            pending = deque(way for way in first if way.is_certain is is_certain)
            while pending:
                way = pending.popleft()
                # A load balancer may keep the address of the one before it.
                place = tuple(hop.attachment for hop in (way.hops[-2:] if way.hops[-1].listener else way.hops[-1:]))
                conditions = been.setdefault(place, {}).setdefault(way.hops[-1].listener, [])
                if len(conditions) < MAX_CONDITIONS and not any(way.when.implies(other) for other in conditions):
                    conditions.append(way.when)
                    if way.attachment not in found:
                        found.add(way.attachment)
                        yield way
                    if way.hops[-1].listener is None:
                        alike = expanded.setdefault(self._likeness(way), [])
                        if any(way.when.implies(other) for other in alike):
                            continue
                        alike.append(way.when)
                    pending.extend(onward for onward in self._onward(way) if accept(onward.hops[-1]))

    def _likeness(self, way: Way) -> _Likeness:
        """What is the same for resources from which the same others are reached."""
        records = self._records[way.attachment.address]
        return frozenset((name, each.when) for each in records for name in each.groups), way.attachment.subnets

    def _openings(self) -> Iterator[Way]:
        for name, admissions in self._opened.items():
            for admission, attachment in product(admissions, self._carriers.get(name, ())):
                self._pairs.take(1)
                when = admission.when.conjoin(attachment.when)
                if when is not None:
                    yield from self._opening(attachment, admission, when)
        for attachment in self._attachments:
            if _admits_all(attachment):
                yield from self._opening(attachment, None, attachment.when)

    def _opening(self, attachment: Attachment, admission: Admission | None, when: When) -> Iterator[Way]:
        if attachment.facing is Facing.PRIVATE:
            return
        sources = public() if admission is None else public() & admission.addresses
        crossing = self._crossings.from_addresses(sources, attachment.subnets)
        arrival = _Arrival(attachment, crossing, admission, when)
        yield from self._arrived(Way((), when, attachment.facing is Facing.PUBLIC), arrival)

    def _onward(self, way: Way) -> Iterator[Way]:
        """The way, longer by one hop: to each resource that may be reached from the one it has come to."""
        listener = way.hops[-1].listener
        if listener is None or listener.may_have_others or not all(map(self._is_known, listener.targets)):
            yield from self._by_reference(way)
        for target in listener.targets if listener is not None else ():
            yield from self._passed_on(way, target)

    def _is_known(self, target: Target) -> bool:
        return any(attachment.groups for attachment in self._records.get(target.address, ()))

    def _by_reference(self, way: Way) -> Iterator[Way]:
        """To each resource that admits a group of the one the way has come to."""
        source = way.attachment
        for name, given in self._own(source, way.when):
            for rule in self._admitting.get(name, ()):
                when = given.conjoin(rule.when)
                for attachment in self._carriers.get(rule.group, ()) if when is not None else ():
                    self._pairs.take(1)
                    joined = when.conjoin(attachment.when) if when is not None else None
                    if joined is not None and attachment.address != source.address:
                        crossing = self._crossings.between(source.subnets, attachment.subnets)
                        for last, leaving in self._leaving(source, attachment, joined):
                            arrival = _Arrival(attachment, crossing & leaving, Admission.of(rule), last)
                            yield from self._arrived(way, arrival)

    def _passed_on(self, way: Way, target: Target) -> Iterator[Way]:
        """To a target of the load balancer that the way has come to."""
        given = way.when.conjoin(target.when)
        for attachment in self._records.get(target.address, ()) if given is not None else ():
            self._pairs.take(1)
            when = given.conjoin(attachment.when) if given is not None else None
            if when is None:
                continue
            for source in (Source.BALANCER, Source.CALLER):
                if target.source not in (source, Source.UNKNOWN):
                    continue
                senders = _senders(way, source)
                crossing = self._crossing(senders, attachment) & possible_flows(target.traffic)
                for admission in self._admitted(way.attachment, attachment, senders, when):
                    joined = when.conjoin(admission.when) if admission is not None else when
                    for last, leaving in (
                        self._leaving(way.attachment, attachment, joined) if joined is not None else ()
                    ):
                        arrival = _Arrival(attachment, crossing & leaving, admission, last, target)
                        yield from self._arrived(way, arrival)

    def _crossing(self, senders: Sequence[str] | None, target: Attachment) -> IntervalSet:
        """What network ACLs let across to a resource from some subnets, or from the world."""
        if senders is None:
            return self._crossings.from_addresses(public(), target.subnets)
        return self._crossings.between(senders, target.subnets)

    def _admitted(
        self, balancer: Attachment, attachment: Attachment, senders: Sequence[str] | None, when: When
    ) -> Iterator[Admission | None]:
        """What a target admits of what a load balancer passes on to it, with addresses of some subnets or the world."""
        if _admits_all(attachment):
            yield None
        own = {name for name, _ in self._own(balancer, when)}
        addresses = AddressSet() if senders is None else self._crossings.addresses(senders) or private()
        for name in attachment.groups:
            group = self._groups.get(name)
            for rule in group.rules if group is not None else ():
                is_reference = isinstance(rule.peer, GroupRef) and rule.peer.group in own
                if rule.direction is Direction.INGRESS and (is_reference or rule.addresses.overlaps(addresses)):
                    yield Admission.of(rule)
            if senders is None:
                yield from self._opened.get(name, ())

    def _arrived(self, way: Way, arrival: _Arrival) -> Iterator[Way]:
        """The way, longer by what arrives: at a load balancer by each of its listeners, where these are known."""
        admission = arrival.admission
        flows = arrival.crossing & (EVERY_FLOW if admission is None else certain_flows(admission.traffic))
        attachment = arrival.attachment
        listeners = self._listeners.get(attachment.address, ())
        for listener in listeners:
            when = arrival.when.conjoin(listener.when)
            taken = flows & possible_flows(listener.traffic)
            if taken and when is not None:
                hop = Hop(attachment, taken, admission, listener, arrival.target)
                yield Way((*way.hops, hop), when, way.is_certain)
        if flows and not listeners and not _admits_all(attachment):
            yield Way(
                (*way.hops, Hop(attachment, flows, admission, None, arrival.target)), arrival.when, way.is_certain
            )

    def _leaving(self, source: Attachment, target: Attachment, when: When) -> Iterator[tuple[When, IntervalSet]]:
        """What the groups of a resource let out towards another, by the condition under which they do.

        A group whose rules are not all known lets out everything, and so does what has no groups.
        """
        found: dict[When, IntervalSet] = {}
        own = tuple(self._own(source, when))
        addresses = self._crossings.addresses(target.subnets)
        groups = {name for name, _ in self._own(target, when)}
        for name, given in own:
            group = self._groups.get(name)
            if group is None or not group.is_defined:
                found[given] = EVERY_FLOW
                continue
            for egress in group.rules:
                joined = given.conjoin(egress.when) if egress.direction is Direction.EGRESS else None
                if joined is not None and _may_lead_to(egress, groups, addresses):
                    found[joined] = found.get(joined, NOTHING) | possible_flows(egress.traffic)
        if not own:
            found[when] = EVERY_FLOW
        for condition, flows in found.items():
            for other, theirs in found.items():
                if other != condition and condition.implies(other):
                    flows |= theirs
            yield condition, flows

    def _own(self, attachment: Attachment, when: When) -> Iterator[tuple[str, When]]:
        """The groups that a resource carries under a condition, each with the condition under which it does."""
        for record in self._records.get(attachment.address, ()):
            joined = when.conjoin(record.when)
            if joined is not None:
                for name in record.groups:
                    yield name, joined


@frozen
class _Arrival:
    """What comes to a resource: the flows that get as far as its groups, and what these admit them by."""

    attachment: Attachment
    crossing: IntervalSet
    admission: Admission | None
    when: When
    target: Target | None = field(default=None)


def _senders(way: Way, source: Source) -> Sequence[str] | None:
    """The subnets whose addresses a target sees of what comes by a way to its load balancer; None for the world."""
    if source is Source.BALANCER:
        return way.attachment.subnets
    return way.hops[-2].attachment.subnets if len(way.hops) > 1 else None


def _admits_all(attachment: Attachment) -> bool:
    """Whether it is a network load balancer without groups, which takes all that comes to its listeners."""
    return attachment.kind is Kind.LOAD_BALANCER and not attachment.groups and not attachment.is_in_default_group


def _may_lead_to(egress: Rule, groups: set[str], addresses: AddressSet | None) -> bool:
    """Whether an egress rule may be meant for a resource with some groups: it names one of them, or its addresses."""
    peer = egress.peer
    if isinstance(peer, GroupRef):
        return peer.group in groups
    if isinstance(peer, Unknown) or (isinstance(peer, PrefixList) and peer.entries is None):
        return True
    return egress.addresses.overlaps(addresses if addresses is not None else everything())

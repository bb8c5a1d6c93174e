"""Which groups are carried where a network lies, so that a rule may name them instead of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sglint.analysis.pairs import Pairs
from sglint.model.addresses import AddressSet
from sglint.model.attachments import Attachment, Kind, Tier
from sglint.model.intervals import NOTHING
from sglint.model.rules import Direction, Estate, GroupRef, Network, Rule, SecurityGroup
from sglint.model.vpcs import Vpc

_FEW = 16
"""A network of as many addresses or fewer is taken to name hosts."""
_CALLING = frozenset({Tier.EDGE, Tier.COMPUTE})
"""What opens connections of its own."""


class Callers:
    """The groups of a unit, as rules may name them."""

    def __init__(self, estate: Estate, groups: Iterable[SecurityGroup], pairs: Pairs) -> None:
        self._estate = estate
        self._pairs = pairs
        self._groups = {group.address: group for group in groups}
        self._vpcs = tuple([_Members(vpc, frozenset(vpc.groups)) for vpc in estate.vpcs])
        self._places: dict[tuple[_Members, ...], _Places] = {}
        """By the VPCs that a group is in: an estate has thousands of groups and few VPCs."""
        carriers = {
            (name, each.subnets, each.when): each
            for each in estate.attachments
            if each.tier in _CALLING
            for name in each.groups
            if name in self._groups
        }
        self._carriers = [(name, each) for (name, *_), each in carriers.items()]
        self._held: dict[tuple[_Places, AddressSet], list[tuple[str, Attachment]]] = {}
        """What certainly lies in the networks that rules name."""
        self._has_bare_balancer = any(
            each.kind is Kind.LOAD_BALANCER and not each.groups for each in estate.attachments
        )

    def of(self, rule: Rule) -> Iterator[SecurityGroup]:
        """The groups that a rule means by the network it names, as far as the unit tells, each once.

        The network must lie in VPCs and subnets of the unit. Of the groups that are carried in it, those count that may
        send the rule's traffic there. None are told where others may be meant, too: a load balancer without groups
        speaks for callers that no group stands for. TooManyPairs where it takes too many to tell.
        """
        addresses = rule.addresses
        if self._has_bare_balancer or not isinstance(rule.peer, Network):
            return
        own = tuple([each for each in self._vpcs if rule.group in each.groups])
        if own not in self._places:
            self._places[own] = _Places(self._estate, own)
        places = self._places[own]
        if addresses.v4.size + addresses.v6.size <= _FEW or not addresses <= places.addresses:
            return
        told = {rule.group}
        for name, attachment in self._held_by(places, addresses):
            if name not in told and attachment.when.conjoin(rule.when) is not None:
                told.add(name)
                group = self._groups[name]
                self._pairs.take(len(group.rules))
                if group.is_defined and _may_send(group, rule):
                    yield group

    def _held_by(self, places: _Places, addresses: AddressSet) -> list[tuple[str, Attachment]]:
        if (places, addresses) not in self._held:
            self._pairs.take(len(self._carriers))
            self._held[places, addresses] = [each for each in self._carriers if places.hold(*each, addresses)]
        return self._held[places, addresses]


class _Members:
    """A VPC with its groups, to be told apart by what it is, not by what it says."""

    def __init__(self, vpc: Vpc, groups: frozenset[str]) -> None:
        self.vpc = vpc
        self.groups = groups


class _Places:
    """The networks of the unit that a group may be in: those of its `own` VPCs."""

    def __init__(self, estate: Estate, own: tuple[_Members, ...]) -> None:
        vpcs = [each.vpc for each in own]
        foreign = {subnet for vpc in estate.vpcs if own and vpc not in vpcs for subnet in vpc.subnets}
        self._vpcs = [(each.vpc.addresses, each.groups) for each in own if each.vpc.addresses]
        self._subnets = {subnet.address: subnet.addresses for subnet in estate.subnets if subnet.address not in foreign}
        self.addresses = AddressSet.union((*(addresses for addresses, _ in self._vpcs), *self._subnets.values()))

    def hold(self, group: str, attachment: Attachment, addresses: AddressSet) -> bool:
        """Whether a resource with a group is certain to lie where some addresses are, or in a part of them."""
        if any(not _missing(vpc, addresses) for vpc, members in self._vpcs if group in members):
            return True
        known = (self._subnets.get(subnet) for subnet in attachment.subnets)
        return any(subnet is not None and (subnet <= addresses or addresses <= subnet) for subnet in known)


def _missing(whole: AddressSet, part: AddressSet) -> AddressSet:
    """What a part leaves out of a whole, in the families that it has any of."""
    rest = whole - part
    return AddressSet(rest.v4 if part.v4 else NOTHING, rest.v6 if part.v6 else NOTHING)


def _may_send(group: SecurityGroup, rule: Rule) -> bool:
    """Whether the members of a group may open connections that a rule is for."""
    return any(_meets(egress, rule) for egress in group.rules if egress.direction is Direction.EGRESS)


def _meets(egress: Rule, rule: Rule) -> bool:
    if egress.when.conjoin(rule.when) is None:
        return False
    if egress.traffic.unknowns or rule.traffic.unknowns:
        return True
    if egress.traffic & rule.traffic is None:
        return False
    if isinstance(egress.peer, GroupRef):
        return egress.peer.group == rule.group
    return not isinstance(egress.peer, Network) or egress.addresses.overlaps(rule.addresses)

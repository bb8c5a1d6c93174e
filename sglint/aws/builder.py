"""From evaluated values to rules of the model: one rule per peer, per alternative.

The dialects differ in property names and in who writes what where; everything that is the same lies here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sglint.aws.arguments import known_text, plain_text, written_items
from sglint.aws.managed_prefix_lists import weight
from sglint.aws.peers import PeerKind, read_network
from sglint.aws.resources import Resource
from sglint.aws.tags import Tags
from sglint.aws.traffic import read_traffic
from sglint.model.addresses import AddressSet
from sglint.model.limits import limits
from sglint.model.location import Evidence, Location
from sglint.model.record import frozen, replace
from sglint.model.rules import (
    NOBODY,
    Defect,
    DefectKind,
    Direction,
    Estate,
    GroupRef,
    Origin,
    Peer,
    Places,
    PrefixList,
    Rule,
    SecurityGroup,
    Unresolved,
    Writer,
)
from sglint.model.values import ALWAYS, Reference, Unknown, Value, When, alternatives, combinations, lift, spelled


@frozen
class RuleParts:
    """The values of one rule as written, before it falls into one rule per peer.

    `peers` holds each property that names peers, a list or a single value, given or not. `has_self` adds the group
    itself as a peer. `account` owns the groups named.
    """

    direction: Direction
    block: Location
    protocol: Value | None
    first: Value | None
    last: Value | None
    description: Value | None
    peers: tuple[tuple[PeerKind, Value], ...]
    has_self: Value | None = None
    account: Value | None = None
    when: When = ALWAYS
    evidence: Evidence = ()
    origin: Origin = Origin.INLINE
    address: str = ""
    construct: str | None = None


class Builder:
    """Collects the groups and rules of one unit and joins them."""

    def __init__(self, group_attributes: Iterable[str], default_groups: Iterable[str] = ()) -> None:
        """`group_attributes` are the attributes of a group resource by which it may be named (`id`, `GroupId`).

        `default_groups` are the attributes of other resources that name a VPC's default group.
        """
        self._group_attributes = frozenset(group_attributes)
        self._default_groups = frozenset(default_groups)
        self._defaults: set[str] = set()
        self._groups: dict[str, SecurityGroup] = {}
        self._aliases: dict[str, str] = {}
        self._rules: dict[str, list[Rule]] = {}
        """By group, in the order of first mention."""
        self._rooms = limits().rules
        self._seats = limits().rules
        self.cut: Location | None = None
        """What is left out first, where there is more than is judged."""
        self._prefix_lists: dict[str, list[AddressSet] | None] = {}
        """What is told of the entries of each; None where not all of them are known."""
        self._addresses: dict[str, AddressSet | None] = {}
        """What they come to, for those that were asked about."""
        self._prefix_list_sizes: dict[str, int | None] = {}
        self._associations: dict[str, list[str | Unknown]] = {}
        self._writers: dict[str, list[Writer]] = {}
        self._ports: dict[Reference, Value] = {}

    def add_ports(self, ports: Mapping[Reference, Value]) -> None:
        """What attributes of other resources come to, where they are ports."""
        self._ports.update(ports)

    def add_group(self, group: SecurityGroup, *aliases: str) -> None:
        """A group of the unit; `aliases` are other names by which rules may know it."""
        self._groups[group.address] = group
        for alias in aliases:
            self._aliases[alias] = group.address

    def add_prefix_list(self, address: str, entries: AddressSet | None, size: Value | None = None) -> None:
        """A managed prefix list of the unit, or more of its entries; None when these are not all known.

        `size` is how many entries it may have.
        """
        limit = plain_text(size)
        if isinstance(limit, str) and limit.isdecimal():
            self._prefix_list_sizes[address] = int(limit)
        self._addresses.pop(address, None)
        known = self._prefix_lists.setdefault(address, [])
        if entries is None:
            self._prefix_lists[address] = None
        elif known is not None:
            known.append(entries)

    def associate(self, group: Value | None, vpc: Value | None) -> None:
        """Another VPC that a group may be used in."""
        other = plain_text(vpc)
        if group is None or other is None:
            return
        for _, value in alternatives(group):
            self._associations.setdefault(self.group_name(value)[0], []).append(other)

    def add_writer(self, group: Value | str, writer: Writer) -> None:
        """What writes rules of a group, given by address or by the value that names it."""
        if isinstance(group, str):
            self._writers.setdefault(group, []).append(writer)
            return
        for when, value in alternatives(group, writer.when):
            self._writers.setdefault(self.group_name(value)[0], []).append(replace(writer, when=when))

    def add_rules(self, group: Value | str, parts: RuleParts) -> None:
        """The rules that `parts` come to, for a group given by address or by the value that names it."""
        if self._rooms == 0:
            self.cut = self.cut or parts.block
        elif isinstance(group, str):
            self._extend(self._build(group, parts))
        else:
            for when, value in alternatives(group, parts.when):
                if isinstance(value.data, (str, Unknown)):
                    named = replace(parts, when=when, evidence=_joined(value.evidence, parts.evidence))
                    self._extend(self._build(self.group_name(value)[0], named))

    def add_rule(self, rule: Rule) -> None:
        self._extend((rule,))

    @property
    def has_seats(self) -> bool:
        """Whether any more groups of resources are judged, as far as is known: `cut` tells if not."""
        return self._seats > 0 or self.cut is None

    def may_carry(self, at: Location) -> bool:
        """Whether one more group of a resource, or target of a listener, is judged."""
        if self._seats == 0:
            self.cut = self.cut or at
            return False
        self._seats -= 1
        return True

    def _extend(self, rules: Iterable[Rule]) -> None:
        for rule in rules:
            if self._rooms == 0:
                self.cut = self.cut or rule.location
                return
            self._rooms -= 1
            self._rules.setdefault(rule.group, []).append(rule)

    def conditions(self, group: str, direction: Direction) -> list[When]:
        """The conditions under which a group has rules of one direction."""
        return [rule.when for rule in self._rules.get(group, ()) if rule.direction is direction]

    def group_name(self, value: Value) -> tuple[str, bool]:
        """What to call the group that a value names, and whether the unit defines it."""
        name = spelled(value.data)
        reference = value.data.reference if isinstance(value.data, Unknown) else None
        if reference is not None:
            name = f"{reference.address}.{reference.attribute}"
            if reference.attribute in self._group_attributes:
                name = reference.address
            elif reference.attribute in self._default_groups:
                self._defaults.add(name)
        name = self._aliases.get(name, name)
        return name, name in self._groups

    def defined(self, name: str) -> str | None:
        """The address of the group that goes by a name, None when the unit defines none."""
        address = self._aliases.get(name, name)
        return address if address in self._groups else None

    def estate(self, unresolved: tuple[Unresolved, ...] = ()) -> Estate:
        """The groups with their rules; groups that only rules name come last, by first mention."""
        by_group = {**{address: [] for address in self._groups}, **self._rules}
        groups = []
        for address, rules in by_group.items():
            group = self._groups.get(address)
            if group is None:
                is_default = address in self._defaults
                group = SecurityGroup(address, is_default=is_default, is_defined=False, location=rules[0].location)
            also_in = tuple(dict.fromkeys(self._associations.get(address, ())))
            writers = tuple(self._writers.get(address, ()))
            groups.append(replace(group, rules=tuple(rules), also_in=also_in, writers=writers))
        return Estate(tuple(groups), unresolved, cut=self.cut)

    # ---- one written rule

    def _build(self, group: str, parts: RuleParts) -> Iterator[Rule]:
        values = (parts.protocol, self._port(parts.first), self._port(parts.last), parts.description)
        given = tuple(value for value in values if value is not None)
        for when, chosen in combinations(given, parts.when):
            pending = iter(chosen)
            protocol, first, last, description = (None if value is None else next(pending) for value in values)
            admitted = read_traffic(protocol, first, last, parts.block)
            places = Places(
                block=parts.block,
                protocol=protocol.location if protocol else parts.block,
                ports=(first or last or protocol or Value(None, parts.block)).location,
                description=description.location if description else parts.block,
            )
            evidence = _joined(*(value.evidence for value in (first, last, protocol) if value), parts.evidence)
            template = Rule(
                group,
                parts.direction,
                admitted.traffic,
                NOBODY,
                known_text(description),
                parts.origin,
                when,
                parts.block,
                places,
                evidence,
                parts.address or group,
                admitted.defects,
                parts.construct,
            )
            yield from self._peers(template, parts)

    def _port(self, value: Value | None) -> Value | None:
        """A port, also where it is another resource's."""

        def known(plain: Value) -> Value:
            reference = plain.data.reference if isinstance(plain.data, Unknown) else None
            port = self._ports.get(reference) if reference is not None else None
            return plain if port is None else Value(port.data, plain.location, (*plain.evidence, *port.evidence))

        return value if value is None or not self._ports else lift(known, (value,), value.location, "")

    def _peers(self, template: Rule, parts: RuleParts) -> Iterator[Rule]:
        groups = (value for kind, value in parts.peers if kind is PeerKind.GROUP)
        named = {self.group_name(value)[0] for written in groups for _, value in written_items(written, ALWAYS)}
        for kind, written in parts.peers:
            for when, value in alternatives(written, template.when):
                yield from self._peer_rules(replace(template, when=when), kind, value, parts.account)
        if parts.has_self is not None:
            for when, value in alternatives(parts.has_self, template.when):
                if value.data is True or value.data == "true":
                    defects = template.defects
                    if template.group in named:
                        detail = "the group names itself beside self, which says the same twice"
                        defects = (*defects, Defect(DefectKind.PEER_REPEATED, detail, value.location))
                    yield replace(
                        template,
                        peer=GroupRef(template.group, template.group in self._groups),
                        when=when,
                        location=value.location,
                        evidence=_joined(value.evidence, template.evidence),
                        defects=defects,
                    )
                elif isinstance(value.data, Unknown):
                    yield replace(template, peer=value.data, when=when, location=value.location)
        yield from self._without_peer(template, parts)

    def _without_peer(self, template: Rule, parts: RuleParts) -> Iterator[Rule]:
        """A rule that names no peer, under each condition that leaves it without one.

        An empty list is a peer list all the same: nothing is admitted, and nothing is wrong.
        """
        values = tuple(value for _, value in parts.peers)
        if parts.has_self is not None:
            values = (*values, parts.has_self)
        for when, chosen in combinations(values, template.when):
            if all(value.data is None or value.data is False or value.data == "false" for value in chosen):
                direction = "source" if template.direction is Direction.INGRESS else "destination"
                defect = Defect(DefectKind.PEER_MISSING, f"the rule names no {direction}", parts.block)
                yield replace(template, when=when, defects=(*template.defects, defect))

    def _peer_rules(self, template: Rule, kind: PeerKind, value: Value, account: Value | None) -> Iterator[Rule]:
        if value.data is None:
            return
        if isinstance(value.data, tuple):
            for item in value.items():
                for when, chosen in alternatives(item, template.when):
                    yield from self._peer_rules(replace(template, when=when), kind, chosen, account)
            return
        for item in value.certain_items():
            yield from self._peer_rules(template, kind, item, account)
        peer, defects = self._peer(kind, value, account)
        yield replace(
            template,
            peer=peer,
            location=value.location,
            evidence=_joined(value.evidence, template.evidence),
            defects=(*template.defects, *defects),
        )

    def _peer(self, kind: PeerKind, value: Value, account: Value | None) -> tuple[Peer, tuple[Defect, ...]]:
        data = value.data
        if kind is PeerKind.GROUP:
            name, is_resolved = self.group_name(value)
            owner, slash, rest = name.partition("/")
            if slash and owner.isdigit():
                return GroupRef(rest, account=owner), ()
            owned_by = account.data if account is not None and isinstance(account.data, (str, int)) else None
            return GroupRef(name, is_resolved, None if owned_by is None else str(owned_by)), ()
        if kind is PeerKind.PREFIX_LIST:
            name = self._prefix_list_name(value)
            return PrefixList(name, self._entries(name), self._prefix_list_sizes.get(name, weight(name))), ()
        if isinstance(data, Unknown):
            return data, ()
        return read_network(data, kind, value.location)

    def _entries(self, prefix_list: str) -> AddressSet | None:
        """The addresses of a prefix list, None where they are not known."""
        if prefix_list not in self._addresses:
            found = self._prefix_lists.get(prefix_list)
            self._addresses[prefix_list] = None if found is None else AddressSet.union(found)
        return self._addresses[prefix_list]

    def _prefix_list_name(self, value: Value) -> str:
        data = value.data
        if isinstance(data, Unknown):
            return data.reference.address if data.reference is not None else data.expression
        return spelled(data)


def _joined(*chains: Evidence) -> Evidence:
    """Chains one after the other, each step once."""
    return tuple(dict.fromkeys(step for chain in chains for step in chain))


def group_of(
    resource: Resource,
    name: Value | None,
    description: Value | None,
    vpc: Value | None,
    tags: Tags | None = None,
    is_default: bool = False,
) -> SecurityGroup:
    """The group that a resource defines, without its rules."""
    tags = tags or Tags()
    return SecurityGroup(
        resource.address,
        name=plain_text(name),
        description=plain_text(description),
        vpc=plain_text(vpc),
        tags={key: text for key, value in tags.found.items() if (text := plain_text(value)) is not None},
        may_have_other_tags=tags.may_have_others,
        is_default=is_default,
        when=resource.when,
        location=resource.location,
        description_location=description.location if description is not None else None,
        evidence=resource.evidence,
        construct=resource.construct,
    )

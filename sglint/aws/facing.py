"""Whether the internet reaches a resource by address: public addresses, and subnets that route to a gateway.

Sources: the documentation of Amazon VPC, "Internet gateways" and "IP addressing", and of each resource's arguments.
What the input does not define stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from sglint.aws.arguments import named, reached, shown
from sglint.aws.carriers import Carrier
from sglint.aws.resources import Resource
from sglint.model.addresses import AddressSet
from sglint.model.attachments import Facing, Kind
from sglint.model.record import field, frozen, mutable
from sglint.model.subnets import Subnet
from sglint.model.values import Unknown, Value

_YES = frozenset({"true", "enabled", "internet-facing", "service_provided_eips"})
_NO = frozenset({"false", "disabled", "internal"})
_OF_INSTANCES = frozenset({Kind.INSTANCE, Kind.INTERFACE})
_ROUTED = _OF_INSTANCES | {Kind.TASK}
"""Kinds whose public address is of use only where their subnet routes to a gateway."""


@frozen
class Layout:
    """What a dialect calls the resources of a network, each type with the arguments that matter."""

    subnet: str
    maps_addresses: str
    blocks: tuple[str, ...]
    """The arguments of a subnet that hold its addresses."""
    subnet_groups: Mapping[str, str]
    """Types that name several subnets at once, each with the path to them."""
    gateways: frozenset[str]
    route_table: str
    route: tuple[str, str, str]
    """The type of a route of its own, and the arguments that name its table and its gateway."""
    destinations: tuple[str, ...]
    inline_routes: str
    """The argument of a route table that holds routes, if there is one."""
    association: tuple[str, str, str]
    """The type, and the arguments that name the subnet and the table."""
    addresses: tuple[tuple[str, str], ...]
    """Types that give a resource a fixed public address, each with an argument that names the resource."""
    members: tuple[tuple[str, str, str], ...]
    """Types of a cluster's members, the argument that names the cluster, and the one that gives a public address."""
    member_default: bool | None
    """Whether a member has a public address where that is not written; None where it depends on the network."""

    @property
    def paths(self) -> dict[str, str]:
        """The arguments by resource type."""
        found = {
            self.subnet: " ".join((self.maps_addresses, *self.blocks)),
            **self.subnet_groups,
            self.route_table: self.inline_routes,
            self.route[0]: " ".join((*self.route[1:], *self.destinations)),
            self.association[0]: " ".join(self.association[1:]),
            **dict.fromkeys(self.gateways, ""),
        }
        for type_, *paths in (*self.addresses, *self.members):
            found[type_] = " ".join((found.get(type_, ""), *paths)).strip()
        return found


@mutable
class Surroundings:
    """The networks of one unit as far as it defines them."""

    layout: Layout
    _maps: dict[str, bool | None] = field(default_factory=dict)
    _tables: dict[str, bool | None] = field(default_factory=dict)
    """Whether a route table leads to an internet gateway."""
    _table_of: dict[str, str | None] = field(default_factory=dict)
    _addressed: set[str] = field(default_factory=set)
    _members: dict[str, list[bool | None]] = field(default_factory=dict)
    """Whether the members of a cluster have public addresses."""
    _blocks: dict[str, Subnet] = field(default_factory=dict)
    _subnet_groups: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self, resources: tuple[Resource, ...]) -> None:
        """Take note of subnets, routes and fixed addresses."""
        layout = self.layout
        by_address = {resource.address: resource.type for resource in resources}
        for resource in resources:
            if resource.type == layout.subnet:
                self._maps[resource.address] = _answer(resource.arguments, layout.maps_addresses, False)
                self._add_addresses(resource)
            elif resource.type in layout.subnet_groups:
                found = reached(resource.arguments, layout.subnet_groups[resource.type])
                self._subnet_groups[resource.address] = tuple(dict.fromkeys(shown(subnet) for _, subnet in found))
            elif resource.type == layout.route_table:
                self._tables.setdefault(resource.address, False)
                for route in _items(resource.arguments.get(layout.inline_routes)):
                    self._add_route(resource.address, route, by_address, bool(resource.when))
        for resource in resources:
            if resource.type == layout.route[0]:
                table = _one(resource.arguments, layout.route[1])
                self._add_route(table, resource.arguments, by_address, bool(resource.when))
            elif resource.type == layout.association[0]:
                subnet, table = (_one(resource.arguments, path) for path in layout.association[1:])
                if subnet is not None:
                    known = not resource.when and subnet not in self._table_of
                    self._table_of[subnet] = table if known else None
            for type_, path in layout.addresses:
                if resource.type == type_ and not resource.when:
                    owner = _one(resource.arguments, path)
                    if owner is not None:
                        self._addressed.add(owner)
            for type_, cluster, public in layout.members:
                if resource.type == type_:
                    for _, value in reached(resource.arguments, cluster):
                        answers = self._members.setdefault(named(value) or "", [])
                        answers.append(_answer(resource.arguments, public, layout.member_default))

    def _add_route(self, table: str | None, route: Value, types: dict[str, str], is_conditional: bool) -> None:
        """Note where a route leads. One of a table that is not known may belong to any."""
        leads = self._leads_outside(route, types)
        if leads is False:
            return
        leads = None if is_conditional else leads
        for each in self._tables if table is None else (table,):
            if self._tables.get(each, False) is not True:
                self._tables[each] = leads if table is not None else None

    def _leads_outside(self, route: Value, types: dict[str, str]) -> bool | None:
        """Whether a route takes traffic for the world to an internet gateway."""
        found = list(reached(route, self.layout.route[2]))
        if not found:
            return False
        (when, gateway), *others = found
        name = named(gateway)
        if when or others or name is None or (isinstance(gateway.data, Unknown) and name not in types):
            return None
        if types.get(name) not in self.layout.gateways and not name.startswith("igw-"):
            return False
        places = [value for path in self.layout.destinations for _, value in reached(route, path)]
        if any(isinstance(place.data, Unknown) for place in places):
            return None
        return any(_is_world(place) for place in places)

    def _add_addresses(self, resource: Resource) -> None:
        """Note the addresses of a subnet that is certain to have these and no others."""
        written = [each for path in self.layout.blocks for each in reached(resource.arguments, path)]
        known = [value.data for when, value in written if not when and isinstance(value.data, str)]
        with suppress(ValueError):
            if known and len(known) == len(written):
                self._blocks[resource.address] = Subnet(resource.address, AddressSet.of(*known), resource.location)

    def subnets(self) -> tuple[Subnet, ...]:
        """The subnets whose addresses are known."""
        return tuple(self._blocks.values())

    def subnets_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Subnets by name, those of a group of them in its place."""
        return tuple(dict.fromkeys(each for name in names for each in self._subnet_groups.get(name, (name,))))

    def facing_of_subnets(self, subnets: Iterable[str]) -> Facing:
        """Whether any of some subnets routes to an internet gateway; unknown where there are none."""
        routed = {self._is_routed(subnet) for subnet in subnets}
        if True in routed:
            return Facing.PUBLIC
        return Facing.PRIVATE if routed == {False} else Facing.UNKNOWN

    def facing(self, resource: Resource, row: Carrier, subnets: tuple[str, ...]) -> Facing:
        """Whether a resource that carries groups faces the internet."""
        arguments = resource.arguments
        has_address: bool | None = None
        if row.internal:
            is_internal = _answer(arguments, row.internal, None if row.facing is Facing.UNKNOWN else False)
            return Facing.UNKNOWN if is_internal is None else Facing.PRIVATE if is_internal else Facing.PUBLIC
        if row.public:
            default = {Facing.PUBLIC: True, Facing.PRIVATE: False, Facing.UNKNOWN: None}[row.facing]
            has_address = _answer(arguments, row.public, default)
        elif row.facing is not Facing.UNKNOWN:
            return row.facing
        if row.kind in _OF_INSTANCES:
            if resource.address in self._addressed:
                has_address = True
            elif row.kind is Kind.INSTANCE and not (row.public and any(reached(arguments, row.public))):
                has_address = _common(self._maps.get(subnet) for subnet in subnets)
        if has_address is None:
            has_address = _any(self._members.get(resource.address, ()))
        if (row.kind in _ROUTED or row.public) and _common(self._is_routed(subnet) for subnet in subnets) is False:
            return Facing.PRIVATE
        return Facing.UNKNOWN if has_address is None else Facing.PUBLIC if has_address else Facing.PRIVATE

    def _is_routed(self, subnet: str) -> bool | None:
        """Whether a subnet routes to an internet gateway; one without an association takes the VPC's main table."""
        table = self._table_of.get(subnet)
        return None if table is None else self._tables.get(table)


def _any(answers: Sequence[bool | None]) -> bool | None:
    """Whether one of them is yes; None where that cannot be told, or there is none."""
    return True if True in answers else None if None in answers or not answers else False


def _common(answers: Iterator[bool | None]) -> bool | None:
    """The answer that all give; None where they differ or there is none."""
    given = set(answers)
    return given.pop() if len(given) == 1 else None


def _answer(value: Value, path: str, default: bool | None) -> bool | None:
    """What a switch says: the default where it is not written, None where that cannot be told."""
    found = list(reached(value, path))
    if not found:
        return default
    answers = {_yes_or_no(each) if not when else None for when, each in found}
    if True in answers:
        return True
    return None if None in answers else False


def _yes_or_no(value: Value) -> bool | None:
    if isinstance(value.data, bool):
        return value.data
    text = value.data.lower() if isinstance(value.data, str) else ""
    return True if text in _YES else False if text in _NO else None


def _one(value: Value, path: str) -> str | None:
    """What an argument names, where it names one thing under every condition."""
    found = list(reached(value, path))
    return named(found[0][1]) if len(found) == 1 and not found[0][0] else None


def _items(value: Value | None) -> tuple[Value, ...]:
    if value is None:
        return ()
    return value.items() if isinstance(value.data, tuple) else (value,)


def _is_world(value: Value) -> bool:
    try:
        return isinstance(value.data, str) and AddressSet.of(value.data).is_world
    except ValueError:
        return False

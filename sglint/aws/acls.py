"""From evaluated resources to network ACLs with their entries, inline and standalone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sglint.aws.acl_forms import AclForm, EntryForm
from sglint.aws.arguments import reached, shown
from sglint.aws.facing import Surroundings
from sglint.aws.resources import Resource
from sglint.aws.traffic import read_traffic
from sglint.model.acls import AclEntry, NetworkAcl
from sglint.model.addresses import AddressSet
from sglint.model.location import Evidence, Location
from sglint.model.record import field, mutable, replace
from sglint.model.rules import Direction
from sglint.model.traffic import ALL, Traffic, is_icmp, protocol_number
from sglint.model.values import Unknown, Value, When, alternatives, combinations, spelled


def network_acls(resources: Iterable[Resource], form: AclForm, surroundings: Surroundings) -> tuple[NetworkAcl, ...]:
    """The ACLs of a unit; those that only entries name come last, by first mention."""
    wanted = form.paths
    relevant = tuple(resource for resource in resources if resource.type in wanted)
    if not relevant:
        return ()
    found = _Acls(form)
    for resource in relevant:
        found.declare(resource)
    for resource in relevant:
        found.fill(resource)
    return found.finished(surroundings)


@mutable
class _Acls:
    form: AclForm
    acls: dict[str, NetworkAcl] = field(default_factory=dict)
    entries: dict[str, list[AclEntry]] = field(default_factory=dict)
    subnets: dict[str, dict[str, None]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)

    def declare(self, resource: Resource) -> None:
        """An ACL that a resource defines, without its entries."""
        form = self.form
        if resource.type not in (form.acl, form.default_acl):
            return
        is_default = resource.type == form.default_acl
        self.acls[resource.address] = NetworkAcl(
            resource.address,
            is_default=is_default,
            when=resource.when,
            location=resource.location,
            evidence=resource.evidence,
            construct=resource.construct,
        )
        if is_default:
            for _, value in reached(resource.arguments, form.adopted):
                self.aliases[self._name(value)] = resource.address

    def fill(self, resource: Resource) -> None:
        """The entries and subnets that a resource gives to an ACL."""
        form, arguments = self.form, resource.arguments
        if resource.address in self.acls:
            if form.subnets:
                for _, subnet in reached(arguments, form.subnets):
                    self.subnets.setdefault(resource.address, {})[shown(subnet)] = None
            for direction, name in form.inline.items():
                for when, block in _blocks(arguments.get(name), resource.when):
                    self._add(resource.address, block, form.inline_entry, direction, when, resource, block.location)
        elif resource.type == form.entry:
            for when, acl in reached(arguments, form.entry_acl, resource.when):
                for inner, direction in _directions(arguments, form.is_egress, when):
                    name = self._name(acl)
                    self._add(
                        name, arguments, form.standalone_entry, direction, inner, resource, resource.location, acl
                    )
        elif resource.type == form.association[0]:
            for when, acl in reached(arguments, form.association[1], resource.when):
                for _, subnet in reached(arguments, form.association[2], when):
                    self.subnets.setdefault(self._name(acl), {})[shown(subnet)] = None

    def _name(self, acl: Value) -> str:
        """The address of the ACL that a value names, else its id or the expression that gives it."""
        reference = acl.data.reference if isinstance(acl.data, Unknown) else None
        name = shown(acl)
        if reference is not None and reference.attribute not in self.form.identities:
            name = f"{reference.address}.{reference.attribute}"
        return self.aliases.get(name, name)

    def _add(
        self,
        acl: str,
        arguments: Value,
        form: EntryForm,
        direction: Direction,
        given: When,
        resource: Resource,
        location: Location,
        named: Value | None = None,
    ) -> None:
        if acl not in self.acls:
            attribute = acl.rpartition(".")[2]
            is_default = attribute in self.form.default_attributes
            place = named.location if named is not None else location
            self.acls[acl] = NetworkAcl(acl, is_default=is_default, is_defined=False, location=place)
        evidence: Evidence = tuple(dict.fromkeys((*arguments.evidence, *resource.evidence)))
        template = AclEntry(
            direction,
            0,
            True,
            Traffic(ALL),
            AddressSet(),
            location=location,
            evidence=evidence,
            address=resource.address,
        )
        self.entries.setdefault(acl, []).extend(_entries(arguments, form, template, given))

    def finished(self, surroundings: Surroundings) -> tuple[NetworkAcl, ...]:
        return tuple(
            replace(
                acl,
                entries=tuple(sorted(self.entries.get(address, ()), key=_order)),
                subnets=tuple(self.subnets.get(address, ())),
                facing=surroundings.facing_of_subnets(self.subnets.get(address, ())),
            )
            for address, acl in self.acls.items()
        )


def _order(entry: AclEntry) -> tuple[str, bool, int]:
    number = entry.number
    return entry.direction.value, isinstance(number, Unknown), number if isinstance(number, int) else 0


def _blocks(written: Value | None, given: When) -> Iterator[tuple[When, Value]]:
    """Each inline entry with its condition; one that is unknown as a whole stays so."""
    if written is None:
        return
    for when, chosen in alternatives(written, given):
        if isinstance(chosen.data, tuple):
            for item in chosen.items():
                yield from _blocks(item, when)
        elif isinstance(chosen.data, (dict, Unknown)):
            yield when, chosen


def _directions(arguments: Value, path: str, given: When) -> Iterator[tuple[When, Direction]]:
    """Which direction an entry is for; one for which that is unknown is left to neither."""
    found = list(reached(arguments, path, given))
    if not found:
        yield given, Direction.INGRESS
    for when, value in found:
        if value.data in (True, "true"):
            yield when, Direction.EGRESS
        elif value.data in (False, "false"):
            yield when, Direction.INGRESS


def _entries(arguments: Value, form: EntryForm, template: AclEntry, given: When) -> Iterator[AclEntry]:
    paths = (form.number, form.action, form.protocol, *form.ports, *form.icmp, *form.blocks)
    values = [_at(arguments, path) for path in paths]
    present = tuple(value for value in values if value is not None)
    for when, chosen in combinations(present, given):
        pending = iter(chosen)
        number, action, protocol, first, last, type_, code, v4, v6 = (
            None if value is None else next(pending) for value in values
        )
        name = None if protocol is None or isinstance(protocol.data, Unknown) else protocol_number(str(protocol.data))
        if name is not None and is_icmp(name):
            first, last = type_, code
        yield replace(
            template,
            number=_number(number),
            is_allow=_is_allow(action),
            traffic=read_traffic(protocol, first, last, template.location).traffic,
            addresses=_addresses(v4, v6),
            family=_family(v4, v6),
            when=when,
        )


def _at(value: Value, path: str) -> Value | None:
    """The argument at a path, undecided as it is; what lies beyond something unknown is unknown."""
    found: Value | None = value
    for name in path.split("."):
        if found is None or isinstance(found.data, Unknown):
            break
        found = found.get(name)
    return None if found is None or found.data is None else found


def _number(value: Value | None) -> int | Unknown:
    data = value.data if value is not None else None
    if isinstance(data, str) and data.isascii() and data.isdigit():
        return int(data)
    return data if isinstance(data, (int, Unknown)) else Unknown(spelled(data), "the number of the entry")


def _is_allow(value: Value | None) -> bool | Unknown:
    data = value.data if value is not None else None
    action = data.lower() if isinstance(data, str) else None
    if action in ("allow", "deny"):
        return action == "allow"
    return data if isinstance(data, Unknown) else Unknown(spelled(data), "the action of the entry")


def _family(v4: Value | None, v6: Value | None) -> int | None:
    """The IP version of a block that is unknown, where the other one is left out."""
    unknown = tuple(value is not None and isinstance(value.data, Unknown) for value in (v4, v6))
    if unknown[0] and v6 is None:
        return 4
    return 6 if unknown[1] and v4 is None else None


def _addresses(*blocks: Value | None) -> AddressSet | Unknown:
    """The addresses of an entry; nobody where none is given, or what is given is no block."""
    found = AddressSet()
    for block in blocks:
        if block is None or block.data == "":
            continue
        if isinstance(block.data, Unknown):
            return block.data
        try:
            found |= AddressSet.of(spelled(block.data))
        except ValueError:
            return Unknown(spelled(block.data), "a block that is not valid")
    return found

"""From evaluated resources to VPCs: what lies in them, which endpoints they have, and whether flow logs cover them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sglint.aws.arguments import may_name, named, reached
from sglint.aws.builder import Builder
from sglint.aws.resources import Resource
from sglint.model.addresses import AddressSet
from sglint.model.record import field, frozen, mutable
from sglint.model.rules import SecurityGroup
from sglint.model.values import GAP, Unknown, Value, When
from sglint.model.vpcs import Vpc


@frozen
class VpcForm:
    """What a dialect calls VPCs and what belongs to them: types, and the arguments that matter of each."""

    types: frozenset[str]
    default_group: str
    """The attribute of a VPC that names its default group."""
    blocks: tuple[str, ...]
    """The arguments of a VPC that hold its addresses."""
    block: tuple[tuple[str, str, str], ...]
    """Types that add addresses to a VPC, each with the arguments for the VPC and the addresses."""
    subnet: tuple[str, str]
    """The type of a subnet, and the argument that names its VPC."""
    endpoint: tuple[str, str, str]
    """The type, and the arguments that name the VPC and the service."""
    flow_log: str
    recorded: tuple[str, ...]
    """The arguments of a flow log that name a VPC or a subnet."""
    recorded_kind: tuple[str, frozenset[str]] | None = None
    """The argument that says what these name, and what it says of VPCs and subnets."""

    @property
    def paths(self) -> dict[str, str]:
        """The arguments by resource type."""
        kind = (self.recorded_kind[0],) if self.recorded_kind is not None else ()
        found = {
            **dict.fromkeys(self.types, " ".join(self.blocks)),
            self.subnet[0]: self.subnet[1],
            self.endpoint[0]: " ".join(self.endpoint[1:]),
            self.flow_log: " ".join((*self.recorded, *kind)),
        }
        for type_, vpc, block in self.block:
            found[type_] = f"{found.get(type_, vpc)} {block}"
        return found


def vpcs(
    resources: Iterable[Resource], form: VpcForm, groups: Iterable[SecurityGroup], builder: Builder
) -> tuple[Vpc, ...]:
    """The VPCs of a unit, in the order of its resources. The builder knows its groups by now."""
    resources = tuple(resources)
    if not any(resource.type in form.types for resource in resources):
        return ()
    parts = _Parts(form)
    for resource in resources:
        parts.note(resource)
    members: dict[str, list[str]] = {}
    for group in groups:
        if isinstance(group.vpc, Unknown) and group.vpc.reference is not None:
            members.setdefault(group.vpc.reference.address, []).append(group.address)
    return tuple(
        Vpc(
            resource.address,
            builder.defined(f"{resource.address}.{form.default_group}"),
            tuple(members.get(resource.address, ())),
            tuple(parts.subnets.get(resource.address, ())),
            _addresses(resource, form) | parts.addresses.get(resource.address, AddressSet()),
            parts.endpoints_of(resource),
            parts.is_logged(resource),
            resource.when,
            resource.location,
            resource.evidence,
            resource.construct,
        )
        for resource in resources
        if resource.type in form.types
    )


@mutable
class _Parts:
    """What belongs to the VPCs of a unit, by address."""

    form: VpcForm
    subnets: dict[str, list[str]] = field(default_factory=dict)
    addresses: dict[str, AddressSet] = field(default_factory=dict)
    _endpoints: dict[str, list[tuple[When, str | None]]] = field(default_factory=dict)
    """The services with the conditions of their endpoints; None for one that is not known."""
    _recorded: dict[str, list[When]] = field(default_factory=dict)
    """When flow logs record the traffic of a VPC or subnet."""
    _has_stray_endpoint: bool = False
    """Whether there is an endpoint that may be in any VPC."""
    _has_stray_log: bool = False

    def note(self, resource: Resource) -> None:
        """What a resource says of the VPC that it belongs to."""
        form, arguments = self.form, resource.arguments
        if resource.type == form.subnet[0]:
            for when, vpc in reached(arguments, form.subnet[1]):
                if not when:
                    self.subnets.setdefault(named(vpc) or "", []).append(resource.address)
        elif resource.type == form.endpoint[0]:
            for when, vpc in reached(arguments, form.endpoint[1], resource.when):
                self._has_stray_endpoint |= may_name(vpc)
                services = [(inner, _service(each)) for inner, each in reached(arguments, form.endpoint[2], when)]
                self._endpoints.setdefault(named(vpc) or "", []).extend(services)
        elif resource.type == form.flow_log and self._may_record(arguments):
            for path in form.recorded:
                for when, target in reached(arguments, path, resource.when):
                    self._has_stray_log |= may_name(target)
                    self._recorded.setdefault(named(target) or "", []).append(when)
        for type_, owner, block in form.block:
            if resource.type == type_ and not resource.when:
                for _, vpc in reached(arguments, owner):
                    known = self.addresses.get(named(vpc) or "", AddressSet())
                    self.addresses[named(vpc) or ""] = known | _block(arguments, block)

    def _may_record(self, arguments: Value) -> bool:
        """Whether a flow log may be one of a VPC or subnet."""
        if self.form.recorded_kind is None:
            return True
        path, kinds = self.form.recorded_kind
        return any(isinstance(kind.data, Unknown) or kind.data in kinds for _, kind in reached(arguments, path))

    def endpoints_of(self, vpc: Resource) -> tuple[str, ...] | None:
        """The services with an endpoint in a VPC, None where there may be others."""
        found = self._endpoints.get(vpc.address, [])
        if self._has_stray_endpoint or any(service is None or vpc.when.without(when) for when, service in found):
            return None
        return tuple(dict.fromkeys(service for _, service in found if service))

    def is_logged(self, vpc: Resource) -> bool | None:
        """Whether flow logs cover a VPC: one of its own, or one of each of its subnets."""
        own = self._is_recorded(vpc.address, vpc.when)
        parts = {self._is_recorded(subnet, vpc.when) for subnet in self.subnets.get(vpc.address, ())}
        if own or parts == {True}:
            return True
        may_be = own is None or (parts and False not in parts) or self._has_stray_log
        return None if may_be else False

    def _is_recorded(self, address: str, needed: When) -> bool | None:
        conditions = self._recorded.get(address)
        if conditions is None:
            return False
        return True if any(not needed.without(when) for when in conditions) else None


def _addresses(resource: Resource, form: VpcForm) -> AddressSet:
    found = AddressSet()
    for path in form.blocks:
        found |= _block(resource.arguments, path)
    return found


def _block(arguments: Value, path: str) -> AddressSet:
    """The addresses of an argument, none where they are not known under every condition."""
    found = list(reached(arguments, path))
    if len(found) != 1 or found[0][0] or not isinstance(found[0][1].data, str):
        return AddressSet()
    try:
        return AddressSet.of(found[0][1].data)
    except ValueError:
        return AddressSet()


_SERVICE = r"(?:cn\.)?com\.amazonaws\.[^.]+\.([a-z0-9.-]+)"


def _service(value: Value) -> str | None:
    """The service of an endpoint's service name, whatever its region; None where it is not known.

    A name of another form is that of a service which is not AWS's own.
    """
    name = value.data.outline if isinstance(value.data, Unknown) else value.data
    if not isinstance(name, str):
        return None
    match = re.fullmatch(_SERVICE, name)
    return match[1] if match else None if GAP in name else name

"""From evaluated resources to the listeners of load balancers, with the targets that they pass callers on to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

from sglint.aws.arguments import named, reached, shown
from sglint.aws.listener_forms import BalancingForm, Registration, TargetGroupForm
from sglint.aws.resources import Resource
from sglint.aws.traffic import read_traffic
from sglint.model.listeners import Listener, Source, Target
from sglint.model.location import Location
from sglint.model.record import field, frozen, mutable, replace
from sglint.model.traffic import TCP, UDP, Traffic
from sglint.model.values import ALWAYS, Unknown, Value, When, alternatives

_TRANSPORTS = {
    **dict.fromkeys(("http", "https", "tcp", "tls", "ssl"), (TCP,)),
    **dict.fromkeys(("udp", "quic"), (UDP,)),
    **dict.fromkeys(("tcp_udp", "tcp_quic", ""), (TCP, UDP)),
}
"""What goes over the wire, by the protocols of listeners, or "" where that is not known.

Load balancers that pass on whole packets have others.
"""
_REQUESTS = frozenset({"http", "https"})
_ALWAYS_PRESERVED = frozenset({"udp", "tcp_udp", "quic", "tcp_quic"})
_PRESERVED_BY_CHOICE = frozenset({"tcp", "tls"})
_PRESERVED_BY_DEFAULT = {"instance": Source.CALLER, "ip": Source.BALANCER}


def listeners(
    resources: Iterable[Resource], form: BalancingForm, has_room: Callable[[Location], bool]
) -> tuple[Listener, ...]:
    """The listeners of a unit, in the order of its resources; those with several protocols once for each.

    `has_room` says of each target of each whether it is judged.
    """
    types = form.paths
    relevant = tuple(resource for resource in resources if resource.type in types)
    balancing = _Balancing(form, has_room)
    for resource in relevant:
        balancing.read(resource)
    return tuple(listener for resource in relevant for listener in balancing.listeners(resource))


@frozen
class _Member:
    """A target as it is registered, on a port of its own if it has one."""

    name: str | None
    port: Value | None
    when: When
    location: Location


@frozen
class _Group:
    """A target group: its port, and whose address its targets see."""

    port: Value | None
    source: Source
    is_function: bool = False
    """Whether it is a function that is called, and nothing is reached over the network."""


@mutable
class _Balancing:
    form: BalancingForm
    has_room: Callable[[Location], bool]
    groups: dict[str, _Group] = field(default_factory=dict)
    members: dict[str, list[_Member]] = field(default_factory=dict)
    """What is registered, by target group or classic load balancer."""
    forwards: dict[str, list[tuple[When, Value]]] = field(default_factory=dict)
    """The target groups that rules of their own name, by listener."""
    launched: dict[str, list[str]] = field(default_factory=dict)

    def read(self, resource: Resource) -> None:
        """Take note of target groups, of what is registered with them, and of the rules of listeners."""
        form, arguments = self.form, resource.arguments
        if resource.type in form.target_groups:
            self.groups[resource.address] = _group(arguments, form.target_groups[resource.type])
        if resource.type in form.launchers:
            found = _all(arguments, form.launchers[resource.type])
            self.launched[resource.address] = [name for _, value in found if (name := named(value)) is not None]
        if resource.type in form.listener_rules:
            path, targets = form.listener_rules[resource.type]
            for when, listener in reached(arguments, path, resource.when):
                self.forwards.setdefault(named(listener) or "", []).extend(_all(arguments, targets, when))
        for type_, registration in form.registrations:
            if type_ == resource.type:
                self._register(resource, registration)

    def _register(self, resource: Resource, row: Registration) -> None:
        itself = Value(resource.address, resource.location)
        blocks = (
            _all(resource.arguments, row.within, resource.when) if row.within else [(resource.when, resource.arguments)]
        )
        for outer, block in blocks:
            port = _port(block, row.port)
            for given, group in _all(block, row.groups, outer) if row.groups else [(outer, itself)]:
                for when, target in _all(block, row.target, given) if row.target else [(given, itself)]:
                    location = target.location if row.target else block.location
                    self.members.setdefault(named(group) or "", []).append(_Member(named(target), port, when, location))

    def listeners(self, resource: Resource) -> Iterator[Listener]:
        """The listeners that a resource defines."""
        form, arguments = self.form, resource.arguments
        row = form.listeners.get(resource.type)
        if row is not None:
            forwards = [*_all(arguments, row.targets, resource.when), *self.forwards.get(resource.address, ())]
            for when, balancer in reached(arguments, row.balancer, resource.when):
                for each in _opened(resource, shown(balancer), arguments, row.port, row.protocol, when):
                    yield self._with_groups(each, forwards)
        classic = form.classics.get(resource.type)
        if classic is not None:
            for when, block in _all(arguments, classic.listeners, resource.when):
                port = _port(block, classic.instance_port)
                for each in _opened(resource, resource.address, block, classic.port, classic.protocol, when):
                    yield self._with_members(each, resource.address, _Group(port, Source.BALANCER), each.when)

    def _with_groups(self, listener: Listener, forwards: Iterable[tuple[When, Value]]) -> Listener:
        """A listener with the members of the target groups that it forwards to."""
        for given, value in forwards:
            when = listener.when.conjoin(given)
            name = named(value) or ""
            if when is not None:
                group = self.groups.get(name)
                if group is None:
                    listener = replace(listener, may_have_others=True)
                elif not group.is_function:
                    listener = self._with_members(listener, name, group, when)
        return listener

    def _with_members(self, listener: Listener, name: str, group: _Group, given: When) -> Listener:
        """A listener with what is registered under a name. Where nothing is, it is registered elsewhere."""
        listed = self.members.get(name, ())
        members = tuple(takewhile(lambda member: self.has_room(member.location), listed))
        targets = [
            Target(address, traffic, group.source, when, member.location)
            for member in members
            if (joined := given.conjoin(member.when)) is not None
            for address in self._addresses(member)
            for when, traffic in _on(listener.traffic, member.port or group.port, joined, member.location)
        ]
        is_open = not members or len(members) < len(listed) or any(member.name is None for member in members)
        targets = [*listener.targets, *targets]
        return replace(
            listener, targets=tuple(dict.fromkeys(targets)), may_have_others=listener.may_have_others or is_open
        )

    def _addresses(self, member: _Member) -> Iterable[str]:
        """What carries the groups of a member: of instances that are scaled, what they are launched from."""
        if member.name is None:
            return ()
        return self.launched.get(member.name) or (member.name,)


def _group(arguments: Value, form: TargetGroupForm) -> _Group:
    port = _port(arguments, form.port)
    kind = _word(arguments, form.type)
    source = _source(_word(arguments, form.protocol), "instance" if kind is None else kind, _preserves(arguments, form))
    return _Group(port, source, kind == "lambda")


def _source(protocol: str | None, kind: str, preserves: str | None) -> Source:
    """Whose address targets see: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html."""
    if protocol in _REQUESTS:
        return Source.BALANCER
    if protocol in _ALWAYS_PRESERVED:
        return Source.CALLER
    if protocol not in _PRESERVED_BY_CHOICE or kind not in _PRESERVED_BY_DEFAULT:
        return Source.UNKNOWN
    if preserves is None:
        return _PRESERVED_BY_DEFAULT[kind]
    return {"true": Source.CALLER, "false": Source.BALANCER}.get(preserves, Source.UNKNOWN)


def _preserves(arguments: Value, form: TargetGroupForm) -> str | None:
    """What the switch says that keeps the caller's address, None where it is not written."""
    if not form.attributes:
        return _word(arguments, form.preserves)
    for _, attribute in reached(arguments, form.attributes):
        if isinstance(attribute.data, Unknown) or _word(attribute, "Key") == form.preserves:
            return _word(attribute, "Value") or ""
    return None


def _word(arguments: Value, path: str) -> str | None:
    """A text or switch in lower case: None where it is not written, empty where it is not known."""
    found = [value.data for _, value in reached(arguments, path)]
    if not found:
        return None
    return str(found[0]).lower() if len(found) == 1 and isinstance(found[0], (str, bool)) else ""


def _opened(
    resource: Resource, balancer: str, arguments: Value, port: str, protocol: str, given: When
) -> Iterator[Listener]:
    """What a listener answers on, without targets: one for each protocol, and for each condition of its port."""
    word = _word(arguments, protocol)
    transports = _TRANSPORTS.get("http" if word is None else word, ())
    for when, value in reached(arguments, port, given):
        for transport in transports:
            yield Listener(
                resource.address,
                balancer,
                read_traffic(Value(str(transport), value.location), value, value, value.location).traffic,
                when=when,
                location=resource.location,
                evidence=resource.evidence,
                construct=resource.construct,
            )


def _on(traffic: Traffic, port: Value | None, given: When, location: Location) -> Iterator[tuple[When, Traffic]]:
    """The traffic of a target: the protocol is the listener's."""
    if port is None:
        yield given, Traffic(traffic.protocol, Unknown("port", "the port of the target"))
        return
    for when, value in alternatives(port, given):
        yield when, read_traffic(Value(str(traffic.protocol), location), value, value, location).traffic


def _port(arguments: Value, name: str) -> Value | None:
    """A port as it is written, undecided if it is; None where it is left out."""
    found = arguments.get(name)
    return None if found is None or found.data is None else found


def _all(arguments: Value, paths: str, given: When = ALWAYS) -> list[tuple[When, Value]]:
    return [each for path in paths.split() for each in reached(arguments, path, given)]

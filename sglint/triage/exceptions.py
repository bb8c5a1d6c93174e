"""Exceptions and allowed rules of configuration, and which findings they are for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from sglint.model.acceptances import Acceptance
from sglint.model.addresses import AddressSet
from sglint.model.attachments import Attachment, Facing, Kind
from sglint.model.cidrs import parse_cidr
from sglint.model.intervals import IntervalSet
from sglint.model.record import field, frozen
from sglint.model.rules import Direction, GroupRef, PrefixList, Rule
from sglint.model.traffic import ALL, EVERY_PORT, Traffic, protocol_number
from sglint.model.values import Unknown
from sglint.triage.judge import Judged
from sglint.triage.rule_text import names_rule

_WILD = frozenset("*?")
_STARS = re.compile(r"\*+")
_PORTS = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?|\*")
_WORLD = AddressSet.of("0.0.0.0/0", "::/0")


@frozen
class Ports:
    """The ports of an exception: of one protocol, or of whichever has them."""

    protocol: int | None
    selector: IntervalSet

    @classmethod
    def parse(cls, text: str) -> Ports:
        """`22`, `8000-8010`, `tcp/22`, `udp/*`, `icmp`, `all`. ValueError for anything else."""
        name, slash, ports = text.rpartition("/")
        if text and not slash and not text[0].isdigit() and text != "*":
            name, ports = text, "*"
        protocol = protocol_number(name) if name else None
        match = _PORTS.fullmatch(ports)
        if match is None or (protocol is None and (name or slash)):
            raise ValueError(f'"{text}" is no port; write 22, "8000-8010", "tcp/22", "icmp" or "all"')
        if match[1] is None:
            return cls(protocol, EVERY_PORT)
        first, last = int(match[1]), int(match[2] or match[1])
        if not first <= last <= 65535:
            raise ValueError(f'"{text}" is no port; ports run from 0 to 65535, the lower one first')
        return cls(protocol, IntervalSet.of((first, last)))

    def covers(self, traffic: Traffic) -> bool:
        """Whether all of the traffic is meant. What is not known is not."""
        if traffic.unknowns:
            return False
        if self.protocol == ALL:
            return True
        if isinstance(traffic.protocol, Unknown) or traffic.protocol == ALL or isinstance(traffic.selector, Unknown):
            return False
        return self.protocol in (None, traffic.protocol) and traffic.selector <= self.selector


@frozen
class Carrier:
    """A kind of resource that carries groups; with `is_public`, one that is known to face the internet."""

    kind: Kind
    is_public: bool = False

    def are_all(self, attachments: tuple[Attachment, ...]) -> bool:
        """Whether the attachments are known and every one of them is such a resource."""
        return bool(attachments) and all(
            attachment.kind is self.kind and (not self.is_public or attachment.facing is Facing.PUBLIC)
            for attachment in attachments
        )


@frozen
class Scope:
    """What an exception is for. Everything that is given must fit; what is not fits anything."""

    address: str = ""
    """A resource's address, or of a rule its group's; `*` stands for any text, `?` for any character."""
    matches_path: Callable[[str], bool] | None = None
    peer: str = ""
    """A network of the configuration by name, `world`, a CIDR block, or a group or prefix list with `*` and `?`."""
    ports: Ports | None = None
    direction: Direction | None = None
    carrier: Carrier | None = None

    def takes_in(self, judged: Judged, networks: Mapping[str, AddressSet]) -> bool:
        violation = judged.finding.violation
        if self.address and not any(map(glob(self.address).fullmatch, violation.addresses)):
            return False
        if self.matches_path is not None and not self.matches_path(violation.location.path):
            return False
        if self.carrier is not None and not self.carrier.are_all(judged.carriers):
            return False
        rule = violation.rule
        if rule is None:
            return not self.peer and self.ports is None and self.direction is None
        return all(self._fits(each, networks) for each in (rule, *violation.others))

    def _fits(self, rule: Rule, networks: Mapping[str, AddressSet]) -> bool:
        if self.direction not in (None, rule.direction):
            return False
        if self.ports is not None and not self.ports.covers(rule.traffic):
            return False
        return not self.peer or self._is_peer(rule, networks)

    def _is_peer(self, rule: Rule, networks: Mapping[str, AddressSet]) -> bool:
        addresses = network(self.peer, networks)
        if addresses is not None:
            return bool(rule.addresses) and rule.addresses <= addresses
        if isinstance(rule.peer, GroupRef):
            return glob(self.peer).fullmatch(rule.peer.group) is not None
        return isinstance(rule.peer, PrefixList) and glob(self.peer).fullmatch(rule.peer.id) is not None


@frozen
class Exempted:
    """An exception or an allowed rule, with what it is for."""

    acceptance: Acceptance
    scope: Scope = field(default_factory=Scope)
    networks: Mapping[str, AddressSet] = field(default_factory=dict)
    """The named networks of the configuration."""

    @property
    def anchor(self) -> str | None:
        """The address that it is for, where it is one."""
        address = self.scope.address
        return address if address and not _WILD.intersection(address) else None

    def binds(self, judged: Judged) -> bool:
        """Whether a finding is in scope."""
        rule = self.acceptance.rule
        if rule and not names_rule(rule, judged.finding.violation):
            return False
        return self.scope.takes_in(judged, self.networks)


def network(peer: str, networks: Mapping[str, AddressSet]) -> AddressSet | None:
    """The addresses that a peer stands for, None when it is not written as addresses."""
    if peer in networks:
        return networks[peer]
    if peer == "world":
        return _WORLD
    try:
        parse_cidr(peer)
    except ValueError:
        return None
    return AddressSet.of(peer)


@lru_cache(maxsize=10_000)
def glob(pattern: str) -> re.Pattern[str]:
    """A pattern of `*` and `?`. Brackets are themselves: addresses have them."""
    first, *rest = ("".join("." if each == "?" else re.escape(each) for each in part) for part in _STARS.split(pattern))
    # What a star has passed over once is not given back: a later star takes up from there, so time stays linear.
    between = "".join(f"(?>.*?{part})" for part in rest[:-1])
    return re.compile(first + between + (f".*{rest[-1]}" if rest else ""), re.DOTALL)

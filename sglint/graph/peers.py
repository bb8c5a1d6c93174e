"""Who stands at the other end of a rule, and which of them are alike enough to be drawn as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from sglint.graph.document import Peer, PeerKind, RuleEntry
from sglint.model.addresses import public
from sglint.model.record import field, frozen, mutable
from sglint.model.rules import Direction, GroupRef, PrefixList, Rule
from sglint.model.values import Unknown
from sglint.policies.wording import expression_text, peer_text


@frozen
class PeerKey:
    """A peer as the rules of one direction in one cluster name it."""

    cluster: str
    direction: Direction
    kind: PeerKind
    name: str


def key_of(rule: Rule, cluster: str) -> PeerKey | None:
    """The peer of a rule that names no group of the unit; None for a rule that admits nobody."""
    kind = _kind(rule)
    return None if kind is None else PeerKey(cluster, rule.direction, kind, _name(rule, kind))


def _kind(rule: Rule) -> PeerKind | None:
    peer = rule.peer
    if isinstance(peer, Unknown):
        return PeerKind.UNKNOWN
    if isinstance(peer, GroupRef):
        return PeerKind.GROUP
    if rule.addresses.is_world:
        return PeerKind.WORLD
    if isinstance(peer, PrefixList):
        return PeerKind.PREFIX_LIST
    if not peer.addresses:
        return None
    return PeerKind.PUBLIC if peer.addresses.overlaps(public()) else PeerKind.PRIVATE


def _name(rule: Rule, kind: PeerKind) -> str:
    peer = rule.peer
    if kind is PeerKind.WORLD:
        return "World"
    if isinstance(peer, Unknown):
        return expression_text(peer)
    if isinstance(peer, GroupRef):
        return peer.group + (f" of account {peer.account}" if peer.account else "")
    return peer.id if isinstance(peer, PrefixList) else peer.written or str(peer)


_Member: TypeAlias = tuple[str, RuleEntry]
"""A group of the unit by the id of its node, with one of its rules."""


@mutable
class Peers:
    """The peers of a graph, gathered rule by rule."""

    _members: dict[PeerKey, list[_Member]] = field(default_factory=dict)

    def add(self, key: PeerKey, group: str, entry: RuleEntry) -> None:
        self._members.setdefault(key, []).append((group, entry))

    def merged(self) -> tuple[tuple[Peer, ...], Mapping[PeerKey, str]]:
        """The peers, those as one whose rules say the same of the same groups, and the node of each key."""
        alike: dict[object, list[PeerKey]] = {}
        for key, members in self._members.items():
            alike.setdefault(_likeness(key, members), []).append(key)
        peers, nodes = [], {}
        for number, keys in enumerate(alike.values(), 1):
            first = keys[0]
            members = [member for key in keys for member in self._members[key]]
            names = tuple(key.name for key in keys)
            peers.append(
                Peer(f"p{number}", first.cluster, first.kind, first.direction, names, _details(names, members))
            )
            nodes.update(dict.fromkeys(keys, f"p{number}"))
        return tuple(peers), nodes


def _likeness(key: PeerKey, members: Iterable[_Member]) -> object:
    if key.kind is PeerKind.WORLD:
        return key
    said = frozenset((group, entry.rule.traffic, entry.rule.when, entry.level) for group, entry in members)
    return key.cluster, key.direction, key.kind, said


def _details(names: tuple[str, ...], members: Iterable[_Member]) -> tuple[str, ...]:
    texts = dict.fromkeys(peer_text(entry.rule) for _, entry in members)
    return tuple(text for text in texts if text not in names)

"""Who carries which group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from sglint.model.attachments import Attachment, Facing, Kind, Tier
from sglint.model.listeners import Source
from sglint.model.rules import Estate, GroupRef, SecurityGroup
from sglint.model.values import When


class Use(Enum):
    """What is known of a group's use."""

    ATTACHED = "attached"
    UNATTACHED = "unattached"
    """Nothing of the unit carries it, refers to it or hands it on."""
    UNKNOWN = "unknown"
    """It is exported, handed to something that could not be followed, or named where that may attach it."""


class Attachments:
    """The attachments of an estate by group."""

    def __init__(self, estate: Estate, groups: Iterable[SecurityGroup]) -> None:
        self._unused = estate.unused
        self._of: dict[str, list[Attachment]] = {}
        for attachment in estate.attachments:
            for group in attachment.groups:
                self._of.setdefault(group, []).append(attachment)
        self._targets = _targets_of_callers(estate)
        self._referenced = {
            rule.peer.group
            for group in groups
            for rule in group.rules
            if isinstance(rule.peer, GroupRef) and rule.peer.group != group.address
        }

    def of(self, group: str, when: When | None = None) -> tuple[Attachment, ...]:
        """What carries a group, given by address; with `when`, what may do so under that condition."""
        found = self._of.get(group, ())
        if when is None or not when:
            return tuple(found)
        return tuple(attachment for attachment in found if when.conjoin(attachment.when) is not None)

    def may_get_callers(self, attachments: Iterable[Attachment]) -> bool:
        """Whether a load balancer without groups may let the world through to any of them under its own address."""
        return self._targets is None or any(each.address in self._targets for each in attachments)

    def use(self, group: SecurityGroup) -> Use:
        """Whether a group is in use. A rule of another group that refers to it is a use, too."""
        if group.address in self._of or group.address in self._referenced:
            return Use.ATTACHED
        return Use.UNATTACHED if group.address in self._unused else Use.UNKNOWN


def _targets_of_callers(estate: Estate) -> set[str] | None:
    """What public load balancers without groups may pass on their callers to; None where that may be anything."""
    found: set[str] = set()
    known = {attachment.address for attachment in estate.attachments if attachment.groups}
    for attachment in estate.attachments:
        is_open = attachment.kind is Kind.LOAD_BALANCER and not (attachment.groups or attachment.is_in_default_group)
        if not is_open or attachment.facing is Facing.PRIVATE:
            continue
        listeners = [listener for listener in estate.listeners if listener.balancer == attachment.address]
        targets = {target.address for listener in listeners for target in listener.targets}
        if not listeners or any(listener.may_have_others for listener in listeners) or not targets <= known:
            return None
        found |= {
            target.address
            for listener in listeners
            for target in listener.targets
            if target.source is not Source.BALANCER
        }
    return found


_NAMED_BY_PURPOSE = frozenset({Kind.INSTANCE, Kind.INTERFACE, Kind.TASK})
_EDGE_WORDS = ("bastion", "jump", "vpn", "nat", "proxy", "gateway", "edge", "openvpn", "wireguard")
"""Words in the name of an instance or interface that say that it is meant to be reached from outside."""


def is_edge(attachment: Attachment) -> bool:
    """Whether the world is meant to reach a resource, or may be: public load balancers, VPN endpoints, bastions.

    A load balancer of which it is not known whether it faces the internet may be.
    """
    if attachment.tier is Tier.EDGE:
        return attachment.facing is not Facing.PRIVATE
    if attachment.kind not in _NAMED_BY_PURPOSE:
        return False
    words = "".join(character if character.isalnum() else " " for character in attachment.address.lower()).split()
    return any(word in _EDGE_WORDS for word in words)


_ANSWERING = "vpc-endpoint"


def only_answer(attachments: Sequence[Attachment]) -> bool:
    """Whether there are some and each is an interface endpoint, which never opens a connection itself.

    A service answers through it what is asked from the VPC, and asks nothing itself (AWS PrivateLink guide).
    """
    return bool(attachments) and all(attachment.service == _ANSWERING for attachment in attachments)


def of_tier(attachments: Iterable[Attachment], tier: Tier) -> Iterator[Attachment]:
    return (attachment for attachment in attachments if attachment.tier is tier)

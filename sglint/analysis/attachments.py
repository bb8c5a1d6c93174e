"""Who carries which group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from sglint.model.attachments import Attachment, Facing, Kind, Tier
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
        self.may_pass_callers_on = any(
            attachment.kind is Kind.LOAD_BALANCER and not attachment.groups and attachment.facing is not Facing.PRIVATE
            for attachment in estate.attachments
        )
        """Whether some load balancer without groups may let the world through to its targets under its own address."""
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

    def use(self, group: SecurityGroup) -> Use:
        """Whether a group is in use. A rule of another group that refers to it is a use, too."""
        if group.address in self._of or group.address in self._referenced:
            return Use.ATTACHED
        return Use.UNATTACHED if group.address in self._unused else Use.UNKNOWN


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


def of_tier(attachments: Iterable[Attachment], tier: Tier) -> Iterator[Attachment]:
    return (attachment for attachment in attachments if attachment.tier is tier)

"""Networks by the names that a configuration gives them."""

from __future__ import annotations

from collections.abc import Mapping

from sglint.model.addresses import AddressSet
from sglint.model.record import replace
from sglint.model.rules import Estate, Network, Rule


def named(estate: Estate, networks: Mapping[str, AddressSet]) -> Estate:
    """The estate with every peer that lies within a named network written with its name. Smaller networks win."""
    by_size = sorted(networks.items(), key=lambda entry: (entry[1].v4.size + entry[1].v6.size, entry[0]))
    groups = tuple(
        replace(group, rules=tuple(_named(rule, by_size) for rule in group.rules)) for group in estate.groups
    )
    return replace(estate, groups=groups)


def _named(rule: Rule, networks: list[tuple[str, AddressSet]]) -> Rule:
    peer = rule.peer
    if not isinstance(peer, Network) or not peer.addresses:
        return rule
    for name, addresses in networks:
        if peer.addresses <= addresses:
            written = peer.written or str(peer)
            text = f"{name} ({written})" if peer.addresses == addresses else f"{written} (in {name})"
            return replace(rule, peer=replace(peer, written=text))
    return rule

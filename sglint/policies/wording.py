"""How messages name peers, traffic and conditions, so that all policies say the same thing the same way."""

from __future__ import annotations

from collections.abc import Sequence

from sglint.analysis.admission import Admission
from sglint.analysis.services import Service, listed
from sglint.model.acceptances import Acceptance
from sglint.model.addresses import AddressSet
from sglint.model.attachments import Attachment
from sglint.model.rules import Direction, GroupRef, Network, PrefixList, Rule
from sglint.model.traffic import Traffic, protocol_name
from sglint.model.values import Unknown, When

_SHOWN = 4
"""How many items of a list a message names before it counts the rest."""

_LONGEST = 80
"""How many characters of an expression a message shows."""

_ENTIRE = tuple(AddressSet.of(cidr) for cidr in ("0.0.0.0/0", "::/0"))


def enumerate_all(items: Sequence[str], limit: int = _SHOWN) -> str:
    """`a`, `a and b`, `a, b and c`; past the limit `a, b, c and 7 more`."""
    if len(items) > limit:
        return f"{', '.join(items[: limit - 1])} and {len(items) - limit + 1} more"
    return " and ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)


def peer_text(rule: Rule) -> str:
    """The peer as its author wrote it, with what it comes to where that is not plain."""
    peer = rule.peer
    if isinstance(peer, Unknown):
        return expression_text(peer)
    if isinstance(peer, GroupRef):
        return "the group itself" if peer.group == rule.group else str(peer)
    if isinstance(peer, PrefixList):
        return f"prefix list {peer.id}" + ("" if peer.entries is None else f" ({addresses_text(peer.entries)})")
    return _network_text(peer)


def _network_text(network: Network) -> str:
    plain = addresses_text(network.addresses)
    written = network.written or plain
    if network.addresses.is_world and network.addresses not in _ENTIRE:
        family = "IPv4" if network.addresses.is_world_v4 else "IPv6"
        return f"{written} (every public {family} address)"
    return written


def addresses_text(addresses: AddressSet) -> str:
    """The networks of a set, the first few by name."""
    return enumerate_all(tuple(addresses.cidrs())) or "nobody"


def peers_text(admission: Admission) -> str:
    """The peers that an admission opens to; several are said to be the world only together."""
    names = tuple(dict.fromkeys(peer_text(rule) for rule in admission.rules))
    is_world_together = admission.is_joint and admission.addresses.is_world
    return enumerate_all(names) + (", together the world," if is_world_together else "")


def carriers_text(attachments: Sequence[Attachment]) -> str:
    """The resources that carry a group, by address."""
    return enumerate_all(tuple(dict.fromkeys(attachment.address for attachment in attachments)))


def traffic_text(traffic: Traffic) -> str:
    """`tcp 20-25`, `all protocols`; what is not known stands as its expression."""
    if isinstance(traffic.protocol, Unknown):
        return f"protocol {expression_text(traffic.protocol)}"
    if isinstance(traffic.selector, Unknown):
        return f"{protocol_name(traffic.protocol)} {expression_text(traffic.selector)}"
    return "all protocols" if traffic.is_all_protocols else str(traffic)


def traffics_text(traffics: Sequence[Traffic]) -> str:
    """Traffic of several protocols, the first few by name."""
    return enumerate_all([traffic_text(traffic) for traffic in traffics])


def opening(admission: Admission) -> str:
    """`tcp 20-25 from 0.0.0.0/0`: traffic and peers of an admission."""
    return f"{traffic_text(admission.traffic)} {preposition(admission.rule)} {peers_text(admission)}"


def passage(rule: Rule) -> str:
    """`tcp 20-25 from 10.0.0.0/8`: traffic and peer of a rule."""
    return f"{traffic_text(rule.traffic)} {preposition(rule)} {peer_text(rule)}"


def reach_text(traffic: Traffic) -> str:
    """What of everything a wide-open rule admits: `every protocol and port`, `every tcp port (tcp 0-65535)`."""
    if traffic.is_all_protocols:
        return "every protocol and port"
    return f"every {str(traffic).split()[0]} port ({traffic})"


def services_text(admission: Admission, found: Sequence[tuple[Service, Traffic]]) -> str:
    """`ssh (tcp 22) is open to 0.0.0.0/0`; where there is more to it, `tcp 20-25 from 0.0.0.0/0 includes ssh (22)`."""
    traffic = admission.traffic
    if len(found) == 1 and found[0][1] == traffic:
        return f"{found[0][0].name} ({traffic}) is open to {peers_text(admission)}"
    verb = "include" if traffic.is_all_protocols else "includes"
    return f"{opening(admission)} {verb} {listed(found, traffic)}"


def expression_text(unknown: Unknown) -> str:
    """An expression on one line, cut where it is long."""
    text = " ".join(unknown.expression.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def accepted(acceptance: Acceptance) -> str:
    """`the suppression of ssh-from-world and SG105`: an accepted risk, by what it is for."""
    named = enumerate_all(acceptance.policies)
    return f"the {acceptance.means.value}" + (f" of {named}" if named else "")


def preposition(rule: Rule) -> str:
    return "from" if rule.direction is Direction.INGRESS else "to"


def conditional(message: str, when: When) -> str:
    """The message, with the condition under which it holds."""
    message = message.rstrip(",")
    return f"{message}, when {when}" if when else message

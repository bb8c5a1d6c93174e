"""The rules that a plan says there will be, read from its JSON without any of sglint's code.

Each comes out as a line of notation; a standalone rule names its resource in a comment behind it. What the plan
knows only after an apply is `unknown("known after apply")`.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator
from typing import Any

from tests.oracles.provider import made_up_id

LATER = 'unknown("known after apply")'
DEFAULT_DESCRIPTION = "Managed by Terraform"
_GROUPS = ("aws_security_group", "aws_default_security_group")
_NAMES = {-1: "all", 1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6"}
_NUMBERS = {name: number for number, name in _NAMES.items()}
_PEERS = ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups", "source_security_group_id")


def planned_lines(plan: dict[str, Any]) -> list[str]:
    """Groups and rules as sorted lines."""
    changes = [change for change in plan["resource_changes"] if change["mode"] == "managed"]
    return sorted(line for change in changes for line in _lines(change, _Names(changes)))


class _Names:
    """What the made-up ids stand for."""

    def __init__(self, changes: list[dict[str, Any]]) -> None:
        self.addresses: dict[str, str] = {}
        self.entries: dict[str, str] = {}
        for change in changes:
            identity = made_up_id({**change, "address": change.get("planned_address", change["address"])})
            if identity is None:
                continue
            self.addresses[identity] = change["address"]
            if change["type"] == "aws_ec2_managed_prefix_list":
                self.entries[identity] = _entries(change["change"])

    def peer(self, argument: str, value: str) -> str:
        if argument in ("cidr_blocks", "ipv6_cidr_blocks"):
            return str(ipaddress.ip_network(value, strict=False))
        if argument == "prefix_list_ids":
            return f"prefix-list {_word(self.addresses.get(value, value))}{self.entries.get(value, '')}"
        return f"group {_word(self.addresses.get(value, value))}"


def _entries(change: dict[str, Any]) -> str:
    most = change["after"].get("max_entries")
    size = "" if most is None else f" size {most}"
    entries = change["after"].get("entry", [])
    if change["after_unknown"].get("entry") is True or any("cidr" not in entry for entry in entries):
        return size
    networks = [ipaddress.ip_network(entry["cidr"], strict=False) for entry in entries]
    four = ipaddress.collapse_addresses(each for each in networks if isinstance(each, ipaddress.IPv4Network))
    six = ipaddress.collapse_addresses(each for each in networks if isinstance(each, ipaddress.IPv6Network))
    collapsed = [str(network) for family in (four, six) for network in family]
    return f" entries {','.join(collapsed) or 'nobody'}{size}"


def _lines(change: dict[str, Any], names: _Names) -> Iterator[str]:
    address, after, unknown = change["address"], change["change"]["after"], change["change"]["after_unknown"]
    if change["type"] in _GROUPS:
        yield _group(change)
        for direction in ("ingress", "egress"):
            blocks = after.get(direction) or []
            flags = unknown.get(direction)
            if flags is True:
                yield f"{_word(address)} {direction} {LATER} {_towards(direction)} {LATER}"
                continue
            for index, block in enumerate(blocks):
                yield from _rules(
                    address, direction, block, flags[index] if flags else {}, names, f"group {_word(address)}"
                )
    elif change["type"] == "aws_security_group_rule":
        group = after.get("security_group_id", LATER)
        owner = names.addresses.get(group, group)
        if "type" not in after:
            raise AssertionError(f"{address}: the direction is not known before an apply")
        for line in _rules(owner, after["type"], after, unknown, names, f"group {_word(owner)}"):
            yield f"{line} standalone  # {address}"


def _group(change: dict[str, Any]) -> str:
    after = change["change"]["after"]
    is_default = change["type"] == "aws_default_security_group"
    description = None if is_default else after.get("description", LATER)
    if description == DEFAULT_DESCRIPTION:
        description = None
    shown = "" if description is None else f" description {LATER if description == LATER else _quoted(description)}"
    return f"group {_word(change['address'])}{shown}{' default' if is_default else ''}"


def _rules(
    group: str, direction: str, block: dict[str, Any], unknown: dict[str, Any], names: _Names, itself: str
) -> Iterator[str]:
    start = f"{_word(group)} {direction} {_traffic(block)} {_towards(direction)}"
    description = block.get("description")
    end = f" {_quoted(description)}" if description else ""
    if unknown.get("description") is True:
        end = f" description {LATER}"
    for argument in _PEERS:
        # A rule's own source group is computed where another peer is given: then it says nothing.
        if argument == "source_security_group_id" and not isinstance(block.get(argument), str):
            given = any(block.get(each) is not None or unknown.get(each) is True for each in _PEERS[:3])
            if unknown.get(argument) is True and not given and not block.get("self"):
                yield f"{start} {LATER}{end}"
            continue
        flags = unknown.get(argument)
        if flags is True:
            yield f"{start} {LATER}{end}"
            continue
        value = block.get(argument)
        for index, item in enumerate([value] if isinstance(value, str) else value or ()):
            known = not (isinstance(flags, list) and index < len(flags) and flags[index])
            yield f"{start} {names.peer(argument, item) if known else LATER}{end}"
    if unknown.get("self") is True:
        yield f"{start} {LATER}{end}"
    elif block.get("self"):
        yield f"{start} {itself}{end}"


def _traffic(block: dict[str, Any]) -> str:
    if "protocol" not in block:
        return LATER
    protocol = block["protocol"].lower()
    number = _NUMBERS[protocol] if protocol in _NUMBERS else int(protocol)
    name = _NAMES.get(number, str(number))
    if name not in ("tcp", "udp", "icmp", "icmpv6"):
        return name
    if "from_port" not in block or "to_port" not in block:
        return f"{name} {LATER}"
    first, last = block["from_port"], block["to_port"]
    if name in ("icmp", "icmpv6"):
        return name if first == -1 else f"{name} {first}" if last == -1 else f"{name} {first}/{last}"
    return f"{name} {'none' if first > last else first if first == last else f'{first}-{last}'}"


def _towards(direction: str) -> str:
    return "from" if direction == "ingress" else "to"


def _word(text: str) -> str:
    return text if text[0] not in '"#(' and not any(character.isspace() for character in text) else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

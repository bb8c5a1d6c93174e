"""The model as JSON (docs/schema/sglint-dump.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

from sglint.analysis.analysis import Analysis
from sglint.analysis.exposure import Way
from sglint.model.acls import AclEntry, NetworkAcl
from sglint.model.attachments import Attachment
from sglint.model.listeners import Listener
from sglint.model.rules import Rule, SecurityGroup
from sglint.model.subnets import Subnet
from sglint.model.values import Unknown, When
from sglint.notation import write_peer, write_rule
from sglint.notation.surroundings import write_entry
from sglint.reports.places import place


def rendered(analyses: Sequence[Analysis]) -> str:
    """Everything in one list for each kind of thing; `unit` and `environment` say where it belongs."""
    parts: dict[str, Callable[[Analysis], Iterable[dict[str, object]]]] = {
        "groups": lambda analysis: (_group(group, analysis) for group in analysis.groups),
        "attachments": lambda analysis: map(_attachment, analysis.estate.attachments),
        "listeners": lambda analysis: map(_listener, analysis.estate.listeners),
        "acls": lambda analysis: map(_acl, analysis.estate.acls),
        "subnets": lambda analysis: map(_subnet, analysis.estate.subnets),
        "ways": lambda analysis: map(_way, analysis.ways),
    }
    document: dict[str, object] = {"version": 1}
    for name, part in parts.items():
        document[name] = [
            {"unit": analysis.path, "environment": analysis.environment or None, **each}
            for analysis in analyses
            for each in part(analysis)
        ]
    return json.dumps(document, indent=2) + "\n"


def _group(group: SecurityGroup, analysis: Analysis) -> dict[str, object]:
    return {
        "address": group.address,
        "construct": group.construct,
        "name": _text(group.name),
        "description": _text(group.description),
        "vpc": _text(group.vpc),
        "also_in": [_text(vpc) for vpc in group.also_in],
        "is_default": group.is_default,
        "is_defined": group.is_defined,
        "use": analysis.attachments.use(group).value,
        "level": analysis.group_level(group),
        "when": _when(group.when),
        "location": place(group.location),
        "rules": [_rule(rule, analysis.level(rule)) for rule in group.rules],
    }


def _rule(rule: Rule, level: int | None) -> dict[str, object]:
    return {
        "notation": write_rule(rule),
        "direction": rule.direction.value,
        "traffic": str(rule.traffic),
        "peer": write_peer(rule.peer),
        "description": _text(rule.description),
        "origin": rule.origin.value,
        "level": level,
        "when": _when(rule.when),
        "address": rule.address,
        "location": place(rule.location),
        "evidence": [{"text": step.text, "location": place(step.location)} for step in rule.evidence],
    }


def _attachment(attachment: Attachment) -> dict[str, object]:
    return {
        "address": attachment.address,
        "construct": attachment.construct,
        "kind": attachment.kind.value,
        "tier": attachment.tier.value,
        "service": attachment.service,
        "groups": list(attachment.groups),
        "is_in_default_group": attachment.is_in_default_group,
        "facing": attachment.facing.value,
        "subnets": list(attachment.subnets),
        "when": _when(attachment.when),
        "location": place(attachment.location),
    }


def _listener(listener: Listener) -> dict[str, object]:
    return {
        "address": listener.address,
        "construct": listener.construct,
        "balancer": listener.balancer,
        "traffic": str(listener.traffic),
        "targets": [
            {
                "address": target.address,
                "traffic": str(target.traffic),
                "source": target.source.value,
                "when": _when(target.when),
                "location": place(target.location),
            }
            for target in listener.targets
        ],
        "may_have_others": listener.may_have_others,
        "when": _when(listener.when),
        "location": place(listener.location),
    }


def _acl(acl: NetworkAcl) -> dict[str, object]:
    return {
        "address": acl.address,
        "construct": acl.construct,
        "is_default": acl.is_default,
        "is_defined": acl.is_defined,
        "subnets": list(acl.subnets),
        "when": _when(acl.when),
        "location": place(acl.location),
        "entries": [_entry(acl, entry) for entry in acl.entries],
    }


def _entry(acl: NetworkAcl, entry: AclEntry) -> dict[str, object]:
    return {
        "notation": write_entry(acl.address, entry),
        "direction": entry.direction.value,
        "number": _text(entry.number),
        "is_allow": _text(entry.is_allow),
        "traffic": str(entry.traffic),
        "addresses": _text(entry.addresses if isinstance(entry.addresses, Unknown) else str(entry.addresses)),
        "when": _when(entry.when),
        "location": place(entry.location),
    }


def _subnet(subnet: Subnet) -> dict[str, object]:
    return {
        "address": subnet.address,
        "addresses": list(subnet.addresses.cidrs()),
        "location": place(subnet.location),
    }


def _way(way: Way) -> dict[str, object]:
    return {
        "to": way.attachment.address,
        "is_certain": way.is_certain,
        "when": _when(way.when),
        "hops": [
            {
                "address": hop.attachment.address,
                "traffic": [str(traffic) for traffic in hop.traffics],
                "rules": [write_rule(rule) for rule in hop.admission.rules] if hop.admission is not None else [],
                "listener": hop.listener.address if hop.listener is not None else None,
                "is_passed_on": hop.target is not None,
            }
            for hop in way.hops
        ],
    }


def _when(when: When) -> str | None:
    return str(when) or None


def _text(value: object) -> object:
    """A value, null, or what keeps it from being known."""
    return {"unknown": value.expression, "blocked_by": value.blocked_by} if isinstance(value, Unknown) else value

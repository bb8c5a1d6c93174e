"""The graph for programs, and for the page. Its shape is documented by a JSON Schema, and is versioned."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sglint import __version__
from sglint.graph.document import (
    Edge,
    Graph,
    GraphFinding,
    GroupNode,
    Path,
    Peer,
    ResourceNode,
    RuleEntry,
)
from sglint.graph.labels import subtitle, title, traffic_label
from sglint.model.intervals import IntervalSet
from sglint.model.location import Evidence, Step
from sglint.model.traffic import ALL, Traffic, has_ports
from sglint.model.values import Unknown
from sglint.notation import write_rule
from sglint.policies.wording import peer_text
from sglint.reports.places import place

VERSION = 1
"""Raised when a reader of the shape before would misread this one; new members do not raise it."""

_Json: TypeAlias = "None | bool | int | str | Sequence[_Json] | Mapping[str, _Json]"


def render(graph: Graph) -> str:
    """The graph, in ASCII, so that no encoding between here and its reader can spoil it."""
    return json.dumps(document(graph), indent=2) + "\n"


def document(graph: Graph) -> Mapping[str, _Json]:
    """The graph as JSON data."""
    policies = {found.finding.policy.id: found.finding.policy for found in graph.findings}
    return {
        "version": VERSION,
        "tool": {"name": "sglint", "version": __version__},
        "units": [{"path": unit.path or ".", "environment": unit.environment or None} for unit in graph.units],
        "clusters": [
            {"id": cluster.id, "unit": cluster.unit, "vpc": cluster.vpc or None} for cluster in graph.clusters
        ],
        "peers": [_peer(peer) for peer in graph.peers],
        "groups": [_group(group, graph) for group in graph.groups],
        "resources": [_resource(resource, graph) for resource in graph.resources],
        "edges": [_edge(edge) for edge in graph.edges],
        "paths": [_path(path) for path in graph.paths],
        "findings": [_finding(found) for found in graph.findings],
        "policies": [
            {"id": id_, "name": policy.name, "summary": policy.summary, "why": policy.why, "fix": policy.fix}
            for id_, policy in sorted(policies.items())
        ],
        "problems": graph.problems,
    }


def _peer(peer: Peer) -> _Json:
    return {
        "id": peer.id,
        "cluster": peer.cluster,
        "kind": peer.kind.value,
        "direction": peer.direction.value,
        "title": title(peer),
        "subtitle": subtitle(peer),
        "names": peer.names,
        "details": peer.details,
    }


def _group(node: GroupNode, graph: Graph) -> _Json:
    group, worst = node.group, graph.worst(node)
    return {
        "id": node.id,
        "cluster": node.cluster,
        "title": title(node),
        "address": group.address,
        "construct": group.construct,
        "name": _text(group.name),
        "description": _text(group.description),
        "default": group.is_default,
        "defined": group.is_defined,
        "when": str(group.when) or None,
        "use": node.use.value,
        "tiers": [tier.value for tier in node.tiers],
        "level": node.level,
        "severity": None if worst is None else str(worst),
        "reached": str(node.reached),
        "findings": node.findings,
        "location": place(group.location),
        "source": node.source,
        "because": _because(group.evidence),
        "rules": [_rule(entry) for entry in node.rules],
    }


def _rule(entry: RuleEntry) -> _Json:
    rule = entry.rule
    return {
        "id": entry.id,
        "direction": rule.direction.value,
        "traffic": traffic_label((rule.traffic,)),
        "ports": _ports(rule.traffic),
        "peer": peer_text(rule),
        "description": _text(rule.description),
        "origin": rule.origin.value,
        "level": entry.level,
        "when": str(rule.when) or None,
        "notation": write_rule(rule),
        "address": rule.address or rule.group,
        "findings": entry.findings,
        "location": place(rule.location),
        "source": entry.source,
        "because": _because(rule.evidence),
    }


def _ports(traffic: Traffic) -> _Json:
    """The ports of tcp or udp that it takes in, as [first, last]; null where that is not known."""
    if isinstance(traffic.protocol, Unknown) or isinstance(traffic.selector, Unknown):
        return None
    if traffic.protocol == ALL:
        return [[0, 65535]]
    assert isinstance(traffic.selector, IntervalSet)
    return [list(pair) for pair in traffic.selector.intervals] if has_ports(traffic.protocol) else []


def _resource(node: ResourceNode, graph: Graph) -> _Json:
    first, worst = node.attachment, graph.worst(node)
    facing = dict.fromkeys(attachment.facing.value for attachment in node.attachments)
    return {
        "id": node.id,
        "cluster": node.cluster,
        "title": title(node),
        "address": first.address,
        "construct": first.construct,
        "kind": first.kind.value,
        "tier": first.tier.value,
        "service": first.service,
        "facing": next(iter(facing)) if len(facing) == 1 else "unknown",
        "when": str(first.when) or None if len(node.attachments) == 1 else None,
        "severity": None if worst is None else str(worst),
        "reached": str(node.reached),
        "findings": node.findings,
        "location": place(first.location),
        "source": node.source,
        "because": _because(first.evidence),
    }


def _edge(edge: Edge) -> _Json:
    return {
        "id": edge.id,
        "kind": edge.kind.value,
        "source": edge.source,
        "target": edge.target,
        "traffic": traffic_label(edge.traffics),
        "level": edge.level,
        "reached": str(edge.reached),
        "rules": [entry.id for entry in edge.rules],
    }


def _path(path: Path) -> _Json:
    return {
        "reached": str(path.reached),
        "when": str(path.when) or None,
        "stages": [
            {
                "resource": stage.resource,
                "group": stage.group,
                "rules": stage.rules,
                "traffic": traffic_label(stage.traffics),
            }
            for stage in path.stages
        ],
        "edges": path.edges,
    }


def _finding(found: GraphFinding) -> _Json:
    finding = found.finding
    return {
        "policy": finding.policy.id,
        "severity": str(finding.severity),
        "open": finding.policy.is_open,
        "accepted": None if finding.acceptance is None else finding.acceptance.reason or "without a reason",
        "message": finding.violation.message,
        "address": finding.violation.address,
        "also": [policy.id for policy in finding.also],
        "environments": finding.environments,
        "location": place(finding.location),
        "source": found.source,
        "because": _because(finding.violation.related),
        "nodes": found.nodes,
    }


def _because(steps: Evidence | tuple[Step, ...]) -> _Json:
    return [{"text": step.text, "location": place(step.location)} for step in steps]


def _text(value: str | Unknown | None) -> _Json:
    """A text, null, or what keeps it from being known."""
    return {"unknown": value.expression, "blocked_by": value.blocked_by} if isinstance(value, Unknown) else value

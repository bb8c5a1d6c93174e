"""The report on a change for programs. docs/diff.md documents its shape; `version` is raised when that breaks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sglint import __version__
from sglint.analysis.difference import GroupDifference, Passage
from sglint.model.location import Problem
from sglint.model.rules import SecurityGroup
from sglint.notation import write_peer, write_rule
from sglint.reports.difference_lines import passage_text, peers_text, traffic_text
from sglint.reports.places import place
from sglint.triage.finding import Finding
from sglint.triage.opening import Comparison

VERSION = 1

_Json: TypeAlias = "None | bool | int | str | Sequence[_Json] | Mapping[str, _Json] | object"


def render(comparison: Comparison) -> str:
    """The report, in ASCII, so that no encoding between here and its reader can spoil it."""
    levels = [each.level for group in comparison.groups for each in group.opened if each.level is not None]
    document: _Json = {
        "version": VERSION,
        "tool": {"name": "sglint", "version": __version__},
        "summary": {
            "groups": len(comparison.groups),
            "opened": sum(len(group.opened) for group in comparison.groups),
            "closed": sum(len(group.closed) for group in comparison.groups),
            "level": min(levels, default=None),
            "findings": sum(finding.is_alarm for finding in comparison.findings),
            "problems": len(comparison.problems),
        },
        "groups": [_group(group) for group in comparison.groups],
        "findings": [_finding(finding) for finding in comparison.findings],
        "problems": [_problem(problem) for problem in comparison.problems],
    }
    return json.dumps(document, indent=2) + "\n"


def _group(difference: GroupDifference) -> _Json:
    return {
        "old": _known(difference.old),
        "new": _known(difference.new),
        "environment": difference.environment or None,
        "opened": [_passage(passage) for passage in difference.opened],
        "closed": [_passage(passage) for passage in difference.closed],
    }


def _known(group: SecurityGroup | None) -> _Json:
    if group is None:
        return None
    return {"address": group.address, "construct": group.construct, "location": place(group.location)}


def _passage(passage: Passage) -> _Json:
    return {
        "text": passage_text(passage),
        "effect": passage.effect.value,
        "direction": passage.direction.value,
        "traffic": traffic_text(passage),
        "peers": peers_text(passage),
        "cidrs": None if passage.peers is None else list(passage.peers.cidrs()),
        "peer": write_peer(passage.rule.peer) if passage.peers is None else None,
        "when": passage.when or None,
        "level": passage.level,
        "rule": write_rule(passage.rule),
        "location": place(passage.location),
    }


def _finding(finding: Finding) -> _Json:
    return {
        "policy": {"id": finding.policy.id, "name": finding.policy.name},
        "severity": str(finding.severity),
        "message": finding.violation.message,
        "address": finding.violation.address,
        "rule": None if finding.violation.rule is None else write_rule(finding.violation.rule),
        "location": place(finding.location),
        "accepted": finding.acceptance is not None,
    }


def _problem(problem: Problem) -> _Json:
    return {"message": problem.message, "hint": problem.hint or None, "location": place(problem.location)}

"""The model itself, as notation or JSON: every group with the rules that the code comes to, and their levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.rules import Rule, SecurityGroup
from sglint.model.values import Unknown
from sglint.notation import write_group, write_peer, write_rule
from sglint.reports.places import place


def render_dump(analyses: Iterable[Analysis], form: str) -> str:
    """`form` is "text" (notation, each ingress rule with its level and place) or "json"."""
    if form == "text":
        return "".join(line for analysis in analyses for line in _lines(analysis))
    import json

    groups = [_group(group, analysis) for analysis in analyses for group in analysis.groups]
    return json.dumps({"version": 1, "groups": groups}, indent=2, ensure_ascii=False) + "\n"


def _lines(analysis: Analysis) -> Iterator[str]:
    for group in analysis.groups:
        yield f"{write_group(group)}  # {group.location}\n"
        for rule in group.rules:
            level = analysis.level(rule)
            shown = "" if level is None else f"level {level}, "
            yield f"{write_rule(rule)}  # {shown}{rule.location}\n"


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
        "when": str(group.when) or None,
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
        "when": str(rule.when) or None,
        "address": rule.address,
        "location": place(rule.location),
        "evidence": [{"text": step.text, "location": place(step.location)} for step in rule.evidence],
    }


def _text(value: str | Unknown | None) -> object:
    """A text, null, or what keeps it from being known."""
    return {"unknown": value.expression, "blocked_by": value.blocked_by} if isinstance(value, Unknown) else value

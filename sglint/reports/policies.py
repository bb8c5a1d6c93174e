"""The policies, listed for people, spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Callable

from sglint.compliance.mapping import answered
from sglint.policies.policy import Policy
from sglint.policies.registry import POLICIES
from sglint.reports.escaping import csv_cell

_COLUMNS = ("id", "name", "severity", "mark", "controls", "summary")


def render_policies(form: str) -> str:
    """`form` is one of FORMATS; KeyError for any other."""
    return FORMATS[form]()


def _text() -> str:
    width = max(len(policy.name) for policy in POLICIES)
    return "".join(
        f"{policy.id}  {policy.name:<{width}}  {policy.severity!s:<8}  {_mark(policy)}".rstrip() + "\n"
        for policy in POLICIES
    )


def _mark(policy: Policy) -> str:
    return "open" if policy.is_open else "strict" if policy.is_strict else ""


def _json() -> str:
    import json

    rows = [
        {
            "id": policy.id,
            "name": policy.name,
            "severity": str(policy.severity),
            "summary": policy.summary,
            "why": policy.why,
            "fix": policy.fix,
            "controls": policy.controls,
            "requirements": _requirements(policy),
            "supersedes": policy.supersedes,
            "references": policy.references,
            "strict": policy.is_strict,
            "open": policy.is_open,
        }
        for policy in POLICIES
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def _requirements(policy: Policy) -> dict[str, list[str]]:
    """By the id of the framework."""
    found: dict[str, list[str]] = {}
    for requirement in answered(policy.controls):
        found.setdefault(requirement.framework.id, []).append(requirement.id)
    return found


def _csv() -> str:
    """RFC 4180."""
    return "".join(f"{','.join(map(csv_cell, row))}\r\n" for row in (_COLUMNS, *map(_cells, POLICIES)))


def _markdown() -> str:
    lines = [f"| {' | '.join(_COLUMNS)} |", f"|{' --- |' * len(_COLUMNS)}"]
    lines += [f"| {' | '.join(_cells(policy))} |" for policy in POLICIES]
    return "".join(f"{line}\n" for line in lines)


def _cells(policy: Policy) -> tuple[str, ...]:
    controls = " ".join(policy.controls)
    return policy.id, policy.name, str(policy.severity), _mark(policy), controls, policy.summary


FORMATS: dict[str, Callable[[], str]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "markdown": _markdown,
}

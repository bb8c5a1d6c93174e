"""The ledger of accepted risks, for people, spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sglint.reports.escaping import csv_cell, markdown_code
from sglint.reports.terminal import visible
from sglint.triage.ledger import Entry, Standing

_COLUMNS = ("policy", "address", "rule", "reason", "owner", "until", "ticket", "by", "standing", "where")


def render_exceptions(entries: Sequence[Entry], form: str) -> str:
    """`form` is one of FORMATS; KeyError for any other."""
    return FORMATS[form](entries)


def _row(entry: Entry) -> dict[str, str]:
    acceptance = entry.acceptance
    cells = (
        ", ".join(entry.policies),
        entry.address,
        entry.rule,
        acceptance.reason,
        acceptance.owner,
        "" if acceptance.until is None else acceptance.until.isoformat(),
        acceptance.ticket,
        acceptance.means.value,
        entry.standing.value,
        str(acceptance.location),
    )
    return dict(zip(_COLUMNS, cells, strict=True))


def _text(entries: Sequence[Entry]) -> str:
    if not entries:
        return "No accepted risks to list.\n"
    lines: list[str] = []
    for entry in entries:
        acceptance, row = entry.acceptance, {name: visible(cell) for name, cell in _row(entry).items()}
        lines.append(f"{row['where']}: {row['by']} of {row['policy'] or 'any policy'}: {row['standing']}")
        lines += [f"  {row[name]}" for name in ("address", "rule") if row[name]]
        if acceptance.fault:
            lines.append(f"  {visible(acceptance.fault)}")
        lines += [f"  {name}: {row[name]}" for name in ("reason", "owner", "until", "ticket") if row[name]]
        lines.append("")
    holding = sum(entry.standing is Standing.HOLDS for entry in entries)
    lines.append(f"{len(entries)} accepted {'risk' if len(entries) == 1 else 'risks'}, of which {holding} hold.")
    return "".join(f"{line}\n" for line in lines)


def _json(entries: Sequence[Entry]) -> str:
    import json

    rows = [{**_row(entry), "fault": entry.acceptance.fault or None, "location": _place(entry)} for entry in entries]
    return json.dumps({"version": 1, "exceptions": rows}, indent=2) + "\n"


def _place(entry: Entry) -> dict[str, object]:
    place = entry.acceptance.location
    return {"path": place.path, "line": place.line, "column": place.column}


def _csv(entries: Sequence[Entry]) -> str:
    """RFC 4180."""
    rows = [_COLUMNS, *(tuple(_row(entry).values()) for entry in entries)]
    return "".join(f"{','.join(map(csv_cell, row))}\r\n" for row in rows)


def _markdown(entries: Sequence[Entry]) -> str:
    lines = [f"| {' | '.join(_COLUMNS)} |", f"|{' --- |' * len(_COLUMNS)}"]
    lines += [f"| {' | '.join(markdown_code(cell) for cell in _row(entry).values())} |" for entry in entries]
    return "".join(f"{line}\n" for line in lines)


FORMATS: dict[str, Callable[[Sequence[Entry]], str]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "markdown": _markdown,
}

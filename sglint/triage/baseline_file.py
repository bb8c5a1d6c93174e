"""The file that a baseline is kept in: JSON with one finding and one group a line, in an order of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from sglint.model.postures import WORLD, Posture, as_world_rule
from sglint.model.rules import Rule
from sglint.model.usage import UsageError
from sglint.notation import read_rule, write_rule
from sglint.policies.registry import POLICIES
from sglint.triage.baseline import Baseline, Entry, Place

VERSION = 1
"""Raised when a reader of the shape before would misread this one."""
_NAMES = {policy.id: policy.name for policy in POLICIES}
_K = TypeVar("_K", Entry, Place)
_V = TypeVar("_V")
_PREFIX = f"{WORLD} ingress "


class BaselineError(UsageError):
    """A file that is no baseline; the message is for the user."""


def write(baseline: Baseline) -> str:
    """The text of the file, the same for equal baselines."""
    parts = {"findings": _findings(baseline), "groups": _groups(baseline)}
    lines = [f'  "version": {VERSION}']
    for name, rows in parts.items():
        written = [f"    {_line(row)}" for row in rows]
        lines.append(f'  "{name}": [' + ("\n" + ",\n".join(written) + "\n  ]" if written else "]"))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _findings(baseline: Baseline) -> Iterator[Mapping[str, object]]:
    for (entry, count), named in _by_environment(baseline.findings.items()):
        row = {
            "path": entry.path,
            "address": entry.address,
            "policy": entry.policy,
            "name": _NAMES.get(entry.policy, ""),
            "rule": entry.rule,
            "unit": entry.unit,
            "environments": named,
            "count": count if count > 1 else 0,
        }
        yield {key: value for key, value in row.items() if value}


def _by_environment(rows: Iterable[tuple[_K, _V]]) -> Iterator[tuple[tuple[_K, _V], list[str]]]:
    """The rows in order, those that differ in their environment alone as one, with the names of all of theirs."""
    found: dict[tuple[_K, _V, bool], list[str]] = {}
    for key, value in sorted(rows, key=lambda row: row[0]):
        found.setdefault((key._replace(environment=""), value, bool(key.environment)), []).append(key.environment)
    for (key, value, is_named), environments in found.items():
        yield (key, value), environments if is_named else []


def _groups(baseline: Baseline) -> Iterator[Mapping[str, object]]:
    for (place, posture), named in _by_environment(baseline.groups.items()):
        row = {
            "path": place.path,
            "address": place.address,
            "unit": place.unit,
            "environments": named,
            "level": posture.level,
            "world": [write_rule(rule).removeprefix(_PREFIX) for rule in posture.world],
        }
        yield {key: value for key, value in row.items() if value}


def _line(row: Mapping[str, object]) -> str:
    text = json.dumps(row, ensure_ascii=False)
    # A path that is no Unicode cannot stand in UTF-8 as it is.
    return text if text.isprintable() else json.dumps(row)


def read(text: str, path: str) -> Baseline:
    """What the text of a file says. Raises BaselineError."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise BaselineError(f"{path}:{error.lineno}:{error.colno}: is not JSON: {error.msg.lower()}") from None
    except RecursionError:
        raise BaselineError(f"{path}: nests too deeply") from None
    try:
        return _baseline(document, path)
    except _Wrong as error:
        raise BaselineError(f"{path}: is no baseline of sglint: {error}") from None


class _Wrong(Exception):
    """What is wrong with a document."""


def _baseline(document: object, path: str) -> Baseline:
    if not isinstance(document, dict) or "version" not in document:
        raise _Wrong("it has no version")
    found = json.dumps(document["version"])
    if found != str(VERSION):
        raise BaselineError(f"{path}: is of version {found}, and this sglint reads version {VERSION}")
    findings: dict[Entry, int] = {}
    for entry, count in (each for row in _rows(document, "findings") for each in _read_finding(*row)):
        findings[entry] = findings.get(entry, 0) + count
    groups = dict(each for row in _rows(document, "groups") for each in _read_group(*row))
    return Baseline(path, findings, groups)


def _rows(document: Mapping[str, Any], name: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    rows = document.get(name, [])
    if not isinstance(rows, list):
        raise _Wrong(f"{name} is no list")
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            raise _Wrong(f"{name}[{number}] is no object")
        yield row, f"{name}[{number}]"


def _read_finding(row: Mapping[str, Any], at: str) -> Iterator[tuple[Entry, int]]:
    count = row.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise _Wrong(f"{at}.count is no number of findings")
    place = _text(row, "path", at), _text(row, "address", at, ""), _text(row, "policy", at)
    entry = Entry(*place, _text(row, "rule", at, ""), _text(row, "unit", at, ""))
    for environment in _texts(row, "environments", at) or ("",):
        yield entry._replace(environment=environment), count


def _read_group(row: Mapping[str, Any], at: str) -> Iterator[tuple[Place, Posture]]:
    level = row.get("level")
    if level is not None and level not in range(1, 6):
        raise _Wrong(f"{at}.level is no level from 1 to 5")
    world = tuple(_read_world(text, at) for text in _texts(row, "world", at))
    place = Place(_text(row, "path", at), _text(row, "address", at), _text(row, "unit", at, ""))
    for environment in _texts(row, "environments", at) or ("",):
        yield place._replace(environment=environment), Posture(level, world)


def _read_world(text: str, at: str) -> Rule:
    try:
        return as_world_rule(read_rule(_PREFIX + text))
    except ValueError as error:
        raise _Wrong(f'{at}.world: "{text}": {error}') from None


def _text(row: Mapping[str, Any], key: str, at: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str):
        raise _Wrong(f"{at}.{key} is missing" if value is None else f"{at}.{key} is no text")
    return value


def _texts(row: Mapping[str, Any], key: str, at: str) -> tuple[str, ...]:
    values = row.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _Wrong(f"{at}.{key} is no list of texts")
    return tuple(values)

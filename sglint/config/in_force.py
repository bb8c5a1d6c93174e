"""Every setting in force, and where its value comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sglint.config.kinds import Setting, Table, dotted
from sglint.config.places import KeyPath
from sglint.config.settings import Configuration
from sglint.config.table import SETTINGS
from sglint.reports.configuration import InForce

_PUT_ASIDE: dict[str, tuple[str, ...]] = {
    "select": ("profile", "select", "ignore"),
    "profile": ("profile", "select"),
    "ignore": (),
    "forbid": (),
}
"""What of the file does not count when the command line has an option; by default the setting of the same name."""


def in_force(configuration: Configuration | None, command_line: Mapping[str, object]) -> Iterator[InForce]:
    """The settings of the command line, then those of the file, then the defaults of those that neither gives."""
    given = configuration.given if configuration is not None else {}
    aside = {name for key in command_line for name in _PUT_ASIDE.get(key, (key,))}
    for key, value in command_line.items():
        yield InForce(key, toml(value), "command line")
    for at, each in given.items():
        if dotted(at) not in aside:
            yield InForce(dotted(at), toml(each.value), f"{each.location.path}:{each.location.line}")
    known = {*map(dotted, given), *command_line, *aside}
    for key, default in _defaults(SETTINGS, ()):
        if key not in known:
            yield InForce(key, default, "default")


def _defaults(settings: Sequence[Setting], at: KeyPath) -> Iterator[tuple[str, str]]:
    for setting in settings:
        here = (*at, setting.key)
        if isinstance(setting.kind, Table):
            yield from _defaults(setting.kind.settings, here)
        elif setting.default:
            yield dotted(here), setting.default


def toml(value: object) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        import json

        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{dotted((key,))} = {toml(each)}" for key, each in value.items()) + "}"
    return value.isoformat() if isinstance(value, date) else str(value)

"""Which requirements of which frameworks the Security Hub controls answer, and which weaknesses the policies find.

All of it is data, in `mapping.toml`, each row with the page that states it. It is read when it is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from sglint.model.record import frozen
from sglint.model.usage import UsageError

SECURITY_HUB, AWS_CONFIG = "security-hub", "aws-config"


@frozen
class Framework:
    id: str
    name: str
    version: str
    """Empty where the framework has no versions."""
    publisher: str
    address: str
    """The page by which AWS maps its controls or rules to it."""
    is_superseded: bool
    """Whether a later version of it is here as well."""

    @property
    def title(self) -> str:
        return f"{self.name} {self.version}".rstrip()

    @property
    def is_standard(self) -> bool:
        """Whether it is a standard, where the others are what AWS itself checks."""
        return self.id not in (SECURITY_HUB, AWS_CONFIG)


@frozen
class Control:
    """A Security Hub control with the name of the AWS Config rule that it runs."""

    id: str
    title: str
    rule: str
    source: str
    """The page that says what it checks, and with which rule."""


@frozen
class Link:
    """What a control checks belongs to a requirement: `source` is the page that says so, of the control or its rule."""

    control: Control
    source: str


@frozen
class Requirement:
    framework: Framework
    id: str
    """As AWS writes it for that framework."""
    links: tuple[Link, ...]
    """In the order of the controls. Never empty."""

    @property
    def title(self) -> str:
        """What its only control says. Empty when several controls answer it: none of them says all that it asks for."""
        return self.links[0].control.title if len(self.links) == 1 else ""

    @property
    def address(self) -> str:
        """The page about it."""
        if self.framework.id == SECURITY_HUB:
            return self.links[0].control.source
        if self.framework.id == AWS_CONFIG:
            return f"https://docs.aws.amazon.com/config/latest/developerguide/{self.id}.html"
        return self.framework.address

    def through(self, controls: Collection[str]) -> tuple[Link, ...]:
        """The links that begin at one of the controls."""
        return tuple(link for link in self.links if link.control.id in controls)


@frozen
class Weakness:
    """An entry of the Common Weakness Enumeration, with the ids of the policies that find it."""

    number: int
    title: str
    source: str
    policies: tuple[str, ...]


@frozen
class _Mapping:
    frameworks: tuple[Framework, ...]
    requirements: tuple[Requirement, ...]
    controls: tuple[Control, ...]
    weaknesses: tuple[Weakness, ...]


def frameworks() -> tuple[Framework, ...]:
    """In the order in which they are listed."""
    return _mapping().frameworks


def find_framework(id: str) -> Framework:
    """The framework of that id, in any case. UsageError with the nearest ones when there is none."""
    by_id = {framework.id: framework for framework in frameworks()}
    framework = by_id.get(id.strip().lower())
    if framework is None:
        raise UsageError(f'there is no framework "{id}"; {_nearest(id, tuple(by_id))}')
    return framework


def _nearest(id: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    word = id.strip().lower()
    close = [name for name in known if word and name.startswith(word)] or get_close_matches(word, known)
    return f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(known)}"


def requirements(framework: Framework) -> tuple[Requirement, ...]:
    """Those of a framework that a control answers, in the order of their ids."""
    return tuple(requirement for requirement in _mapping().requirements if requirement.framework == framework)


def answered(controls: Collection[str]) -> Iterator[Requirement]:
    """The requirements of all frameworks that what these Security Hub controls check belongs to."""
    return (requirement for requirement in _mapping().requirements if requirement.through(controls))


def controls() -> tuple[Control, ...]:
    return _mapping().controls


def weaknesses() -> tuple[Weakness, ...]:
    return _mapping().weaknesses


@cache
def _mapping() -> _Mapping:
    import tomllib
    from importlib.resources import files

    table = tomllib.loads(files(__package__).joinpath("mapping.toml").read_text(encoding="utf-8"))
    known = [Control(row["id"], row["title"], row["rule"], row["source"]) for row in table["control"]]
    links = list(_links(table, known))
    frameworks = tuple(_framework(row) for row in table["framework"])
    return _Mapping(
        frameworks,
        tuple(requirement for framework in frameworks for requirement in _requirements(framework, links)),
        tuple(known),
        tuple(Weakness(row["id"], row["title"], row["source"], tuple(row["policies"])) for row in table["weakness"]),
    )


def _framework(row: dict[str, Any]) -> Framework:
    return Framework(
        row["id"], row["name"], row.get("version", ""), row["publisher"], row["address"], row.get("superseded", False)
    )


def _links(table: dict[str, Any], known: list[Control]) -> Iterator[tuple[str, str, Link]]:
    """Each link with the ids of the framework and the requirement that it leads to."""
    for row, control in zip(table["control"], known, strict=True):
        link = Link(control, control.source)
        yield SECURITY_HUB, control.id, link
        yield AWS_CONFIG, control.rule, link
        for framework, ids in row.get("requirements", {}).items():
            yield from ((framework, id, link) for id in ids)
    for pack in table["pack"]:
        for id, names in pack["requirements"].items():
            for control in known:
                if control.id in names or control.rule in names:
                    yield pack["framework"], id, Link(control, pack["source"])


def _requirements(framework: Framework, links: list[tuple[str, str, Link]]) -> Iterator[Requirement]:
    by_id: dict[str, list[Link]] = {}
    for of, id, link in links:
        if of == framework.id:
            by_id.setdefault(id, []).append(link)
    for id in sorted(by_id, key=by_number):
        yield Requirement(framework, id, tuple(by_id[id]))


def by_number(id: str) -> tuple[str | int, ...]:
    """What sorts the ids of one framework: ten comes after nine."""
    return tuple(int(part) if part.isdecimal() else part for part in re.split("([0-9]+)", id))

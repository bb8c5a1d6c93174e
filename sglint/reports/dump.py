"""The model itself, as notation or JSON: groups with their rules and levels, what surrounds them, and ways to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sglint.analysis.analysis import Analysis
from sglint.analysis.exposure import Hop, Way
from sglint.model.location import Location
from sglint.notation import write_group, write_rule, write_unresolved
from sglint.notation.listeners import write_listener
from sglint.notation.surroundings import write_acl, write_attachment, write_subnet
from sglint.notation.vpcs import write_vpc
from sglint.notation.words import word
from sglint.reports.terminal import visible


def render_dump(analyses: Iterable[Analysis], form: str) -> str:
    """`form` is "text" or "json". The text is notation, which says the same again when it is read."""
    found = tuple(analyses)
    if form == "text":
        return "".join(line for analysis in found for line in _lines(analysis, len(found) > 1))
    from sglint.reports.dump_json import rendered

    return rendered(found)


def _lines(analysis: Analysis, is_one_of_several: bool) -> Iterator[str]:
    if is_one_of_several:
        environment = f" in {analysis.environment}" if analysis.environment else ""
        yield f"# unit {_on_one_line(analysis.path)}{environment}\n"
    for group in analysis.groups:
        yield f"{write_group(group)}  # {_level(analysis.group_level(group))}{_place(group.location)}\n"
        for rule in group.rules:
            yield f"{write_rule(rule)}  # {_level(analysis.level(rule))}{_place(rule.location)}\n"
    estate = analysis.estate
    for address in sorted(estate.unused):
        yield f"unused {word(address)}\n"
    for attachment in estate.attachments:
        yield f"{write_attachment(attachment)}  # {_place(attachment.location)}\n"
    for listener in estate.listeners:
        first, *targets = write_listener(listener)
        yield f"{first}  # {_place(listener.location)}\n"
        for line, target in zip(targets, listener.targets, strict=True):
            yield f"{line}  # {_place(target.location)}\n"
    for acl in estate.acls:
        first, *entries = write_acl(acl)
        yield f"{first}  # {_place(acl.location)}\n"
        for line, entry in zip(entries, acl.entries, strict=True):
            yield f"{line}  # {_place(entry.location)}\n"
    for vpc in estate.vpcs:
        yield f"{write_vpc(vpc)}  # {_place(vpc.location)}\n"
    for subnet in estate.subnets:
        yield f"{write_subnet(subnet)}  # {_place(subnet.location)}\n"
    for unresolved in estate.unresolved:
        yield f"{write_unresolved(unresolved)}  # {_place(unresolved.location)}\n"
    for way in analysis.ways:
        yield f"# {_on_one_line(way_text(way))}\n"


def way_text(way: Way) -> str:
    """A way from the world on, by what reaches each resource: `world > lb on tcp 443 > web on tcp 8080`."""
    hops = " > ".join(_hop_text(hop) for hop in way.hops)
    doubt = "" if way.is_certain else ", if the first has a public address"
    return f"world > {hops}{doubt}" + (f", when {way.when}" if way.when else "")


def _hop_text(hop: Hop) -> str:
    traffics: Sequence[str] = [str(traffic) for traffic in hop.traffics]
    shown = ", ".join(traffics if len(traffics) <= _SHOWN else (*traffics[: _SHOWN - 1], "and others"))
    return f"{hop.attachment.address} on {shown}"


_SHOWN = 4
"""How many protocols of a hop are shown."""


def _level(level: int | None) -> str:
    return "" if level is None else f"level {level}, "


def _place(location: Location) -> str:
    return _on_one_line(str(location))


def _on_one_line(text: str) -> str:
    return visible(" ".join(text.splitlines()))

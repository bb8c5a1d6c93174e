"""Accepting a risk on a construct: metadata that stays with the resource in the template."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs import IConstruct

METADATA = "sglint"
_GROUP = "AWS::EC2::SecurityGroup"
_RULES = {"ingress": "AWS::EC2::SecurityGroupIngress", "egress": "AWS::EC2::SecurityGroupEgress"}


def accept(
    construct: IConstruct,
    policy: str,
    *,
    reason: str,
    until: date | str | None = None,
    owner: str | None = None,
    rule: str | None = None,
) -> None:
    """Accept that a construct breaks a policy, named by id or name: `ssh-from-world` or `SG102`.

    It reaches the security groups and standalone rules that the construct is or holds when the app is synthesized, so
    it makes no difference whether rules are added before or after. `rule` binds it to one rule, as `sglint dump`
    prints it without the group: `ingress tcp 22 from 0.0.0.0/0`. `until` is the last day it holds, as a date or
    YYYY-MM-DD. ValueError when the reason is blank or the day is none.
    """
    if not reason.strip():
        raise ValueError("accepting a risk takes a reason")
    entry = {"policy": policy, "reason": reason}
    if until is not None:
        entry["until"] = _day(until)
    if owner is not None:
        entry["owner"] = owner
    if rule is not None:
        entry["rule"] = rule
    direction = (rule or "").split(maxsplit=1)[:1]
    standalone = [type_ for name, type_ in _RULES.items() if not direction or direction == [name]]
    _add_aspect(construct, entry, frozenset((_GROUP, *standalone)))


def _day(until: date | str) -> str:
    if isinstance(until, date):
        return until.strftime("%Y-%m-%d")
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", until):
            return date.fromisoformat(until).isoformat()
    except ValueError:
        pass
    raise ValueError(f'"{until}" is no day of the form YYYY-MM-DD')


def _add_aspect(construct: IConstruct, entry: dict[str, str], types: frozenset[str]) -> None:
    import aws_cdk
    import jsii

    @jsii.implements(aws_cdk.IAspect)
    class Acceptance:
        def visit(self, node: IConstruct) -> None:
            if getattr(node, "cfn_resource_type", None) in types:
                _write(node, entry)

    aws_cdk.Aspects.of(construct).add(Acceptance())


def _write(resource: IConstruct, entry: dict[str, str]) -> None:
    """Add an entry to those that the resource has, once however often the aspect visits it."""
    present = resource.get_metadata(METADATA)
    metadata = dict(present) if isinstance(present, dict) else {}
    entries = list(metadata.get("ignore") or ())
    if entry not in entries:
        resource.add_metadata(METADATA, {**metadata, "ignore": [*entries, entry]})

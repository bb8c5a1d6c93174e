"""Violations of rules, admissions and groups: place, subject and the steps that explain them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sglint.analysis.admission import Admission
from sglint.model.acls import AclEntry, NetworkAcl
from sglint.model.attachments import Attachment
from sglint.model.location import Edit, Location, Step
from sglint.model.permissions import Statement
from sglint.model.rules import Rule, SecurityGroup
from sglint.model.values import When
from sglint.model.vpcs import Vpc
from sglint.notation import write_rule
from sglint.policies.policy import Severity, Violation
from sglint.policies.wording import conditional, passage, traffic_text


def of_rule(
    rule: Rule,
    message: str,
    location: Location | None = None,
    related: Iterable[Step] = (),
    superseded_by: tuple[str, ...] = (),
    edit: Edit | None = None,
) -> Violation:
    """A violation of one rule, at its peer unless told otherwise. The rule's condition is added to the message."""
    return Violation(
        conditional(message, rule.when),
        location or rule.location,
        rule.address or rule.group,
        write_rule(rule),
        rule,
        tuple(dict.fromkeys((*rule.evidence, *(_ports_step(rule) if location is None else ()), *related))),
        superseded_by=superseded_by,
        edit=edit,
    )


def of_admission(
    admission: Admission,
    message: str,
    superseded_by: tuple[str, ...] = (),
    severity: Severity | None = None,
) -> Violation:
    """A violation of what one rule, or several together, open to the world; at the peer of the first of them."""
    rule = admission.rule
    others = (Step(f"the group also admits {passage(other)}", other.location) for other in admission.rules[1:])
    return Violation(
        conditional(message, admission.when),
        rule.location,
        rule.address or rule.group,
        " + ".join(write_rule(each) for each in admission.rules),
        rule,
        tuple(dict.fromkeys((*rule.evidence, *_ports_step(rule), *others))),
        severity,
        admission.rules[1:],
        superseded_by,
    )


def of_group(
    group: SecurityGroup, message: str, location: Location | None = None, when: When | None = None
) -> Violation:
    """A violation of the group itself, at its header and under its own condition unless told otherwise."""
    return Violation(
        conditional(message, group.when if when is None else when),
        location or group.location,
        group.address,
        related=group.evidence,
    )


def of_attachment(attachment: Attachment, message: str, related: Iterable[Step] = ()) -> Violation:
    """A violation of a resource that carries groups, at its header and under its own condition."""
    return Violation(
        conditional(message, attachment.when),
        attachment.location,
        attachment.address,
        related=tuple(dict.fromkeys((*attachment.evidence, *related))),
        construct=attachment.construct,
    )


def of_vpc(vpc: Vpc, message: str) -> Violation:
    """A violation of a VPC, at its header and under its own condition."""
    return Violation(
        conditional(message, vpc.when), vpc.location, vpc.address, related=vpc.evidence, construct=vpc.construct
    )


def of_statement(statement: Statement, message: str) -> Violation:
    """A violation of a statement of an IAM policy, under its own condition."""
    from sglint.notation.permissions import write_statement

    return Violation(
        conditional(message, statement.when),
        statement.location,
        statement.policy,
        write_statement(statement),
        related=statement.evidence,
        construct=statement.construct,
    )


def of_entry(
    acl: NetworkAcl, entry: AclEntry, message: str, when: When | None = None, related: Iterable[Step] = ()
) -> Violation:
    """A violation of an entry of a network ACL, under its own condition unless told otherwise."""
    from sglint.notation.surroundings import write_entry

    return Violation(
        conditional(message, entry.when if when is None else when),
        entry.location,
        entry.address or acl.address,
        write_entry(acl.address, entry),
        related=tuple(dict.fromkeys((*entry.evidence, *related))),
        construct=acl.construct,
    )


def _ports_step(rule: Rule) -> Iterator[Step]:
    """Where the ports stand, when that is not the peer's own place."""
    if rule.places is not None and rule.places.ports not in (rule.location, rule.places.block):
        yield Step(f"the rule admits {traffic_text(rule.traffic)}", rule.places.ports)

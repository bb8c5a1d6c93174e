"""SG503: an entry of a network ACL that decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sglint.analysis.acls import idle_entries, repeated_numbers
from sglint.analysis.analysis import Analysis
from sglint.model.acls import AclEntry
from sglint.model.location import Step
from sglint.model.rules import Direction
from sglint.policies.nacl_openings import number_text
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_entry
from sglint.policies.wording import enumerate_all


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for acl in analysis.estate.acls:
        for direction in Direction:
            found = partial(idle_entries, acl, direction, analysis.pairs)
            for idle in analysis.pairs.within(acl.location, found):
                deciding = enumerate_all([f"{entry.number} ({_action(entry)})" for entry in idle.by])
                verb = "decide" if len(idle.by) > 1 else "decides"
                message = (
                    f"{number_text(idle.entry)} ({_action(idle.entry)}) has no effect: {deciding} {verb} it all before"
                )
                steps = tuple(Step(f"{number_text(entry)} comes first", entry.location) for entry in idle.by)
                yield of_entry(acl, idle.entry, message, related=steps)
            for first, second in repeated_numbers(acl, direction):
                message = f"two {direction.value} entries have the number {second.number}, which AWS refuses"
                steps = (Step("the other one", first.location),)
                yield of_entry(acl, second, message, second.when.conjoin(first.when), related=steps)


def _action(entry: AclEntry) -> str:
    return "allow" if entry.is_allow else "deny"


POLICY = Policy(
    id="SG503",
    name="nacl-ineffective-entry",
    severity=Severity.LOW,
    summary="An entry of a network ACL of which earlier ones decide everything, or whose number is taken.",
    why=(
        "The entry with the lowest number that matches a packet decides about it. One that comes too late does "
        "nothing, however it reads: a deny that denies nothing is a hole that looks closed."
    ),
    fix="Give the entry a number before the ones that decide its traffic, or remove it.",
    check=check,
    bad=(
        "entry main ingress 100 allow tcp 22 from 10.0.0.0/8\nentry main ingress 110 deny tcp 22 from 10.1.0.0/16",
        "entry main egress 100 deny all to 10.0.0.0/8\nentry main egress 200 allow tcp 443 to 10.0.0.0/8",
        "entry main egress 100 deny tcp 1-80 to 10.0.0.0/8\nentry main egress 110 deny tcp 81-90 to 10.0.0.0/8\n"
        "entry main egress 120 allow tcp 70-85 to 10.0.0.0/8",
        "entry main ingress 100 allow tcp 80 from 10.0.0.0/8\nentry main ingress 100 allow tcp 443 from 10.0.0.0/8",
    ),
    good=(
        "entry main ingress 100 deny tcp 22 from 10.1.0.0/16\nentry main ingress 110 allow tcp 22 from 10.0.0.0/8",
        "entry main ingress 100 deny udp 22 from 10.0.0.0/8\nentry main ingress 110 allow tcp 22 from 10.0.0.0/8",
        "entry main ingress 100 allow tcp 22 from 10.0.0.0/8\nentry main egress 100 allow tcp 22 to 10.0.0.0/8",
        "entry main ingress 100 allow tcp 80 from 10.0.0.0/8 when A is x\n"
        "entry main ingress 100 allow tcp 80 from 10.0.0.0/8 when A is y",
        'entry main ingress 100 allow tcp 80 from unknown("var.block")\n'
        "entry main ingress 110 allow tcp 80 from 10.0.0.0/8",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",),
)

"""SG407: trust in a group that trusts the world."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.admission import Admission
from sglint.analysis.analysis import Analysis
from sglint.model.location import Step
from sglint.model.rules import Direction, GroupRef
from sglint.policies.authorization import is_unauthorized
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_rule
from sglint.policies.wording import opening, peer_text


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    opened: dict[str, list[Admission]] = {}
    for group, admission in analysis.world(Direction.INGRESS):
        if is_unauthorized(admission.traffic, parameters.authorized_ingress):
            opened.setdefault(group.address, []).append(admission)
    for _group, rule in analysis.rules(Direction.INGRESS):
        peer = rule.peer
        if not isinstance(peer, GroupRef) or peer.group == rule.group:
            continue
        worst = next((each for each in opened.get(peer.group, ()) if rule.when.conjoin(each.when) is not None), None)
        if worst is not None:
            step = Step(f"{peer.group} admits {opening(worst)}".rstrip(","), worst.rule.location)
            message = f"{peer_text(rule)} is trusted here and admits {opening(worst)} itself"
            yield of_rule(rule, message, related=(step,))


POLICY = Policy(
    id="SG407",
    name="permissive-group-referenced",
    severity=Severity.MEDIUM,
    summary="A rule refers to a group that is itself open to the world on an unauthorized port (SG101 to SG105).",
    why=(
        "A group reference is as good as the weakest member of the group. Whoever enters through the open port of the "
        "other group is inside this one's trust at once."
    ),
    fix="Close the port of the other group, or refer to a group that only holds those who need the access.",
    check=check,
    bad=(
        "db ingress tcp 5432 from group web\nweb ingress tcp 22 from 0.0.0.0/0",
        "db ingress tcp 5432 from group web\nweb ingress all from 0.0.0.0/1\nweb ingress all from 128.0.0.0/1",
    ),
    good=(
        "db ingress tcp 5432 from group web\nweb ingress tcp 443 from 0.0.0.0/0",
        "web ingress all from group web\nweb ingress tcp 22 from 0.0.0.0/0",
        "db ingress tcp 5432 from group web when A is x\nweb ingress tcp 22 from 0.0.0.0/0 when A is y",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
)

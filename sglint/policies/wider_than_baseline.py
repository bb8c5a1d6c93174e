"""SG906: a group that is more open than the baseline says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sglint.analysis.analysis import Analysis
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.wording import enumerate_all, passage

if TYPE_CHECKING:
    from sglint.analysis.posture import Worsening
    from sglint.model.postures import Posture


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    past = analysis.estate.past
    if past is None:
        return
    from sglint.analysis.posture import worsenings

    new = _authorized(parameters)
    for each in worsenings(analysis, lambda group: past.get(group.address, new)):
        first, *others = each.rules
        yield Violation(
            _message(each, each.group.address not in past),
            first.location,
            each.group.address,
            rule=first,
            related=first.evidence,
            others=tuple(others),
        )


def _authorized(parameters: Parameters) -> Posture:
    """What a group may be that the baseline does not know: no more open than what the world may reach anywhere."""
    from sglint.model.intervals import IntervalSet
    from sglint.model.postures import Posture, world_rule
    from sglint.model.traffic import Traffic
    from sglint.model.values import ALWAYS

    traffic = [Traffic(protocol, IntervalSet.single(port)) for protocol, port in parameters.authorized_ingress]
    return Posture(2, tuple(world_rule(each, is_v6, ALWAYS) for each in traffic for is_v6 in (False, True)))


def _message(worsening: Worsening, is_new: bool) -> str:
    opened = enumerate_all(worsening.opened or tuple(passage(rule) for rule in worsening.rules))
    if is_new:
        return f"level {worsening.level} in a group that the baseline does not have: it admits {opened}"
    if worsening.before is None:
        return f"level {worsening.level} in a group that had none: it now admits {opened}"
    change = f" → {worsening.level}" if worsening.level != worsening.before else ""
    return f"level {worsening.before}{change}: the group now admits {opened}"


POLICY = Policy(
    id="SG906",
    name="wider-than-baseline",
    severity=Severity.HIGH,
    summary="Under --ratchet, a group at a worse privilege level than in the baseline, or with more open to the world.",
    why=(
        "Rules that are tightened step by step stay tight only if no step goes back. A ratchet lets every group become "
        "narrower or stay as it is. A group that the baseline does not have may leave open to the world no more than "
        "the authorized ports."
    ),
    fix="Narrow the group again, or record with --update-baseline, for a reviewer to see, what is meant to be open.",
    check=check,
    bad=(
        "past web level 4\nweb ingress tcp 22 from 0.0.0.0/0",
        'past web level 2 world "tcp 443 from 0.0.0.0/0"\nweb ingress tcp 443 from 0.0.0.0/0,::/0',
        "past web level 5\nweb ingress all from 10.0.0.0/8",
        "past web level 5\ndb ingress tcp 22 from 0.0.0.0/0",
    ),
    good=(
        'past web level 2 world "tcp 443 from 0.0.0.0/0"\nweb ingress tcp 443 from 0.0.0.0/0',
        "past web level 5\ndb ingress tcp 443 from 0.0.0.0/0",
        "web ingress tcp 22 from 0.0.0.0/0",
    ),
)

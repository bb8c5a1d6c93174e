"""Traffic with the rules that admit it."""

from __future__ import annotations

from collections.abc import Iterable

from sglint.model.addresses import AddressSet
from sglint.model.intervals import IntervalSet
from sglint.model.record import frozen
from sglint.model.rules import Rule
from sglint.model.traffic import ALL, EVERY_PORT, Traffic
from sglint.model.values import ALWAYS, When


@frozen
class Admission:
    """Traffic that one rule admits, or several together, from or to the union of their peers."""

    traffic: Traffic
    rules: tuple[Rule, ...]
    when: When = ALWAYS

    @classmethod
    def of(cls, rule: Rule) -> Admission:
        """What a rule admits by itself."""
        return cls(rule.traffic, (rule,), rule.when)

    @property
    def rule(self) -> Rule:
        """The rule that stands for the admission: the first in the order of the group."""
        return self.rules[0]

    @property
    def is_joint(self) -> bool:
        return len(self.rules) > 1

    @property
    def addresses(self) -> AddressSet:
        """The addresses of all its rules."""
        return AddressSet.union(rule.addresses for rule in self.rules)


def beyond(worlds: Iterable[Admission], protocol: int, selector: IntervalSet, when: When) -> IntervalSet:
    """What of a protocol's traffic none of the others admits whenever `when` holds."""
    for admission in worlds:
        if when.implies(admission.when):
            traffic = admission.traffic
            selector -= EVERY_PORT if traffic.protocol == ALL else traffic.ports(protocol)
    return selector

"""Which findings are about which parts of a unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sglint.analysis.analysis import Analysis
from sglint.model.location import Location
from sglint.model.record import field, frozen, mutable
from sglint.model.rules import Rule
from sglint.triage.finding import Finding
from sglint.triage.judge import judge_by_path
from sglint.triage.terms import TermsByPath


@frozen
class Judgement:
    """Units with the terms they are judged under and the findings of that. `line` gives a line of the input's code."""

    analyses: tuple[Analysis, ...]
    terms: TermsByPath
    findings: tuple[Finding, ...]
    line: Callable[[str, int], str | None]


@mutable
class Found:
    """What was found on one unit, as positions among all findings."""

    _by_rule: dict[int, dict[int, None]] = field(default_factory=dict)
    """By the identity of the rule."""
    _by_address: dict[str, dict[int, None]] = field(default_factory=dict)

    @classmethod
    def of(cls, analysis: Analysis, judgement: Judgement, first: int) -> Found:
        """What the unit breaks. It is judged once more by itself: findings that units have in common are joined.

        `first` is the position of the judgement's first finding.
        """
        positions: dict[tuple[str, Location, str], list[int]] = {}
        for position, finding in enumerate(judgement.findings):
            positions.setdefault(_mark(finding), []).append(position)
        found = cls()
        for judged in judge_by_path([analysis], judgement.terms):
            violation = judged.finding.violation
            for position in positions.get(_mark(judged.finding), ()):
                finding = judgement.findings[position]
                is_here = not finding.environments or analysis.environment in finding.environments
                if not is_here or violation.address not in (finding.violation.address, *finding.elsewhere):
                    continue
                if violation.rule is None:
                    found._by_address.setdefault(violation.address, {})[first + position] = None
                for rule in (violation.rule, *violation.others):
                    if rule is not None:
                        found._by_rule.setdefault(id(rule), {})[first + position] = None
        return found

    def on_rule(self, rule: Rule) -> tuple[int, ...]:
        return tuple(self._by_rule.get(id(rule), ()))

    def on_address(self, address: str) -> tuple[int, ...]:
        """What is about a group or a resource itself."""
        return tuple(self._by_address.get(address, ()))

    def about(self, nodes: Mapping[object, str]) -> Iterator[tuple[int, str]]:
        """Each position with a node it is about; `nodes` are by the address of a resource, or a rule's identity."""
        for table in (self._by_address, self._by_rule):
            for key, positions in table.items():
                if key in nodes:
                    for position in positions:
                        yield position, nodes[key]


def _mark(finding: Finding) -> tuple[str, Location, str]:
    """What findings that become one have in common."""
    return finding.policy.id, finding.location, finding.violation.message

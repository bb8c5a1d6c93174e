"""From analyses to findings: checks run, the worst of each rule told, each place told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from sglint.analysis.analysis import Analysis
from sglint.model.acceptances import Acceptance
from sglint.model.attachments import Attachment
from sglint.model.failure import failure
from sglint.model.location import Location, Problem, Step
from sglint.model.record import frozen, replace
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.registry import find
from sglint.triage.finding import Finding
from sglint.triage.terms import Terms, TermsByPath

_Broken: TypeAlias = tuple[Policy, Violation]


@frozen
class Judged:
    """A finding of one unit, before those that say the same become one."""

    finding: Finding
    under: tuple[Policy, ...] = ()
    """Policies asked about that are not in force, which its rule breaks and which would supersede it."""
    analysis: Analysis | None = None
    """The unit that it is of."""

    @property
    def carriers(self) -> tuple[Attachment, ...]:
        """What carries the group whose rule it is about, as far as the unit says."""
        rule = self.finding.violation.rule
        if rule is None or self.analysis is None:
            return ()
        return self.analysis.attachments.of(rule.group, rule.when)


def judge(
    analyses: Iterable[Analysis],
    policies: Sequence[Policy],
    parameters: Parameters | None = None,
    severities: Mapping[str, Severity] | None = None,
) -> tuple[Finding, ...]:
    """What the units break, in the total order of findings.

    `severities` holds the configured ones by policy id; the others are the violations' or their policies' own.
    Superseding counts only among the policies given, so a policy that is selected alone reports in its own right.
    """
    judged = _judged(analyses, policies, (), parameters or Parameters(), severities or {})
    return joined(each.finding for each in judged)


def judge_by_path(
    analyses: Sequence[Analysis],
    terms: TermsByPath,
    asked: Sequence[Policy] = (),
    faults: list[Problem] | None = None,
) -> Iterator[Judged]:
    """What the units break, each finding under the terms of the file it is in.

    `asked` are policies that are looked for where they are not in force, for what they would supersede. `faults` takes
    the problem of each policy that fails on a unit; without it, the first such fault is raised.
    """
    pending = [terms.general]
    if terms.has_overrides:
        pending.extend(terms.at(path) for path in dict.fromkeys(_paths(analyses)))
    done: set[int] = set()
    while pending:
        current = pending.pop()
        if id(current) in done:
            continue
        done.add(id(current))
        checked, policies = current.checked, frozenset(policy.id for policy in current.policies)
        for judged in _judged(analyses, checked, asked, current.parameters, current.severities, faults):
            own = terms.at(judged.finding.location.path)
            if own is not current:
                pending.append(own)
            elif judged.finding.policy.id in policies and _is_told(judged.finding, current):
                yield judged


def _is_told(finding: Finding, terms: Terms) -> bool:
    """Whether the terms ask for a finding: strict ones are for those who select their policy or the profile."""
    if not finding.violation.is_strict or terms.profile == "strict":
        return True
    return any(find(word) is finding.policy for word in terms.select)


def joined(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in their total order, those that say the same at the same place as one."""
    return tuple(_once(sorted(findings, key=lambda finding: finding.order)))


def fails(findings: Iterable[Finding], threshold: Severity) -> bool:
    """Whether any finding is at or above the threshold. What is accepted or could not be judged never fails."""
    return any(finding.is_alarm and finding.severity >= threshold for finding in findings)


def _paths(analyses: Iterable[Analysis]) -> Iterator[str]:
    """The files that findings can be in."""
    for analysis in analyses:
        for group in analysis.groups:
            yield group.location.path
            yield from (rule.location.path for rule in group.rules)
        estate = analysis.estate
        yield from (unresolved.location.path for unresolved in estate.unresolved)
        yield from (attachment.location.path for attachment in estate.attachments)
        yield from (acl.location.path for acl in estate.acls)
        yield from (vpc.location.path for vpc in estate.vpcs)


def _judged(
    analyses: Iterable[Analysis],
    policies: Sequence[Policy],
    asked: Sequence[Policy],
    parameters: Parameters,
    severities: Mapping[str, Severity],
    faults: list[Problem] | None = None,
) -> Iterator[Judged]:
    further = tuple(policy for policy in asked if policy not in policies)
    for analysis in analyses:
        groups = {group.address: group for group in analysis.groups}
        broken = _broken(policies, analysis, parameters, faults)
        asked_for = _by_rule(_broken(further, analysis, parameters, faults))
        for policy, violation, also in _worst(broken):
            rule = violation.rule
            group = groups.get(violation.address if rule is None else rule.group)
            finding = Finding(
                policy,
                violation,
                severities.get(policy.id, violation.severity or policy.severity),
                also,
                None if rule is None else analysis.level(rule),
                violation.construct
                or (rule.construct if rule is not None else None)
                or (group.construct if group is not None else None),
                environments=(analysis.environment,) if analysis.environment else (),
                unit=analysis.path,
            )
            same = asked_for.get(_rule_key(violation), ()) if rule is not None else ()
            under = tuple(other for other, _ in same if _supersedes(other, policy, violation))
            yield Judged(finding, under, analysis)


def _broken(
    policies: Iterable[Policy], analysis: Analysis, parameters: Parameters, faults: list[Problem] | None
) -> list[_Broken]:
    found: list[_Broken] = []
    for policy in policies:
        try:
            found.extend([(policy, violation) for violation in policy.check(analysis, parameters)])
        except Exception as error:
            if faults is None:
                raise
            faults.append(failure(error, analysis.path, f"not judged by {policy.id} {policy.name}"))
    return found


def _rule_key(violation: Violation) -> tuple[Location, str, str]:
    return (violation.rule.location if violation.rule else violation.location, violation.address, violation.subject)


def _by_rule(broken: Iterable[_Broken]) -> dict[tuple[Location, str, str], list[_Broken]]:
    by_rule: dict[tuple[Location, str, str], list[_Broken]] = {}
    for policy, violation in broken:
        by_rule.setdefault(_rule_key(violation), []).append((policy, violation))
    return by_rule


def _worst(broken: Sequence[_Broken]) -> Iterator[tuple[Policy, Violation, tuple[Policy, ...]]]:
    """The violations that no other one of the same rule supersedes, each with the policies that it does."""
    for same in _by_rule(broken).values():
        # There may be many at one place, but not many that differ in this.
        different = {(policy.id, violation.superseded_by): (policy, violation) for policy, violation in same}.values()
        for policy, violation in same:
            if violation.rule is None and not violation.subject:
                yield policy, violation, ()
            elif not any(_supersedes(other, policy, violation) for other, _ in different):
                also = {other.id: other for other, theirs in different if _supersedes(policy, other, theirs)}
                yield policy, violation, tuple(also[id_] for id_ in sorted(also))


def _supersedes(policy: Policy, other: Policy, violation: Violation) -> bool:
    """Whether `policy` makes the violation of the `other` on the same rule redundant."""
    return other.id in policy.supersedes or policy.id in violation.superseded_by


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each (policy, place, message) once, however many instances of a module or units give it.

    The first stands for all: it names the other addresses, carries the worst level and all superseded policies. What
    is accepted, or known to the baseline, stays apart from what is not.
    """
    same: dict[tuple[str, Location, str, Acceptance | None, bool | None], list[Finding]] = {}
    for finding in findings:
        message = finding.violation.message
        key = (finding.policy.id, finding.location, message, finding.acceptance, finding.is_baselined)
        same.setdefault(key, []).append(finding)
    for first, *others in same.values():
        yield _merged(first, others) if others else first


def _merged(first: Finding, others: Sequence[Finding]) -> Finding:
    violation = first.violation
    elsewhere = {other.violation.address: other.violation for other in others}
    elsewhere.pop(violation.address, None)
    steps = tuple(Step(f"the same holds for {address}", _origin(other)) for address, other in elsewhere.items())
    levels = [finding.level for finding in (first, *others) if finding.level is not None]
    also = {policy.id: policy for finding in (first, *others) for policy in finding.also}
    return replace(
        first,
        violation=replace(violation, related=(*violation.related, *steps)),
        level=min(levels, default=None),
        also=tuple(also[id_] for id_ in sorted(also)),
        elsewhere=tuple(elsewhere),
        environments=tuple(sorted({name for finding in (first, *others) for name in finding.environments})),
    )


def _origin(violation: Violation) -> Location:
    """The outermost place that the violation arises from: a module call, where there is one."""
    return violation.related[-1].location if violation.related else violation.location

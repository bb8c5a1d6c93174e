"""The report for code scanning: SARIF 2.1.0, as Microsoft's validator and GitHub's ingestion rules want it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import sarif_om

from sglint import __version__
from sglint.model.location import Location, Problem, Step
from sglint.notation import write_rule
from sglint.policies.policy import Policy
from sglint.reports.controls import controls
from sglint.reports.fingerprint import fingerprints
from sglint.reports.options import Options
from sglint.reports.paths import absolute, beneath, percent_encoded
from sglint.reports.sarif_rules import descriptor, level
from sglint.reports.sarif_writer import write
from sglint.reports.terminal import visible
from sglint.triage.finding import Finding, Outcome

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SUBJECT = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html"
"""Where to read on about what sglint judges; the validator asks for an address."""
_ROOT = "%SRCROOT%"
_BRACKETS, _ESCAPED = re.compile(r"[\[\]\\]"), r"\\\g<0>"


def render(outcome: Outcome, options: Options) -> str:
    """A SARIF log with one run, the same bytes for the same outcome."""
    root = options.root
    policies = _policies(outcome)
    indexes = {policy.id: index for index, policy in enumerate(policies)}
    identities = fingerprints(outcome.findings, root)
    run = sarif_om.Run(
        tool=sarif_om.Tool(
            driver=sarif_om.ToolComponent(
                name="sglint",
                version=__version__,
                semantic_version=__version__,
                information_uri=_SUBJECT,
                rules=[descriptor(policy) for policy in policies],
            )
        ),
        automation_details=sarif_om.RunAutomationDetails(id="sglint/"),
        column_kind="unicodeCodePoints",
        original_uri_base_ids={
            _ROOT: sarif_om.ArtifactLocation(description=_message("The directory that the paths start from."))
        },
        invocations=[
            sarif_om.Invocation(
                execution_successful=not outcome.problems,
                tool_execution_notifications=[_notification(problem, root) for problem in outcome.problems],
            )
        ],
        results=[
            _result(finding, indexes[finding.policy.id], identity, root)
            for finding, identity in zip(outcome.findings, identities, strict=True)
        ],
    )
    return write(sarif_om.SarifLog(schema_uri=_SCHEMA, version="2.1.0", runs=[run]))


def _policies(outcome: Outcome) -> list[Policy]:
    named = {policy.id: policy for policy in (*outcome.policies, *(finding.policy for finding in outcome.findings))}
    return [named[id] for id in sorted(named)]


def _result(finding: Finding, rule_index: int, fingerprint: str, root: str) -> object:
    violation = finding.violation
    related = violation.related
    evidence = () if violation.rule is None else violation.rule.evidence
    return sarif_om.Result(
        rule_id=finding.policy.id,
        rule_index=rule_index,
        kind="open" if finding.policy.is_open else "fail",
        level=level(finding.policy, finding.severity),
        message=_message(_explained(violation.message, related)),
        locations=[
            sarif_om.Location(
                physical_location=_physical(violation.location, root), logical_locations=_logical_locations(finding)
            )
        ],
        related_locations=[_step(step, root, number) for number, step in enumerate(related, 1)] or None,
        code_flows=[_code_flow(finding, evidence, root)] if evidence else None,
        partial_fingerprints={"sglint/v1": fingerprint},
        properties=_properties(finding),
    )


def _properties(finding: Finding) -> Mapping[str, object]:
    """What SARIF has no member for, without what does not apply."""
    rule = finding.violation.rule
    properties = {
        "severity": str(finding.severity),
        "privilegeLevel": finding.level,
        "rule": None if rule is None else write_rule(rule),
        "when": dict(rule.when.choices) if rule is not None else None,
        "also": [policy.id for policy in finding.also],
        "controls": controls(finding),
    }
    return {name: value for name, value in properties.items() if value}


def _logical_locations(finding: Finding) -> list[object]:
    names = [("resource", finding.violation.address), ("construct", finding.construct)]
    return [sarif_om.LogicalLocation(fully_qualified_name=name, kind=kind) for kind, name in names if name]


def _code_flow(finding: Finding, evidence: Sequence[Step], root: str) -> object:
    """The way of the value from where it was written to the rule; evidence is kept nearest link first."""
    last = Step(_sentence(finding.violation.message), finding.location)
    return sarif_om.CodeFlow(
        thread_flows=[
            sarif_om.ThreadFlow(
                locations=[sarif_om.ThreadFlowLocation(location=_step(step, root)) for step in (*evidence[::-1], last)]
            )
        ]
    )


def _notification(problem: Problem, root: str) -> object:
    text = _sentence(problem.message) + (f" {_sentence(problem.hint)}" if problem.hint else "")
    return sarif_om.Notification(
        message=_message(_shown(text)),
        level="error",
        locations=[sarif_om.Location(physical_location=_physical(problem.location, root))],
    )


def _step(step: Step, root: str, number: int | None = None) -> object:
    location = sarif_om.Location(physical_location=_physical(step.location, root), message=_message(_shown(step.text)))
    if number is not None:
        location.id = number
    return location


def _physical(location: Location, root: str) -> object:
    return sarif_om.PhysicalLocation(artifact_location=_artifact(location.path, root), region=_region(location))


def _artifact(path: str, root: str) -> object:
    inside = beneath(path, root)
    if inside is None:
        return sarif_om.ArtifactLocation(uri=f"file://{percent_encoded(absolute(path, root))}")
    return sarif_om.ArtifactLocation(uri=percent_encoded(inside), uri_base_id=_ROOT)


def _region(location: Location) -> object:
    """The region; a place without extent is its whole line, since SARIF would take it for an insertion point."""
    if (location.line, location.column) == (location.end_line, location.end_column):
        return sarif_om.Region(start_line=location.line)
    return sarif_om.Region(
        start_line=location.line,
        start_column=location.column,
        end_line=location.end_line,
        end_column=location.end_column,
    )


def _message(text: str) -> object:
    return sarif_om.Message(text=text)


def _explained(message: str, related: Sequence[Step]) -> str:
    """The message with a link to each related location, in SARIF's syntax for embedded links (3.11.6)."""
    text = _shown(_sentence(message))
    if not related:
        return text
    links = (f"[{_BRACKETS.sub(_ESCAPED, visible(step.text))}]({number})" for number, step in enumerate(related, 1))
    return f"{text} Because of {', '.join(links)}."


def _shown(text: str) -> str:
    """The text as a message can show it: names in the input make no embedded link and no control sequence."""
    return visible(text).replace("](", "\\](")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

"""The report for code scanning: SARIF 2.1.0, as Microsoft's validator and GitHub's ingestion rules want it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import sarif_om

from sglint import __version__
from sglint.model.acceptances import Acceptance, Means
from sglint.model.location import Location, Problem, Step
from sglint.model.revision import Revision
from sglint.notation import write_rule
from sglint.policies.policy import Policy
from sglint.reports.controls import controls
from sglint.reports.edits import rewritten
from sglint.reports.fingerprint import fingerprints
from sglint.reports.options import Options
from sglint.reports.paths import absolute, beneath, percent_encoded
from sglint.reports.sarif_limits import FLOW, LINKS, LOCATIONS, RESULTS, clipped, kept, remarks
from sglint.reports.sarif_rules import descriptor, level
from sglint.reports.sarif_taxonomies import Taxonomies
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
    taxonomies = Taxonomies(policies)
    identities = fingerprints(outcome.findings, root)
    said = remarks(len(outcome.findings))
    run = sarif_om.Run(
        tool=sarif_om.Tool(
            driver=sarif_om.ToolComponent(
                name="sglint",
                version=__version__,
                semantic_version=__version__,
                information_uri=_SUBJECT,
                supported_taxonomies=taxonomies.references,
                rules=[descriptor(policy, taxonomies.relationships(policy)) for policy in policies],
            )
        ),
        taxonomies=taxonomies.components,
        automation_details=sarif_om.RunAutomationDetails(id=f"{visible(options.category).rstrip('/') or 'sglint'}/"),
        version_control_provenance=None if options.revision is None else [_provenance(options.revision)],
        column_kind="unicodeCodePoints",
        properties=None if options.shard is None else {"sglint/shard": options.shard},
        original_uri_base_ids={
            _ROOT: sarif_om.ArtifactLocation(description=_message("The directory that the paths start from."))
        },
        invocations=[
            sarif_om.Invocation(
                execution_successful=not outcome.problems,
                tool_execution_notifications=[
                    *(_notification(problem, root) for problem in outcome.problems),
                    *(sarif_om.Notification(message=_message(text), level=kind) for kind, text in said),
                ],
            )
        ],
        results=[
            *(
                _result(finding, indexes[finding.policy.id], identities[index], root, rewritten(finding, outcome.lines))
                for index, finding in kept(outcome.findings)
            ),
            *islice(_absent(outcome, indexes, root), max(0, RESULTS - len(outcome.findings))),
        ],
    )
    if any(result.suppressions for result in run.results):
        # 3.27.23: either no result of a run says whether it is suppressed, or every one does.
        for result in run.results:
            result.suppressions = result.suppressions or []
    return write(sarif_om.SarifLog(schema_uri=_SCHEMA, version="2.1.0", runs=[run]))


def _policies(outcome: Outcome) -> list[Policy]:
    named = {policy.id: policy for policy in (*outcome.policies, *(finding.policy for finding in outcome.findings))}
    return [named[id] for id in sorted(named)]


def _result(finding: Finding, rule_index: int, fingerprint: str, root: str, replacement: str | None) -> object:
    violation = finding.violation
    related = violation.related
    shown = related[: LOCATIONS - 1]
    evidence = () if violation.rule is None else violation.rule.evidence[: FLOW - 1][::-1]
    flows = [_code_flow(finding, steps, root) for steps in (evidence, violation.flow[: FLOW - 1]) if steps]
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
        related_locations=[_step(step, root, number) for number, step in enumerate(shown, 1)] or None,
        code_flows=flows or None,
        suppressions=None if finding.acceptance is None else [_suppression(finding.acceptance, root)],
        fixes=None if replacement is None else [_fix(finding, replacement, root)],
        baseline_state=None if finding.is_baselined is None else "unchanged" if finding.is_baselined else "new",
        partial_fingerprints={"sglint/v1": fingerprint},
        properties=_properties(finding),
    )


def _absent(outcome: Outcome, indexes: Mapping[str, int], root: str) -> Iterator[object]:
    """The findings of the baseline that are no more (3.27.24). Where in its file one was is not known."""
    for entry, path in (each for standing in outcome.standings for each in standing.absent()):
        yield sarif_om.Result(
            rule_id=entry.policy,
            rule_index=indexes.get(entry.policy, -1),
            kind="fail",
            level="none",
            message=_message(_shown(_sentence(f"no longer found: {entry.rule or entry.address}"))),
            locations=[
                sarif_om.Location(
                    physical_location=sarif_om.PhysicalLocation(artifact_location=_artifact(path, root)),
                    logical_locations=[sarif_om.LogicalLocation(fully_qualified_name=entry.address, kind="resource")]
                    if entry.address
                    else None,
                )
            ],
            baseline_state="absent",
            properties={"rule": entry.rule} if entry.rule else None,
        )


def _fix(finding: Finding, replacement: str, root: str) -> object:
    change = sarif_om.ArtifactChange(
        artifact_location=_artifact(finding.location.path, root),
        replacements=[
            sarif_om.Replacement(
                deleted_region=_region(finding.location), inserted_content=sarif_om.ArtifactContent(text=replacement)
            )
        ],
    )
    return sarif_om.Fix(description=_message(finding.policy.fix), artifact_changes=[change])


def _suppression(acceptance: Acceptance, root: str) -> Mapping[str, object]:
    """A `suppression` object (3.35). sarif_om has one of a draft of the standard, where `status` was called `state`."""
    is_in_source = acceptance.means is Means.SUPPRESSION
    account = {
        "until": None if acceptance.until is None else acceptance.until.isoformat(),
        "owner": acceptance.owner,
        "ticket": acceptance.ticket,
    }
    properties = {name: value for name, value in account.items() if value}
    return {
        "kind": "inSource" if is_in_source else "external",
        "status": "accepted",
        "justification": visible(acceptance.reason),
        "location": sarif_om.Location(physical_location=_physical(acceptance.location, root)),
        **({"properties": properties} if properties else {}),
    }


def _properties(finding: Finding) -> Mapping[str, object]:
    """What SARIF has no member for, without what does not apply."""
    rule = finding.violation.rule
    properties = {
        "severity": str(finding.severity),
        "privilegeLevel": finding.level,
        "rule": None if rule is None else write_rule(rule),
        "when": dict(rule.when.choices) if rule is not None else None,
        "environments": list(finding.environments),
        "also": [policy.id for policy in finding.also],
        "controls": controls(finding),
    }
    return {name: value for name, value in properties.items() if value}


def _logical_locations(finding: Finding) -> list[object]:
    names = [("resource", finding.violation.address), ("construct", finding.construct)]
    return [sarif_om.LogicalLocation(fully_qualified_name=name, kind=kind) for kind, name in names if name]


def _code_flow(finding: Finding, before: Sequence[Step], root: str) -> object:
    """The way of a value from where it was written to the rule, or of the world to a resource."""
    steps = (*before, Step(_sentence(finding.violation.message), finding.location))
    return sarif_om.CodeFlow(
        thread_flows=[
            sarif_om.ThreadFlow(locations=[sarif_om.ThreadFlowLocation(location=_step(step, root)) for step in steps])
        ]
    )


def _provenance(revision: Revision) -> object:
    return sarif_om.VersionControlDetails(
        repository_uri=revision.repository,
        revision_id=revision.commit,
        branch=visible(revision.branch) or None,
        mapped_to=sarif_om.ArtifactLocation(uri_base_id=_ROOT),
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
    names = (_BRACKETS.sub(_ESCAPED, clipped(visible(step.text))) for step in related[:LINKS])
    links = ", ".join(f"[{name}]({number})" for number, name in enumerate(names, 1))
    more = f" and {len(related) - LINKS} more" if len(related) > LINKS else ""
    missing = len(related) - LOCATIONS + 1
    return f"{text} Because of {links}{more}{f', {missing} of them left out' if missing > 0 else ''}."


def _shown(text: str) -> str:
    """The text as a message can show it: names in the input make no embedded link and no control sequence."""
    return clipped(visible(text)).replace("](", "\\](")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

"""What an assembly breaks, in the terms of the CDK's validation reports."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.cdk.joining import template_files
from sglint.cdk.property_paths import property_path
from sglint.cdk_plugin.options import Options, described, weigh
from sglint.discovery import roots
from sglint.engine import run
from sglint.model.location import Location, Problem
from sglint.model.record import field, frozen
from sglint.reading.files import Files, Unreadable
from sglint.reading.templates import read_document
from sglint.triage.finding import Finding

_UNREADABLE = "unreadable-input"


@frozen
class Resource:
    """A resource of a template; `property` is the path of what breaks a policy. A whole stack has its path alone."""

    stack: str
    logical_id: str = ""
    template: str = ""
    property: str = ""


@frozen
class Violation:
    """A finding, or a problem, as an app's developer sees it. `severity` is error, warning or info."""

    name: str
    description: str
    severity: str
    resources: tuple[Resource, ...]
    fix: str = ""
    metadata: dict[str, str] = field(default_factory=dict)


def judge_assembly(directory: str, options: Options) -> tuple[Violation, ...]:
    """What the assembly in a directory breaks, and what of it could not be read."""
    planned = options.plan(directory)
    outcome = run(planned.settings)
    files = Files((*roots((directory,)), *planned.settings.roots))
    places = _Places(template_files(directory, files), files)
    return (
        *(_of_problem(problem, places) for problem in outcome.problems),
        *(_of_finding(finding, planned.fail_on, places) for finding in outcome.pending),
    )


class _Places:
    """Where the resources of an assembly stand."""

    def __init__(self, templates: dict[str, str], files: Files) -> None:
        """`templates` are the template files by the construct path of their stack."""
        self._templates = templates
        self._files = files

    def of_finding(self, finding: Finding) -> Iterator[Resource]:
        violation = finding.violation
        places = (violation.location, *(step.location for step in violation.related))
        for address in (violation.address, *finding.elsewhere):
            stack, _, logical_id = address.rpartition("/")
            template = self._templates.get(stack)
            if template is not None:
                yield Resource(stack, logical_id, template, self._property(template, logical_id, places))

    def _property(self, template: str, logical_id: str, places: tuple[Location, ...]) -> str:
        try:
            document = read_document(self._files.read(template))
        except Unreadable:
            return ""
        for place in places:
            if place.path == template and (found := property_path(document, logical_id, place)) is not None:
                return found
        return ""

    def of_problem(self, problem: Problem) -> Resource:
        stack = next((stack for stack, path in self._templates.items() if path == problem.location.path), "")
        return Resource(stack or next(iter(self._templates), ""))


def _of_finding(finding: Finding, fail_on: str, places: _Places) -> Violation:
    metadata = {"id": finding.policy.id, "severity": str(finding.severity)}
    if finding.level is not None:
        metadata["level"] = str(finding.level)
    if finding.also:
        metadata["also"] = ", ".join(policy.id for policy in finding.also)
    controls = sorted({control for policy in (finding.policy, *finding.also) for control in policy.controls})
    if controls:
        metadata["controls"] = ", ".join(controls)
    return Violation(
        finding.policy.name,
        described(finding),
        weigh(finding, fail_on),
        tuple(places.of_finding(finding)),
        finding.policy.fix,
        metadata,
    )


def _of_problem(problem: Problem, places: _Places) -> Violation:
    return Violation(_UNREADABLE, str(problem), "error", (places.of_problem(problem),))

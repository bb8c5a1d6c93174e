"""Policies as SARIF rules (reporting descriptors), with the properties that GitHub code scanning reads.

https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

from collections.abc import Iterator

import sarif_om

from sglint.policies.policy import Policy, Severity
from sglint.reports.sarif_limits import TAGS
from sglint.reports.sarif_taxonomies import framework_tags, weakness_tags

LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.NOTE: "note",
}
_SCORES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "3.0",
    Severity.NOTE: "1.0",
}
"""GitHub shows a security-severity over 9.0 as critical, from 7.0 as high, from 4.0 as medium, and below as low."""


def descriptor(policy: Policy, relationships: list[object] | None = None) -> object:
    """The policy as a `reportingDescriptor`, with what it corresponds to in taxonomies."""
    return sarif_om.ReportingDescriptor(
        id=policy.id,
        name="".join(word.capitalize() for word in policy.name.split("-")),
        short_description=sarif_om.MultiformatMessageString(text=policy.summary),
        full_description=sarif_om.MultiformatMessageString(text=f"{policy.summary} {policy.why}"),
        help=sarif_om.MultiformatMessageString(text="\n".join(_text(policy)), markdown="\n".join(_markdown(policy))),
        help_uri=policy.references[0] if policy.references else None,
        relationships=relationships,
        default_configuration=sarif_om.ReportingConfiguration(level=level(policy, policy.severity)),
        properties=_properties(policy),
    )


def level(policy: Policy, severity: Severity) -> str:
    """The SARIF level of the policy's findings. What could not be judged has none: it is not a failure."""
    return "none" if policy.is_open else LEVELS[severity]


def _properties(policy: Policy) -> dict[str, object]:
    answered = (f"Security Hub {control}" for control in policy.controls)
    tags = [*weakness_tags(policy), "aws", "security-group", *answered, *framework_tags(policy)]
    if policy.is_open:
        return {"tags": tags}
    return {"tags": ["security", *tags][:TAGS], "precision": "high", "security-severity": _SCORES[policy.severity]}


def _text(policy: Policy) -> Iterator[str]:
    yield f"{policy.id} {policy.name}: {policy.summary}"
    yield policy.why
    yield f"Fix: {policy.fix}"


def _markdown(policy: Policy) -> Iterator[str]:
    yield f"# {policy.id} `{policy.name}`"
    yield from ("", policy.summary, "", policy.why, "", "## Fix", "", policy.fix)
    for title, examples in (("Flagged", policy.bad), ("Allowed", policy.good)):
        if examples:
            yield from ("", f"## {title}", "", "```text", _listing(examples), "```")
    if policy.controls:
        yield from ("", f"Answers to Security Hub {', '.join(policy.controls)}.")
    if policy.references:
        yield from ("", "## References", "")
        for reference in policy.references:
            yield f"- {reference}"


def _listing(examples: tuple[str, ...]) -> str:
    """Notation, with room between the examples where one takes several lines."""
    return ("\n\n" if any("\n" in example for example in examples) else "\n").join(examples)

"""What `sglint explain` and the documentation say of a policy, from the policy itself."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.compliance.mapping import answered
from sglint.notation import read_estate
from sglint.policies.policy import Parameters, Policy
from sglint.policies.registry import find


def page(policy: Policy) -> str:
    """The policy's page in Markdown. Flagged examples stand below the messages that they really give."""
    return "\n".join(_page(policy)) + "\n"


def _page(policy: Policy) -> Iterator[str]:
    yield f"# {policy.id} {policy.name}"
    yield from ("", policy.summary, "")
    yield f"- Severity: {severity(policy)}"
    for title, ids in _answered(policy).items():
        yield f"- {title}: {', '.join(ids)}"
    if policy.supersedes:
        others = (f"{other.id} {other.name}" for other in map(find, policy.supersedes))
        yield f"- On the same rule it stands for: {', '.join(others)}"
    yield from ("", "## Why", "", policy.why)
    yield from ("", "## What to do", "", policy.fix)
    yield from ("", "## Flagged", "", "```text")
    for number, example in enumerate(policy.bad):
        yield from ("",) if number else ()
        estate = Analysis(read_estate(example))
        yield from dict.fromkeys(f"# {violation.message}" for violation in policy.check(estate, Parameters()))
        yield from example.splitlines()
    yield from ("```", "", "## Not flagged", "", "```text")
    for number, example in enumerate(policy.good):
        yield from ("",) if number and "\n" in policy.good[number - 1] + example else ()
        yield from example.splitlines()
    yield "```"
    if policy.references:
        yield from ("", "## References", "")
        yield from (f"- <{reference}>" for reference in policy.references)


def _answered(policy: Policy) -> dict[str, list[str]]:
    """The requirements that it answers, by the framework's title."""
    found: dict[str, list[str]] = {}
    for requirement in answered(policy.controls):
        found.setdefault(requirement.framework.title, []).append(requirement.id)
    return found


def severity(policy: Policy) -> str:
    """The severity with what changes its weight."""
    if policy.is_open:
        return f"{policy.severity}; it says what could not be judged and never fails a run"
    if policy.is_strict:
        return f"{policy.severity}; only in the strict profile or when selected"
    return str(policy.severity)

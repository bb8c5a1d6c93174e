"""What code scanning takes of a log, and what is left out so that it takes all of it.

https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sglint.triage.finding import Finding

RESULTS = 25_000
"""A run with more results is refused."""
SHOWN_RESULTS = 5_000
"""Of the results of a run, so many are shown."""
LOCATIONS = 100
"""Of the locations of a result, so many are shown."""
FLOW = 1_000
"""Of the locations of a code flow, so many are shown."""
TAGS = 20
"""A rule with more tags is refused. Ten are shown."""
LINKS = 10
"""How many related locations a message links to before it becomes hard to read."""
TEXT = 1_000
"""How many characters of one text of the input a message shows."""


def kept(findings: Sequence[Finding], most: int = RESULTS) -> list[tuple[int, Finding]]:
    """The findings to report with their indexes, in their order: all, or those that weigh most."""
    weights = sorted((not finding.is_alarm, -finding.severity, index) for index, finding in enumerate(findings))
    return [(index, findings[index]) for index in sorted(index for _, _, index in weights[:most])]


def remarks(total: int, most: int = RESULTS, shown: int = SHOWN_RESULTS) -> Iterator[tuple[str, str]]:
    """What to say about the number of results: a level and a text each."""
    if total > most:
        yield "warning", f"{total - most} of {total} findings are left out, the least severe: {most} is the limit."
    if total > shown:
        yield "note", f"Code scanning shows {shown} of the {min(total, most)} results."


def clipped(text: str) -> str:
    """A text of the input, with the number of characters that are left out."""
    return text if len(text) <= TEXT else f"{text[:TEXT]}... ({len(text) - TEXT} characters left out)"

"""The report on a change for a pull request comment: Markdown as GitHub and GitLab render it, of bounded length.

All that stems from the input stands in one fenced block, where Markdown, mentions and links mean nothing. The fence is
longer than any run of backquotes inside, and no line of the input begins a line.
"""

from __future__ import annotations

import re

from sglint.reports.difference_lines import Line, Mark, counted, lines, summary
from sglint.triage.opening import Comparison

_LONGEST = 60_000
"""Characters of the report. GitHub takes comments of 65,536."""
_LONGEST_LINE = 2_000
_BEFORE = {Mark.GROUP: "# ", Mark.OPENED: "+ ", Mark.CLOSED: "- ", Mark.FINDING: "! "}
"""What the highlighting of differences tells apart: `+`, `-` and `!` have colours."""


def render(comparison: Comparison) -> str:
    """The summary, then the lines that there is room for."""
    report = ["## sglint: what this change opens", "", summary(comparison)]
    found = [_line(each) for each in lines(comparison)]
    if found:
        shown, room = 0, _LONGEST
        while shown < len(found) and len(found[shown]) < room:
            room -= len(found[shown]) + 1
            shown += 1
        longest = max((len(run) for line in found[:shown] for run in re.findall("`+", line)), default=0)
        fence = "`" * max(3, longest + 1)
        report += ["", f"{fence}diff", *found[:shown], fence]
        if shown < len(found):
            report += ["", f"{len(found) - shown} more lines are left out here."]
    if comparison.problems:
        report += ["", f"Not all of the code could be read: {counted(len(comparison.problems), 'problem')}."]
    return "\n".join(report) + "\n"


def _line(line: Line) -> str:
    mark, text = line
    whole = _BEFORE[mark] + text
    return whole if len(whole) <= _LONGEST_LINE else f"{whole[: _LONGEST_LINE - 1]}…"

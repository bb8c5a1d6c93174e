"""Edits that can be made without a second look."""

from __future__ import annotations

from sglint.triage.finding import Finding, SourceLines

_MARKS = "\"' \t#/*"
"""What may stand around a value, or the words of a comment, as a part of its region."""


def rewritten(finding: Finding, lines: SourceLines) -> str | None:
    """What the finding's edit puts in the place of its region; None where there is none, or it is not safe.

    A region of several lines is left alone.
    """
    edit, place = finding.violation.edit, finding.location
    if edit is None or place.line != place.end_line:
        return None
    region = lines.get((place.path, place.line), "")[place.column - 1 : place.end_column - 1]
    if region.strip(_MARKS) != edit.old.strip(_MARKS):
        return None
    return region.replace(edit.old, edit.new) if edit.new else ""

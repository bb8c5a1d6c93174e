"""Two sides in notation, and what lies between them as lines."""

from __future__ import annotations

from collections.abc import Iterable

from sglint.analysis.analysis import Analysis
from sglint.analysis.difference import GroupDifference, Side, compare
from sglint.notation import read_estate
from sglint.reports.difference_lines import lines
from sglint.triage.opening import Comparison


def side(*texts: str) -> Side:
    """One unit for each text."""
    return Side(tuple(Analysis(read_estate(text)) for text in texts))


def differences(old: str, new: str) -> tuple[GroupDifference, ...]:
    return compare(side(old), side(new))


def shown(found: Iterable[GroupDifference]) -> list[str]:
    """The lines of a report without places: `+ ingress tcp 22 from 10.0.0.0/8 (appears)`."""
    return [_short(mark.value, text) for mark, text in lines(Comparison(tuple(found)))]


def _short(mark: str, text: str) -> str:
    text, _, remark = text.partition("  # ")
    return f"{mark} {text} ({remark.split(',')[0]})" if mark else text


def diff(old: str, new: str) -> list[str]:
    return shown(differences(old, new))

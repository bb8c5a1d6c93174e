from __future__ import annotations

import re

from sglint.model.record import replace
from sglint.reports.concise import render
from tests.reports.outcomes import PLAIN, everything, hostile, silent

_LINE = re.compile(r".+?:\d+:\d+: (problem|SG\d{3} [a-z0-9-]+): .+")


def test_every_line_has_the_shape_that_editors_know() -> None:
    for outcome in (everything(), hostile()):
        for line in render(outcome, replace(PLAIN, verbose=True)).splitlines():
            assert _LINE.fullmatch(line), line


def test_what_never_fails_is_listed_when_it_is_asked_for() -> None:
    assert "SG901" not in render(everything(), PLAIN)
    assert "accepted" not in render(everything(), PLAIN)
    report = render(everything(), replace(PLAIN, verbose=True))
    assert "SG901 unresolved-rule: depends on data.x.y, known only at deploy time\n" in report
    assert "is outside the authorized ports (accepted: the API of the partners)\n" in report


def test_nothing_found_is_nothing() -> None:
    assert render(silent(), PLAIN) == ""

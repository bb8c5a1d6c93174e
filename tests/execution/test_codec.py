"""Verdicts as JSON: what is read is what was written, and nothing but the values that are meant to be."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sglint.discovery import Discovery
from sglint.execution.codec import Unwritable, decode, encode
from sglint.execution.judging import Judging
from sglint.model.acceptances import Acceptance, Means
from sglint.model.location import whole_file
from sglint.model.values import GeneratedText
from sglint.reading.files import Files
from sglint.settings import Settings
from tests.execution.corpora import FIXTURES


def test_every_verdict_on_the_fixtures() -> None:
    settings = Settings((str(FIXTURES),), profile="strict", today=date(2026, 11, 21))
    files = Files((str(FIXTURES),))
    units = Discovery(files).discover(settings.paths).units
    judging = Judging(settings, files, units)
    for root in judging.roots():
        verdict, _ = judging.verdict(*root)
        again = decode(json.loads(json.dumps(encode(verdict))))
        assert repr(again) == repr(verdict), "all of it, also what does not count where values are compared"


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        2**127,
        "\udc80 \u202e",
        (),
        ((1, "a"), frozenset({"b", "c"}), {("x", 1): ()}),
        date(2026, 11, 21),
        Acceptance(Means.SUPPRESSION, ("SG101",), whole_file("a.tf"), until=date(2027, 1, 1)),
    ],
)
def test_values(value: object) -> None:
    again = decode(json.loads(json.dumps(encode(value))))
    assert (again, type(again)) == (value, type(value))


def test_generated_text_stays_that() -> None:
    again = decode(encode(GeneratedText("from 10.0.0.0/8:443")))
    assert isinstance(again, GeneratedText)


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(Unwritable, match="Files cannot be written"):
        encode((Files(),))


@pytest.mark.parametrize("data", [[99], ["os.system", "x"], [], [30], [10, "nobody"], [[0]], [5, "SG000"]])
def test_what_was_not_written_here_is_not_read(data: list[object]) -> None:
    with pytest.raises((LookupError, TypeError, ValueError)):
        decode(data)

"""Places of a template by property, as validation reports want them."""

from __future__ import annotations

import pytest

from sglint.cdk.property_paths import property_path
from sglint.model.location import Location
from sglint.reading.files import decode
from sglint.reading.templates import read_document

ONE_LINE = '{"Resources":{"SG":{"Type":"T","Properties":{"Ingress":[{"CidrIp":"1.2.3.4/32"},{"CidrIp":"::/0"}]}}}}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"1.2.3.4/32"', "Properties.Ingress.0.CidrIp"),
        ('"::/0"', "Properties.Ingress.1.CidrIp"),
        ('{"CidrIp":"::/0"}', "Properties.Ingress.1"),
        ('"T"', "Type"),
        ('"SG"', None),
    ],
)
def test_a_place_on_one_line(text: str, expected: str | None) -> None:
    document = read_document(decode("t.json", ONE_LINE.encode()))
    start = ONE_LINE.index(text) + 1
    assert property_path(document, "SG", Location("t.json", 1, start, 1, start + len(text))) == expected


def test_a_place_in_another_resource() -> None:
    document = read_document(decode("t.json", ONE_LINE.encode()))
    assert property_path(document, "Other", Location("t.json", 1, 20, 1, 21)) is None

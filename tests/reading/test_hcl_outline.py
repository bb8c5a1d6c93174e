"""Files that hold the same share what is found out about them, and have places of their own."""

from __future__ import annotations

import pytest

from sglint.model.limits import Limits, hold_to
from sglint.model.location import Location
from sglint.reading import hcl
from sglint.reading.files import decode
from sglint.reading.hcl import read_hcl
from sglint.reading.hcl_outline import Kept
from sglint.reading.syntax import Attribute, Block, Body

TEXT = """\
a = "ü ${x}" # sglint
block "über" one {
  a = [1, { b = 2 }]
  inner { c = f(1) }
  inner { c = <<EOF
  }
EOF
  }
}
empty {}
"""


def _places(body: Body) -> list[Location]:
    found = [body.extent]
    for attribute in body.attributes.values():
        found += [attribute.location, attribute.expression.location]
    for block in body.blocks:
        found += [block.location, block.extent, *_places(block.body)]
    return found


def _read(path: str) -> list[Location]:
    file = read_hcl(decode(path, TEXT.encode()))
    assert not file.problems
    return [*_places(file.body), *(comment.location for comment in file.comments)]


@pytest.mark.parametrize("kept", [0, 10, 10**6])
def test_each_file_has_its_own_places(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hcl, "outlined", Kept(kept).outline)
    first, second = _read("one.tf"), _read("two.tf")
    assert {place.path for place in first} == {"one.tf"} and {place.path for place in second} == {"two.tf"}
    moved = [Location("two.tf", place.line, place.column, place.end_line, place.end_column) for place in first]
    assert second == moved


def test_no_more_is_kept_than_the_limit() -> None:
    kept = Kept(400)
    for number in range(20):
        kept.outline(f"a = {number:080}\n".encode())
        assert 0 < sum(map(len, kept.texts)) <= 400
    assert len(kept.texts) == 4
    kept.share(0.5)
    kept.outline(b"a = 1\n")
    assert sum(map(len, kept.texts)) <= 200


def test_another_limit_is_another_outline() -> None:
    text = f"a = {'[' * 40}{']' * 40}\n".encode()
    assert not read_hcl(decode("main.tf", text)).problems
    hold_to(Limits(expression_depth=20))
    try:
        assert [problem.message for problem in read_hcl(decode("main.tf", text)).problems] == [
            "nests too deeply to be read"
        ]
    finally:
        hold_to(Limits())
    assert not read_hcl(decode("main.tf", text)).problems


def test_attributes_and_blocks_are_as_declared() -> None:
    block = read_hcl(decode("main.tf", TEXT.encode())).body.blocks[0]
    assert isinstance(block, Block) and isinstance(block.body.attributes["a"], Attribute)
    assert (block.type, block.labels) == ("block", ("über", "one"))
    assert block.declares("a") and not block.declares("c") and not block.declares("inner")

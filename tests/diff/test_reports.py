"""The reports on a change: whole, and whatever the input is called."""

from __future__ import annotations

import json
import re

import pytest

from sglint.analysis.difference import compare
from sglint.model.location import Problem, whole_file
from sglint.reports import difference_json, difference_markdown, difference_text
from sglint.triage.opening import Comparison
from tests.diff.differing import differences, side

OLD = "web ingress tcp 22 from 10.0.0.0/8\nold egress all to 0.0.0.0/0"
NEW = "web ingress tcp 22 from 0.0.0.0/0 when IsProd is true\nnew ingress udp 53 from group web"


def _comparison(old: str, new: str) -> Comparison:
    return Comparison(differences(old, new), before="main:")


def test_text() -> None:
    assert difference_text.render(_comparison(OLD, NEW)) == (
        "new (new)\n"
        "  + ingress udp 53 from group web  # appears, level 5, :1:1\n"
        "old (gone)\n"
        "  - egress all to 0.0.0.0/0  # disappears, main::1:1\n"
        "web\n"
        "  + ingress tcp 22 from 0.0.0.0/0 except 10.0.0.0/8 when IsProd is true  # widens, level 2, :1:1\n"
        "  - ingress tcp 22 from 10.0.0.0/8 when IsProd is false  # narrows, level 4, main::1:1\n"
        "\n"
        "2 opened and 2 closed in 3 groups, opened up to level 2. No findings.\n"
    )


def test_text_in_colour_says_the_same() -> None:
    comparison = _comparison(OLD, NEW)
    colored = difference_text.render(comparison, color=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == difference_text.render(comparison)
    assert "\x1b[31m  + ingress udp 53" in colored


def test_markdown() -> None:
    comparison = Comparison(differences(OLD, NEW), problems=(Problem(whole_file("x"), "is broken"),), before="main:")
    assert difference_markdown.render(comparison) == (
        "## sglint: what this change opens\n"
        "\n"
        "2 opened and 2 closed in 3 groups, opened up to level 2. No findings.\n"
        "\n"
        "```diff\n"
        "# new (new)\n"
        "+ ingress udp 53 from group web  # appears, level 5, :1:1\n"
        "# old (gone)\n"
        "- egress all to 0.0.0.0/0  # disappears, main::1:1\n"
        "# web\n"
        "+ ingress tcp 22 from 0.0.0.0/0 except 10.0.0.0/8 when IsProd is true  # widens, level 2, :1:1\n"
        "- ingress tcp 22 from 10.0.0.0/8 when IsProd is false  # narrows, level 4, main::1:1\n"
        "```\n"
        "\n"
        "Not all of the code could be read: 1 problem.\n"
    )


def test_json() -> None:
    document = json.loads(difference_json.render(_comparison(OLD, NEW)))
    assert document["summary"] == {"groups": 3, "opened": 2, "closed": 2, "level": 2, "findings": 0, "problems": 0}
    web = document["groups"][2]
    assert (web["old"]["address"], web["new"]["address"]) == ("web", "web")
    (opened,) = web["opened"]
    assert {name: value for name, value in opened.items() if name not in ("cidrs", "location")} == {
        "text": "ingress tcp 22 from 0.0.0.0/0 except 10.0.0.0/8 when IsProd is true",
        "effect": "widens",
        "direction": "ingress",
        "traffic": "tcp 22",
        "peers": "0.0.0.0/0 except 10.0.0.0/8",
        "peer": None,
        "when": "IsProd is true",
        "level": 2,
        "rule": "web ingress tcp 22 from 0.0.0.0/0 when IsProd is true",
    }
    assert opened["cidrs"][0] == "0.0.0.0/5" and "10.0.0.0/8" not in opened["cidrs"]
    new, old = document["groups"][0], document["groups"][1]
    assert new["old"] is None and old["new"] is None
    assert (new["opened"][0]["peer"], new["opened"][0]["cidrs"]) == ("group web", None)


@pytest.mark.parametrize("render", [difference_text.render, difference_markdown.render])
def test_nothing_is_one_line(render: object) -> None:
    text = render(Comparison())  # type: ignore[operator]
    assert text.splitlines()[-1] == "No group admits anything else than before."
    assert "```" not in text


HOSTILE = (
    "```\n# Approved",
    "````````",
    "~~~",
    "@maintainers",
    "<img src=x onerror=alert(1)>",
    "[click](https://example.com)",
    "a | b",
    "\x1b[2J\x1b]0;owned\x07",
    "\u202eevil\u2066",
    "line\r\nbreak\u2028and\x85more",
    "![x](https://example.com/x.png)",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_the_input_stay_in_their_line(name: str) -> None:
    quoted = json.dumps(name)
    found = compare(side(""), side(f"{quoted} ingress tcp 22 from group {quoted} when {quoted} is {quoted}"))
    comparison = Comparison(found, before=name)
    text = difference_text.render(comparison)
    assert len(text.splitlines()) == 4
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069]", text)
    lines = difference_markdown.render(comparison).splitlines()
    (opening,) = (number for number, line in enumerate(lines) if line.endswith("diff") and line.startswith("```"))
    fence = lines[opening].removesuffix("diff")
    assert lines[-1] == fence
    inside = lines[opening + 1 : -1]
    assert [line[:2] for line in inside] == ["# ", "+ "]
    assert not any(fence in line for line in inside)
    assert name not in "\n".join(lines[:opening])
    json.loads(difference_json.render(comparison)).keys()


def test_markdown_is_bounded() -> None:
    new = "\n".join(f"group-{number}-{'x' * 100} ingress tcp 22 from 10.0.0.0/8" for number in range(2000))
    text = difference_markdown.render(Comparison(differences("", new)))
    assert len(text) < 65_000
    left_out = re.search(r"\n(\d+) more lines are left out here\.\n", text)
    assert left_out is not None
    assert int(left_out[1]) + len([line for line in text.splitlines() if line[:2] in ("# ", "+ ")]) == 4000
    long = f"{'y' * 70_000} ingress tcp 22 from 10.0.0.0/8"
    assert len(difference_markdown.render(Comparison(differences("", long)))) < 5_000

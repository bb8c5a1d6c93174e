"""Nothing that the input says can act on whoever displays what sglint says of it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sglint.cli import main

ACTING = (
    "\x1b[2J",
    "\x9b31m",
    "\x07",
    "\x00",
    "\r",
    "\n",
    "\n::error::x",
    "\n##[error]x",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\x85",
    "\ufeff",
    "\U000e0041",
    "=cmd()",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "|",
    "`",
    "``` ",
    "<script>alert(1)</script>",
    "</code></details>",
    "<!--",
    "]]>",
    "&lt;",
    "[a](https://example.com)",
    "![a](https://example.com/a.png)",
    "@everyone",
    "#1",
    "https://example.com",
    "{0}",
    "%s",
    "%0A",
    ",",
    ";",
    '"',
    "'",
    "\\",
    "größe",
)
"""What acts on a terminal, in Markdown, in HTML, on a runner of workflows, in a spreadsheet."""
hostile_texts = st.lists(st.sampled_from(ACTING), min_size=1, max_size=4).map("".join)
FORMATS = ("text", "json", "sarif", "concise", "markdown", "github", "gitlab", "junit", "csv")
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_COMMAND = re.compile(r"^\s*(::|##\[|##vso\[)")


def _quoted(text: str) -> str:
    """A text as HCL writes it."""
    escaped = json.dumps(text, ensure_ascii=True).replace("${", "$${").replace("%{", "%%{")
    return re.sub(r"\\u(d[89ab]..)\\u(d[c-f]..)", _astral, escaped).replace("\\b", "\\u0008").replace("\\f", "\\u000c")


def _astral(match: re.Match[str]) -> str:
    return f"\\U{ord(json.loads(chr(34) + match[0] + chr(34))):08x}"


def _input(directory: Path, text: str) -> str:
    """An input that says a text wherever one can be said, in a file of such a name."""
    (directory / "sub").mkdir(exist_ok=True)
    comment = re.sub(r"[\n\r\u2028\x85\x00]", " ", text)
    name = re.sub(r"[/\x00]", "_", text)[:40] + ".tf"
    for old in (directory / "sub").iterdir():
        old.unlink()
    reason = json.dumps(re.sub(r"[\n\r\"\\\x00]", " ", text))
    (directory / "sub" / name).write_text(
        f"""\
resource "aws_security_group" "web" {{
  name        = {_quoted(text)}
  description = {_quoted(text)}
  tags        = {{ {_quoted(text)} = {_quoted(text)} }}

  ingress {{
    description = {_quoted(text)}
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0", {_quoted(text)}, data.aws_vpc.x[{_quoted(text)}].cidr] # {comment}
  }}
  ingress {{
    # sglint: ignore[SG105] reason={reason} owner={reason} ticket={reason}
    protocol    = "tcp"
    from_port   = 9443
    to_port     = 9443
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}

module "m" {{
  source = {_quoted(text)}
}}
""",
        encoding="utf-8",
        newline="",
    )
    (directory / "broken.tf").write_text(
        f"locals {{\n  a = {_quoted(text)} = # {comment}\n}}\n", encoding="utf-8", newline=""
    )
    toml = re.sub(r"\\ud[89ab]..\\ud[c-f]..", _astral, json.dumps(text))
    (directory / ".sglint.toml").write_text(
        f"""\
[networks]
{toml} = ["192.0.2.0/24"]
[[exceptions]]
policy = "SG104"
address = "*"
reason = {toml}
owner = {toml}
ticket = {toml}
""",
        encoding="utf-8",
    )
    return name


def _lines(text: str) -> Iterator[str]:
    """The lines of a report, from which only its own line ends are gone."""
    yield from text.split("\n")


def _has_unseen(text: str) -> bool:
    return any(category(character) in _UNSEEN for character in text.replace("\r\n", "\n") if character != "\n")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


_MANY = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.parametrize("format", FORMATS)
@_MANY
@given(text=hostile_texts)
def test_reports(format: str, here: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    _input(here, text)
    capsys.readouterr()
    assert main([".", "--format", format, "--verbose"]) == 3
    output = capsys.readouterr()
    _check_lines(output.err)
    assert not _has_unseen(output.out), ascii(output.out)
    if format == "json" or format == "sarif" or format == "gitlab":
        json.loads(output.out)
    elif format == "junit":
        ElementTree.fromstring(output.out)
    elif format == "csv":
        rows = list(csv.reader(io.StringIO(output.out)))
        assert len({len(row) for row in rows}) == 1
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "\t")) for row in rows[1:] for cell in row)
    elif format == "markdown":
        _check_markdown(output.out)
    elif format == "github":
        assert all(re.match(r"::(error|warning|notice) [^:]*::", line) for line in _lines(output.out) if line)
    else:
        assert not any(_COMMAND.match(line) for line in _lines(output.out))


def _check_lines(said: str) -> None:
    """What stands on standard error: every line is sglint's own and one of a problem or a note."""
    assert not _has_unseen(said), ascii(said)
    assert all(line.startswith("sglint: ") for line in said.split("\n") if line), ascii(said)


def _check_markdown(text: str) -> None:
    bare = re.sub(r"<code>.*?</code>", "", text)
    assert "<script" not in text
    assert "https://example.com" not in text
    assert "@everyone" not in bare.replace("<!-- -->", "")


@_MANY
@given(text=hostile_texts)
def test_other_commands(here: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    _input(here, text)
    (here / "old").mkdir(exist_ok=True)
    for arguments in (
        ("dump", "."),
        ("dump", ".", "--format", "json"),
        ("exceptions", "."),
        ("exceptions", ".", "--format", "json"),
        ("exceptions", ".", "--format", "csv"),
        ("exceptions", ".", "--format", "markdown"),
        ("config", "."),
        ("diff", "old", "sub"),
        ("diff", "old", "sub", "--format", "json"),
        ("diff", "old", "sub", "--format", "markdown"),
        ("explain", text),
        (".", "--select", text),
        (text.replace("\x00", "") or "-", "--quiet"),
    ):
        if any("\x00" in word for word in arguments) or arguments[0] == "-":
            continue
        capsys.readouterr()
        try:
            status = main(list(arguments))
        except SystemExit as ended:  # argparse
            status = int(str(ended.code))
        output = capsys.readouterr()
        assert status in (0, 1, 2, 3)
        assert "failed:" not in output.err
        assert not _has_unseen(output.out), (arguments, ascii(output.out))
        assert not any(_COMMAND.match(line) for line in _lines(output.out)), (arguments, ascii(output.out))
        if not output.err.startswith("usage:"):
            _check_lines(output.err)


@pytest.mark.parametrize("format", ["html", "svg", "dot", "mermaid", "json"])
@_MANY
@given(text=hostile_texts)
def test_graphs(format: str, here: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """That none of it acts in a browser is tested in one, beside the oracles."""
    _input(here, text)
    capsys.readouterr()
    main(["graph", ".", "--format", format])
    output = capsys.readouterr()
    _check_lines(output.err)
    if format in ("html", "svg", "mermaid"):
        assert "<script>alert" not in output.out
    if format == "svg":
        ElementTree.fromstring(output.out)
    if format == "json":
        json.loads(output.out)

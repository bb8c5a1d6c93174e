"""Every example in the documentation is run: files are written as shown, commands give what is shown.

A fenced block whose info string ends in `file=NAME` is a file. A `console` block shows `$ sglint …` commands, each with
all it prints. A line `…` stands for lines left out.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(path for path in DOCS.glob("*.md"))

_FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """A command with the output that a page shows for it."""

    command: str
    output: str
    line: int


def _blocks(page: Path) -> list[tuple[str, str, int]]:
    text = page.read_text(encoding="utf-8")
    return [
        (match["info"].strip(), match["body"], text[: match.start()].count("\n") + 1) for match in _FENCE.finditer(text)
    ]


def _run(command: str, directory: Path) -> str:
    program, *arguments = shlex.split(command)
    assert program == "sglint", f"only sglint is run, not {program}"
    done = subprocess.run(
        (sys.executable, "-m", "sglint", *arguments),
        cwd=directory,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples(page: Path, tmp_path: Path) -> None:
    for info, body, line in _blocks(page):
        name = re.search(r"\bfile=(\S+)$", info)
        if name is not None:
            path = tmp_path / name[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif info == "console":
            for match in _COMMAND.finditer(body):
                shown = Shown(match["command"], match["output"], line)
                assert _agrees(_run(shown.command, tmp_path), shown.output), (
                    f"{page.name}:{shown.line}: {shown.command}\n{_run(shown.command, tmp_path)}"
                )


def _agrees(output: str, shown: str) -> bool:
    pattern = "".join(r"(?:.*\n)*" if line == "…" else re.escape(line) + "\n" for line in shown.splitlines())
    return re.fullmatch(pattern, output) is not None


def test_links_between_pages_lead_somewhere() -> None:
    root = DOCS.parent
    for page in (*DOCS.rglob("*.md"), root / "README.md", root / "CONTRIBUTING.md"):
        for target, fragment in re.findall(
            r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", page.read_text(encoding="utf-8")
        ):
            named = page.parent / target if target else page
            assert named.exists(), f"{page.relative_to(root)} links to {target}"
            if fragment:
                assert fragment in _anchors(named), f"{page.relative_to(root)} links to {target}#{fragment}"


def _anchors(page: Path) -> set[str]:
    """The names that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}

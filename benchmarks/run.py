"""Runs the benchmarks and writes the page of results: `python -m benchmarks.run --checkov PATH`.

Every tool judges the same files, one after the other in one run, as whole processes. Checkov (from PyPI, in a virtual
environment of its own) runs only its checks of security groups; `terraform fmt -check` only parses. Both are left out
where they are not given. What takes minutes is run once, everything else several times, of which medians count.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from benchmarks.cluster_tree import write_cluster_tree
from benchmarks.measuring import Measured, measure, median, middle
from benchmarks.module_tree import write_module_tree
from benchmarks.monorepo import FILES, write_monorepo
from benchmarks.page import Page, Row, render

_SIZES = (1_000, 3_000, 6_000, 13_000)
_FLOOR = (sys.executable, "-m", "benchmarks.floor")
_TOP = Path(__file__).parents[1]
_TEN_LINES = """\
resource "aws_security_group" "web" {
  description = "Web servers"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""


class Runner:
    """Runs tools on corpora."""

    def __init__(self, sglint: str, checkov: str | None, terraform: str | None, scratch: Path, times: int) -> None:
        self.sglint = (sglint, "--no-config", "--format", "json")
        self._checkov = checkov
        self._terraform = terraform
        self._scratch = scratch
        self._times = times
        path = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(_TOP))))
        self._environment = {"PYTHONPATH": path}

    def times(self, command: Sequence[str], most: int = 5) -> Measured:
        return median(lambda: measure(command, self._scratch, self._environment), min(most, self._times))

    def start(self) -> list[Row]:
        """One small file, and what a process costs that does next to nothing."""
        (self._scratch / "ten.tf").write_text(_TEN_LINES, encoding="utf-8")
        python = sys.executable
        commands: list[tuple[str, tuple[str, ...]]] = [
            ("sglint ten.tf", (self.sglint[0], "ten.tf")),
            ("sglint --version", (self.sglint[0], "--version")),
            ("sglint --help", (self.sglint[0], "--help")),
            ("python -c pass", (python, "-c", "pass")),
            (
                "python, importing tree_sitter and tree_sitter_hcl",
                (python, "-c", "import tree_sitter, tree_sitter_hcl"),
            ),
        ]
        # Few milliseconds are compared: they take turns, so that what the machine does beside concerns all alike.
        found: dict[str, list[Measured]] = {name: [] for name, _ in commands}
        for _ in range(21):
            for name, command in commands:
                found[name].append(measure(command, self._scratch))
        rows = [Row(name, middle(runs)) for name, runs in found.items()]
        if self._checkov is not None:
            rows.append(Row("Checkov, security group checks only", self.times(self._checking("-f", "ten.tf"))))
        return rows

    def _checking(self, *what: str) -> tuple[str, ...]:
        assert self._checkov is not None
        options = ("--framework", "terraform", "--check", self._checks(), "--quiet", "--compact")
        return (self._checkov, *what, *options)

    def compared(self, corpus: str) -> list[Row]:
        """sglint beside the others on one corpus."""
        rows = [
            Row("sglint", self.times((*self.sglint, "--no-cache", corpus))),
            Row("sglint, one process", self.times((*self.sglint, "--no-cache", "--jobs", "1", corpus))),
            Row("floor: read and parse", self.times((*_FLOOR, corpus))),
        ]
        if self._terraform is not None:
            formatted = (self._terraform, "fmt", "-check", "-recursive", corpus)
            rows.append(Row("terraform fmt -check", self.times(formatted)))
        if self._checkov is not None:
            rows.append(Row("Checkov, security group checks only", self.times(self._checking("-d", corpus), 1)))
        return rows

    def _checks(self) -> str:
        """The ids of Checkov's checks of security groups, as it lists them."""
        assert self._checkov is not None
        listed = subprocess.run((self._checkov, "--list"), capture_output=True, text=True, check=True).stdout
        words = ("security group", "ingress", "egress")
        lines = (line.split("|") for line in listed.splitlines() if any(word in line.lower() for word in words))
        ids = {cell.strip() for cells in lines for cell in cells if cell.strip().startswith(("CKV_AWS_", "CKV2_AWS_"))}
        return ",".join(sorted(ids))

    def monorepo(self, corpus: str) -> list[Row]:
        """The monorepo without and with what is known from a run before."""
        cache = str(self._scratch / "cache")
        cached = (*self.sglint, "--cache-dir", cache, corpus)
        rows = [
            Row("floor: read and parse", self.times((*_FLOOR, corpus), 3)),
            Row("sglint, one process", self.times((*self.sglint, "--no-cache", "--jobs", "1", corpus), 3)),
            Row("sglint", self.times((*self.sglint, "--no-cache", corpus), 3)),
            Row("sglint, filling the cache", self.times(cached, 1)),
            Row("sglint, nothing changed", self.times(cached)),
        ]
        changed = next((self._scratch / corpus).rglob("module-0/main.tf"))
        rows.append(
            Row("sglint, one file changed", median(lambda: self._after_a_change(changed, cached), min(3, self._times)))
        )
        return rows

    def _after_a_change(self, path: Path, command: Sequence[str]) -> Measured:
        path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
        return measure(command, self._scratch, self._environment)

    def are_same(self, corpus: str) -> bool:
        """Whether one process, several, and several with a cache that is full write the same report."""
        ways: tuple[tuple[str, ...], ...] = (
            ("--no-cache", "--jobs", "1"),
            ("--no-cache", "--jobs", "4"),
            ("--cache-dir", str(self._scratch / "cache")),
        )
        environment = {**os.environ, **self._environment}
        found = {
            subprocess.run((*self.sglint, *way, corpus), cwd=self._scratch, env=environment, capture_output=True).stdout
            for way in ways
        }
        return len(found) == 1

    def phases(self, corpus: str) -> dict[str, float]:
        command = (sys.executable, "-m", "benchmarks.phases", corpus)
        environment = {**os.environ, **self._environment}
        done = subprocess.run(command, cwd=self._scratch, env=environment, capture_output=True, text=True, check=True)
        found: dict[str, float] = json.loads(done.stdout)
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sglint", default=which("sglint") or "sglint", help="the program (default: that on the path)")
    parser.add_argument("--checkov", help="Checkov's program; it takes minutes")
    parser.add_argument("--terraform", default=which("terraform"))
    parser.add_argument("--files", type=int, default=FILES, help="of Terraform in the monorepo")
    parser.add_argument("--times", type=int, default=5, help="how often to run what is quick")
    parser.add_argument("--output", type=Path, default=_TOP / "docs" / "benchmarks.md")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with TemporaryDirectory() as directory:
        scratch = Path(directory)
        runner = Runner(options.sglint, options.checkov, options.terraform, scratch, options.times)
        write_module_tree(scratch / "modules")
        write_cluster_tree(scratch / "cluster")
        curve = []
        for files in (size for size in _SIZES if size < options.files):
            write_monorepo(scratch / f"monorepo-{files}", files)
            curve.append((files, runner.times((*runner.sglint, "--no-cache", f"monorepo-{files}"), 1)))
        write_monorepo(scratch / "monorepo", options.files)
        monorepo = runner.monorepo("monorepo")
        curve.append((options.files, monorepo[2].measured))
        page = Page(
            load=load,
            versions=_versions(options),
            corpora={name: _size(scratch / name) for name in ("modules", "cluster", "monorepo")},
            start=runner.start(),
            modules=runner.compared("modules"),
            cluster=runner.compared("cluster"),
            monorepo=monorepo,
            curve=curve,
            is_same=runner.are_same(f"monorepo-{_SIZES[0]}" if options.files > _SIZES[0] else "monorepo"),
            phases=runner.phases("monorepo"),
        )
    options.output.write_text(render(page), encoding="utf-8")


def _size(directory: Path) -> tuple[int, int, int]:
    """Files, lines and bytes of code."""
    found = [path.read_bytes() for path in directory.rglob("*") if path.suffix in (".tf", ".yaml")]
    return len(found), sum(data.count(b"\n") for data in found), sum(map(len, found))


def _versions(options: argparse.Namespace) -> list[str]:
    from importlib.metadata import version

    found = [_said(options.sglint, "--version"), f"Python {'.'.join(map(str, sys.version_info[:3]))}"]
    found += [f"{name} {version(name)}" for name in ("tree-sitter", "tree-sitter-hcl", "PyYAML")]
    if options.terraform is not None:
        found.append(_said(options.terraform, "version").splitlines()[0])
    if options.checkov is not None:
        found.append(f"Checkov {_said(options.checkov, '--version').splitlines()[-1]}")
    return found


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()

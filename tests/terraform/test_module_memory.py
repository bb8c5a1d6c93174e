"""What is read early, kept or let go of changes nothing: calls, evaluation and findings are those of reading it all."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from sglint.engine import run
from sglint.model.limits import Limits, hold_to
from sglint.reading.files import Files
from sglint.reading.syntax import Literal
from sglint.settings import Settings
from sglint.terraform import modules, paths
from sglint.terraform.evaluation import evaluate
from sglint.terraform.inputs import Inputs
from sglint.terraform.modules import Modules
from tests.terraform.programs import TYPES

_FILES = {
    "a.tf": 'module "x" { source = "./one" }\n',
    "b.tf": 'module "x" { source = "./two" }\nmodule "y" "z" { source = "./three" }\nmodule { source = "./four" }\n',
    "c.tf.json": '{"mod\\u0075le": {"w": {"source": "./five"}, "x": {"source": "./six"}}}',
    "d_override.tf": 'module "x" { source = "./seven" }\n',
    "e.tf": 'resource "aws_security_group" "x" { name = "module" }\n',
    "f.tf": 'module "v" { source = "./eight"\n}}}\nmodule "u" { source = "./nine" }\n',
}


@pytest.mark.parametrize("names", [c for n in range(1, 7) for c in itertools.combinations(_FILES, n)], ids=",".join)
def test_calls_are_those_of_the_whole_module(names: tuple[str, ...]) -> None:
    given = {f"top/{name}": _FILES[name].encode() for name in names}
    given |= {f"top/{each}/main.tf": b"" for each in ("one", "two", "three", "four", "five", "six", "seven", "eight")}
    found = set()
    for block in Modules(Files((), given)).load("top").blocks["module"].values():
        source = block.body.attributes["source"].expression
        assert isinstance(source, Literal) and isinstance(source.value, str)
        found.add(paths.called("top", source.value))
    assert Modules(Files((), given)).calls("top") == found


def test_a_file_read_early_is_the_module_s() -> None:
    given = {f"top/{name}": text.encode() for name, text in _FILES.items() if "override" not in name}
    early, late = Modules(Files((), given)), Modules(Files((), given))
    early.calls("top")
    for loaded in (early.load("top"), early.load("top")):
        assert loaded.problems == late.load("top").problems
        assert loaded.blocks.keys() == late.load("top").blocks.keys()
        assert [block.extent for table in loaded.blocks.values() for block in table.values()] == [
            block.extent for table in late.load("top").blocks.values() for block in table.values()
        ]


@pytest.mark.parametrize("budget", [0, 40, 10**9])
def test_the_same_is_found_however_much_is_kept(budget: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    group = (
        'variable "from" {}\nresource "aws_security_group" "x" {\n  ingress {\n    from_port = 22\n    to_port = 22\n'
        '    protocol = "tcp"\n    cidr_blocks = [var.from]\n  }\n}\n'
    )
    for number in range(4):
        directory = tmp_path / f"root{number}"
        directory.mkdir()
        (directory / "main.tf").write_text(f'module "m" {{\n  source = "../common"\n  from = "10.{number}.0.0/8"\n}}\n')
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "main.tf").write_text('module "inner" {\n  source = "./inner"\n  from = var.from\n}\n')
    (tmp_path / "common" / "from.tf").write_text('variable "from" {}\n')
    (tmp_path / "common" / "inner").mkdir()
    (tmp_path / "common" / "inner" / "main.tf").write_text(group)
    settings = Settings((str(tmp_path),), select=("SG302", "SG306", "SG110", "SG109"))
    expected = run(settings)
    assert expected.units == 4
    assert {finding.violation.address for finding in expected.findings}
    monkeypatch.setattr(modules, "_AT_HAND", budget)
    assert run(settings) == expected


_COMMON = """\
variable "port" {
  type    = number
  default = "22"
}
variable "shift" { default = -1 }
variable "rules" {
  type    = map(object({ port = number, name = optional(string, "none") }))
  default = { a = { port = "80" }, b = { port = 443, name = "b" } }
}
variable "misfit" {
  type    = number
  default = "many"
}
variable "computed" { default = upper("x") }
variable "named" { default = var.port }
variable "odd" { type = strange }
resource "aws_security_group" "x" {
  name        = "${var.port} ${var.shift} ${var.misfit} ${var.computed} ${var.named} ${var.odd}"
  description = jsonencode(var.rules)
}
"""


@pytest.mark.parametrize("steps", [500_000, *range(0, 80, 3)])
@pytest.mark.parametrize("order", [("one", "two"), ("two", "one"), ("one", "one")])
def test_what_is_found_out_once_holds_for_each_root(order: tuple[str, str], steps: int) -> None:
    call = 'module "m" {\n  source = "../common"\n}\nmodule "n" {\n  source = "../common"\n  port   = %s\n}\n'
    given = {"common/main.tf": _COMMON.encode()}
    given |= {f"{root}/main.tf": (call % port).encode() for root, port in (("one", "1"), ("two", '"2"'))}
    hold_to(Limits(steps=steps))
    try:
        shared = Modules(Files((), given))
        for root in order:
            alone = evaluate(root, Inputs(), Modules(Files((), given)), TYPES)
            assert evaluate(root, Inputs(), shared, TYPES) == alone
            assert alone.problems
    finally:
        hold_to(Limits())

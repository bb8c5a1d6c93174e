"""Which modules are judged in their own right: what is told from bytes is what reading all of them tells."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sglint.dialects import DIALECTS, outermost
from sglint.discovery import Discovery, UnitKind
from sglint.reading.files import Files
from sglint.settings import Settings
from sglint.terraform.modules import Modules
from tests.execution.corpora import FIXTURES, write_corpora

SOURCES = {
    "below": ("main.tf", 'module "x" { source = "./called" }', "called"),
    "beside": ("main.tf", 'module "x" { source = "../called" }', "../called"),
    "above": ("main.tf", 'module "x" { source = ".." }', ".."),
    "itself": ("main.tf", 'module "x" { source = "." }', "."),
    "escaped": ("main.tf", 'module "x" { source = "\\u002e/called" }', "called"),
    "backslashes": ("main.tf", 'module "x" { source = ".\\\\called" }', None),
    "commented": ("main.tf", '/* ! */ module "x" { source = "./called" }', "called"),
    "json": ("main.tf.json", '{"module": {"x": {"source": "./called"}}}', "called"),
    "json with an escaped slash": ("main.tf.json", '{"module": {"x": {"source": ".\\/called"}}}', "called"),
    "json with an escaped word": ("main.tf.json", '{"mod\\u0075le": {"x": {"source": "./called"}}}', "called"),
}


@pytest.mark.parametrize("case", SOURCES)
def test_local_calls_are_seen_however_they_are_written(case: str, tmp_path: Path) -> None:
    name, text, called = SOURCES[case]
    caller = tmp_path / "caller"
    target = caller / (called or "called")
    for directory in (caller, target):
        directory.mkdir(parents=True, exist_ok=True)
    (target / "group.tf").write_text('resource "aws_security_group" "x" {}\n')
    (caller / name).write_text(text)
    _assert_as_told_by_reading({str(caller), os.path.normpath(target)})


def test_fixtures_and_generated_input(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    for top in (FIXTURES, tmp_path):
        found = Discovery(Files()).discover((str(top),)).units
        _assert_as_told_by_reading({unit.path for unit in found if unit.kind is UnitKind.TERRAFORM})


def _assert_as_told_by_reading(paths: set[str]) -> None:
    ordered = tuple(sorted(paths))
    modules = Modules(Files())
    read = outermost({path: modules.calls(path) for path in ordered})
    assert DIALECTS[UnitKind.TERRAFORM](ordered, Settings(ordered), Files()).roots() == tuple(read)

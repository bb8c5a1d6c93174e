"""What is passed over by its bytes gives rise to nothing: the full path, which parses everything, says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.aws.cloudformation import READ as PROPERTIES
from sglint.aws.terraform import READ as ARGUMENTS
from sglint.discovery import Prospect
from sglint.engine import judged, run, understand
from sglint.execution.sieve import Sieve, may_matter, template_may_matter
from sglint.reading.files import Files
from sglint.settings import Settings
from tests.execution.corpora import FIXTURES, write_corpora

DIRECTORIES = sorted(path for path in FIXTURES.iterdir() if path.is_dir())


def _assert_as_the_full_path(directory: Path) -> None:
    for profile in ("default", "strict"):
        settings = Settings((str(directory),), profile=profile)
        sieved, full = run(settings), judged(understand(settings), settings)
        assert sieved.findings == full.findings
        assert sieved.acceptances == full.acceptances
        assert (sieved.notes, sieved.groups, sieved.rules) == (full.notes, full.groups, full.rules)
        assert sieved.units <= full.units
        assert set(sieved.problems) <= set(full.problems)
        for problem in set(full.problems) - set(sieved.problems):
            assert not _matters(Path(problem.location.path)), problem


def _matters(path: Path) -> bool:
    """Whether a file is looked into, because of itself or, in a Terraform module, of what is beside it."""
    if path.suffix in (".yaml", ".yml", ".json", ".template") and not path.name.endswith((".tf.json", ".tofu.json")):
        return template_may_matter(path.read_bytes())
    return any(
        may_matter(each.read_bytes()) for each in path.parent.iterdir() if each.suffix in (".tf", ".tofu", ".json")
    )


@pytest.mark.parametrize("directory", DIRECTORIES, ids=lambda path: path.name)
def test_fixtures(directory: Path) -> None:
    _assert_as_the_full_path(directory)


def test_generated_input(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    _assert_as_the_full_path(tmp_path)


@pytest.mark.parametrize("type_", sorted(ARGUMENTS))
def test_every_type_that_counts_matters_however_it_is_written(type_: str) -> None:
    for label in (f'"{type_}"', type_, f'"\\u{ord(type_[0]):04x}{type_[1:]}"', f'"\\U{ord(type_[0]):08x}{type_[1:]}"'):
        assert may_matter(f'resource {label} "x" {{}}\n'.encode())
    assert may_matter(f'{{"resource": {{"{type_}": {{"x": {{}}}}}}}}'.encode())


@pytest.mark.parametrize("type_", sorted(PROPERTIES))
def test_every_type_of_a_template_that_counts_matters_however_it_is_written(type_: str) -> None:
    hidden = f"\\x{ord(type_[0]):02x}{type_[1:]}"
    broken = f"{type_[:6]}\\\n    {type_[6:]}"
    for written in (type_, f"'{type_}'", f'"{type_}"', f'"{hidden}"', f'"{broken}"'):
        assert template_may_matter(f"Resources:\n  X:\n    Type: {written}\n".encode())


@pytest.mark.parametrize(
    "text",
    [
        'module "x" {\n  source = "./x"\n}',
        'module x { source = "./x" }',
        'module/**/"x" {}',
        'module\t"x" {}',
        '{"module": {"x": {"source": "./x"}}}',
        '{"mod\\u0075le": {"x": {"source": "./x"}}}',
        'resource "aws_s3_bucket" "x" {} # sglint: ignore[SG101]',
    ],
)
def test_calls_and_words_to_sglint_matter(text: str) -> None:
    assert may_matter(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_s3_bucket" "x" {\n  bucket = "${path.module}/x"\n}',
        'resource "aws_s3_bucket" "x" {\n  bucket = "mymodule "\n}',
        'variable "module_name" {}',
        'output "x" { value = module.x.id }',
    ],
)
def test_what_concerns_nothing_is_passed_over(text: str) -> None:
    assert not may_matter(text.encode())


def test_files_are_told_apart_and_let_go_of(tmp_path: Path) -> None:
    (tmp_path / "s3.tf").write_text('resource "aws_s3_bucket" "x" {}\n')
    (tmp_path / "sg.tf").write_text('resource "aws_security_group" "x" {}\n')
    (tmp_path / "bucket.yaml").write_text("Resources:\n  X:\n    Type: AWS::S3::Bucket\n")
    (tmp_path / "group.yaml").write_text("Resources:\n  X:\n    Type: AWS::EC2::SecurityGroup\n")
    (tmp_path / "plan.json").write_text('{"format_version": "1.2", "terraform_version": "1.9"}')
    files = Files()
    sieve = Sieve(files)
    path = str(tmp_path)
    assert not sieve.may_matter(f"{path}/s3.tf")
    assert sieve.may_matter(f"{path}/sg.tf")
    assert sieve.may_matter(f"{path}/missing.tf"), "that it cannot be read is for the reader to say"
    assert sieve.prospect(f"{path}/bucket.yaml") is Prospect.NOTHING
    assert sieve.prospect(f"{path}/group.yaml") is Prospect.TEMPLATE
    assert sieve.prospect(f"{path}/plan.json") is Prospect.UNSEEN
    kept = sum(len((tmp_path / name).read_bytes()) for name in ("sg.tf", "group.yaml", "plan.json"))
    assert files.peeked == kept


@given(st.lists(st.sampled_from(["aws_instance", "module ", "x", '"', "\n", "sglint", "\\u", "."]), max_size=8))
def test_more_text_never_makes_a_file_matter_less(parts: list[str]) -> None:
    text = "".join(parts).encode()
    if may_matter(text):
        assert may_matter(b"# x\n" + text + b"\n# y\n")

"""Which files make a module, and how override files change it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.reading.files import Files
from sglint.terraform.evaluation import evaluate
from sglint.terraform.inputs import Inputs
from sglint.terraform.module import configuration_files
from sglint.terraform.modules import Modules
from tests.terraform.programs import TYPES, arguments, messages, plain, run


def test_files_and_their_order() -> None:
    names = [
        "b.tf", "a.tf", "a.tf.json", "override.tf", "x_override.tf", "y_override.tf.json", ".hidden.tf", "old.tf~",
        "#emacs.tf#", "main.tfvars", "README.md", "both.tf", "both.tofu", "j.tf.json", "j.tofu.json", "only.tofu",
        "my.tftest.hcl", ".terraform.lock.hcl", "not_an_override_.tf", "lock.hcl",
    ]  # fmt: skip
    assert configuration_files(names) == (
        ["a.tf", "a.tf.json", "b.tf", "both.tofu", "j.tofu.json", "not_an_override_.tf", "only.tofu"],
        ["override.tf", "x_override.tf", "y_override.tf.json"],
    )


BASE = """
resource "aws_instance" "a" {
  ami   = "base"
  count = 2
  tags  = { a = 1 }
  disk { size = 1 }
  disk { size = 2 }
  net { id = 1 }
}
variable "x" { default = "base" }
locals {
  l = "base"
  m = "base"
}
"""


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ('resource "aws_instance" "a" { ami = "new" }', {"ami": "new", "tags": {"a": 1}, "net": [{"id": 1}],
                                                        "disk": [{"size": 1}, {"size": 2}]}),
        ('resource "aws_instance" "a" {\n disk { size = 3 }\n}', {"ami": "base", "tags": {"a": 1}, "net": [{"id": 1}],
                                                                "disk": [{"size": 3}]}),
        ('resource "aws_instance" "a" {\n dynamic "disk" {\n for_each = [7]\n content { size = disk.value }\n }\n}',
         {"ami": "base", "tags": {"a": 1}, "net": [{"id": 1}], "disk": [{"size": 7}]}),
        ('resource "aws_instance" "a" { tags = { b = 2 } }', {"ami": "base", "tags": {"b": 2}, "net": [{"id": 1}],
                                                             "disk": [{"size": 1}, {"size": 2}]}),
    ],
)  # fmt: skip
def test_overrides_of_a_resource(override: str, expected: object) -> None:
    evaluated = run(BASE, files={"z_override.tf": override})
    assert arguments(evaluated) == {"aws_instance.a[0]": expected, "aws_instance.a[1]": expected}


def test_for_each_overrides_count() -> None:
    override = 'resource "aws_instance" "a" { for_each = toset(["k"]) }'
    assert list(arguments(run(BASE, files={"override.tf": override}))) == ['aws_instance.a["k"]']


def test_overrides_of_locals_variables_and_json() -> None:
    use = 'resource "aws_security_group" "g" { name = "${local.l}-${local.m}-${var.x}" }'
    evaluated = run(
        BASE,
        use,
        files={
            "a_override.tf": 'locals {\n l = "first"\n}\nvariable "x" { default = "first" }',
            "b_override.tf.json": '{"locals": {"l": "second"}}',
        },
    )
    assert arguments(evaluated)["aws_security_group.g"] == {"name": "second-base-first"}


def test_an_override_of_nothing_is_a_problem() -> None:
    evaluated = run(files={"override.tf": 'resource "aws_instance" "a" {}'})
    assert messages(evaluated) == [
        'override.tf:1:1: Missing resource to override: There is no resource named "aws_instance.a". An override file '
        "can only override one that is defined"
    ]


def test_files_that_cannot_be_read_leave_the_others() -> None:
    evaluated = run(BASE, files={"bad.tf": 'resource "aws_instance" "b" {\n ami = = 2\n}\n'})
    assert [resource.address for resource in evaluated.resources][:2] == ["aws_instance.a[0]", "aws_instance.a[1]"]
    assert [problem.location.path for problem in evaluated.problems] == ["bad.tf"]


def test_problems_of_a_module_s_files_are_told_once() -> None:
    evaluated = run(
        'module "a" { source = "./m" }\nmodule "b" { source = "./m" }',
        files={"m/main.tf": "resource {}\n"},
    )
    assert messages(evaluated) == [
        "m/main.tf:1:1: Missing name for resource: All resource blocks must have 2 labels (type, name)"
    ]


def test_a_directory_on_disk(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_instance" "a" {\n ami = file("${path.module}/ami.txt")\n'
                                      ' user_data = templatefile("t.tpl", { names = ["x", "y"] })\n}\n')  # fmt: skip
    (tmp_path / "ami.txt").write_text("ami-1")
    (tmp_path / "t.tpl").write_text("%{ for name in names ~}\n<${name}>\n%{ endfor ~}\n")
    files = Files((str(tmp_path),))
    evaluated = evaluate(str(tmp_path), Inputs(), Modules(files), TYPES)
    assert evaluated.problems == ()
    assert plain(evaluated.resources[0].arguments) == {"ami": "ami-1", "user_data": "<x>\n<y>\n"}
    assert evaluated.resources[0].location.path == str(tmp_path / "main.tf")


def test_a_faulty_template_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_instance" "a" {\n ami = templatefile("t.tpl", {})\n}\n')
    (tmp_path / "t.tpl").write_text("%{ if true }a")
    evaluated = evaluate(str(tmp_path), Inputs(), Modules(Files((str(tmp_path),))), TYPES)
    assert [problem.location.path for problem in evaluated.problems] == [str(tmp_path / "t.tpl")]
    assert plain(evaluated.resources[0].arguments) == {"ami": "?" + str(tmp_path / "t.tpl")}

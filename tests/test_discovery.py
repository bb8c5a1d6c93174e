"""What is found below a path, and what is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.discovery import Discovered, Discovery, UnitKind, roots
from sglint.reading.files import Files

TEMPLATE = "Resources:\n  SG:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: g}\n"
JINJA = "Resources:\n{% for name in names %}\n  {{ name }}:\n    Type: AWS::EC2::SecurityGroup\n{% endfor %}\n"
APPSPEC = "version: 0.0\nResources:\n  - TargetService:\n      Type: AWS::ECS::Service\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(directory: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _discover(*paths: str, ignore_unrelated: bool = False) -> Discovered:
    return Discovery(Files(roots(paths)), ignore_unrelated).discover(paths)


def test_units_below_a_directory(here: Path) -> None:
    _write(
        here,
        {
            "network/main.tf": 'resource "aws_security_group" "web" {}',
            "network/outputs.tofu": "",
            "caller/main.tf": 'module "network" { source = "../network" }',
            "elsewhere/main.tf": 'resource "google_compute_firewall" "web" {}',
            "stacks/web.yaml": TEMPLATE,
            "stacks/web.template": TEMPLATE,
            "stacks/appspec.yaml": APPSPEC,
            "stacks/service.yaml": "apiVersion: v1\nkind: Service\n",
            "package.json": '{"name": "x"}',
            "plan.json": '{"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {}}',
            ".terraform/modules/web/main.tf": "",
            "node_modules/x/main.tf": "",
            "app/cdk.out/manifest.json": '{"version": "38.0.1", "artifacts": {}}',
            "app/cdk.out/Stack.template.json": "{}",
        },
    )
    found = _discover(".")
    assert found.problems == ()
    assert [(unit.path, unit.kind) for unit in found.units] == [
        ("app/cdk.out", UnitKind.ASSEMBLY),
        ("caller", UnitKind.TERRAFORM),
        ("network", UnitKind.TERRAFORM),
        ("plan.json", UnitKind.PLAN),
        ("stacks/web.template", UnitKind.TEMPLATE),
        ("stacks/web.yaml", UnitKind.TEMPLATE),
    ]


def test_a_unit_is_found_once_however_it_is_named(here: Path) -> None:
    _write(here, {"network/main.tf": "", "network/prod.tfvars": "", "network/a.yaml": TEMPLATE})
    found = _discover("network/main.tf", "./network", "network/prod.tfvars", "network/a.yaml", str(here / "network"))
    assert [(unit.path, unit.kind) for unit in found.units] == [
        ("network", UnitKind.TERRAFORM),
        ("network/a.yaml", UnitKind.TEMPLATE),
    ]


def test_the_source_of_a_template_is_told_only_when_named(here: Path) -> None:
    _write(here, {"stack.yaml": JINJA})
    assert _discover(".") == Discovered((), ())
    (problem,) = _discover("stack.yaml").problems
    assert problem.location.line == 2
    assert problem.hint == "it seems to be the source of a template: render it first, and name the result"


def test_a_template_that_is_no_document_is_told(here: Path) -> None:
    _write(here, {"stack.yaml": TEMPLATE + "  - odd\n"})
    (problem,) = _discover(".").problems
    assert str(problem).startswith("stack.yaml:5:3: ")


def test_a_document_of_another_kind_is_told_only_when_named(here: Path) -> None:
    _write(here, {"appspec.yaml": APPSPEC})
    assert _discover(".").problems == ()
    assert [problem.message for problem in _discover("appspec.yaml").problems] == ["is nothing that sglint reads"]
    assert _discover("appspec.yaml", ignore_unrelated=True).problems == ()


def test_roots_are_the_repository(here: Path) -> None:
    (here / ".git").mkdir()
    (here / "environments" / "prod").mkdir(parents=True)
    assert roots(("environments/prod",)) == (str(here.resolve()),)


def test_roots_without_a_repository_are_the_directories_themselves(here: Path) -> None:
    _write(here, {"inside/main.tf": "", "other/main.tf": ""})
    inside = str(here.resolve() / "inside")
    assert roots(("inside", "inside/main.tf")) == (inside,)
    assert roots(("inside", "other")) == (inside, str(here.resolve() / "other"))


def test_a_module_that_is_named_is_a_unit_whatever_it_holds(here: Path) -> None:
    _write(here, {"elsewhere/main.tf": 'resource "google_compute_firewall" "web" {}'})
    assert [unit.path for unit in _discover("elsewhere").units] == ["elsewhere"]
    assert [unit.path for unit in _discover("elsewhere/main.tf").units] == ["elsewhere"]
    assert _discover(".").units == ()


def test_what_is_passed_over_would_have_come_to_nothing(here: Path) -> None:
    """A type can be written with an escape, and a file that is no text may hold anything."""
    _write(here, {"escaped/main.tf": 'resource "\\u0061ws_security_group" "web" {}'})
    (here / "odd").mkdir()
    (here / "odd" / "main.tf").write_bytes(b"\xff\xfe")
    assert [unit.path for unit in _discover(".").units] == ["escaped", "odd"]


@pytest.mark.parametrize("name", ["manifest.json", "Web.template.json", "tree.json"])
def test_a_file_of_an_assembly_stands_for_the_assembly(here: Path, name: str) -> None:
    _write(
        here,
        {
            "app/cdk.out/manifest.json": '{"version": "38.0.1", "artifacts": {}}',
            "app/cdk.out/Web.template.json": '{"Resources": {"SG": {"Type": "AWS::EC2::SecurityGroup"}}}',
            "app/cdk.out/tree.json": "{}",
        },
    )
    found = _discover(f"app/cdk.out/{name}", ignore_unrelated=True)
    assert [(unit.path, unit.kind) for unit in found.units] == [("app/cdk.out", UnitKind.ASSEMBLY)]


def test_a_template_beside_another_manifest_is_a_template(here: Path) -> None:
    _write(here, {"site/manifest.json": '{"name": "site"}', "site/web.yaml": TEMPLATE, "cdk.out/web.yaml": TEMPLATE})
    found = _discover("site/web.yaml", "cdk.out/web.yaml")
    assert [unit.kind for unit in found.units] == [UnitKind.TEMPLATE] * 2

"""`--changed-since` judges what a change can affect: nothing whose findings differ is left out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from sglint.affected import Since, changes_since
from sglint.cli import main
from sglint.engine import understand
from sglint.settings import Settings
from sglint.triage.judge import judge
from sglint.triage.selection import in_force
from tests.baseline.estate import Tree, group, template
from tests.diff.test_revisions import commit, git, here, put

__all__ = ("here",)

WORLD, OFFICE = '"0.0.0.0/0"', '"10.1.2.0/24"'
Findings = Mapping[str, list[tuple[object, ...]]]


def findings(settings: Settings) -> Findings:
    """What is wrong with each unit, by its path."""
    understood = understand(settings)
    return {
        analysis.path: [
            (each.policy.id, each.location, each.violation.address, each.violation.message, each.violation.related)
            for each in judge([analysis], in_force())
        ]
        for analysis in understood.analyses
    }


def since(*paths: str, revision: str = "HEAD") -> Findings:
    with changes_since(revision, paths) as changes:
        return findings(Settings(paths, since=Since(changes)))


@pytest.mark.parametrize("seed", range(60))
def test_every_unit_whose_findings_differ_is_judged_and_comes_to_the_same(here: Path, seed: int) -> None:
    tree = Tree(seed)
    for name, text in tree.files().items():
        put(name, text)
    commit()
    before = findings(Settings((".",)))
    tree.change(here)
    after = findings(Settings((".",)))
    found = since(".")
    assert found == {path: after[path] for path in found}
    left_out = after.keys() - found.keys()
    assert {path: after[path] for path in left_out} == {path: before.get(path) for path in left_out}


def test_trees_have_units_that_are_left_out_and_units_that_are_not(here: Path) -> None:
    sizes = set()
    for seed in range(12):
        tree = Tree(seed)
        for name, text in tree.files().items():
            put(name, text)
        commit()
        tree.change(here)
        sizes.add((bool(since(".")), len(since(".")) < len(findings(Settings((".",))))))
    assert (True, True) in sizes


@pytest.fixture
def callers(here: Path) -> Path:
    Path("main.tf").unlink()
    put("modules/web/main.tf", 'variable "cidr" {}\n' + group("web", "var.cidr"))
    for name in ("a", "b"):
        put(f"live/{name}/main.tf", 'module "web" {\n  source = "../../modules/web"\n  cidr = "0.0.0.0/0"\n}\n')
    put("live/c/main.tf", group("own", WORLD))
    put("cfn/one.yaml", template("0.0.0.0/0"))
    put("cfn/two.yaml", template("0.0.0.0/0"))
    commit()
    return here


def test_nothing_changed_is_nothing_judged(callers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([".", "--changed-since", "HEAD"]) == 0
    output = capsys.readouterr()
    assert output.out.splitlines()[-1] == "5 units left out, which no change can affect."
    assert output.err == ""


@pytest.mark.parametrize(
    ("path", "units"),
    [
        ("modules/web/main.tf", {"live/a", "live/b"}),
        ("live/a/main.tf", {"live/a"}),
        ("live/a/new.tf", {"live/a"}),
        ("live/a/terraform.tfvars", {"live/a"}),
        ("live/a/README.md", set()),
        ("cfn/one.yaml", {"cfn/one.yaml"}),
        ("unrelated.py", set()),
        (".sglint.toml", {"live/a", "live/b", "live/c", "cfn/one.yaml", "cfn/two.yaml"}),
        (".gitignore", {"live/a", "live/b", "live/c", "cfn/one.yaml", "cfn/two.yaml"}),
        ("pyproject.toml", set()),
    ],
)
def test_a_change_reaches_the_units_that_read_the_file(callers: Path, path: str, units: set[str]) -> None:
    with Path(path).open("a", encoding="utf-8") if Path(path).exists() else Path(path).open("w") as file:
        file.write("#\n")
    assert set(since(".")) == units


def test_a_touched_file_is_no_change(callers: Path) -> None:
    text = Path("live/a/main.tf").read_text()
    Path("live/a/main.tf").unlink()
    put("live/a/main.tf", text)
    assert since(".") == {}


def test_a_deleted_file_has_its_unit_judged_again(callers: Path) -> None:
    put("live/c/more.tf", group("more", WORLD))
    commit()
    Path("live/c/more.tf").unlink()
    assert set(since(".")) == {"live/c"}


def test_a_module_that_is_no_longer_called_is_judged_for_itself(callers: Path) -> None:
    for name in ("a", "b"):
        put(f"live/{name}/main.tf", "")
    assert "modules/web" in findings(Settings((".",)))
    assert "modules/web" in since(".")


def test_a_template_that_is_no_longer_nested_is_judged_for_itself(callers: Path) -> None:
    nested = "  Two:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: two.yaml}\n"
    put("cfn/one.yaml", template("0.0.0.0/0", nested))
    commit()
    put("cfn/one.yaml", template("0.0.0.0/0"))
    assert set(since(".")) == {"cfn/one.yaml", "cfn/two.yaml"}


def test_a_file_that_git_ignores_counts_as_changed(callers: Path) -> None:
    put(".gitignore", "*.tfvars\n")
    commit()
    put("live/c/terraform.tfvars", "")
    assert set(since(".")) == {"live/c"}


def test_what_terraform_init_installed_is_no_change(callers: Path) -> None:
    put(".gitignore", ".terraform\n")
    put("live/c/more.tf", 'module "web" {\n  source = "example/web/aws"\n}\n')
    commit()
    put(
        "live/c/.terraform/modules/modules.json",
        '{"Modules":[{"Key":"web","Source":"x","Dir":".terraform/modules/web"}]}',
    )
    put("live/c/.terraform/modules/web/main.tf", group("web", WORLD))
    assert since(".") == {}


def test_parameter_files_reach_all_templates(callers: Path) -> None:
    put("parameters.json", "{}")
    commit()
    put("parameters.json", '{"Parameters": {}}')
    with changes_since("HEAD", ["."]) as changes:
        found = findings(Settings((".",), parameter_files=("parameters.json",), since=Since(changes)))
    assert set(found) == {"cfn/one.yaml", "cfn/two.yaml"}


def test_configuration_in_pyproject_reaches_everything(callers: Path) -> None:
    put("pyproject.toml", "[tool.sglint]\n")
    assert len(since(".")) == 5


def test_a_revision_further_back(callers: Path) -> None:
    put("live/c/main.tf", group("own", OFFICE))
    commit()
    put("cfn/one.yaml", template("10.0.0.0/8"))
    assert set(since(".")) == {"cfn/one.yaml"}
    assert set(since(".", revision="HEAD~1")) == {"cfn/one.yaml", "live/c"}


def test_paths_are_kept_to(callers: Path) -> None:
    put("live/c/main.tf", group("own", OFFICE))
    put("cfn/one.yaml", template("10.0.0.0/8"))
    assert set(since("cfn")) == {"cfn/one.yaml"}
    assert set(since(str(callers / "live"))) == {str(callers / "live/c")}


def test_standard_input_is_always_judged(
    callers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(group("own", WORLD).encode())))
    assert main(["-", "--changed-since", "HEAD"]) == 1
    assert "ssh-from-world" in capsys.readouterr().out


def test_a_suppression_that_another_unit_needs_is_not_called_unused(
    callers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path("modules/web/main.tf").read_text()
    put("modules/web/main.tf", text.replace("cidr_blocks", '# sglint: ignore[ssh-from-world] reason="ok"\ncidr_blocks'))
    put("live/a/main.tf", 'module "web" {\n  source = "../../modules/web"\n  cidr = "10.1.2.0/24"\n}\n')
    commit()
    put("live/a/other.tf", "")
    assert main([".", "--changed-since", "HEAD", "--format", "concise", "--select", "SG102,SG905"]) == 0
    assert capsys.readouterr().out == ""


def test_an_old_problem_is_left_out_with_its_file(callers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("cfn/broken.yaml", "Resources:\n  A: {Type: AWS::EC2::SecurityGroup\n")
    put("live/b/broken.tf", 'resource "x" {')
    commit()
    put("live/c/main.tf", group("own", OFFICE))
    assert main([".", "--changed-since", "HEAD"]) == 0
    capsys.readouterr()
    put("cfn/broken.yaml", "Resources:\n  B: {Type: AWS::EC2::SecurityGroup\n")
    assert main([".", "--changed-since", "HEAD"]) == 3


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("nowhere", "sglint: there is no revision nowhere in the repository in "),
        ("--output=x", "sglint: there is no revision --output=x in the repository in "),
    ],
)
def test_a_revision_that_is_none(
    callers: Path, capsys: pytest.CaptureFixture[str], revision: str, message: str
) -> None:
    assert main([".", f"--changed-since={revision}"]) == 2
    assert capsys.readouterr().err.startswith(message)


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    put("main.tf", group("own", WORLD))
    assert main([".", "--changed-since", "HEAD"]) == 2
    assert capsys.readouterr().err == "sglint: . is not in the work tree of a git repository\n"


def test_no_program_of_the_repository_runs(callers: Path) -> None:
    put(".gitattributes", "*.tf filter=touch diff=touch\n")
    for name in ("filter.touch.clean", "filter.touch.smudge", "diff.touch.textconv", "core.fsmonitor"):
        git("config", name, "touch ran; cat")
    git("config", "diff.external", "touch ran")
    with Path("live/c/main.tf").open("a") as file:
        file.write("#\n")
    assert set(since(".")) == {"live/c"}
    assert not Path("ran").exists()


def test_a_link_that_leads_elsewhere_is_a_change(callers: Path) -> None:
    put("one/main.tf", group("one", WORLD))
    put("two/main.tf", group("two", WORLD))
    Path("live/c/linked").symlink_to("../../one")
    put("live/c/main.tf", 'module "linked" {\n  source = "./linked"\n}\n')
    commit()
    Path("live/c/linked").unlink()
    Path("live/c/linked").symlink_to("../../two")
    assert "live/c" in since("live")

"""`sglint diff` on revisions of git, in scratch repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from sglint.cli import main
from sglint.reading.revisions import Repository, RevisionError
from tests.diff.test_command import OFFICE, WORLD, group

NOTHING = "No group admits anything else than before.\n"


def git(*arguments: str, at: str | Path = ".") -> str:
    done = subprocess.run(
        ("git", "-c", "user.name=n", "-c", "user.email=e@example.com", *arguments),
        cwd=at,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a group that is open to an office."""
    repository = tmp_path / "repository"
    repository.mkdir()
    monkeypatch.chdir(repository)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("init", "--quiet", "--initial-branch", "main")
    put("main.tf", group((22, 22, OFFICE)))
    commit()
    return repository


def put(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def commit() -> str:
    git("add", "--all")
    git("commit", "--quiet", "--message", "x")
    return git("rev-parse", "HEAD")


def openings(output: str) -> list[str]:
    return [line.strip().partition("  # ")[0] for line in output.splitlines() if line.startswith(("  +", "  -"))]


OPENED = "+ ingress tcp 22 from 0.0.0.0/0 except 10.1.2.0/24"


def test_a_revision_against_the_working_tree(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == NOTHING
    put("main.tf", group((22, 22, WORLD)))
    assert main(["diff", "HEAD"]) == 1
    output = capsys.readouterr().out
    assert openings(output) == [OPENED]
    assert "main.tf:9:20" in output


def test_two_revisions_whatever_the_working_tree_has(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("branch", "before")
    put("main.tf", group((22, 22, WORLD)))
    commit()
    put("main.tf", group((3306, 3306, WORLD)))
    put("further.tf", "not = = Terraform")
    for words in ("before..HEAD", "before..", "HEAD^..main", "before...main"):
        assert main(["diff", words]) == 1
        assert openings(capsys.readouterr().out) == [OPENED]
    assert main(["diff", "HEAD..before"]) == 0
    output = capsys.readouterr().out
    assert openings(output) == ["- ingress tcp 22 from 0.0.0.0/0 except 10.1.2.0/24"]
    assert ", HEAD:main.tf:9:20" in output


def test_three_dots_begin_at_the_common_ancestor(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("switch", "--quiet", "--create", "feature")
    put("other.tf", group((443, 443, OFFICE), name="api"))
    commit()
    git("switch", "--quiet", "main")
    put("main.tf", group((22, 22, WORLD)))
    commit()
    assert main(["diff", "main...feature"]) == 0
    assert openings(capsys.readouterr().out) == [f"+ ingress tcp 443 from {OFFICE}"]
    assert main(["diff", "main..feature"]) == 0
    assert len(openings(capsys.readouterr().out)) == 2


def test_paths_and_working_directories(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("live/web/main.tf", group((443, 443, OFFICE), name="a"))
    put("live/api/main.tf", group((443, 443, OFFICE), name="b"))
    commit()
    put("live/web/main.tf", group((444, 444, OFFICE), name="a"))
    put("live/api/main.tf", group((445, 445, OFFICE), name="b"))
    both = [f"{mark} ingress tcp {port} from {OFFICE}" for port in (445, 444) for mark in "+-"]
    both = [
        line.replace("- ingress tcp 445", "- ingress tcp 443").replace("- ingress tcp 444", "- ingress tcp 443")
        for line in both
    ]
    main(["diff", "HEAD", "live"])
    assert openings(capsys.readouterr().out) == both
    main(["diff", "HEAD", "live/web"])
    assert openings(capsys.readouterr().out) == both[2:]
    main(["diff", "HEAD", "live/web/main.tf", "live/api"])
    assert sorted(openings(capsys.readouterr().out)) == sorted(both)
    monkeypatch.chdir("live/web")
    main(["diff", "HEAD"])
    output = capsys.readouterr().out
    assert openings(output) == both[2:]
    assert "HEAD:main.tf:9:20" in output
    main(["diff", "HEAD", "../api"])
    assert openings(capsys.readouterr().out) == both[:2]
    monkeypatch.chdir(here.parent)
    main(["diff", "HEAD", "repository/live/web"])
    assert openings(capsys.readouterr().out) == both[2:]


def test_modules_files_and_links_come_from_the_revision(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = 'variable "peers" {}\n' + group((22, 22, "x")).replace('["x"]', "var.peers").replace('"web"', '"this"', 1)
    put("modules/web/main.tf", module)
    call = (
        'module "web" {\n  source = "%s"\n  peers  = split("\\n", trimspace(file("${path.module}/../peers.txt")))\n}\n'
    )
    put("live/main.tf", call % "./linked")
    put("peers.txt", f"{OFFICE}\n")
    os.symlink("../modules/web", "live/linked")
    git("rm", "--quiet", "main.tf")
    first = commit()
    put("peers.txt", f"{OFFICE}\n{WORLD}\n")
    commit()
    os.unlink("live/linked")
    assert main(["diff", f"{first}..HEAD", "live"]) == 1
    output = capsys.readouterr()
    assert openings(output.out) == [OPENED]
    assert output.err == ""
    put("live/main.tf", call % "../modules/web")
    assert main(["diff", "HEAD", "live"]) == 0
    assert capsys.readouterr().out == NOTHING


def test_a_directory_that_only_one_revision_has(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("new/main.tf", group((443, 443, OFFICE), name="a"))
    commit()
    git("rm", "-r", "--quiet", "new")
    commit()
    assert main(["diff", "HEAD^", "new"]) == 0
    assert openings(capsys.readouterr().out) == [f"- ingress tcp 443 from {OFFICE}"]
    assert main(["diff", "HEAD^^..HEAD^", "new"]) == 0
    assert openings(capsys.readouterr().out) == [f"+ ingress tcp 443 from {OFFICE}"]
    assert main(["diff", "HEAD^^..HEAD", "new"]) == 2
    assert capsys.readouterr().err == "sglint: new does not exist, neither before nor after\n"


def test_variable_files_are_those_of_the_revision_or_else_of_the_disk(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put("main.tf", 'variable "peer" {}\n' + group((22, 22, "x")).replace('"x"', "var.peer"))
    put("prod.tfvars", f'peer = "{OFFICE}"\n')
    commit()
    put("prod.tfvars", f'peer = "{WORLD}"\n')
    assert main(["diff", "HEAD", "--var-file", "prod.tfvars"]) == 1
    assert openings(capsys.readouterr().out) == [OPENED]
    put("local.tfvars", f'peer = "{OFFICE}"\n')
    assert main(["diff", "HEAD", "--var-file", "local.tfvars"]) == 0
    assert capsys.readouterr().out == NOTHING


def test_an_assembly_that_git_ignores_is_not_compared(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(".gitignore", "cdk.out/\n.terraform/\n")
    commit()
    put("cdk.out/manifest.json", '{"version": "36.0.0", "artifacts": {}}')
    assert main(["diff", "HEAD"]) == 0
    output = capsys.readouterr()
    assert (output.out, output.err) == (NOTHING, "sglint: note: cdk.out is not compared, since git ignores it\n")


def test_installed_modules_are_those_on_disk(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(".gitignore", ".terraform/\n")
    put("main.tf", 'module "web" {\n  source = "acme/web/aws"\n}\n')
    commit()
    put(
        ".terraform/modules/modules.json",
        '{"Modules": [{"Key": "web", "Source": "acme/web/aws", "Dir": ".terraform/modules/web"}]}',
    )
    put(".terraform/modules/web/main.tf", group((22, 22, WORLD)))
    assert main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == NOTHING


def test_neither_work_tree_nor_index_is_touched(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", group((22, 22, WORLD)))
    commit()
    put("main.tf", group((23, 23, WORLD)))
    put("staged.tf", group((24, 24, WORLD), name="staged"))
    git("add", "staged.tf")

    def state() -> object:
        paths = (path for path in here.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}

    before = state()
    assert main(["diff", "HEAD^..HEAD"]) == 1
    assert main(["diff", "HEAD"]) == 1
    assert state() == before


def test_nothing_of_the_repository_is_run(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither hooks nor programs that its configuration or attributes name."""
    script = here.parent / "trap"
    script.write_text(f"#!/bin/sh\ntouch {here.parent}/sprung\ncat\n")
    script.chmod(0o755)
    put(".gitattributes", "*.tf filter=trap diff=trap\n")
    put("main.tf", group((22, 22, WORLD)))
    commit()
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-commit"):
        path = here / ".git" / "hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_text(script.read_text())
        path.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "pager.ls-tree",
        "diff.external",
        "diff.trap.textconv",
        "filter.trap.smudge",
    ):
        git("config", key, str(script))
    git("config", "alias.ls-tree", f"!{script}")
    (here.parent / "sprung").unlink(missing_ok=True)
    assert main(["diff", "HEAD^"]) == 1
    assert main(["diff", "HEAD^..HEAD"]) == 1
    assert not (here.parent / "sprung").exists()


def test_replaced_objects_do_not_count(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", group((22, 22, WORLD)))
    commit()
    git("replace", "HEAD", "HEAD^")
    assert main(["diff", "HEAD^..HEAD"]) == 1


def test_the_environment_of_a_hook_does_not_lead_astray(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_DIR", str(here.parent / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", "none")
    assert main(["diff", "HEAD"]) == 0


def test_a_linked_work_tree(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    git("worktree", "add", "--quiet", "../second", "-b", "second")
    monkeypatch.chdir("../second")
    put("main.tf", group((22, 22, WORLD)))
    assert main(["diff", "main"]) == 1
    assert openings(capsys.readouterr().out) == [OPENED]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nope"], "nope is no path, and there is no revision nope in the repository in {top}"),
        (["nope", "main.tf"], "nope is no path, and there is no revision nope in the repository in {top}"),
        (["nope..HEAD"], "there is no revision nope in the repository in {top}"),
        (["HEAD..nope"], "there is no revision nope in the repository in {top}"),
        (["HEAD:main.tf"], "HEAD:main.tf is no path, and there is no revision HEAD:main.tf in the repository in {top}"),
        (["HEAD", "nothing"], "nothing does not exist, neither before nor after"),
        (["HEAD", "main.tf", ".."], ".. is not in the repository in {top}"),
        (["main.tf"], "main.tf is a path: name two of them, OLD and NEW, or a revision first (main.tf^0 if it is one)"),
    ],
)
def test_wrong_words_get_one_line(
    words: list[str], message: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *words]) == 2
    output = capsys.readouterr()
    assert (output.out, output.err) == ("", f"sglint: {message.format(top=here)}\n")


def test_without_git(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", str(here))
    assert main(["diff", "HEAD"]) == 2
    assert (
        capsys.readouterr().err
        == "sglint: HEAD is no path, and git is not installed; compare two directories instead\n"
    )


def test_histories_without_a_common_ancestor(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("switch", "--quiet", "--orphan", "other")
    put("main.tf", group())
    commit()
    assert main(["diff", "main...other"]) == 2
    assert capsys.readouterr().err == f"sglint: the revisions have no common ancestor in the repository in {here}\n"


def test_an_object_that_is_missing_is_a_problem(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = git("rev-parse", "HEAD:main.tf")
    path = here / ".git" / "objects" / name[:2] / name[2:]
    path.chmod(0o644)
    path.unlink()
    assert main(["diff", "HEAD"]) == 3
    assert "sglint: main.tf:1:1: cannot be read" in capsys.readouterr().err


def test_options_are_no_revisions(here: Path) -> None:
    repository = Repository(".")
    with pytest.raises(RevisionError, match="there is no revision --all"):
        repository.commit("--all")
    with pytest.raises(RevisionError, match="there is no revision "):
        repository.commit("")

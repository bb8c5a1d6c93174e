"""What is read from a git directory, compared with what git itself says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sglint.model.revision import Revision
from sglint.reading.git import published, revision

URL = "https://github.com/example/network"


def git(*arguments: str, cwd: Path) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    command = ("git", *identity, *arguments)
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path / "tree"
    top.mkdir()
    git("init", "-q", "-b", "trunk/main", cwd=top)
    git("remote", "add", "origin", f"{URL}.git", cwd=top)
    git("remote", "add", "other", "https://example.org/other.git", cwd=top)
    git("commit", "-q", "--allow-empty", "-m", "first", cwd=top)
    return top


def expected(top: Path, branch: str = "trunk/main") -> Revision:
    return Revision(f"{URL}.git", git("rev-parse", "HEAD", cwd=top), branch)


def test_a_branch(tree: Path) -> None:
    assert revision(str(tree)) == expected(tree)


def test_below_the_top_there_is_none_to_name(tree: Path) -> None:
    (tree / "a").mkdir()
    assert revision(str(tree / "a")) is None


def test_packed_references(tree: Path) -> None:
    git("tag", "v1", cwd=tree)
    git("pack-refs", "--all", cwd=tree)
    assert not (tree / ".git" / "refs" / "heads" / "trunk" / "main").exists()
    assert revision(str(tree)) == expected(tree)


def test_a_commit_without_a_branch(tree: Path) -> None:
    git("checkout", "-q", "--detach", cwd=tree)
    assert revision(str(tree)) == expected(tree, branch="")


def test_a_second_working_tree(tree: Path, tmp_path: Path) -> None:
    git("worktree", "add", "-q", "-b", "fix", str(tmp_path / "second"), cwd=tree)
    assert revision(str(tmp_path / "second")) == expected(tree, branch="fix")


def test_what_is_not_certain_is_not_said(tree: Path, tmp_path: Path) -> None:
    assert revision(str(tmp_path)) is None
    configuration = tree / ".git" / "config"
    text = configuration.read_text()
    for changed in (
        text.replace("other", "x").replace('remote "origin"', 'remote "upstream"'),
        text.replace(f"{URL}.git", f"{URL}.git\n\turl = https://example.org/second.git"),
        text.replace(f"{URL}.git", '"https://example.org/quoted.git"'),
        text.replace(f"{URL}.git", "/srv/git/network.git"),
        text.replace(f"{URL}.git", "").replace("\turl = \n", "").replace('[remote "other"]', '[remote "other"] x = y'),
    ):
        configuration.write_text(changed)
        assert revision(str(tree)) is None
    configuration.write_text(text)
    for head in ("ref: refs/heads/none", "ref: ../../outside", "ref: refs/../config", "nothing", ""):
        (tree / ".git" / "HEAD").write_text(f"{head}\n")
        assert revision(str(tree)) is None


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    git("init", "-q", cwd=tmp_path)
    git("remote", "add", "origin", URL, cwd=tmp_path)
    assert revision(str(tmp_path)) is None


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://github.com/example/network.git", "https://github.com/example/network.git"),
        ("https://user:secret@github.com/example/network", "https://github.com/example/network"),
        ("https://token@example.org:8443/a.git?private_token=secret#x", "https://example.org:8443/a.git"),
        ("https://example.org/a%20b/ü", "https://example.org/a%20b/%C3%BC"),
        ("ssh://git@git.example.org/team/a.git", "ssh://git.example.org/team/a.git"),
        ("git@github.com:example/network.git", "https://github.com/example/network"),
        ("GITLAB.com:group/sub/network.git", "https://gitlab.com/group/sub/network"),
        ("git@git.example.org:team/a.git", None),
        ("git@github.com:", None),
        ("../network.git", None),
        ("file:///srv/git/network.git", None),
        ("C:\\git\\network", None),
        ("https://", None),
        ("https://[::1/a", None),
        ("https://example.org:port/a", None),
        ("https://exa mple.org/a", None),
        ("ext::sh -c id", None),
        ("", None),
    ],
)
def test_published(url: str, address: str | None) -> None:
    assert published(url) == address

"""A recorded tree answers as the disk would."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sglint.reading.files import Files
from sglint.reading.snapshot import Entry, Snapshot
from sglint.reading.trees import DISK, Tree

FILES = {"a.tf": "1", "live/b.tf": "2", "live/deep/c.tf": "3", "live/deep/d.txt": "4"}
LINKS = {
    "same.tf": "a.tf",
    "live/up.tf": "../a.tf",
    "linked": "live/deep",
    "live/far": "../linked",
    "broken.tf": "none.tf",
    "loop": "loop",
    "out": "../outside",
    "root": "/etc",
}
PATHS = (
    *FILES,
    *LINKS,
    ".",
    "./a.tf",
    "live",
    "live/",
    "live/../a.tf",
    "linked/c.tf",
    "live/far/c.tf",
    "live/far/../b.tf",
    "none",
    "a.tf/x",
    "live/none",
    "../outside",
    "loop/x",
    "root/hostname",
    "out/x",
)


@pytest.fixture
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Tree, Tree]:
    """The same files on disk and recorded."""
    top = tmp_path / "top"
    for path, text in FILES.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text)
    for path, target in LINKS.items():
        os.symlink(target, top / path)
    monkeypatch.chdir(top)
    contents = {**FILES, **LINKS}
    entries = {path: Entry(path, path in LINKS) for path in contents}
    return DISK, Snapshot(str(top), entries, lambda name: contents[name].encode())


def _read(tree: Tree, path: str) -> object:
    try:
        return tree.read(path)
    except OSError as error:
        return type(error)


@pytest.mark.parametrize("path", [path for path in PATHS if not path.startswith("root/")])
def test_it_answers_as_the_disk_does(path: str, trees: tuple[Tree, Tree]) -> None:
    disk, recorded = trees
    assert recorded.is_file(path) == disk.is_file(path)
    # What lies outside of the tree does not exist in it.
    assert recorded.is_directory(path) == (disk.is_directory(path) and path != "root")
    if disk.is_file(path):
        assert recorded.read(path) == disk.read(path)
        assert recorded.real(path) == disk.real(path)
    else:
        assert isinstance(_read(recorded, path), type)
    if disk.is_directory(path) and path != "root":
        assert recorded.real(path) == disk.real(path)
        assert sorted(recorded.names(path)) == sorted(disk.names(path))


def test_it_is_walked_as_the_disk_is(trees: tuple[Tree, Tree]) -> None:
    def walked(tree: Tree, top: str) -> dict[str, tuple[list[str], list[str]]]:
        return {
            directory: (sorted(set(below) - {"root"}), sorted(set(names) - {"root"}))
            for directory, below, names in tree.walk(top)
        }

    for top in (".", "live", "linked", "live/far", "none"):
        assert walked(trees[1], top) == walked(trees[0], top)


def test_a_walk_can_be_pruned_and_tells_what_is_not_there(trees: tuple[Tree, Tree]) -> None:
    seen = []
    for directory, below, _ in trees[1].walk("."):
        seen.append(directory)
        below[:] = [name for name in below if name != "deep"]
    assert seen == [".", "./live"]
    faults: list[OSError] = []
    assert list(trees[1].walk("none", faults.append)) == []
    assert [fault.filename for fault in faults] == ["none"]


def test_a_path_with_a_null_character_is_none(trees: tuple[Tree, Tree]) -> None:
    assert not trees[1].is_file("a\0b")
    assert not trees[1].is_directory("a\0b")


def test_files_of_a_snapshot(trees: tuple[Tree, Tree], tmp_path: Path) -> None:
    (tmp_path / "top" / "a.tf").write_text("changed")
    (tmp_path / "top" / "more.tf").write_text("new")
    files = Files((".",), tree=trees[1])
    assert files.read("a.tf").text == "1"
    assert files.names("") == ("a.tf", "same.tf")
    assert files.exists("live/b.tf") and not files.exists("more.tf")
    assert files.contains("live/far/c.tf") and not files.contains("../outside")
    assert list(files.walk("live/deep")) == ["c.tf", "d.txt"]


def test_files_beside_are_taken_from_disk(trees: tuple[Tree, Tree], tmp_path: Path) -> None:
    top = tmp_path / "top"
    (top / "a.tf").write_text("changed")
    (top / "prod.tfvars").write_text("x = 1")
    recorded = Snapshot(str(top), {"a.tf": Entry("1")}, str.encode, beside=("prod.tfvars", "a.tf"))
    assert recorded.read("prod.tfvars") == b"x = 1"
    assert recorded.read("a.tf") == b"1"
    assert not recorded.is_file("live/b.tf")

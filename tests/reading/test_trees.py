"""When two paths are of one file, on file systems that ignore case and on those that do not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sglint.reading.trees import DISK


def test_what_differs_in_case_is_another_file_where_both_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "samefile", lambda *_: False)
    monkeypatch.setattr(os, "listdir", lambda _: ["Net", "NET"])
    assert not DISK.are_same("top/Net", "top/NET")


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("top/Net", "top/NET", True),
        ("top/Net/main.tf", "top/NET/main.tf", True),
        ("Net", "nET", True),
        ("top/Net", "top/other", False),
        ("top/Net", "top/Nets", False),
    ],
)
def test_a_file_system_may_number_spellings_of_one_entry_apart(
    first: str, second: str, is_same: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As exFAT through FUSE does: the directory lists one of them, and the other one exists all the same."""
    monkeypatch.setattr(os.path, "samefile", lambda *_: False)
    monkeypatch.setattr(os, "listdir", lambda _: ["Net", "main.tf"])
    assert DISK.are_same(first, second) is is_same


def test_what_does_not_exist_is_no_spelling_of_anything(tmp_path: Path) -> None:
    (tmp_path / "Net").mkdir()
    assert DISK.are_same(str(tmp_path / "Net"), str(tmp_path / "Net"))
    if not (tmp_path / "NET").exists():
        assert not DISK.are_same(str(tmp_path / "Net"), str(tmp_path / "NET"))

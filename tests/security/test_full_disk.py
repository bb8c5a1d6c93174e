"""A disk that is full, or that nothing may be written to, changes nothing of what a run finds."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

GROUP = """\
resource "aws_security_group" "web" {
  description = "Web service"
  ingress {
    description = "admin"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
_MANY = 310
"""From so many files on the cache is used."""


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("estate")
    for number in range(_MANY):
        (top / f"m{number:03}").mkdir()
        (top / f"m{number:03}" / "main.tf").write_text(GROUP.replace("Web", f"Web {number}"))
        os.utime(top / f"m{number:03}" / "main.tf", (1, 1))
    return top


def _sglint(
    *arguments: str, cwd: Path, limit: int | None = None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "sglint", *arguments, "--jobs", "1"]
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        preexec_fn=limited,
        check=False,
    )


def _assert_the_same(found: subprocess.CompletedProcess[bytes], expected: subprocess.CompletedProcess[bytes]) -> None:
    assert found.stderr == expected.stderr == b""
    assert (found.returncode, found.stdout) == (expected.returncode, expected.stdout)


@pytest.mark.parametrize("limit", [0, 1, 1000, 20_000])
def test_a_cache_that_does_not_fit(limit: int, estate: Path, tmp_path: Path) -> None:
    """The kernel refuses to have any file grow beyond a limit, as a full disk does."""
    terms = (".", "--format", "concise", "--cache-dir", str(tmp_path / "cache"))
    expected = _sglint(".", "--format", "concise", "--no-cache", cwd=estate)
    assert expected.returncode == 1
    _assert_the_same(_sglint(*terms, cwd=estate, limit=limit), expected)
    assert not any((tmp_path / "cache").glob("*")), "neither half a pack nor what it was written as"
    _assert_the_same(_sglint(*terms, cwd=estate), expected)
    (pack,) = (tmp_path / "cache").iterdir()
    kept = pack.read_bytes()
    (estate / "more").mkdir()
    (estate / "more" / "main.tf").write_text("locals {}\n")
    try:
        _assert_the_same(_sglint(*terms, cwd=estate, limit=limit), expected)
        assert pack.read_bytes() == kept
        assert list((tmp_path / "cache").iterdir()) == [pack]
    finally:
        shutil.rmtree(estate / "more")
    _assert_the_same(_sglint(*terms, cwd=estate), expected)


def _is_a_file(directory: Path) -> str:
    (directory / "file").write_text("")
    return str(directory / "file")


def _is_below_a_file(directory: Path) -> str:
    return f"{_is_a_file(directory)}/cache"


def _holds_a_directory(directory: Path) -> str:
    """Every name that a pack may have leads to the device that is always full."""
    (directory / "cache").symlink_to("/dev/full")
    return str(directory / "cache")


@pytest.mark.parametrize("place", [_is_a_file, _is_below_a_file, _holds_a_directory, lambda _: "/proc/none/cache"])
def test_a_cache_that_has_no_place(place: Callable[[Path], str], estate: Path, tmp_path: Path) -> None:
    expected = _sglint(".", "--format", "concise", "--no-cache", cwd=estate)
    found = _sglint(".", "--format", "concise", "--cache-dir", place(tmp_path), cwd=estate)
    _assert_the_same(found, expected)


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A file system with no room left."""
    place = tmp_path / "full"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("file systems cannot be mounted here")
    try:
        with (place / "filler").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_full(full: Path, estate: Path) -> None:
    expected = _sglint(".", "--format", "concise", "--no-cache", cwd=estate)
    terms = (".", "--format", "concise")
    nowhere = {"HOME": str(full), "XDG_CACHE_HOME": "", "TMPDIR": str(full)}
    _assert_the_same(_sglint(*terms, "--cache-dir", str(full / "cache"), cwd=estate), expected)
    _assert_the_same(_sglint(*terms, cwd=estate, environment=nowhere), expected)
    done = _sglint(*terms, "--no-cache", "--output", str(full / "report.txt"), cwd=estate)
    assert done.returncode == 2
    assert done.stderr.endswith(b"report.txt cannot be written: no space left on device\n")
    assert len(done.stderr.splitlines()) == 1
    assert {path.name for path in full.iterdir() if path.is_file()} == {"filler"}


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A file system that nobody may write to, root included."""
    place = tmp_path / "read-only"
    place.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(place)], check=False).returncode:
        pytest.skip("file systems cannot be mounted here")
    for number in range(_MANY):
        (place / f"m{number:03}").mkdir()
        (place / f"m{number:03}" / "main.tf").write_text(GROUP)
    try:
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_nothing_may_be_written_at_all(read_only: Path) -> None:
    expected = _sglint(".", "--format", "concise", "--no-cache", cwd=read_only)
    assert expected.returncode == 1
    nowhere = {"HOME": str(read_only), "XDG_CACHE_HOME": "", "TMPDIR": str(read_only)}
    _assert_the_same(_sglint(".", "--format", "concise", cwd=read_only, environment=nowhere), expected)
    done = _sglint(".", "--output", "report.txt", cwd=read_only, environment=nowhere)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert done.stderr == b"sglint: report.txt cannot be written: read-only file system\n"

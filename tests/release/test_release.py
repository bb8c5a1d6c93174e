"""A release as it is made: built from what git tracks and nothing else, and run where nothing else is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest

from sglint import __version__

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(), reason="a release is made from a git repository"
)

_EVERY_MODULE = """
import importlib, pkgutil, sglint
for module in pkgutil.walk_packages(sglint.__path__, "sglint."):
    try:
        importlib.import_module(module.name)
    except ModuleNotFoundError as missing:
        assert module.name.startswith("sglint.cdk_plugin.") and missing.name in ("aws_cdk", "jsii"), module.name
"""

Run = Callable[..., str]


def _uv(*arguments: str | Path) -> None:
    done = subprocess.run((sys.executable, "-m", "uv", *arguments), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clone would hold, were all committed that git does not ignore."""
    tree = tmp_path_factory.mktemp("clone") / "sglint"
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).exists():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)
    return tree


@pytest.fixture(scope="module")
def tracked(tree: Path) -> dict[str, bytes]:
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def release(tree: Path, tracked: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the source distribution, and the wheel that is built from it."""
    assert tracked, "the tree is read before anything is built in it"
    directory = tmp_path_factory.mktemp("release")
    _uv("build", tree, "--out-dir", directory)
    return directory


@pytest.fixture(scope="module")
def installed(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the wheel and what it depends on."""
    environment = tmp_path_factory.mktemp("installed")
    _uv("venv", "--clear", "--python", sys.executable, environment)
    _uv("pip", "install", "--python", environment, release / f"sglint-{__version__}-py3-none-any.whl")
    return environment / ("Scripts" if os.name == "nt" else "bin")


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Run an installed program in an empty directory, and return what it prints."""

    def run(program: str, *arguments: str | Path, status: int = 0) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        done = subprocess.run(
            (installed / program, *arguments),
            cwd=tmp_path,
            env={**environment, "PYTHONWARNINGS": "error", "XDG_CACHE_HOME": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stderr) == (status, ""), done.stdout
        return done.stdout

    return run


def test_the_source_distribution_holds_what_is_tracked(release: Path, tracked: dict[str, bytes]) -> None:
    top = f"sglint-{__version__}/"
    with tarfile.open(release / f"sglint-{__version__}.tar.gz") as archive:
        files = {member.name: archive.extractfile(member) for member in archive}
        held = {name.removeprefix(top): file.read() for name, file in files.items() if file is not None}
    assert all(name.startswith(top) for name in files)
    assert held.pop("PKG-INFO").startswith(b"Metadata-Version: ")
    assert held == tracked


def test_the_wheel_holds_the_package(release: Path, tracked: dict[str, bytes]) -> None:
    with ZipFile(release / f"sglint-{__version__}-py3-none-any.whl") as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    about = f"sglint-{__version__}.dist-info/"
    package = {name: content for name, content in held.items() if not name.startswith(about)}
    assert package == {name: content for name, content in tracked.items() if name.startswith("sglint/")}
    assert {"sglint/py.typed", "sglint/compliance/mapping.toml", "sglint/graph/page/page.html"} <= set(package)
    assert {name.removeprefix(about) for name in set(held) - set(package)} == {
        *("METADATA", "RECORD", "WHEEL", "entry_points.txt"),
        "licenses/LICENSE",
    }
    assert held[f"{about}licenses/LICENSE"] == tracked["LICENSE"]
    assert held[f"{about}entry_points.txt"].decode().split("\n") == [
        "[console_scripts]",
        "sglint = sglint.__main__:run",
        "",
    ]


def test_the_same_sources_give_the_same_bytes(release: Path, tree: Path, tmp_path: Path) -> None:
    _uv("build", "--sdist", "--wheel", tree, "--out-dir", tmp_path)  # Here, the wheel is built from the tree itself.
    made = {path.name: path.read_bytes() for path in release.iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == made
    assert f"sglint-{__version__}.tar.gz" in made


def test_an_index_would_take_it(release: Path) -> None:
    _uv("tool", "run", "twine", "check", "--strict", *sorted(release.glob("sglint-*")))


def test_what_is_installed_runs(run: Run) -> None:
    assert run("sglint", "--version") == run("python", "-m", "sglint", "--version") == f"sglint {__version__}\n"
    policies = ROOT / "fixtures" / "policies" / "ssh-from-world"
    for written in ("main.tf", "template.yaml", "cdk.out"):
        assert "high SG102 ssh-from-world" in run("sglint", policies / written, status=1), written
    assert '"version": "2.1.0"' in run("sglint", policies, "--format", "sarif", status=1)
    assert "ssh-from-world" in run("sglint", "policies", "--framework", "cis-5.0")
    assert run("sglint", "graph", policies / "main.tf").startswith("<!doctype html>")


def test_every_module_can_be_imported(run: Run) -> None:
    run("python", "-I", "-c", _EVERY_MODULE)

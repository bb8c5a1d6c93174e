"""Where stack frames are found on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.cdk.frames import Frame
from sglint.cdk.sources import Sources
from sglint.model.location import Location
from sglint.reading.files import Files


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """An app's directory, with an assembly and two source files."""
    directory = tmp_path / "app"
    (directory / "lib").mkdir(parents=True)
    (directory / "cdk.out" / "assembly-Prod").mkdir(parents=True)
    for assembly in ("cdk.out", "cdk.out/assembly-Prod"):
        (directory / assembly / "manifest.json").write_text("{}", encoding="utf-8")
    (directory / "app.py").write_text("import x\n\n    Web(app)  \n", encoding="utf-8")
    (directory / "lib" / "web.ts").write_text('const s = "😀"; new Web(this);\n', encoding="utf-8")
    return directory


def located(app: Path, frame: Frame, assembly: str = "cdk.out") -> Location | None:
    directory = str(app / assembly)
    return Sources(directory, Files((str(app),))).locate(frame)


def test_an_absolute_path(app: Path) -> None:
    assert located(app, Frame(str(app / "app.py"), 1)) == Location(str(app / "app.py"), 1, 1, 1, 9)


def test_without_a_column_the_line_without_its_blanks(app: Path) -> None:
    assert located(app, Frame(str(app / "app.py"), 3)) == Location(str(app / "app.py"), 3, 5, 3, 13)


def test_a_column_is_turned_from_utf_16_units_into_code_points(app: Path) -> None:
    text = 'const s = "😀"; new Web(this);'
    column = len(text[: text.index("new")].encode("utf-16-le")) // 2 + 1
    place = located(app, Frame(str(app / "lib" / "web.ts"), 1, column))
    assert place == Location(str(app / "lib" / "web.ts"), 1, text.index("new") + 1, 1, len(text) + 1)


@pytest.mark.parametrize(
    "file", ["/builds/42/app/lib/web.ts", "C:\\builds\\app\\lib\\web.ts", "lib/web.ts", "./lib/web.ts"]
)
def test_a_path_of_another_machine_is_sought_below_the_app(file: str, app: Path) -> None:
    place = located(app, Frame(file, 1, 1))
    assert place is not None
    assert place.path == str(app / "lib" / "web.ts")


def test_a_stage_belongs_to_the_same_app(app: Path) -> None:
    assert located(app, Frame("/builds/app/app.py", 1), "cdk.out/assembly-Prod") is not None


def test_the_directory_with_the_settings_is_the_apps(app: Path) -> None:
    (app / "cdk.json").write_text("{}", encoding="utf-8")
    (app / "build" / "cdk.out").mkdir(parents=True)
    assert located(app, Frame("/builds/lib/web.ts", 1), "build/cdk.out") is not None


@pytest.mark.parametrize(
    "frame",
    [
        Frame("/builds/app/gone.py", 1),
        Frame("app.py", 2),
        Frame("app.py", 99),
        Frame("../app/app.py", 1),
        Frame("/etc/hostname", 1),
        Frame("a\0b.py", 1),
    ],
    ids=["file", "blank-line", "line", "parent", "outside", "nul"],
)
def test_what_is_not_there_has_no_place(frame: Frame, app: Path) -> None:
    assert located(app, frame) is None


def test_paths_are_shown_from_the_working_directory(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(app.parent)
    sources = Sources("app/cdk.out", Files(("app",)))
    place = sources.locate(Frame(str(app / "app.py"), 1))
    assert place is not None
    assert place.path == "app/app.py"
    monkeypatch.chdir(app)
    place = Sources("cdk.out", Files((".",))).locate(Frame(str(app / "app.py"), 1))
    assert place is not None
    assert place.path == "app.py"

"""Imports point one way: each room may import only rooms that stand below it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "sglint"

MAY_IMPORT = {
    "model": set(),
    "compliance": {"model"},
    "notation": {"model"},
    "reading": {"model"},
    "aws": {"model"},
    "terraform": {"aws", "reading", "model"},
    "cloudformation": {"aws", "reading", "model"},
    "cdk": {"cloudformation", "terraform", "aws", "reading", "model"},
    "analysis": {"model"},
    "policies": {"analysis", "compliance", "notation", "model"},
    "triage": {"policies", "analysis", "compliance", "notation", "model"},
    "reports": {"triage", "policies", "analysis", "compliance", "notation", "model"},
    "graph": {"reports", "triage", "policies", "analysis", "notation", "model"},
    "patterns": {"reading", "model"},
    "discovery": {"patterns", "reading", "model"},
    "suppressions": {"triage", "policies", "aws", "reading", "notation", "model"},
}
"""Every room but the engine and the command line, which may import all."""

_HEAVY = {
    "grandalf",
    "hcl2",
    "lark",
    "sarif_om",
    "attr",
    "cfn_tools",
    "cfn_flip",
    "re2",
    "yaml",
    "tree_sitter",
    "rich",
    "pathspec",
    "tomllib",
}
"""Loaded by the run that needs them, so never when a module is imported."""


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import at line {node.lineno}"
            yield node.module or "", node.lineno


MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_arrows_point_down(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room not in MAY_IMPORT:
        return
    allowed = MAY_IMPORT[room] | {room}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    wrong = [
        f"line {line}: {module}"
        for module, line in _imports(tree)
        if module.startswith("sglint.") and _room(module) not in allowed
    ]
    assert not wrong, f"{room} may import only {sorted(allowed)}"


def test_the_model_stands_on_the_standard_library_alone() -> None:
    for path in (PACKAGE / "model").glob("*.py"):
        for module, _ in _imports(ast.parse(path.read_text(encoding="utf-8"))):
            top = module.split(".")[0]
            assert top in sys.stdlib_module_names or module.startswith("sglint.model"), f"{path.name}: {module}"


def test_every_room_is_known() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}
    assert rooms - set(MAY_IMPORT) <= {
        "__init__",
        "__main__",
        "engine",
        "settings",
        "dialects",
        "cli",
        "comparison",
        "execution",
        "recorded",
        "affected",
        "config",
        "cdk_plugin",
    }


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        if path.parent.name == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_print = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            assert not is_print, f"{path.name}:{getattr(node, 'lineno', 0)} prints"


def test_only_the_reader_of_files_opens_them() -> None:
    allowed = {
        PACKAGE / "reading" / "trees.py",
        PACKAGE / "reading" / "kept.py",
        PACKAGE / "cli" / "terminal.py",
    }
    for path in MODULES:
        if path in allowed:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not {"shutil", "glob", "fileinput"} & {module for module, _ in _imports(tree)}
        for node in ast.walk(tree):
            is_open = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
            assert not is_open, f"{path.name}:{getattr(node, 'lineno', 0)} opens a file"


def test_value_classes_are_records() -> None:
    # The standard library's dataclasses compile their methods at import, which is slow.
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        guarded = {id(node) for test in ast.walk(tree) if _is_for_types(test) for node in ast.walk(test)}
        loaded = ast.Module(
            [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and id(node) not in guarded], []
        )
        assert "dataclasses" not in {module for module, _ in _imports(loaded)}, f"{path.name}: use sglint.model.record"


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_heavy_libraries_load_when_used(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top_level = ast.Module([node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))], [])
    loaded = {module.split(".")[0] for module, _ in _imports(top_level)} & _HEAVY
    room = path.relative_to(PACKAGE).parts[0]
    # A module that is itself loaded only when used may import its library openly.
    assert not loaded or room in ("reading", "reports", "graph"), f"imports {sorted(loaded)} at the top"

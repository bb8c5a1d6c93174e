"""From the paths a user names to the units that are judged, each once."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from enum import Enum

from sglint.model.location import Problem, whole_file
from sglint.patterns import Exclusion
from sglint.reading.files import Files, Unreadable

TERRAFORM_SUFFIXES = (".tf", ".tf.json", ".tofu", ".tofu.json")
_VARIABLE_SUFFIXES = (".tfvars", ".tfvars.json")
_DOCUMENT_SUFFIXES = (".yaml", ".yml", ".json", ".template")
_SKIPPED_DIRECTORIES = frozenset({"node_modules", "__pycache__", "site-packages"})
ASSEMBLY = "cdk.out"


class UnitKind(Enum):
    """The dialect that reads a unit."""

    TERRAFORM = "Terraform module"
    TEMPLATE = "CloudFormation template"
    ASSEMBLY = "CDK assembly"
    PLAN = "Terraform plan"


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """What is evaluated together. `path` is a directory for modules and assemblies, else a file."""

    path: str
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Discovered:
    """Units in the order of their paths, and what the user named that is none."""

    units: tuple[Unit, ...]
    problems: tuple[Problem, ...]


class Discovery:
    """Finds units below paths. A file that a user names must be one; files met on the way are passed over if not."""

    def __init__(self, files: Files, ignore_unrelated: bool = False, exclusion: Exclusion | None = None) -> None:
        """`ignore_unrelated` passes over named files, too, that are nothing sglint reads."""
        self._files = files
        self._exclusion = exclusion or Exclusion()
        self._ignore_unrelated = ignore_unrelated
        self._units: dict[str, Unit] = {}
        self._problems: list[Problem] = []

    def discover(self, paths: tuple[str, ...]) -> Discovered:
        """The units of the paths, each of which must exist (a directory, or a file)."""
        for path in paths:
            is_directory = self._files.tree.is_directory(path)
            if self._exclusion.excludes(path, is_directory):
                continue
            if is_directory:
                self._walk(path)
            else:
                self._named(path)
        return Discovered(tuple(sorted(self._units.values(), key=lambda unit: unit.path)), tuple(self._problems))

    def _add(self, path: str, kind: UnitKind) -> None:
        self._units.setdefault(self._files.tree.real(path), Unit(path, kind))

    def _walk(self, top: str) -> None:
        exclusion = self._exclusion.below(top)
        for directory, subdirectories, names in self._files.tree.walk(top, onerror=self._unreadable):
            path = "" if directory == "." else directory.removeprefix("./")
            if "manifest.json" in names and self._is_assembly(path):
                self._add(path, UnitKind.ASSEMBLY)
                subdirectories.clear()
                continue
            subdirectories[:] = sorted(
                name
                for name in subdirectories
                if _is_entered(name)
                and not exclusion.excludes(os.path.join(path, name), True)
                # An assembly is made by a build, so git ignores it; it is what is deployed all the same.
                and (name == ASSEMBLY or not exclusion.passes_over(os.path.join(path, name), True))
            )
            names = [name for name in names if _is_read(name) and not exclusion.passes_over(os.path.join(path, name))]
            configuration = [os.path.join(path, name) for name in names if is_terraform(name)]
            if configuration and (directory == top or any(map(self._may_matter, configuration))):
                self._add(path, UnitKind.TERRAFORM)
            for name in sorted(names):
                if name.endswith(_DOCUMENT_SUFFIXES) and not is_terraform(name) and not is_variables(name):
                    self._document(os.path.join(path, name), is_named=False)

    def _may_matter(self, path: str) -> bool:
        """Whether a Terraform file may hold a resource of AWS, or a call of a module that does.

        Resource types are written out, or escaped; a module of none but files without them comes to nothing.
        """
        try:
            data = self._files.read(path).data
        except Unreadable:
            return True
        return b"aws_" in data or b"module" in data or b"\\u" in data

    def _unreadable(self, error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        self._problems.append(Problem(whole_file(str(error.filename)), f"cannot be read: {reason}"))

    def _named(self, path: str) -> None:
        name = os.path.basename(path)
        directory = os.path.dirname(path)
        if is_terraform(name) or is_variables(name):
            self._add(directory, UnitKind.TERRAFORM)
        elif name == "manifest.json" and self._is_assembly(directory):
            self._add(directory, UnitKind.ASSEMBLY)
        else:
            self._document(path, is_named=True)

    def _document(self, path: str, is_named: bool) -> None:
        """A YAML or JSON file, recognised by what it holds."""
        from sglint.reading.templates import is_template, looks_like_template, read_document

        try:
            data = self._files.read(path).data
        except Unreadable as error:
            if is_named:
                self._problems.append(error.problem)
            return
        if looks_like_template(data):
            try:
                document = self._files.parsed(path, read_document)
            except Unreadable as error:
                self._broken_template(error.problem, data, is_named)
                return
            if is_template(document):
                self._add(path, UnitKind.TEMPLATE)
                return
        if looks_like_plan(data):
            self._add(path, UnitKind.PLAN)
        elif is_named and not self._ignore_unrelated:
            hint = "name a .tf file, a CloudFormation template, a Terraform plan as JSON, or a directory"
            self._problems.append(Problem(whole_file(path), "is nothing that sglint reads", hint))

    def _broken_template(self, problem: Problem, data: bytes, is_named: bool) -> None:
        """What may be a template but is no document; not told where it is the source of one, unless it is named."""
        if b"{%" not in data and b"{{" not in data.replace(b"{{resolve:", b""):
            self._problems.append(problem)
        elif is_named:
            hint = "it seems to be the source of a template: render it first, and name the result"
            self._problems.append(replace(problem, hint=hint))

    def _is_assembly(self, directory: str) -> bool:
        """Whether a directory's manifest.json is that of a CDK cloud assembly."""
        try:
            data = self._files.read(os.path.join(directory, "manifest.json")).data
        except Unreadable:
            return os.path.basename(directory) == ASSEMBLY
        return b'"artifacts"' in data and b'"version"' in data


def _is_read(name: str) -> bool:
    return is_terraform(name) or name.endswith(_DOCUMENT_SUFFIXES)


def _is_entered(directory: str) -> bool:
    return not directory.startswith(".") and directory not in _SKIPPED_DIRECTORIES


def is_terraform(name: str) -> bool:
    """Whether a file name is one that Terraform or OpenTofu reads as configuration."""
    return name.endswith(TERRAFORM_SUFFIXES) and not name.startswith(".")


def given_unit(files: Files, name: str) -> Unit:
    """The unit that given text is, told by what it holds: a template, a plan, else Terraform.

    Raises Unreadable when it is no text.
    """
    from sglint.reading.templates import looks_like_template

    data = files.read(name).data
    if looks_like_template(data):
        return Unit(name, UnitKind.TEMPLATE)
    if looks_like_plan(data):
        return Unit(name, UnitKind.PLAN)
    files.give(os.path.join(name, "main.tf"), data)
    return Unit(name, UnitKind.TERRAFORM)


def looks_like_plan(data: bytes) -> bool:
    """Whether bytes may be `terraform show -json`: of a plan, or of a state."""
    return b'"format_version"' in data and b'"terraform_version"' in data


def is_variables(name: str) -> bool:
    return name.endswith(_VARIABLE_SUFFIXES)


def roots(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The directories that bound what the input itself may name (module sources, templates, `file()`).

    For each path the repository around it; where there is none, the working directory if the path lies in it, else
    the path's own directory.
    """
    return tuple(dict.fromkeys(_root(path) for path in paths))


def _root(path: str) -> str:
    start = os.path.realpath(path if os.path.isdir(path) else os.path.dirname(path))
    directory = start
    while not os.path.exists(os.path.join(directory, ".git")):
        parent = os.path.dirname(directory)
        if parent == directory:
            here = os.path.realpath(".")
            return here if os.path.commonpath((here, start)) == here and here != parent else start
        directory = parent
    return directory

"""From the paths a user names to the units that are judged, each once."""

from __future__ import annotations

import os
from enum import Enum
from typing import Protocol

from sglint.model.failure import failure
from sglint.model.limits import limits, raising
from sglint.model.location import Problem, whole_file
from sglint.model.record import frozen, replace
from sglint.patterns import Exclusion
from sglint.reading.files import Files, Outside, Unreadable, is_utf16
from sglint.reading.trees import TooLarge

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


@frozen(order=True)
class Unit:
    """What is evaluated together. `path` is a directory for modules and assemblies, else a file."""

    path: str
    kind: UnitKind
    is_likely: bool = False
    """Whether it is yet to be seen, by reading it, that it is such a unit."""


class Prospect(Enum):
    """What the bytes of a YAML or JSON file say that it may be."""

    NOTHING = "nothing"
    """Nothing that anything can come of."""
    TEMPLATE = "template"
    UNSEEN = "unseen"
    """It has to be read to be told."""


class Sieve(Protocol):
    """What tells by their bytes the files that nothing can come of."""

    def may_matter(self, path: str) -> bool:
        """For files of Terraform modules."""
        ...

    def prospect(self, path: str) -> Prospect:
        """For other files that are met on the way."""
        ...


@frozen
class Discovered:
    """Units in the order of their paths, and what the user named that is none."""

    units: tuple[Unit, ...]
    problems: tuple[Problem, ...]


class Discovery:
    """Finds units below paths. A file that a user names must be one; files met on the way are passed over if not."""

    def __init__(
        self,
        files: Files,
        ignore_unrelated: bool = False,
        exclusion: Exclusion | None = None,
        sieve: Sieve | None = None,
    ) -> None:
        """`ignore_unrelated` passes over named files, too, that are nothing sglint reads.

        With a sieve, what is met on the way is passed over if nothing can come of it, and is not parsed here.
        """
        self._files = files
        self._sieve = sieve
        self._exclusion = exclusion or Exclusion()
        self._ignore_unrelated = ignore_unrelated
        self._units: dict[str, Unit] = {}
        self._by_case: dict[str, str] = {}
        """The real paths of units by what is the same of them in any case."""
        self._problems: list[Problem] = []
        self._rooms = limits().files
        """How many more files and directories are looked at."""

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

    def recognise(self, path: str) -> Discovered:
        """What a YAML or JSON file that is met on the way turns out to be."""
        self._document(path, is_named=False)
        return Discovered(tuple(self._units.values()), tuple(self._problems))

    def _add(self, path: str, kind: UnitKind, is_likely: bool = False) -> None:
        real = self._files.real(path)
        other = self._by_case.setdefault(real.casefold(), real)
        if other != real and self._files.tree.are_same(other, real):
            real = other
        self._units.setdefault(real, Unit(path, kind, is_likely))

    def _walk(self, top: str) -> None:
        exclusion = self._exclusion.below(top)
        for directory, subdirectories, names in self._files.tree.walk(top, onerror=self._unreadable):
            path = "" if directory == "." else directory.removeprefix(os.path.join(os.curdir, ""))
            self._rooms -= len(subdirectories) + len(names)
            if self._rooms < 0:
                hint = raising("files", "from here on nothing is judged; name directories", "all of them judged")
                message = f"there are more than {limits().files} files and directories"
                self._problems.append(Problem(whole_file(path or os.curdir), message, hint))
                return
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
                and not self._leads_out(os.path.join(path, name))
            )
            names = [name for name in names if _is_read(name) and not exclusion.passes_over(os.path.join(path, name))]
            configuration = [os.path.join(path, name) for name in names if is_terraform(name)]
            if configuration and (directory == top or any(map(self._may_matter, configuration))):
                self._add(path, UnitKind.TERRAFORM)
            for name in sorted(names):
                if name.endswith(_DOCUMENT_SUFFIXES) and not is_terraform(name) and not is_variables(name):
                    self._met(os.path.join(path, name))

    def _may_matter(self, path: str) -> bool:
        """Whether a Terraform file may hold a resource of AWS, or a call of a module that does.

        Resource types are written out, or escaped; a module of none but files without them comes to nothing.
        """
        try:
            if self._sieve is not None:
                return self._sieve.may_matter(path)
            data = self._files.read(path).data
        except Exception:  # Why it cannot be looked at is told when it is judged.
            return True
        return b"aws_" in data or b"module" in data or b"\\u" in data

    def _met(self, path: str) -> None:
        """A YAML or JSON file that is met on the way."""
        try:
            prospect = Prospect.UNSEEN if self._sieve is None else self._sieve.prospect(path)
        except Exception as error:
            self._problems.append(failure(error, path))
            return
        if prospect is Prospect.TEMPLATE:
            self._add(path, UnitKind.TEMPLATE, is_likely=True)
        elif prospect is Prospect.UNSEEN:
            self._document(path, is_named=False)

    def _leads_out(self, path: str) -> bool:
        """Whether a directory is a link to one outside the input, which is said."""
        if not self._files.tree.is_link(path) or self._files.contains(path):
            return False
        real = self._files.tree.real(path)
        self._files.remarks[f"{path} is passed over: it leads to {real}, outside the input"] = None
        return True

    def _unreadable(self, error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        self._problems.append(Problem(whole_file(str(error.filename)), f"cannot be read: {reason}"))

    def _named(self, path: str) -> None:
        name = os.path.basename(path)
        directory = os.path.dirname(path)
        if is_terraform(name) or is_variables(name):
            self._add(directory, UnitKind.TERRAFORM)
        elif self._files.exists(os.path.join(directory, "manifest.json")) and self._is_assembly(directory):
            self._add(directory, UnitKind.ASSEMBLY)  # as a file of a module pulls in the module
        else:
            self._document(path, is_named=True)

    def _document(self, path: str, is_named: bool) -> None:
        """A YAML or JSON file, recognised by what it holds."""
        try:
            self._recognise(path, is_named)
        except Exception as error:
            self._problems.append(failure(error, path))

    def _recognise(self, path: str, is_named: bool) -> None:
        from sglint.reading.templates import is_template, looks_like_template, read_document

        try:
            data = self._files.read(path).data
        except Unreadable as error:
            self._unread(path, error, is_named)
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

    def _unread(self, path: str, error: Unreadable, is_named: bool) -> None:
        """What is met and cannot be read is told if it may be a template or a plan; what may not be read, as advice."""
        if is_named:
            self._problems.append(error.problem)
        elif isinstance(error.cause, Outside):
            self._files.remarks[f"{path} is passed over: {error.cause.strerror}"] = None
        elif isinstance(error.cause, TooLarge) or error.cause is None:
            from sglint.reading.templates import looks_like_template

            start = self._files.start(path)
            text = start.decode("utf-16", "ignore").encode() if is_utf16(start) else start
            if looks_like_plan(text) or looks_like_template(text):
                self._problems.append(error.problem)
        elif not isinstance(error.cause, FileNotFoundError):
            self._problems.append(error.problem)

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
    files.give(os.path.join(name, "main.tf"), files.read_bytes(name))
    return Unit(name, UnitKind.TERRAFORM)


def looks_like_plan(data: bytes) -> bool:
    """Whether bytes may be `terraform show -json`: of a plan, or of a state."""
    return b'"format_version"' in data and b'"terraform_version"' in data


def is_document(name: str) -> bool:
    """Whether a file name is one that a template or a plan may have."""
    return name.endswith(_DOCUMENT_SUFFIXES) and not is_terraform(name) and not is_variables(name)


def is_variables(name: str) -> bool:
    return name.endswith(_VARIABLE_SUFFIXES)


def roots(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The directories that bound what the input itself may name (module sources, templates, `file()`).

    For each path the repository around it; where there is none, the directory that it is, or that it lies in.
    """
    return tuple(dict.fromkeys(map(root_of, paths)))


def root_of(path: str) -> str:
    """The root that a path stands in."""
    start = os.path.realpath(path if os.path.isdir(path) else os.path.dirname(path))
    directory = start
    while not os.path.exists(os.path.join(directory, ".git")):
        parent = os.path.dirname(directory)
        if parent == directory:
            return start
        directory = parent
    return directory

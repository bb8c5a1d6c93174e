"""Which units a change can affect: those for which something that they asked of files has another answer than before.

A unit is evaluated, and what it asks of files meanwhile is taken down. What it comes to depends on the answers alone,
so where all of them are what they were at the revision, so is the result.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import zip_longest

from sglint.aws.resources import Evaluated
from sglint.config.reading import OWN, SHARED
from sglint.dialects import dialect_of, outermost_templates, parts_of
from sglint.discovery import UnitKind, is_document, is_terraform, is_variables
from sglint.model.record import frozen, replace
from sglint.model.rules import Estate
from sglint.reading.files import Asked, Files, Trace
from sglint.reading.revisions import Repository, RevisionError
from sglint.reading.roots import holds
from sglint.reading.trees import DISK, Tree
from sglint.settings import Settings

_IGNORING = ".gitignore"


class Changes:
    """What is different on disk since a commit. What `terraform init` installed, and so is no part of it, is not."""

    def __init__(self, repository: Repository, commit: str) -> None:
        """Raises RevisionError."""
        self.before: Tree = repository.snapshot(commit)
        self._top = os.path.realpath(repository.top)
        self._is_changed = lru_cache(maxsize=None)(self._compare)

    def below(self, path: str) -> Iterator[str]:
        """The files of the commit at or below a path that are different or gone, as far as sglint may read them."""
        if self.before.is_file(path):
            found = iter((path,))
        else:
            found = (os.path.join(path, name) for name in Files(tree=self.before).walk(path))
        return (each for each in found if _may_be_input(os.path.basename(each)) and self._is_changed(each))

    def holds(self, path: str) -> bool:
        """Whether a path lies in the working tree."""
        return holds(self._top, path)

    def affects(self, trace: Trace) -> bool:
        """Whether a question has another answer than it had."""
        return any(self.answers_otherwise(asked, path) for asked, path in trace)

    def answers_otherwise(self, asked: Asked, path: str) -> bool:
        if asked is Asked.CONTENT:
            return self._is_changed(path)
        if asked is Asked.NAMES:
            return _listing(self.before, path) != _listing(DISK, path)
        if asked is Asked.WALK:
            pairs = zip_longest(Files(tree=self.before).walk(path), Files().walk(path))
            return any(one != other for one, other in pairs)
        # What others export is a question about all templates, which `Since.reached` answers.
        return asked is Asked.INSIDE and self.before.real(path) != DISK.real(path)

    def _compare(self, path: str) -> bool:
        """Whether a file holds something else than it did, or is there and was not, or the reverse."""
        is_there = DISK.is_file(path)
        if self.before.is_file(path) != is_there:
            return True
        try:
            return is_there and self.before.read(path) != DISK.read(path)
        except OSError:
            return True


def _may_be_input(name: str) -> bool:
    return is_terraform(name) or is_document(name)


def _listing(tree: Tree, directory: str) -> set[str]:
    """What Terraform reads of a directory; nothing else is listed."""
    names = Files(tree=tree).names(directory)
    return {name for name in names if is_terraform(name) or is_variables(name)}


@contextmanager
def changes_since(revision: str, paths: Sequence[str]) -> Iterator[Changes]:
    """What is different since a revision of the repository that the paths are in, while it is open.

    Raises RevisionError.
    """
    first = next(iter(paths), os.curdir)
    with closing(Repository(first if os.path.isdir(first) else os.path.dirname(first) or os.curdir)) as repository:
        changes = Changes(repository, repository.commit(revision))
        for path in paths:
            if not changes.holds(path):
                raise RevisionError(f"{path} is not in the repository in {repository.top}")
        yield changes


@frozen
class Candidate:
    """A unit, and what it asked of files."""

    kind: UnitKind
    path: str
    models: tuple[tuple[Evaluated, Estate], ...]
    trace: Trace

    @property
    def files(self) -> Iterator[str]:
        return (path for asked, path in self.trace if asked is Asked.CONTENT)


def candidates(paths: Mapping[UnitKind, tuple[str, ...]], settings: Settings, files: Files) -> Iterator[Candidate]:
    """The units at some paths. What is wrong with inputs that all of a kind share comes as a unit that asks nothing."""
    for kind, each in paths.items():
        with files.traced() as shared:
            dialect = dialect_of(kind, each, settings, files)
        if dialect.problems:
            yield Candidate(kind, "", ((Evaluated(problems=dialect.problems), Estate()),), {})
        found: dict[str, Candidate] = {}
        for path in dialect.roots():
            with files.traced() as trace:
                models = tuple(dialect.understood(path))
            if models:
                found[path] = Candidate(kind, path, models, {**shared, **trace})
        if kind is UnitKind.TEMPLATE:
            parts = {path: parts_of(unit.models) for path, unit in found.items()}
            yield from (found[path] for path in outermost_templates(parts, files.tree))
        else:
            yield from found.values()


@frozen
class Since:
    """What is to be judged: what changes can affect."""

    changes: Changes
    deciding: tuple[str, ...] = ()
    """The files that a change of affects everything: configuration, and the baseline."""

    def has_changed(self, path: str) -> bool:
        return self.changes.answers_otherwise(Asked.CONTENT, path)

    def reached(
        self, units: Sequence[Candidate], met: Trace, settings: Settings, files: Files
    ) -> tuple[list[Candidate], list[Candidate]]:
        """The units whose findings may be other than before, and the others. `met` is what finding units asked."""
        ignoring = (path for _, path in met if os.path.basename(path) == _IGNORING and self.changes.holds(path))
        if any(map(self.has_changed, (*self.deciding, *ignoring))) or any(map(self._configures, _above(settings))):
            return list(units), []
        chosen = {
            index
            for index, unit in enumerate(units)
            if not unit.trace or unit.path in settings.given or self.changes.affects(unit.trace)
        }
        different = [path for top in settings.paths for path in self.changes.below(top)]
        chosen |= self._uncovered(units, chosen, different, settings, files)
        chosen |= _importing(units, chosen, different)
        chosen = _with_same_words(units, chosen, files)
        others = [unit for index, unit in enumerate(units) if index not in chosen]
        return [units[index] for index in sorted(chosen)], others

    def _configures(self, path: str) -> bool:
        """Whether a file that may hold configuration is different, and holds some or did."""
        if not self.has_changed(path):
            return False
        trees = [tree for tree in (DISK, self.changes.before) if tree.is_file(path)]
        return os.path.basename(path) == OWN or any(b"sglint" in tree.read(path) for tree in trees)

    def _uncovered(
        self, units: Sequence[Candidate], chosen: set[int], different: Sequence[str], settings: Settings, files: Files
    ) -> set[int]:
        """The units that may have been part of another one, and so not judged in their own right."""
        tree = self.changes.before
        old = Files(files.roots, tree=tree)
        parts: set[str] = set()
        for directory in {os.path.dirname(path) for path in different if is_terraform(os.path.basename(path))}:
            parts |= _called(directory, old)
        affected = (units[index].path for index in chosen if units[index].kind is UnitKind.TEMPLATE)
        documents = (path for path in different if is_document(os.path.basename(path)))
        templates = tuple(path for path in dict.fromkeys((*documents, *affected)) if tree.is_file(path))
        if templates:
            dialect = dialect_of(UnitKind.TEMPLATE, templates, replace(settings, tree=tree), old)
            parts |= {part for path in templates for part in parts_of(dialect.understood(path))}
        covered = {os.path.realpath(part) for part in parts}
        return {index for index, unit in enumerate(units) if os.path.realpath(unit.path or os.curdir) in covered}


def _called(directory: str, files: Files) -> set[str]:
    """The directories of the modules that the module in a directory called."""
    from sglint.terraform.modules import Modules

    return Modules(files).calls(directory)


def _importing(units: Sequence[Candidate], chosen: set[int], different: Sequence[str]) -> set[int]:
    """The templates that ask for what others give, if any other may give something else."""
    names = map(os.path.basename, different)
    if not any(map(is_document, names)) and not any(units[index].kind is UnitKind.TEMPLATE for index in chosen):
        return set()
    return {index for index, unit in enumerate(units) if any(asked is Asked.EXPORTS for asked, _ in unit.trace)}


def _above(settings: Settings) -> Iterator[str]:
    """Where the configuration of the inputs may be: at them and in every directory above, up to the repository's."""
    directories: dict[str, None] = {}
    for path in settings.paths:
        directory = os.path.abspath(os.curdir if path in settings.given else path)
        while directory not in directories:
            directories[directory] = None
            if not os.path.exists(os.path.join(directory, ".git")):
                directory = os.path.dirname(directory)
    return (os.path.join(directory, name) for directory in directories for name in (OWN, SHARED))


def _with_same_words(units: Sequence[Candidate], chosen: set[int], files: Files) -> set[int]:
    """The units, with those that share a file with them in which something is said to sglint.

    Whether a suppression is of use is known only when all that it can be for is judged.
    """
    speaking = {source.path for source in files.texts if b"sglint" in source.data}
    by_file: dict[str, list[int]] = {}
    for index, unit in enumerate(units):
        for path in speaking.intersection(unit.files):
            by_file.setdefault(path, []).append(index)
    found, pending = set(chosen), list(chosen)
    while pending:
        for path in speaking.intersection(units[pending.pop()].files):
            new = [index for index in by_file.pop(path, ()) if index not in found]
            found.update(new)
            pending += new
    return found

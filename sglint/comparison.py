"""The way of `sglint diff`: two states of the code, each understood as a run does, and what lies between them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager

from sglint.analysis.difference import Side, compare
from sglint.discovery import ASSEMBLY
from sglint.engine import Understood, judged, understand
from sglint.model.location import Problem
from sglint.model.record import field, frozen, mutable, replace
from sglint.model.usage import UsageError
from sglint.patterns import Gitignore
from sglint.reading.files import Files
from sglint.reading.revisions import Repository, RevisionError
from sglint.reading.roots import holds
from sglint.reading.trees import DISK, Tree
from sglint.settings import Settings
from sglint.triage.finding import Finding
from sglint.triage.judge import joined
from sglint.triage.opening import Comparison, arising
from sglint.triage.terms import TermsByPath


class StateError(UsageError):
    """Words that name no two states of the code; the message is for the user."""


@frozen
class State:
    """The code at one time. `label` stands in front of its places in reports."""

    paths: tuple[str, ...]
    tree: Tree = DISK
    label: str = ""


@contextmanager
def states(words: Sequence[str], variables: Sequence[str] = ()) -> Iterator[tuple[State, State]]:
    """The two states that a command line names, while the repository that they may be in is open.

    `OLD NEW` are two paths. Otherwise the first word is `REV` (against the working tree), `A..B` or `A...B` (from the
    common ancestor), and paths of the repository follow, by default the working directory. `variables` are files that
    are read from disk where a revision has none of that path. Raises StateError.
    """
    if len(words) == 2 and all(map(os.path.lexists, words)):
        yield State((words[0],)), State((words[1],))
        return
    first, *rest = words
    if os.path.lexists(first):
        raise StateError(_not_two(first, rest))
    if os.pardir in first.split("/"):
        raise StateError(f"{first} does not exist")
    paths = tuple(dict.fromkeys(rest or (os.curdir,)))
    try:
        opened = Repository(_directory(paths[0]))
    except RevisionError as error:
        raise StateError(f"{first} is no path, and {error}") from None
    with closing(opened):
        try:
            found = _of_revisions(opened, first, paths, variables)
        except RevisionError as error:
            raise StateError(str(error)) from None
        yield found


def _not_two(first: str, rest: Sequence[str]) -> str:
    missing = next((path for path in rest if not os.path.lexists(path)), None)
    if len(rest) == 1 and missing is not None:
        return f"{missing} does not exist"
    return f"{first} is a path: name two of them, OLD and NEW, or a revision first ({first}^0 if it is one)"


def _directory(path: str) -> str:
    """The nearest directory on disk; what a revision has may be gone."""
    directory = path if os.path.isdir(path) else os.path.dirname(path)
    while directory and not os.path.isdir(directory):
        directory = os.path.dirname(directory)
    return directory or os.curdir


def _of_revisions(
    opened: Repository, words: str, paths: tuple[str, ...], variables: Sequence[str]
) -> tuple[State, State]:
    one, dots, other = words.partition("..." if "..." in words else "..")
    try:
        start = opened.commit(one or "HEAD")
    except RevisionError as error:
        raise StateError(str(error) if dots else f"{words} is no path, and {error}") from None
    trees: tuple[Tree, Tree]
    if dots:
        end = opened.commit(other or "HEAD")
        if dots == "...":
            start = opened.merge_base(start, end)
        trees = opened.snapshot(start, variables), opened.snapshot(end, variables)
    else:
        trees = opened.snapshot(start, variables), DISK
    for path in paths:
        if not holds(opened.top, path):
            raise StateError(f"{path} is not in the repository in {opened.top}")
        if not any(_has(tree, path) for tree in trees):
            raise StateError(f"{path} does not exist, neither before nor after")
    return State(paths, trees[0], f"{one or 'HEAD'}:"), State(paths, trees[1])


def _has(tree: Tree, path: str) -> bool:
    return tree.is_file(path) or tree.is_directory(path)


@mutable
class _Unrecorded:
    """Leaves out assemblies that git ignores: a revision has none to compare them with."""

    old: Tree
    files: Files
    excluded: Callable[[str, bool], bool] | None
    found: list[str] = field(default_factory=list)

    def __call__(self, path: str, is_directory: bool) -> bool:
        if self.excluded is not None and self.excluded(path, is_directory):
            return True
        is_assembly = is_directory and os.path.basename(os.path.normpath(path)) == ASSEMBLY
        if not is_assembly or self.old.is_directory(path) or not Gitignore(self.files).ignores(path, True):
            return False
        self.found.append(path)
        return True


def comparison(
    old: State, new: State, planned: Sequence[Settings]
) -> tuple[Comparison, tuple[tuple[Finding, ...], ...]]:
    """What lies between two states, and the findings that arise in each run.

    `planned` are the settings of the runs over the new state; they hold for the old one too. Raises UsageError when a
    policy that is named does not exist.
    """
    before, after, notes = [], [], list[str]()
    for settings in planned:
        paths = settings.paths if old.paths == new.paths else old.paths
        left_out = _Unrecorded(old.tree, Files(), settings.exclude)
        is_from_revision = old.tree is not DISK and new.tree is DISK
        before.append(understand(_at(old, settings, paths)))
        own = replace(settings, exclude=left_out) if is_from_revision else settings
        after.append(understand(_at(new, own, settings.paths)))
        notes += [f"{path} is not compared, since git ignores it" for path in dict.fromkeys(left_out.found)]
    differences = compare(_side(before, old), _side(after, new))
    problems = {problem for understood in before for problem in understood.problems}
    found = []
    for settings, understood in zip(planned, after, strict=True):
        terms = TermsByPath(settings.terms, settings.overrides)
        outcome = judged(understood, settings)
        found.append(arising(outcome.findings, differences, understood.analyses, terms))
        problems.update(outcome.problems)
        notes += understood.notes
    problems.update(_uncompared(before), _uncompared(after))
    together = joined(finding for findings in found for finding in findings)
    result = Comparison(differences, together, tuple(sorted(problems)), tuple(dict.fromkeys(notes)), old.label)
    return result, tuple(found)


def _uncompared(understood: Sequence[Understood]) -> Iterator[Problem]:
    """That more was to be compared than is."""
    return (problem for each in understood for analysis in each.analyses for problem in analysis.pairs.problems)


def _at(state: State, settings: Settings, paths: tuple[str, ...]) -> Settings:
    return replace(settings, paths=tuple(path for path in paths if _has(state.tree, path)), tree=state.tree)


def _side(understood: Sequence[Understood], state: State) -> Side:
    return Side(tuple(analysis for each in understood for analysis in each.analyses), state.paths)

"""Revisions of a git repository as trees of files, read from its objects alone.

git is started with fixed arguments to resolve names (rev-parse, merge-base) and to read objects (ls-tree, cat-file).
None of them touches the work tree or the index, runs hooks, filters or pagers, or asks another machine for objects.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator

from sglint.model.usage import UsageError
from sglint.reading.snapshot import Entry, Snapshot

_ARGUMENTS = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "protocol.allow=never",
)
_LEFT_OUT = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_EXTERNAL_DIFF")
"""What a hook's environment says of the repository that it runs for; ours is the one that the paths are in."""
_SET = {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
_FILES = ("100644", "100755", "100664")
_LINK = "120000"


class RevisionError(UsageError):
    """A revision that cannot be read; the message is for the user."""


class Repository:
    """The repository that a directory is in, until it is closed."""

    def __init__(self, directory: str) -> None:
        """Raises RevisionError when there is none, or no git."""
        self._directory = os.path.abspath(directory)
        self._git = _git()
        found = self._run("rev-parse", "--show-toplevel")
        if found is None:
            raise RevisionError(f"{directory} is not in the work tree of a git repository")
        self.top = found
        self._objects: subprocess.Popen[bytes] | None = None

    def commit(self, revision: str) -> str:
        """The commit that a revision names. Raises RevisionError when it names none."""
        found = None
        if revision and not revision.startswith("-") and "\n" not in revision:
            found = self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if found is None:
            raise RevisionError(f"there is no revision {revision} in the repository in {self.top}")
        return found

    def merge_base(self, one: str, other: str) -> str:
        """The best common ancestor of two commits. Raises RevisionError when there is none."""
        found = self._run("merge-base", one, other)
        if found is None:
            raise RevisionError(f"the revisions have no common ancestor in the repository in {self.top}")
        return found

    def snapshot(self, commit: str, beside: Iterable[str] = ()) -> Snapshot:
        """The files of a commit, and those `beside` that it has not. Raises RevisionError when it cannot be read."""
        listed = self._output("ls-tree", "-r", "-z", "--full-tree", commit)
        if listed is None:
            raise RevisionError(f"the files of {commit} cannot be listed in the repository in {self.top}")
        return Snapshot(self.top, dict(_entries(listed)), self._content, beside)

    def _run(self, *arguments: str) -> str | None:
        output = self._output(*arguments)
        return None if output is None else os.fsdecode(output).removesuffix("\n") or None

    def _output(self, *arguments: str) -> bytes | None:
        """What git prints, None where it fails."""
        try:
            done = subprocess.run(
                (self._git, *_ARGUMENTS, *arguments),
                cwd=self._directory,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise RevisionError(f"git cannot be started: {(error.strerror or str(error)).lower()}") from None
        if b"dubious ownership" in done.stderr:
            raise RevisionError(f"git does not trust {self._directory}; add it to safe.directory, as git says")
        return done.stdout if done.returncode == 0 else None

    def _content(self, name: str) -> bytes:
        """An object of the repository. Raises OSError when it is not there."""
        if self._objects is None:
            self._objects = subprocess.Popen(
                (self._git, *_ARGUMENTS, "cat-file", "--batch"),
                cwd=self._directory,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        asked, answered = self._objects.stdin, self._objects.stdout
        assert asked is not None and answered is not None
        asked.write(name.encode("ascii") + b"\n")
        asked.flush()
        header = answered.readline().split()
        if len(header) != 3:
            raise OSError(f"object {name} is missing from the repository")
        data = answered.read(int(header[2]))
        answered.read(1)
        return data

    def close(self) -> None:
        if self._objects is not None:
            self._objects.communicate()
            self._objects = None


def _git() -> str:
    """The path of git. Relative parts of PATH are passed over: they would find one in the input."""
    name = "git.exe" if os.name == "nt" else "git"
    for directory in filter(os.path.isabs, os.get_exec_path()):
        path = os.path.join(directory, name)
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    raise RevisionError("git is not installed; compare two directories instead")


def _environment() -> dict[str, str]:
    return {**{name: value for name, value in os.environ.items() if name not in _LEFT_OUT}, **_SET}


def _entries(listed: bytes) -> Iterator[tuple[str, Entry]]:
    """The entries of `git ls-tree -r -z`: `mode type object TAB path NUL`. Submodules are passed over."""
    for line in listed.split(b"\0"):
        head, tab, path = line.partition(b"\t")
        if not tab:
            continue
        mode, _, name = head.decode("ascii").split(" ")
        if mode in _FILES or mode == _LINK:
            yield os.fsdecode(path), Entry(name, mode == _LINK)

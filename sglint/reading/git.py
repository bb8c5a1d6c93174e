"""What a git working tree says of itself, read from its files: no process is started, no configuration obeyed.

The layout is documented in gitrepository-layout(5), the reference formats in git-pack-refs(1) and git-symbolic-ref(1).
"""

from __future__ import annotations

import os
import re
from urllib.parse import quote, urlsplit

from sglint.model.revision import Revision
from sglint.reading.files import Files, Unreadable

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SECTION = re.compile(r'\s*\[\s*([\w.-]+)(?:\s+"([^"\\]*)")?\s*\]\s*(?:[#;].*)?')
_URL = re.compile(r"\s*url\s*=\s*([^\s\"\\#;]+)\s*", re.IGNORECASE)
_SHORT = re.compile(r"(?:[^@/:\s]+@)?([\w.-]+):(?!//)([^\s]+)")
"""git's own form of an address, `user@host:path`."""
_HOSTS = frozenset(("github.com", "gitlab.com", "bitbucket.org"))
"""Where a path over ssh is the path over https, too."""
_SCHEMES = frozenset(("https", "http", "ssh", "git"))


def revision(directory: str) -> Revision | None:
    """The revision that a directory, the top of a working tree, is at; None unless all of it is certain.

    The repository is the remote `origin`. Working trees of submodules and of `git worktree` are understood.
    """
    files = Files()
    own = _git_directory(files, directory)
    if own is None:
        return None
    shared = _joined(own, _text(files, os.path.join(own, "commondir")) or ".")
    head = (_text(files, os.path.join(own, "HEAD")) or "").strip()
    reference = head.removeprefix("ref: ") if head.startswith("ref: ") else ""
    commit = _commit(files, shared, reference) if reference else head
    repository = published(_origin(_text(files, os.path.join(shared, "config")) or ""))
    if repository is None or commit is None or not _COMMIT.fullmatch(commit):
        return None
    branch = reference.removeprefix("refs/heads/") if reference.startswith("refs/heads/") else ""
    return Revision(repository, commit, branch)


def published(url: str) -> str | None:
    """A remote's address as an absolute URI without credentials; None when it is none that others can reach."""
    short = _SHORT.fullmatch(url)
    if short is not None:
        host, path = short[1].lower(), short[2].lstrip("/").removesuffix(".git")
        return f"https://{host}/{quote(path)}" if host in _HOSTS and path else None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or not host or not re.fullmatch(r"[\w.-]+", host, re.ASCII):
        return None
    place = host if port is None else f"{host}:{port}"
    return f"{parts.scheme}://{place}{quote(parts.path, safe='/%~')}"


def _git_directory(files: Files, top: str) -> str | None:
    path = os.path.join(top, ".git")
    if os.path.isdir(path):
        return path
    text = (_text(files, path) or "").strip()
    return _joined(top, text.removeprefix("gitdir: ")) if text.startswith("gitdir: ") else None


def _commit(files: Files, directory: str, reference: str) -> str | None:
    """The commit that a branch is at: in a file of its own, else among the packed ones."""
    if not re.fullmatch(r"refs/[^\s\\:?*\[~^]+", reference) or ".." in reference:
        return None
    loose = _text(files, os.path.join(directory, *reference.split("/")))
    if loose is not None:
        return loose.strip()
    for line in (_text(files, os.path.join(directory, "packed-refs")) or "").splitlines():
        commit, _, name = line.partition(" ")
        if name == reference:
            return commit
    return None


def _origin(configuration: str) -> str:
    """The address of the remote `origin`; empty when there is none, or when it is written in any unusual way."""
    section: tuple[str, str] | None = None
    found: list[str] = []
    for line in configuration.splitlines():
        heading = _SECTION.fullmatch(line)
        if heading is not None:
            section = heading[1].lower(), heading[2] or ""
        elif line.lstrip().startswith("["):
            section = None
        elif section == ("remote", "origin"):
            value = _URL.fullmatch(line)
            found += [value[1]] if value else []
    return found[0] if len(found) == 1 else ""


def _joined(directory: str, path: str) -> str:
    return os.path.normpath(os.path.join(directory, path.strip()))


def _text(files: Files, path: str) -> str | None:
    if not os.path.isfile(path):
        return None
    try:
        return files.read(path).text
    except Unreadable:
        return None

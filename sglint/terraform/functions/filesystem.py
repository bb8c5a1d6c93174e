"""Functions on paths and files. Files are read only inside the input; anything outside stays unknown."""

from __future__ import annotations

import os
import posixpath
import re
from base64 import b64encode
from itertools import islice

from sglint.model.limits import Excess, limits
from sglint.model.values import Value
from sglint.terraform.functions.calling import (
    Exceeding,
    FileReader,
    Implementation,
    Invocation,
    Rejected,
    Undecidable,
)
from sglint.terraform.quoting import go_quote
from sglint.terraform.values import evidence_of, set_of

_MISSING = (
    "no file exists at {}; this function works only with files that are distributed as part of the configuration "
    "source code, so if this file will be created by a resource in this configuration you must instead obtain this "
    "result from an attribute of that resource"
)


def located(invocation: Invocation, index: int = 0) -> tuple[FileReader, str]:
    """The reader and the path of a file argument. Undecidable outside the input."""
    written = invocation.text(index)
    path = os.path.normpath(os.path.join(invocation.context.directory, os.path.expanduser(written)))
    files = invocation.context.files
    if files is None or not files.contains(path):
        raise Undecidable(f"{written}, which lies outside the input")
    return files, path


def _read(invocation: Invocation) -> bytes:
    files, path = located(invocation)
    written = invocation.text(0)
    try:
        return files.read_bytes(path)
    except FileNotFoundError:
        raise Rejected(_MISSING.format(go_quote(written)), 0) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Rejected(f"failed to read file: read {posixpath.normpath(written)}: {reason}", 0) from None


def _read_for_digest(invocation: Invocation) -> bytes:
    files, path = located(invocation)
    try:
        return files.read_bytes(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Rejected(f"open {posixpath.normpath(invocation.text(0))}: {reason}") from None


def read_text(invocation: Invocation) -> str:
    """The file in the first argument as text."""
    try:
        return _read(invocation).decode()
    except UnicodeDecodeError:
        raise Rejected(
            f"contents of {go_quote(invocation.text(0))} are not valid UTF-8; use the filebase64 function to obtain "
            "the Base64 encoded contents or the other file functions (e.g. filemd5, filesha256) to obtain file "
            "hashing results instead"
        ) from None


def _file(invocation: Invocation) -> Value:
    return invocation.result(read_text(invocation))


def _file_base64(invocation: Invocation) -> Value:
    return invocation.result(b64encode(_read(invocation)).decode())


def _hex(algorithm: str) -> Implementation:
    def digest(invocation: Invocation) -> Value:
        from sglint.terraform.functions.hashing import hex_digest

        return invocation.result(hex_digest(algorithm, _read_for_digest(invocation)))

    return digest


def _base64(algorithm: str) -> Implementation:
    def digest(invocation: Invocation) -> Value:
        from sglint.terraform.functions.hashing import base64_digest

        return invocation.result(base64_digest(algorithm, _read_for_digest(invocation)))

    return digest


def _exists(invocation: Invocation) -> Value:
    files, path = located(invocation)
    return invocation.result(files.exists(path))


def _file_set(invocation: Invocation) -> Value:
    base = os.path.normpath(os.path.join(invocation.context.directory, invocation.text(0)))
    pattern = os.path.normpath(os.path.join(base, invocation.text(1)))
    files = invocation.context.files
    start = _literal_part(pattern)
    if files is None or not files.contains(start):
        raise Undecidable(f"{invocation.text(0)}, which lies outside the input")
    import re2  # takes time that grows with the text alone, whatever the pattern

    matcher = re2.compile(_expression(os.path.relpath(pattern, start)))
    below = list(islice(files.walk(start), limits().items + 1))
    if len(below) > limits().items:
        raise Exceeding(Excess("items", f"a directory of more than {limits().items} files"))
    evidence = evidence_of(invocation.arguments)
    found = (os.path.relpath(os.path.join(start, name), base) for name in below if matcher.fullmatch(name))
    return invocation.collected(
        set_of(Value(name.replace(os.sep, "/"), invocation.location, evidence) for name in found)
    )


def _literal_part(pattern: str) -> str:
    """The directory above the first part of the pattern that is not literal."""
    parts = pattern.split(os.sep)
    for index, part in enumerate(parts[:-1]):
        if re.search(r"[*?\[{\\]", part):
            return os.sep.join(parts[:index]) or (os.sep if pattern.startswith(os.sep) else ".")
    return os.path.dirname(pattern) or "."


def _expression(pattern: str) -> str:
    """A glob pattern (`*`, `?`, `[a-z]`, `{a,b}`, and `**` for any depth) as a regular expression."""
    expression = ""
    position = depth = 0
    while position < len(pattern):
        character = pattern[position]
        if pattern.startswith("**/", position) and (not position or pattern[position - 1] == "/"):
            expression += "(?:[^/]+/)*"
            position += 3
            continue
        if pattern[position:] == "**" and (not position or pattern[position - 1] == "/"):
            return expression + ".*"
        if character == "*":
            expression += "[^/]*"
        elif character == "?":
            expression += "[^/]"
        elif character == "[" and "]" in pattern[position + 2 :]:
            end = pattern.index("]", position + 2)
            content = pattern[position + 1 : end].replace("\\", "\\\\")
            expression += "[" + ("^" + content[1:] if content[0] in "!^" else content) + "]"
            position = end
        elif character == "{":
            expression += "(?:"
            depth += 1
        elif character == "}" and depth:
            expression += ")"
            depth -= 1
        elif character == "," and depth:
            expression += "|"
        elif character == "\\" and position + 1 < len(pattern):
            position += 1
            expression += re.escape(pattern[position])
        else:
            expression += re.escape(character)
        position += 1
    return expression + ")" * depth


# ---- paths


def _clean(path: str) -> str:
    cleaned = posixpath.normpath(path) if path else "."
    return "/" + cleaned.lstrip("/") if cleaned.startswith("/") else cleaned


def _absolute(invocation: Invocation) -> Value:
    directory = os.path.abspath(invocation.context.directory)
    return invocation.result(_clean(posixpath.join(directory.replace(os.sep, "/"), invocation.text(0))))


def _base_name(invocation: Invocation) -> Value:
    path = invocation.text(0)
    if not path:
        return invocation.result(".")
    stripped = path.rstrip("/")
    return invocation.result(stripped.rpartition("/")[2] if stripped else "/")


def _directory_name(invocation: Invocation) -> Value:
    directory, slash, _ = invocation.text(0).rpartition("/")
    return invocation.result(_clean(directory + slash))


def _expanded(invocation: Invocation) -> Value:
    path = invocation.text(0)
    if not path.startswith("~"):
        return invocation.result(path)
    if path[1:2] not in ("", "/"):
        raise Rejected("cannot expand user-specific home dir")
    return invocation.result(posixpath.join(os.path.expanduser("~").replace(os.sep, "/"), path[2:]))


IMPLEMENTATIONS: dict[str, Implementation] = {
    "abspath": _absolute,
    "basename": _base_name,
    "dirname": _directory_name,
    "file": _file,
    "filebase64": _file_base64,
    "filebase64sha256": _base64("sha256"),
    "filebase64sha512": _base64("sha512"),
    "fileexists": _exists,
    "filemd5": _hex("md5"),
    "fileset": _file_set,
    "filesha1": _hex("sha1"),
    "filesha256": _hex("sha256"),
    "filesha512": _hex("sha512"),
    "pathexpand": _expanded,
}
